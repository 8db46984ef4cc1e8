"""All files of a quiz, made job by job: `builder.printing.papers`."""

from __future__ import annotations

from builder.paper.record import Student
from builder.printing import papers
from tests.make.course import course_of
from tests.make.items import EXAMPLES
from tests.make.papers import quiz_of


def test_every_step_is_told_once() -> None:
    """Each student's paper and each file of a version is one step of the whole, and the last step ends it."""
    people = tuple(Student(id=f"s{n}", name=f"Student {n}", version="AB"[n % 2]) for n in range(3))
    told: list[float] = []
    quiz = quiz_of(course_of(EXAMPLES[:1]), versions=2, formats=("md", "html"), students=people)
    made = papers.files(course_of(EXAMPLES[:1]), quiz, told.append)
    assert told == [step / 11 for step in range(1, 12)]  # three students; paper and key in two versions and formats
    assert list(made) == [
        "students.pdf",
        "students.csv",
        *(f"{name}-{version}.{form}" for form in ("html", "md") for version in "AB" for name in ("paper", "key")),
        "quiz.json",
    ]
