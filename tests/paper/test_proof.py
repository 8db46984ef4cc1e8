"""Records that no longer fit their course: `builder.paper.proof`."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction
from typing import Any

import pytest

from builder.diagnostics import BuilderError
from builder.paper.proof import refuse_changed
from builder.paper.record import Rule
from tests.make import papers
from tests.make.course import course_of
from tests.make.items import EXAMPLES


def test_items_that_changed_since_are_named() -> None:
    """A recorded paper is not printed from items that are gone or other than they were."""
    course = course_of(EXAMPLES)
    quiz = papers.quiz_of(course)
    refuse_changed(course, quiz)
    first = course.items[0].model_copy(update={"prompt": "Another?"})
    with pytest.raises(BuilderError, match="pairs: not in the course; one: changed since"):
        refuse_changed(replace(course, items=(first, *(i for i in course.items[1:] if i.id != "pairs"))), quiz)


@pytest.mark.parametrize(
    ("id_", "change"),
    [
        ("steps", {"scoring": Rule(rule="each-minus")}),
        ("gaps", {"scoring": Rule(rule="all", penalty=Fraction(1, 4))}),
        ("basic", {"scoring": Rule(rule="all")}),
        ("basic", {"accept": (("something else",),)}),
        ("short", {"parts": (4, 4)}),
    ],
)
def test_a_rule_that_suits_no_such_question_is_refused(id_: str, change: dict[str, Any]) -> None:
    """Nor are other answers, or marks of parts, than those of the item."""
    course = course_of(EXAMPLES)
    quiz = papers.quiz_of(course)
    items = [entry.model_copy(update=change) if entry.id == id_ else entry for entry in quiz.items]
    edited = quiz.model_copy(update={"versions": (quiz.versions[0].model_copy(update={"items": tuple(items)}),)})
    with pytest.raises(BuilderError, match=f"rule of {id_} in version A are not those of the item"):
        refuse_changed(course, edited)


def test_versions_are_scored_by_the_same_rules() -> None:
    """A rule in one version alone would be unfair, and is refused."""
    course = course_of(EXAMPLES)
    quiz = papers.quiz_of(course, 2)
    items = [e.model_copy(update={"scoring": Rule(rule="all")}) if e.id == "one" else e for e in quiz.items]
    edited = quiz.model_copy(
        update={"versions": (quiz.versions[0].model_copy(update={"items": tuple(items)}), quiz.versions[1])}
    )
    with pytest.raises(BuilderError, match="version B does not ask the questions of version A for the same marks"):
        refuse_changed(course, edited)
