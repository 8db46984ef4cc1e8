"""How sure a cut score is, against two papers that are alike."""

from __future__ import annotations

import math
import random
from statistics import NormalDist, fmean, pstdev

import pytest

from builder.analysis.cuts import _moved, cut_report
from builder.analysis.papers import paper_report
from tests.make.classes import answered, class_of, quiz_of_choices


def test_the_chance_of_one_taker_as_computed_by_hand() -> None:
    """Who has 70 at a mean of 60, a deviation of 10 and a reliability of .80 would have 68 give or take 6: below 65 by .31."""
    assert _moved([70], 65, 60, 10, 0.8) == pytest.approx(NormalDist(68, 6).cdf(65))
    assert _moved([60], 65, 60, 10, 0.8) == pytest.approx(1 - NormalDist(60, 6).cdf(65))


def test_so_many_takers_move_on_another_paper_as_is_said() -> None:
    """Of 4000 takers with known true marks, those who change sides between two papers alike are as many as expected."""
    chance = random.Random(4)
    true = [chance.gauss(60, 8) for _ in range(4000)]
    one, other = ([value + chance.gauss(0, 4) for value in true] for _ in range(2))
    moved = sum((a >= 65) != (b >= 65) for a, b in zip(one, other, strict=True))
    assert _moved(one, 65, fmean(one), pstdev(one), 0.8) == pytest.approx(moved, abs=4 * math.sqrt(moved))


def test_a_cut_of_a_small_class_is_counted_alone() -> None:
    """Fewer than 15 takers have no reliability, so the report counts who reaches the cut and says no more."""
    sat = answered(quiz_of_choices(["A", "A"]), [["A", "A"], ["A", "B"], ["B", "B"]])
    assert cut_report(paper_report(sat), sat.totals, 1) == (1, 2, None, None)
    large = class_of(60, 3)
    found = cut_report(paper_report(large), large.totals, 15)
    assert found.moved is not None
    assert 0 < found.moved.low < found.moved.value < found.moved.high < 60
