"""The share of marks to expect of items, and the faults that exams have shown."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from builder.analysis.expected import expected_shares
from builder.analysis.faults import flagged
from builder.model.usage import ItemUse
from tests.make.course import course_of

ITEMS: list[dict[str, Any]] = [
    *(
        {"id": f"i{n}", "kind": "basic", "prompt": f"What {n}?", "answer": "a", "difficulty": n % 3 + 1}
        for n in range(6)
    ),
    {"id": "open", "kind": "basic", "prompt": "What else?", "answer": "a"},
]
COURSE = course_of(ITEMS)


def used(item: str, n: int, p: float, r: float | None = 0.3, digest: str | None = None) -> ItemUse:
    """An item in an exam."""
    return ItemUse(exam="may", date="2026-05-04", item=item, digest=digest or COURSE.by_id[item].digest, n=n, p=p, r=r)


def test_without_exams_the_author_is_believed() -> None:
    """Before any exam an item is expected to earn .80, .65 or .50 by its difficulty, and .65 where that is not stated."""
    found = expected_shares(COURSE)
    assert (found["i0"], found["i1"], found["i2"], found["open"]) == (0.80, 0.65, 0.50, 0.65)


def test_what_takers_earned_is_drawn_towards_what_is_usual() -> None:
    """Twenty takers' .80 among items of .65, which count as ten takers, is .75; what was shown of an earlier text counts for nothing."""
    course = replace(COURSE, usage=(used("i1", 20, 0.80), used("i0", 90, 0.1, digest="0" * 16)))
    found = expected_shares(course)
    usual = (0.80 + 5 * 0.65) / 6  # the item itself is one of six
    assert found["i1"] == pytest.approx((20 * 0.80 + 10 * usual) / 30)
    assert found["i4"] == pytest.approx(usual)
    assert found["i0"] == 0.80


def test_the_faults_of_items_are_those_that_the_rules_name() -> None:
    """Surely too easy, too hard and negative are told by code, for those codes alone that are asked for."""
    course = replace(COURSE, usage=(used("i0", 400, 0.99), used("i1", 400, 0.03), used("i2", 400, 0.5, -0.3)))
    assert flagged(course, ("S01", "S02", "S03")) == {"i0": ("S01",), "i1": ("S02",), "i2": ("S03",)}
    assert flagged(course, ("S05",)) == {"i1": ("S05",)}
