"""The rules that read how items did in exams: S01 to S05."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from builder.model.usage import ItemUse
from builder.rules import run
from builder.source import nodes
from tests.rules.frame import frame
from tests.rules.made import choice

CODES = {"S01", "S02", "S03", "S04", "S05"}


def found(*uses: dict[str, Any], **changes: Any) -> set[str]:
    """The codes that are raised on an item with these uses."""
    item = choice(1, **changes)
    text = nodes.dump({"items": [item], "usage": [{"item": "item-01", **use} for use in uses]})
    return {f.code for f in run(frame(text).course, select=CODES)}


def exam(number: int, **figures: Any) -> dict[str, Any]:
    """A use in an exam of its own."""
    return {"exam": f"exam {number}", **figures}


SOUND = {"n": 200, "p": 0.7, "r": 0.3, "options": [140, 40, 20]}


def test_a_sound_item_raises_nothing_and_without_usage_nothing_is_said() -> None:
    """A moderate item of any difficulty of its author's is left alone, and so is one that nobody has met."""
    assert found(SOUND) == found(SOUND, difficulty=2) == found() == set()


@pytest.mark.parametrize(
    ("figures", "code"),
    [
        ({"p": 0.995}, "S01"),
        ({"p": 0.1}, "S02"),
        ({"r": -0.2}, "S03"),
        ({"options": [100, 100, 0]}, "S04"),
    ],
)
def test_what_a_large_class_shows_a_small_one_leaves_open(figures: dict[str, Any], code: str) -> None:
    """The very figures that are flagged of 200 takers are not of 14, nor of an item that was edited since."""
    assert found(SOUND | figures) == {code}
    assert found(SOUND | figures | {"n": 14}) == set()
    assert found(SOUND | figures | {"digest": "0" * 16}) == set()


@pytest.mark.parametrize(
    ("difficulty", "p", "is_flagged"), [(1, 0.3, 1), (1, 0.9, 0), (2, 0.2, 1), (3, 0.9, 1), (3, 0.4, 0)]
)
def test_a_difficulty_is_held_against_what_was_measured(difficulty: int, p: float, is_flagged: int) -> None:
    """What the author calls easy and few know, or hard and nearly all know, is told."""
    assert ("S05" in found(SOUND | {"p": p}, difficulty=difficulty)) == bool(is_flagged)


def test_exams_count_together() -> None:
    """Three classes of forty show what one leaves open, and an exam of twenty with other figures weighs as twenty."""
    one = {"n": 40, "p": 1.0}
    assert found(exam(1, **one)) == set()
    assert found(exam(1, **one), exam(2, **one), exam(3, **one)) == {"S01"}
    assert found(exam(1, **one), exam(2, **one), exam(3, n=20, p=0.5, r=0.3)) == set()


def test_an_allowance_excuses_and_a_retired_item_is_left_alone() -> None:
    """Where everybody should be right, `allow:` says so; what is out of use is not looked at."""
    easy = SOUND | {"p": 0.995}
    assert found(easy, allow={"S01": "the first question, to begin with"}) == set()
    assert found(easy, retired={"since": "2026-01-01", "reason": "too easy"}) == set()


def test_the_bank_lends_its_mean() -> None:
    """In a bank whose items all discriminate well, a doubtful .00 of 60 takers is chance; in a mixed one it is not sure either."""
    text = nodes.dump({"items": [choice(number) for number in range(12)]})
    course = frame(text).course
    uses = tuple(
        ItemUse(exam="e", date="2026-01-01", item=item.id, digest=item.digest, n=60, p=0.6, r=0.35 if number else 0.0)
        for number, item in enumerate(course.items)
    )
    assert [f.code for f in run(replace(course, usage=uses), select=CODES)] == []
