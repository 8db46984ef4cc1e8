"""`her-study grade`, and what would be lost without a word: marks, decisions and pages that belong to nothing."""

from __future__ import annotations

import csv
import io
from typing import TYPE_CHECKING

import pytest
from click.testing import CliRunner

from builder.cli import main
from builder.paper.record import Quiz
from tests.marking import piles, sheets

if TYPE_CHECKING:
    from pathlib import Path

    from click.testing import Result


@pytest.fixture(scope="module")
def room(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with the record, and the scan of the first two pages of one student's three."""
    made = tmp_path_factory.mktemp("lost")
    pile = piles.filled(sheets.generator("lost"))
    (made / "quiz.json").write_text(pile.quiz.model_dump_json(by_alias=True))
    piles.saved(pile.pages[:2], made / "scan.pdf")
    return made


def grade(room: Path, *given: object) -> Result:
    """The call with these arguments."""
    return CliRunner().invoke(
        main, ["grade", "--quiz", str(room / "quiz.json"), *map(str, given)], catch_exceptions=False
    )


def rows(folder: Path, name: str) -> list[dict[str, str]]:
    """A table that was written."""
    return list(csv.DictReader(io.StringIO((folder / name).read_text("utf-8-sig"))))


def test_marks_come_with_semicolons_and_commas_and_nobody_s_are_told(room: Path) -> None:
    """Excel writes `s1;say;1,5` where numbers have a comma; marks of a student without a page are named."""
    marks = room / "marks.csv"
    marks.write_text("\ufeffStudent;Item;Marks\r\ns1;say;1,5\r\nghost;say;1\r\n")
    done = grade(room, room / "scan.pdf", "--marks", marks, "-o", room / "out")
    assert "note: marks are given for 1 student not on the roster, so that they count nowhere: ghost" in done.stderr
    (result,) = rows(room / "out", "results.csv")
    assert result["say"] == "1.5"


def test_sheets_of_another_class_list_are_nobody_s_until_a_person_says_whose(tmp_path: Path) -> None:
    """One paper printed for two groups: at each place of the list is somebody else, and no marks go to the wrong one."""
    pile = piles.filled(sheets.generator("groups"))
    first, second, *rest = pile.quiz.students
    late = (first, second.model_copy(update={"id": "t2", "name": "Zoe"}), *rest)
    record = pile.quiz.model_copy(update={"students": late})
    (tmp_path / "quiz.json").write_text(record.model_dump_json(by_alias=True))
    scan, out = piles.saved(pile.pages[:6], tmp_path / "scan.pdf"), tmp_path / "out"
    done = grade(tmp_path, scan, "-o", out)
    why = "printed for another student than Zoe (t2), who has place 2 of the roster here: whose is it?"
    assert (done.exit_code, why in done.stderr) == (1, True)
    assert [row["student"] for row in rows(out, "results.csv")] == ["s1"]
    pages = [row for row in rows(out, "pages.csv") if row["list"] == "queue"]
    assert [(row["student"], row["sheet page"]) for row in pages] == [("", "1"), ("", "2"), ("", "3")]
    assert why in (out / "queue.html").read_text("utf-8")
    said = "".join(f'  "{row["hash"]}": {{student: t2}}\n' for row in pages)
    (out / "decisions.yaml").write_text(f"pages:\n{said}")
    assert "whose is it" not in grade(tmp_path, scan, "-o", out).stderr
    assert [row["student"] for row in rows(out, "results.csv")] == ["s1", "t2"]


def test_what_is_missing_is_named(room: Path) -> None:
    """A page of a sheet that was not scanned, and a page that is decided and not scanned, are said on the screen."""
    decisions = room / "ours.yaml"
    decisions.write_text('pages: {"0123456789abcdef": {use: no}}')
    done = grade(room, room / "scan.pdf", "--decisions", decisions, "-o", room / "out")
    assert "pages are missing of 1 student: s1 (page 3)" in done.stderr
    assert "note: decisions are about 1 page that is not among these scans: 0123456789abcdef" in done.stderr


def test_a_folder_without_a_file_changes_no_results(room: Path) -> None:
    """A mistyped folder is refused, so that results of an earlier run stay."""
    (room / "empty").mkdir()
    done = grade(room, room / "empty", "-o", room / "fresh")
    assert (done.exit_code, "no file in it" in done.stderr) == (2, True)
    assert not (room / "fresh").exists()


def test_students_of_one_name_are_named(room: Path) -> None:
    """The record's students, of whom one has no page yet, are told beside the results: gradebooks go by ids."""
    record = Quiz.model_validate_json((room / "quiz.json").read_text())
    assert "one name" not in grade(room, room / "scan.pdf", "-o", room / "single").stderr
    first, *others, last = record.students
    twins = record.model_copy(update={"students": (first, *others, last.model_copy(update={"name": "ada"}))})
    (room / "twins.json").write_text(twins.model_dump_json(by_alias=True))
    done = grade(room, room / "scan.pdf", "-o", room / "twins", "--quiz", room / "twins.json")
    assert "note: several students have one name: Ada (s1, s4); go by the ids" in done.stderr


def test_what_the_last_run_knew_is_told_where_this_one_does_not(tmp_path: Path) -> None:
    """A run on a page that was missing, or without the table of marks, does not take away the rest without a word."""
    pile = piles.filled(sheets.generator("last"))
    (tmp_path / "quiz.json").write_text(pile.quiz.model_dump_json(by_alias=True))
    both = piles.saved(pile.pages[:6], tmp_path / "both.pdf")
    second = piles.saved(pile.pages[3:6], tmp_path / "second.pdf")
    (tmp_path / "marks.csv").write_text("student,item,marks\ns2,say,1\n")
    out = ("-o", tmp_path / "out")
    assert "the last run" not in grade(tmp_path, both, "--marks", tmp_path / "marks.csv", *out).stderr
    assert "the last run" not in grade(tmp_path, both, "--marks", tmp_path / "marks.csv", *out).stderr
    said = grade(tmp_path, second, *out).stderr
    assert "note: the last run had results of 1 student of whom these scans have none: s1; name all scans" in said
    assert (
        "note: the last run had other marks of people for 1 student: s2; if they come from a table, give --mar" in said
    )
    (tmp_path / "out" / "answers.jsonl").write_text("{}")
    assert "the last run" not in grade(tmp_path, both, *out).stderr
