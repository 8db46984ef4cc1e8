"""Piles of scans: filled sheets of a class, as files of any kind."""

from __future__ import annotations

import io
from dataclasses import dataclass, field
from functools import cache
from typing import TYPE_CHECKING, Any

import pikepdf
from PIL import Image

from builder.model import Essay, Matching, Short, TrueFalse
from builder.paper import sheet as layout
from builder.paper.record import Student
from builder.printing import papers
from tests.make.course import course_of
from tests.make.papers import quiz_of
from tests.marking import pen, sheets

if TYPE_CHECKING:
    from pathlib import Path
    from random import Random

    from builder.model import Course
    from builder.paper.record import Quiz

ANSWERED = 0.8  # share of questions
STUDENTS = (("s1", "Ada", "A"), ("s2", "Boris", "B"), ("s3", "=Chi", "A"), ("s4", "Dana", "B"))


@cache
def course() -> Course:
    """Two pages of questions: circles, a correction, boxes, and lines to write on."""
    more = (
        TrueFalse.model_validate(
            {
                "id": "false-one",
                "kind": "truefalse",
                "prompt": "Not so.",
                "answer": False,
                "correction": "It is.",
            }
        ),
        Matching.model_validate(
            {"id": "pairs", "kind": "matching", "prompt": "Match.", "pairs": [("a", "1"), ("b", "2"), ("c", "3")]}
        ),
        Short.model_validate(
            {"id": "say", "kind": "short", "prompt": "Say.", "key_points": [{"point": "it", "marks": 2}]}
        ),
        Essay.model_validate(
            {
                "id": "write",
                "kind": "essay",
                "prompt": "Write.",
                "words": 300,
                "rubric": [{"criterion": "All", "marks": 6, "levels": ["none", "all"]}],
            }
        ),
    )
    return course_of((*sheets.items(12, 3), *more), title="A test")


@cache
def of_a_class(*, named: bool = True, answers: str = "sheet") -> tuple[Quiz, dict[str, bytes]]:
    """The paper of a class in two versions, and its files; without names each student gets the sheet of a version."""
    students = tuple(Student(id=it, name=name, version=version) for it, name, version in STUDENTS) if named else ()
    quiz = quiz_of(course(), 2, students=students, answers=answers)
    return quiz, papers.files(course(), quiz)


@dataclass
class Pile:
    """Filled pages, and what was filled in: by student and item, the values."""

    quiz: Quiz
    pages: list[Image.Image] = field(default_factory=list)
    truth: dict[tuple[str, str], tuple[str, ...]] = field(default_factory=dict)


@cache
def clean(*, named: bool = True) -> dict[str, list[Image.Image]]:
    """The clean sheet of each student, page by page, or of each version."""
    quiz, files = of_a_class(named=named)
    counts = {version.name: len(layout.pages(quiz, version, is_named=named)) for version in quiz.versions}
    if not named:
        return {name: sheets.pictures(files[f"sheet-{name}.pdf"]) for name in counts}
    found = {}
    rows = files["students.csv"].decode("utf-8-sig").splitlines()[1:]
    for student, row in zip(quiz.students, rows, strict=True):
        last = int(row.rsplit(",", 1)[1])
        count = counts[student.version]
        with pikepdf.open(io.BytesIO(files["students.pdf"])) as source, pikepdf.new() as cut:
            cut.pages.extend(source.pages[last - count - count % 2 : last - count % 2])
            data = io.BytesIO()
            cut.save(data)
        found[student.id] = sheets.pictures(data.getvalue())
    return found


def filled(random: Random, *, named: bool = True) -> Pile:
    """The sheets of a class, filled: each question of circles has one clear mark, or none."""
    quiz, _ = of_a_class(named=named)
    pile = Pile(quiz)
    for key, pages in clean(named=named).items():
        version = quiz.version(quiz.students[[it.id for it in quiz.students].index(key)].version if named else key)
        ids = {(item.number, item.part): item.id for item in version.items}
        for page, picture in zip(layout.pages(quiz, version, is_named=named), pages, strict=True):
            drawn = picture.copy()
            for (use, number, part), rows in sheets.groups(page).items():
                if use == "answer":
                    chosen = sheets.made_up(rows, random) if random.random() < ANSWERED else {}
                    pile.truth[key, ids[number, part]] = sheets.said(rows, chosen) if chosen else ()
                    for mark in chosen.values():
                        pen.draw(drawn, mark.at, random.choice(("pen", "pencil", "spiral")), random)
            pile.pages.append(drawn)
    return pile


def saved(pages: list[Image.Image], path: Path) -> Path:
    """The pages as one file, of the kind that its name says."""
    small = [page.resize((page.width * 2 // 3, page.height * 2 // 3), Image.Resampling.BOX) for page in pages]
    rest: dict[str, Any] = {"save_all": True, "append_images": small[1:]} if path.suffix in {".pdf", ".tif"} else {}
    rest |= {"resolution": 200} if path.suffix == ".pdf" else {"dpi": (200, 200)}
    small[0].save(path, **rest)
    return path
