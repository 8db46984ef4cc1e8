"""Named papers: one merged PDF in roster order, and the table of who has which."""

from __future__ import annotations

import csv
import io
from functools import cache
from typing import TYPE_CHECKING

import numpy as np
import pypdfium2
import pytest
import zxingcpp

from builder.paper import sheet as layout
from builder.paper.record import Student
from builder.paper.sheet.stamp import check_of, layout_hash
from builder.printing import papers
from builder.printing.pdf import named
from tests.make.course import course_of
from tests.make.items import EXAMPLES
from tests.make.papers import quiz_of, reader, squeezed

if TYPE_CHECKING:
    from builder.paper.record import Quiz

HOSTILE = (
    '#panic[x] $x^2$ *bold* _it_ <b> \\ @ref // "q" \'a',
    "عبد الرحمن \u200fبن خالد",
    "👩‍👩‍👧 Zoë e\u0301 ñ 山田太郎",
    "W" * 200,
    "A name of many words " * 9,
    "=HYPERLINK(1)",
)


def students(count: int) -> tuple[Student, ...]:
    """As many students, the first ones with odd names and ids, in two versions."""
    people = []
    for n in range(count):
        name = HOSTILE[n] if n < len(HOSTILE) else f"Student {n} Łukasz"
        people.append(Student(id=f"{'-' if n == 1 else ''}s{n:05}", name=name.strip(), version="AB"[n % 2]))
    return tuple(people)


@cache
def made(count: int, size: int = 11, answers: str = "sheet") -> tuple[Quiz, dict[str, bytes]]:
    """The files of a paper for so many students."""
    quiz = quiz_of(course_of(EXAMPLES), versions=2, size=size, answers=answers, students=students(count))
    return quiz, papers.files(course_of(EXAMPLES), quiz)


def rows(files: dict[str, bytes]) -> list[dict[str, str]]:
    """The table as a spreadsheet reads it."""
    return list(csv.DictReader(io.StringIO(files["students.csv"].decode("utf-8-sig"))))


@pytest.mark.slow
def test_every_student_has_whole_leaves_in_roster_order() -> None:
    """With several groups at once, the table's pages are each student's own, one after the other, and named."""
    quiz, files = made(120)
    pages = reader(files["students.pdf"]).pages
    assert named.AT_ONCE < 120  # several groups
    assert [row["id"].lstrip("'") for row in rows(files)] == [student.id for student in quiz.students]
    end = 0
    for row, student in zip(rows(files), quiz.students, strict=True):
        first, last = int(row["first page"]), int(row["last page"])
        assert (first, (last - first) % 2, row["version"]) == (end + 1, 1, student.version)
        end = last
        if int(student.id[-5:]) % 7 < 2:
            texts = [squeezed(page.extract_text()) for page in pages[first - 1 : last]]
            written = [text for text in texts if text]
            assert len(texts) - len(written) <= 2  # white backs
            assert all(student.id in text for text in written)
            assert all(f"Version{student.version}" in text for text in written)
            if student.name.startswith("Student"):
                assert all(squeezed(student.name) in text for text in written)
    assert end == len(pages)


def test_codes_say_whose_sheet_it_is() -> None:
    """Each sheet page bears a code with the student's place on the roster, and never the id."""
    quiz, files = made(6)
    document = pypdfium2.PdfDocument(files["students.pdf"])
    for place, (row, student) in enumerate(zip(rows(files), quiz.students, strict=True), 1):
        codes = []
        for number in range(int(row["first page"]) - 1, int(row["last page"])):
            dots = document[number].render(scale=150 / 72, grayscale=True).to_numpy().squeeze()
            codes += [code.text for code in zxingcpp.read_barcodes(dots)]
        pages = layout.pages(quiz, quiz.version(student.version), is_named=True)
        start = f"HS2/{quiz.identity.upper()}/{layout_hash(pages, 'a4')}/{student.version}"
        end = f"S{place:03}{check_of(quiz.identity, student.id)}"
        assert codes == [f"{start}/{page.number}/{end}" for page in pages]


@pytest.mark.slow
@pytest.mark.parametrize("size", [11, 24])
def test_any_name_keeps_to_its_line(size: int) -> None:
    """Beside what the nameless page shows, ink is in the two fields and the code alone, whatever the name."""
    quiz, files = made(6, size)
    document, scale = pypdfium2.PdfDocument(files["students.pdf"]), 6 * 25.4 / 72
    count = len(layout.pages(quiz, quiz.versions[0], is_named=True))
    edition = quiz.edition.model_copy(update={"digits": 0})
    nameless = quiz.model_copy(update={"students": (), "edition": edition})
    plain = pypdfium2.PdfDocument(papers.files(course_of(EXAMPLES), nameless)["sheet-A.pdf"])
    blank = plain[0].render(scale=scale, grayscale=True).to_numpy().squeeze()
    # Edges may lie a dot aside: the merged file gives the page's size to a thousandth of a point.
    blank = np.min([np.roll(blank, step, axis) for axis in (0, 1) for step in (-1, 0, 1)], axis=0)
    for row, student in zip(rows(files), quiz.students, strict=True):
        if student.version != "A":
            continue
        first = int(row["last page"]) - count - count % 2
        dots = document[first].render(scale=scale, grayscale=True).to_numpy().squeeze()
        fresh = (dots[:, : blank.shape[1]] < 128) & (blank > 200)
        for box in (*layout.fields("a4", size), layout.code("a4"), layout.code_text("a4")):
            rows_, columns = (
                slice(int((start - 0.4) * 6), int((start + side + 0.4) * 6) + 1)
                for start, side in ((box.y, box.height), (box.x, box.width))
            )
            fresh[rows_, columns] = False
        assert not fresh.any(), (student.name, np.argwhere(fresh)[:3] / 6)


def test_formulas_are_defused() -> None:
    """A name or an id that a spreadsheet would run is text in the table."""
    table = rows(made(6)[1])
    assert table[1]["id"] == "'-s00001"
    assert table[5]["name"] == "'=HYPERLINK(1)"


def test_papers_to_write_on_have_names_without_a_sheet() -> None:
    """Where answers are given on the paper, its pages are all there is."""
    quiz, files = made(3, answers="inline")
    assert len(rows(files)) == 3
    for row, student in zip(rows(files), quiz.students, strict=True):
        pages = reader(files["students.pdf"]).pages[int(row["first page"]) - 1 : int(row["last page"])]
        texts = [squeezed(page.extract_text()) for page in pages]
        assert all(student.id in text for text in texts if text)


@pytest.mark.slow
def test_same_roster_gives_the_same_bytes() -> None:
    """Nothing of the time, the processes or the folder is in the files."""
    quiz, files = made(120)
    again = papers.files(course_of(EXAMPLES), quiz)
    assert {name: again[name] == files[name] for name in files} == dict.fromkeys(files, True)
