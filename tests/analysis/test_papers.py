"""The figures of a paper as a whole: `builder.analysis.papers`."""

from __future__ import annotations

import math

from builder.analysis.papers import paper_report
from tests.make.classes import Bank, class_of


def test_a_part_to_choose_from_counts_as_one_question() -> None:
    """Half of a class answers one question, half another: the reliability is that of a paper with their marks in one column."""
    sat = class_of(60, 5, Bank(items=10))
    *common, one, other = (question.id for question in sat.questions)
    rows = [
        {it: mark for it, mark in row.items() if it != (one if place % 2 else other)}
        for place, row in enumerate(sat.rows)
    ]
    totals = tuple(math.fsum(mark.marks for mark in row.values()) for row in rows)
    chosen = paper_report(sat._replace(rows=tuple(rows), totals=totals))
    joined = [{it if it != other else one: mark for it, mark in row.items()} for row in rows]
    whole = paper_report(sat._replace(questions=sat.questions[:-1], rows=tuple(joined), totals=totals))
    assert (chosen.alpha, chosen.sem, chosen.lengths) == (whole.alpha, whole.sem, whole.lengths)
    assert chosen.without == {it: whole.without[it] for it in common}
    assert whole.is_kr20
    assert not chosen.is_kr20
