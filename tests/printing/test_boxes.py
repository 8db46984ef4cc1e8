"""Names that the fonts can't print: `builder.printing.pdf.boxes` tells them all, and no others."""

from __future__ import annotations

import csv
import io

import pytest

from builder.paper.record import Quiz, Student
from builder.printing import papers
from builder.printing.pdf import typeset
from builder.printing.pdf.boxes import boxed
from tests.make.course import course_of
from tests.make.items import EXAMPLES
from tests.make.papers import quiz_of, reader

NAMES = (
    "Ada Lovelace-Byron",
    "Łukasz Ñíguez O’Brien ß",
    "Иван Петров",
    "Ελένη",
    "Nguyễn Thị",
    "ქართველი",
    "Հայկ",
    "חיים",
    "عبد الرحمن",
    "कमल",
    "山田太郎",
    "한글",
    "กขค",
    "தமிழ்",
    "Zoë 👩\u200d👧",
    "x\u0332\u20e3",
    "Bo\x01山\x02",
)


def quiz_for(names: tuple[str, ...], font: str = "serif") -> Quiz:
    """A paper of one question for students of these names."""
    people = tuple(Student(id=f"n{n}", name=name, version="A") for n, name in enumerate(names))
    return quiz_of(course_of(EXAMPLES[:1]), font=font, students=people)


@pytest.mark.parametrize("font", ["serif", "hyperlegible"])
def test_what_is_told_is_what_is_missing_in_the_pdf(font: str) -> None:
    """For names of sixteen scripts and signs, pypdf misses the characters that are told, and no others."""
    quiz = quiz_for(NAMES, font)
    told = {it.student.name: set(it.characters) for it in boxed(course_of(EXAMPLES[:1]), quiz)}
    files = papers.files(course_of(EXAMPLES[:1]), quiz)
    pages = reader(files["students.pdf"]).pages
    table = csv.DictReader(io.StringIO(files["students.csv"].decode("utf-8-sig")))
    missing = {}
    for name, row in zip(NAMES, table, strict=True):
        text = pages[int(row["first page"]) - 1].extract_text()
        gone = {c for c in name if not c.isascii() and c not in text}
        if gone:
            missing[name] = gone
    assert told == missing
    assert {"தமிழ்", "Zoë 👩\u200d👧"} <= told.keys()
    assert not {"Łukasz Ñíguez O’Brien ß", "Иван Петров", "חיים"} & told.keys()


def test_an_id_counts_too() -> None:
    """An id stands beside the name, so what lacks there is told as well."""
    quiz = quiz_for(("Ada",))
    quiz = quiz.model_copy(update={"students": (Student(id="七7", name="Ada", version="A"),)})
    assert [it.characters for it in boxed(course_of(EXAMPLES[:1]), quiz)] == [("七",)]


def test_plain_names_set_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    """A roster in plain letters costs no run of Typst."""
    monkeypatch.setattr(typeset.Press, "pdf", None)
    assert list(boxed(course_of(EXAMPLES[:1]), quiz_for(("Ada", "Bo O'Hara")))) == []
