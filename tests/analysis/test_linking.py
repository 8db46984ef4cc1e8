"""Two papers on one scale, by the questions that they have in common."""

from __future__ import annotations

import math
import random
from typing import TYPE_CHECKING

import pytest

from builder.analysis.linking import Link, links
from builder.analysis.papers import paper_report
from builder.pages.analysis.sentences import of_link
from builder.pages.analysis.speech import Speech
from tests.make.classes import answered, quiz_of_choices

if TYPE_CHECKING:
    from builder.analysis.sittings import Sitting

HARD = {f"q{n:02}": (n % 7 - 3) / 2 for n in range(1, 31)}


def _sat(name: str, takers: int, able: float, seed: int, *, drift: float = 0.0, first: int = 1) -> Sitting:
    """A sitting of twenty questions from number `first` on, by takers of such a mean ability; q12 is harder by `drift`."""
    chance = random.Random(seed)
    rows = []
    for _ in range(takers):
        ability = chance.gauss(able, 1)
        odds = [HARD[f"q{n:02}"] + drift * (n == 12) - ability for n in range(first, first + 20)]
        rows.append(["A" if chance.random() < 1 / (1 + math.exp(it)) else "B" for it in odds])
    quiz = quiz_of_choices(["A"] * 30)
    items = quiz.versions[0].items[first - 1 : first + 19]
    asked = quiz.model_copy(update={"name": name, "versions": (quiz.versions[0].model_copy(update={"items": items}),)})
    return answered(asked, rows)


def _linked(*sittings: Sitting) -> list[Link]:
    return list(links([paper_report(sat) for sat in sittings], sittings))


@pytest.mark.parametrize("able", [0.0, 0.8])
def test_the_better_class_is_told_whatever_else_its_paper_asked(able: float) -> None:
    """By ten common questions of twenty, the interval holds the true difference of two classes, and names no drift."""
    (link,) = _linked(_sat("may", 300, 0, 1), _sat("july", 300, able, 2, first=11))
    assert len(link.common) == 10
    assert link.better.low < able < link.better.high
    assert link.better.high - link.better.low < 0.6
    assert link.drifted == ()
    said = " ".join(of_link(link, Speech("en")))
    assert ("know more than those of may" in said) is (able > 0)


def test_a_question_that_has_drifted_is_named() -> None:
    """A common question that became much harder is named."""
    (link,) = _linked(_sat("may", 300, 0, 1), _sat("july", 300, 0, 4, drift=2, first=11))
    assert link.drifted == ("q12",)
    assert "Against the others, q12 became easier or harder" in list(of_link(link, Speech("en")))[1]


def test_papers_with_too_little_in_common_are_not_linked() -> None:
    """Four common questions link nothing, and neither does a class of sixty."""
    may = _sat("may", 150, 0, 1)
    edited = [q.model_copy(update={"digest": "f" * 16}) if q.number > 4 else q for q in may.questions]
    assert _linked(may, may._replace(name="july", questions=tuple(edited))) == []
    assert _linked(may, _sat("july", 60, 0, 2)) == []
