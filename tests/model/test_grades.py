"""Scales of grades: tables of steps, and lines through points, as several countries use them."""

from __future__ import annotations

from fractions import Fraction
from typing import Any

import pytest
from pydantic import ValidationError

from builder.model.course import CourseFile
from builder.model.grades import GradeScale

HEAD: dict[str, Any] = {"course": "c", "title": "C", "banks": ["b.yaml"], "anki": {"deck": "D"}}
GERMAN = {"steps": {"1.0": "95", "1.3": "90", "4.0": "50", "5.0": "0"}}
FRENCH = {"line": {"0": "0", "100": "20"}, "step": "0.5"}
CHILEAN = {"line": {"0": "1.0", "60": "4.0", "100": "7.0"}, "step": "0.1"}
SWISS = {"line": {"0": "1", "30": "6"}, "step": "0.25", "in": "marks"}


def scale(said: object) -> GradeScale:
    """The scale that a course.yaml with `grades: said` has."""
    found = CourseFile.model_validate({**HEAD, "grades": said}).grades
    assert found
    return found


@pytest.mark.parametrize(
    ("said", "marks", "grade"),
    [
        ({"A": "90", "B": "80", "F": "0"}, "27", "A"),
        ({"A": "90", "B": "80", "F": "0"}, "26.99", "B"),
        ({"A": "90", "B": "80", "F": "0"}, "-1", "F"),
        ({"steps": {"A": "90", "F": "0"}, "round": "whole"}, "26.85", "A"),
        ({"steps": {"A": "90", "F": "0"}, "round": "whole"}, "26.8", "F"),
        ({"steps": {"pass": "15.5", "fail": "0"}, "in": "marks"}, "15.5", "pass"),
        (GERMAN, "28.5", "1.0"),
        (GERMAN, "14.99", "5.0"),
        (FRENCH, "30", "20.0"),
        (FRENCH, "20.625", "14.0"),  # 13.75 is halfway, and goes up
        (FRENCH | {"round": "down"}, "20.6", "13.5"),
        (FRENCH | {"round": "up"}, "20.3", "14.0"),
        (CHILEAN, "18", "4.0"),
        (CHILEAN, "24", "5.5"),
        (CHILEAN, "31", "7.0"),
        (SWISS, "15", "3.50"),
    ],
)
def test_a_result_earns_its_grade(said: object, marks: str, grade: str) -> None:
    """Of 30 marks, so many earn that grade; the record keeps the scale as it was written."""
    found = scale(said)
    assert found.grade(Fraction(marks), Fraction(30)) == grade
    again = GradeScale.model_validate_json(found.model_dump_json(by_alias=True))
    assert again.grade(Fraction(marks), Fraction(30)) == grade


@pytest.mark.parametrize(
    ("said", "fault"),
    [
        ({"A": "90"}, "no-lowest-grade"),
        ({"A": "90", "B": "90", "F": "0"}, "twin-step"),
        ({"A": "110", "F": "0"}, "past-hundred"),
        ({"A": "ninety", "F": "0"}, "bad-number"),
        ({"line": {"0": "1"}}, "no-line"),
        ({"line": {"0": "1", "100": "6"}, "step": "0"}, "no-line"),
        ({"line": {"0": "1", "100": "6"}, "round": "whole"}, "misfit-rounding"),
        ({"steps": {"F": "0"}, "line": {"0": "1", "100": "6"}}, "steps-or-line"),
    ],
)
def test_a_scale_that_leaves_results_without_a_grade_is_refused(said: object, fault: str) -> None:
    """Gaps, twins, what is no number and what belongs to another kind of scale are told of."""
    with pytest.raises(ValidationError) as found:
        scale(said)
    assert [error["type"] for error in found.value.errors()] == [fault]


def test_a_table_says_where_its_grades_begin() -> None:
    """In marks of the paper, lowest first, and without the lowest grade, which begins at nothing; a line has no such marks."""
    assert scale({"A": 90, "B": 62.5, "F": 0}).cuts(Fraction(20)) == [Fraction(25, 2), 18]
    assert scale({"in": "marks", "steps": {"pass": 12, "fail": 0}}).cuts(Fraction(20)) == [12]
    assert scale({"line": {0: 0, 100: 20}}).cuts(Fraction(20)) == []
