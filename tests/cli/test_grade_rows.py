"""`her-study grade` on sheets without a name: candidate numbers, copies, and rows of every kind."""

from __future__ import annotations

import csv
import io
from typing import TYPE_CHECKING

import pytest
from click.testing import CliRunner

from builder.cli import main
from builder.paper import sheet as layout
from builder.paper.sheet.circles import HALF
from builder.printing import papers
from tests.marking import pen, piles, sheets

if TYPE_CHECKING:
    from pathlib import Path

    from click.testing import Result
    from PIL.Image import Image

    from builder.paper.record import Quiz, QuizItem

GIVEN = {"say": "2.5", "gaps": "1", "choice": "11.5"}  # by a marker


@pytest.fixture(scope="module")
def copy() -> tuple[Quiz, list[Image]]:
    """The paper of all kinds, and the clean pages of copy 7 of its sheet."""
    quiz = sheets.paper().quiz
    files = papers.files(sheets.course(), quiz, copies=range(7, 8))
    return quiz, sheets.pictures(files["sheets-A.pdf"])


def wanted(quiz: Quiz, item: QuizItem | None, use: str, question: int) -> dict[str, str]:
    """What is filled in for a question, by the rows of its circles: the key, and what the marker gives."""
    if use == "candidate":
        return {str(n): sign for n, sign in enumerate("00000042", 1)}
    if use == "chosen":
        return {"": str(next(one.number for one in quiz.items if one.id == "essay-1"))}
    if use == "marks":
        marks = GIVEN.get("choice" if question < 0 else item.id if item else "", "")
        whole, half = marks.partition(".")[::2]
        ones: dict[str, str] = {str(10**place): sign for place, sign in enumerate(reversed(whole))}
        return ones | ({HALF: HALF} if half else {})
    assert item
    match item.section:
        case "matching":
            return {str(n): letter for n, letter in enumerate(item.key, 1)}
        case "ordering":
            return dict(zip("ABCD", item.key, strict=True))
        case "numeric":
            return {str(n): sign for n, sign in enumerate(item.key[0], 1)}
        case _:
            return {"": item.key[0]}


def filled(quiz: Quiz, clean: list[Image]) -> list[Image]:
    """The pages of the copy, filled in."""
    random, drawn = sheets.generator("rows"), []
    items = {(item.number, item.part): item for item in quiz.items}
    for page, picture in zip(layout.pages(quiz, quiz.versions[0]), clean, strict=False):
        made = picture.copy()
        for (use, question, part), rows in sheets.groups(page).items():
            for sign, value in wanted(quiz, items.get((question, part)), use, question).items():
                pen.draw(made, next(it.at for it in rows[sign] if it.value == value), "pen", random)
        drawn.append(made)
    return drawn


def grade(folder: Path, quiz: Quiz, pages: list[Image], *given: object) -> Result:
    """The call for these pages, the last one first, so that their order can't help."""
    (folder / "quiz.json").write_text(quiz.model_dump_json(by_alias=True))
    scans = piles.saved(pages[::-1], folder / "scans.pdf")
    call = ["grade", str(scans), "--quiz", str(folder / "quiz.json"), "-o", str(folder / "out"), *map(str, given)]
    return CliRunner().invoke(main, call, catch_exceptions=False)


def table(folder: Path, name: str) -> list[dict[str, str]]:
    """A table that was written."""
    return list(csv.DictReader(io.StringIO((folder / "out" / name).read_text("utf-8-sig"))))


def test_a_copy_is_marked_by_its_circles_alone(copy: tuple[Quiz, list[Image]], tmp_path: Path) -> None:
    """The number leads to the candidate, the copy's number to the other pages, and the marker's circles make it final.

    That another student has the same name is told.
    """
    quiz, clean = copy
    (tmp_path / "class.csv").write_text("id,name\ns42,Ada\ns43,Boris\ns44,Ada\n")
    result = grade(tmp_path, quiz, filled(quiz, clean), "--roster", tmp_path / "class.csv")
    assert "class.csv: several students have one name: 'Ada' in line 2 (id s42) and line 4 (id s44)" in result.stderr
    (row,) = table(tmp_path, "results.csv")
    assert (row["student"], row["name"], row["result"]) == ("s42", "Ada", "final"), result.stderr
    lost = {"say": 0.5, "gaps": 1, "essay-1": 0.5}
    for item in quiz.items:
        if item.id not in {"essay-0", "essay-2"}:
            assert float(row[item.id]) == item.points - lost.get(item.id, 0), item.id
    states = {it["item"]: it["state"] for it in table(tmp_path, "responses.csv")}
    assert {states["essay-0"], states["essay-2"]} == {"not chosen"}
    assert states["number-0"] == "read"


def test_a_number_that_is_nobody_s_waits_for_a_person(copy: tuple[Quiz, list[Image]], tmp_path: Path) -> None:
    """All pages of the copy wait together, and a decision about one of them names the candidate of all."""
    quiz, clean = copy
    (tmp_path / "class.csv").write_text("id,name\ns43,Boris\ns44,Chi\n")
    pages = filled(quiz, clean)
    given = ("--roster", tmp_path / "class.csv")
    assert grade(tmp_path, quiz, pages, *given).exit_code == 1
    found = table(tmp_path, "pages.csv")
    assert {row["list"] for row in found[: len(pages)] if row["sheet page"]} == {"queue"}
    first = next(row for row in found if row["sheet page"] == "1")
    assert "nobody on the roster has the number 00000042" in first["reason"]
    (tmp_path / "out" / "decisions.yaml").write_text(f"pages:\n  {first['hash']}:\n    student: s44\n")
    grade(tmp_path, quiz, pages, *given)
    (row,) = table(tmp_path, "results.csv")
    assert (row["student"], row["result"]) == ("s44", "final")
