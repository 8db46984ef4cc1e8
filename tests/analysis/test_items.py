from __future__ import annotations

import math

import pytest

from builder.analysis.items import item_reports
from builder.analysis.papers import paper_report
from builder.analysis.sittings import weights
from tests.make.classes import answered, class_of, quiz_of_choices

# Sixteen takers, three questions with the key A. Of the first two, takers 1 to 8 have both, 9 to 12 the first, 13 to 16
# neither; the third is right for every other taker.
ROWS = [
    ["A" if n < 12 else "B", "A" if n < 8 else "C" if n < 14 else "", "A" if n % 2 == 0 else "B" if n < 15 else ""]
    for n in range(16)
]


def test_the_figures_of_an_item_as_computed_by_hand() -> None:
    """Twelve of sixteen are right; with the two other questions, 1.5 right answers of 2 go along against .5 on average."""
    first, second, third = item_reports([answered(quiz_of_choices(["A", "A", "A"]), ROWS)])
    assert (first.n, first.right, first.omitted, first.not_reached) == (16, 12, 0, 0)
    assert first.p is not None
    assert first.p.value == 12 / 16
    # The rest of the first question is 2, 1, 2, 1 ... for eight takers, then 1, 0, 1, 0 for eight.
    rest = [2, 1] * 4 + [1, 0] * 4
    own = [1] * 12 + [0] * 4
    product = sum(r * o for r, o in zip(rest, own, strict=True)) - 16 * (16 / 16) * (12 / 16)
    expected = product / math.sqrt((sum(r * r for r in rest) - 16) * (12 - 16 * (12 / 16) ** 2))
    assert first.r is not None
    assert first.r.value == pytest.approx(expected)
    assert expected == pytest.approx(2 / math.sqrt(8 * 3))
    assert (second.omitted, second.not_reached) == (1, 1)
    assert (third.omitted, third.not_reached) == (0, 1)


def test_the_outer_parts_of_a_class_share_equal_ranks() -> None:
    """Of four takers with 1, 2, 2 and 3 marks, the lower two are the first and half of each of the next."""
    assert weights([1, 2, 2, 3], 0, 2) == [1, 0.5, 0.5, 0]
    assert weights([3, 1, 2, 2], 0, 2) == [0, 1, 0.5, 0.5]


def test_the_discrimination_of_an_item_as_computed_by_hand() -> None:
    """Where twenty takers have 1 to 20 marks and the upper half has the item right, the outer 27 % differ by all of it."""
    rows = [["A" if n > place else "B" for place in range(20)] for n in range(1, 21)]
    reports = item_reports([answered(quiz_of_choices(["A"] * 20), rows)])
    middle = reports[9]
    assert middle.d is not None
    assert middle.d.value == pytest.approx(1)
    easy = reports[2].d  # of the lower 5.4, two don't have it
    assert easy is not None
    assert easy.value == pytest.approx(2 / 5.4)


def test_the_options_of_an_item_as_computed_by_hand() -> None:
    """Each option has its takers, their share, and what goes along with it; what nobody took has none of the last."""
    second = item_reports([answered(quiz_of_choices(["A", "A", "A"]), ROWS)])[1]
    assert [(it.index, it.is_right, it.count) for it in second.options] == [
        (0, True, 8),
        (1, False, 0),
        (2, False, 6),
        (3, False, 0),
    ]
    assert second.options[0].share is not None
    assert second.options[0].share.value == 0.5
    assert second.options[1].r is None
    assert second.options[0].r is not None
    assert second.r is not None
    assert second.options[0].r.value == pytest.approx(second.r.value)
    assert len(second.options[0].curve) == 3


def test_under_fifteen_takers_there_are_counts_alone() -> None:
    """A class of fourteen has numbers of takers, and no figure that chance alone would make."""
    report = item_reports([answered(quiz_of_choices(["A", "A", "A"]), ROWS[:14])])[0]
    assert (report.n, report.right) == (14, 12)
    assert (report.p, report.r, report.d, report.flags, report.options[0].share) == (None, None, None, (), None)
    assert paper_report(answered(quiz_of_choices(["A", "A", "A"]), ROWS[:14])).alpha is None


def test_sittings_are_pooled_by_id_and_content() -> None:
    """Two sittings of one paper give one report with all takers; an item whose text has changed starts anew."""
    one, other = class_of(20, 1), class_of(25, 1)
    changed = other.questions[1].model_copy(update={"digest": "f" * 16})
    other = other._replace(questions=(other.questions[0], changed, *other.questions[2:]))
    reports = item_reports([one, other])
    assert len(reports) == 31
    assert [(it.id, it.n) for it in reports if it.id in {"q01", "q02"}] == [("q01", 45), ("q02", 20), ("q02", 25)]


def test_an_easy_paper_with_an_able_class_links_nothing() -> None:
    """The pooled correlation is that within the sittings: twice one class gives what the class gives alone."""
    once, twice = item_reports([class_of(30, 3)]), item_reports([class_of(30, 3), class_of(30, 3)])
    for one, two in zip(once, twice, strict=True):
        assert (one.r is None) == (two.r is None)
        if one.r and two.r:
            assert two.r.value == pytest.approx(one.r.value)
            assert two.r.high - two.r.low < one.r.high - one.r.low


def test_what_nobody_chooses_is_dead_only_where_that_is_sure() -> None:
    """Of 40 takers none for D says nothing; of 400 it does, if many are wrong."""
    for n, dead in ((40, False), (400, True)):
        rows = [["A" if k % 2 else "BC"[k // 2 % 2], "A" if k % 3 else "D"] for k in range(n)]
        report = item_reports([answered(quiz_of_choices(["A", "A"]), rows)])[0]
        assert ("dead" in report.flags) is dead


def test_alpha_and_its_error_as_computed_by_hand() -> None:
    """Variances 1/5, 4/15 and 4/15 against 16 totals of 3, 2 ... 0 give alpha, and SEM is the deviation times its lack."""
    report = paper_report(answered(quiz_of_choices(["A", "A", "A"]), ROWS))
    totals = [3, 2] * 4 + [2, 1] * 2 + [1, 0] * 2
    whole = (sum(t * t for t in totals) - 16 * (sum(totals) / 16) ** 2) / 15
    expected = 3 / 2 * (1 - (1 / 5 + 4 / 15 + 4 / 15) / whole)
    assert report.alpha is not None
    assert report.sem is not None
    assert report.alpha.value == pytest.approx(expected)
    assert report.is_kr20
    assert report.sem.value == pytest.approx(math.sqrt(whole * (1 - expected)))
    rests = [total - (n < 8) for n, total in enumerate(totals)]
    rest = (sum(t * t for t in rests) - 16 * (sum(rests) / 16) ** 2) / 15
    assert report.without["q02"].value == pytest.approx(2 * (1 - (1 / 5 + 4 / 15) / rest))
