"""Rules and passages: what questions on one text share is no fault, and the texts of passages are read."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from builder.model import LintOptions
from builder.rules import f04_not_self_contained, t01_shown_as_typed, t02_block_broken, t03_formula_broken
from builder.rules import x01_duplicate as x01
from builder.rules import x02_cross_item_cue as x02
from builder.rules import x04_interference_set as x04
from tests.make.course import course_of

PASSAGES = [{"id": "p", "text": "A text."}, {"id": "q", "text": "Another text."}]
CUE = [
    ("Which two-word label does the paper give the closeness in the commissioned letters?", "Manufactured intimacy"),
    ("Why does the paper hear only echoes in the manufactured intimacy of letters?", "They grow from no tie"),
]
LIKE = [
    ("Whom does the mirror in the paper show?", "Theodore"),
    ("Whom does the mirror in the paper hide?", "Samantha"),
]
SAME = [("What is the main idea of the text?", "Loss"), ("What is the main idea of this text?", "Loss")]


def basics(pairs: list[tuple[str, str]], *passages: str | None) -> list[dict[str, Any]]:
    """Items of these prompts and answers, each on its passage."""
    return [
        {"id": f"i{n}", "kind": "basic", "prompt": prompt, "answer": answer, "passage": passage}
        for n, ((prompt, answer), passage) in enumerate(zip(pairs, passages, strict=True))
    ]


@pytest.mark.parametrize(("rule", "pairs"), [(x02, CUE), (x04, LIKE)])
def test_questions_on_one_passage_are_not_held_against_each_other(rule: Any, pairs: list[tuple[str, str]]) -> None:
    """Two questions that would be told of by themselves are left alone as questions on one text."""
    assert list(rule.check(course_of(basics(pairs, None, None))))
    assert not list(rule.check(course_of(basics(pairs, "p", "p"), passages=PASSAGES)))


@pytest.mark.parametrize(("rule", "pairs"), [(x01, SAME), (x04, LIKE)])
def test_passages_tell_questions_apart(rule: Any, pairs: list[tuple[str, str]]) -> None:
    """Like questions on two texts ask for two things."""
    assert list(rule.check(course_of(basics(pairs, None, None))))
    assert not list(rule.check(course_of(basics(pairs, "p", "q"), passages=PASSAGES)))


def test_the_same_question_twice_on_one_passage_is_told() -> None:
    """A copy stays a copy, on one text too."""
    assert list(x01.check(course_of(basics(SAME, "p", "p"), passages=PASSAGES)))


def test_a_cue_from_another_passage_is_told() -> None:
    """Questions on two texts may stand on one paper, and one must not give away the other."""
    assert list(x02.check(course_of(basics(CUE, "p", "q"), passages=PASSAGES)))


def test_a_passage_is_the_context_of_its_questions() -> None:
    """A prompt that leans on its text is self-contained, since the text stands above it."""
    pairs = [("What does she give him?", "Safety")]
    options = LintOptions(names=("Theodore",))
    assert list(f04_not_self_contained.check(course_of(basics(pairs, None), lint=options)))
    assert not list(f04_not_self_contained.check(course_of(basics(pairs, "p"), passages=PASSAGES, lint=options)))


@pytest.mark.parametrize(
    ("rule", "text"),
    [
        (t01_shown_as_typed, "A <b>bold</b> text."),
        (t02_block_broken, "A text.\n\n```\nwithout an end"),
        (t03_formula_broken, "It is $\\frac{1}{$."),
    ],
)
def test_the_text_of_a_passage_is_read_once(rule: Any, text: str) -> None:
    """A fault in a passage is told at the passage, once, however many parts of the course are looked at in turn."""
    passages = [{"id": "p", "text": text, "math": "true"}]
    course = course_of(basics(SAME, "p", "p"), passages=passages)
    (hit,) = rule.check(course)
    assert hit.at.keys == ("passages", 0, "text")
    parts = [replace(course, items=course.items[n : n + 1]) for n in range(2)]
    assert [hit.at for part in parts for hit in rule.check(part)] == [hit.at]
