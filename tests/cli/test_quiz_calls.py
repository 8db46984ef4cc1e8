"""Calls of `quiz` with a roster, and calls that are refused."""

from __future__ import annotations

import csv
import io
import os
from typing import TYPE_CHECKING

import pytest

from builder.loading.course import shipped
from tests.cli.test_commands import run
from tests.cli.test_quiz import course, quiz
from tests.make.papers import reader, said
from tests.make.workbook import workbook

if TYPE_CHECKING:
    from pathlib import Path

__all__ = ["course"]


def test_a_roster_makes_a_paper_for_each_student(course: Path, tmp_path: Path) -> None:
    """One PDF in the order of the list, and who has which version on which pages."""
    (tmp_path / "students.csv").write_text("name;id\nAda Lovelace;7\n=Bobby;8\nÉmile Zola;9\n", "utf-8")
    result = quiz(course, tmp_path / "out", "--versions", "2", "--roster", str(tmp_path / "students.csv"))
    assert result.exit_code == 0, result.stderr
    rows = list(csv.DictReader(io.StringIO((tmp_path / "out" / "students.csv").read_text("utf-8-sig"))))
    assert [(row["id"], row["name"], row["version"]) for row in rows] == [
        ("7", "Ada Lovelace", "A"),
        ("8", "'=Bobby", "B"),
        ("9", "Émile Zola", "A"),
    ]
    pdf = reader((tmp_path / "out" / "students.pdf").read_bytes())
    assert int(rows[-1]["last page"]) == len(pdf.pages)
    for row in rows:
        first = pdf.pages[int(row["first page"]) - 1].extract_text()
        assert row["name"].removeprefix("'") in first
        assert f"Version {row['version']}" in first


def test_no_student_gets_the_place_of_another_whose_sheet_may_be_printed(course: Path, tmp_path: Path) -> None:
    """A list with somebody in front is refused in the folder of its record; at its end, in another folder or for another paper it is taken."""
    listed = tmp_path / "students.csv"

    def made(rows: str, *given: str, folder: str = "out") -> str:
        listed.write_text(f"id,name\n{rows}", "utf-8")
        result = quiz(course, tmp_path / folder, "--items", "2", "--roster", str(listed), *given)
        assert (result.exit_code == 0) == (result.stderr == "")
        return result.stderr

    assert not made("7,Ada\n8,Bo\n")
    before = (tmp_path / "out" / "quiz.json").read_bytes()
    assert "out/quiz.json: place 1 of its roster is 7, and now 6" in made("6,Al\n7,Ada\n8,Bo\n")
    assert "place 1 of its roster is 7, and now 8" in made("8,Bo\n")
    assert (tmp_path / "out" / "quiz.json").read_bytes() == before
    assert not made("7,Ada Lovelace\n8,Bo\n9,Cy\n")
    assert not made("6,Al\n7,Ada\n", folder="other")
    assert not made("6,Al\n7,Ada\n", "--seed", "2")


def test_a_roster_makes_its_pdf_in_any_format(course: Path, tmp_path: Path) -> None:
    """`--format` is that of the versions' own papers; the students' file is a PDF, with the sheets that those speak of."""
    (tmp_path / "students.csv").write_text("id,name\n7,Ada\n", "utf-8")
    result = quiz(course, tmp_path / "out", "--format", "md", "--roster", str(tmp_path / "students.csv"))
    assert result.exit_code == 0
    there = sorted(os.listdir(tmp_path / "out"))
    assert there == ["key-A.md", "paper-A.md", "quiz.json", "students.csv", "students.pdf"]
    assert "Fill the circle" in (tmp_path / "out" / "paper-A.md").read_text("utf-8")
    assert "Fillthecircle" in said(reader((tmp_path / "out" / "students.pdf").read_bytes()))


def test_names_that_print_as_boxes_are_told(course: Path, tmp_path: Path) -> None:
    """Five of them are named with their characters, the rest counted; papers are made, also again from the record."""
    names = ["Ada", "Łukasz", *(f"ಕಖಗಘ {n}" for n in range(6)), "ಚಛಜಝಟಠ"]
    rows = "".join(f"{n},{name}\n" for n, name in enumerate(names, 1))
    (tmp_path / "students.csv").write_text(f"id,name\n{rows}", "utf-8")
    result = quiz(course, tmp_path / "out", "--roster", str(tmp_path / "students.csv"))
    assert result.exit_code == 0
    assert "no font here has all characters of 7 names: id 3 (U+0C95, U+0C96, U+0C97, U+0C98); id 4 " in result.stderr
    assert "; id 7 (U+0C95, U+0C96, U+0C97, U+0C98) and 2 more; students.pdf has boxes" in result.stderr
    assert "write these names and ids in Latin letters" in result.stderr
    assert result.stderr.count("\n") == 1
    assert (tmp_path / "out" / "students.pdf").exists()
    again = run("quiz", course, "--no-lint", "--from", tmp_path / "out" / "quiz.json", "-o", tmp_path / "again")
    assert again.stderr == result.stderr
    (tmp_path / "students.csv").write_text("id,name\n1,Łukasz\n2,ಚಛಜಝಟಠ\n", "utf-8")
    result = quiz(course, tmp_path / "out", "--roster", str(tmp_path / "students.csv"))
    assert "of 1 name: id 2 (U+0C9A, U+0C9B, U+0C9C, U+0C9D, U+0C9F, …); students.pdf" in result.stderr
    (tmp_path / "students.csv").write_text("id,name\n1,Łukasz\n2,Иван\n", "utf-8")
    assert quiz(course, tmp_path / "out", "--roster", str(tmp_path / "students.csv")).stderr == ""


@pytest.mark.parametrize(
    ("options", "words"),
    [
        (["--blueprint", "finale-a"], "did you mean 'final-a'?"),
        (["--blueprint", "final-a", "--items", "3"], "--items is for papers without a blueprint"),
        (["--theme", "gref"], "did you mean 'grief'?"),
        (["--tags", "nothing-has-it"], "no item in use has it"),
        (["--format", "pdf,docs"], "did you mean 'docx'?"),
        (["--language", "xx"], "there is ar, de, en, es, fr, he, it, ja, nl, pl, pt, tr, zh"),
        (["--avoid", "last-year"], "the history has no paper 'last-year'"),
        (["--from", "quiz.json", "--seed", "2"], "give one of the two"),
        (["--from", "none.json"], "can't be read"),
        (["--from", "broken.json"], "no record of a paper"),
        (["--from", "other.json"], "a paper of the course 'other'"),
        (["--roster", "none.csv"], "can't be read"),
        (["--roster", "headless.csv"], "no column 'id' and no column 'name'"),
        (["--roster", "latin.csv"], "UTF-8"),
        (["--roster", "open.csv"], "open.csv: the quote that opens in line 2 does not close"),
        (["--roster-columns", "id=Code"], "give the list as well: --roster FILE"),
        (
            ["--roster", "open.csv", "--roster-columns", "ids=Code"],
            "'ids=Code' does not say which column is which; did you mean 'id'?",
        ),
        (
            ["--roster", "open.csv", "--roster-columns", "Code"],
            "write id=HEADING,name=HEADING; there is id, name, first, last, version",
        ),
        (["--roster", "open.csv", "--roster-columns", "id=a,id=b"], "'id=b' does not say which column is which; write"),
        (["--roster", "open.csv", "--roster-columns", "id=,name=b"], "'id=' does not say which column is which; write"),
        (["--format", ""], "--format is empty; give it a value, or leave it out"),
        (["--format", " , "], "--format is empty"),
        (["--theme", "grief", "--theme", ""], "--theme is empty"),
        (["--tags", ","], "--tags is empty"),
        (["--avoid", ""], "--avoid is empty"),
        (["--seed", ""], "--seed is empty"),
        (["--name", " "], "--name is empty"),
        (["--language", ""], "--language is empty"),
        (["--date", "2026-03-04"], "give --record as well"),
    ],
)
def test_a_wrong_call_is_one_clear_line(
    options: list[str], words: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Exit 2 and a line that says what to do; nothing is written."""
    monkeypatch.chdir(tmp_path)
    (tmp_path / "broken.json").write_text('{"schema": "her-study/quiz/2"', "utf-8")
    (tmp_path / "headless.csv").write_text("Ada,7\n", "utf-8")
    (tmp_path / "open.csv").write_text('id,name\n1,"Ada\n2,Bo\n', "utf-8")
    (tmp_path / "latin.csv").write_bytes("id,name\n1,Zoë\n".encode("latin-1"))
    run("quiz", "--no-lint", "--items", "2", "-o", "made")
    other = (tmp_path / "made" / "quiz.json").read_text("utf-8").replace('"course": "her"', '"course": "other"')
    (tmp_path / "other.json").write_text(other, "utf-8")
    result = run("quiz", shipped(), "--no-lint", *options, "-o", "out")
    assert result.exit_code == 2, result.stderr
    assert words in result.stderr
    assert result.stderr.count("\n") == 1
    assert not (tmp_path / "out").exists()


def test_a_list_of_a_system_prints_what_was_left_out_and_names_its_columns(course: Path, tmp_path: Path) -> None:
    """Notes go to stderr; columns that are not found can be named, headings with commas too."""
    (tmp_path / "list.csv").write_text('Code,"Who, in full",Role\nx1,Ada Lovelace,Student\nx2,Bo,Teacher\n', "utf-8")
    given = ["--items", "2", "--format", "md", "--roster", str(tmp_path / "list.csv")]
    result = quiz(course, tmp_path / "out", *given)
    assert result.exit_code == 2
    assert (
        f"{tmp_path / 'list.csv'}: no column 'id' and no column 'name'; line 1 has 'Code', 'Who, in full', 'Role'; name"
        in result.stderr
    )
    result = quiz(course, tmp_path / "out", *given, "--roster-columns", "id=Code, name=Who, in full")
    assert result.exit_code == 0, result.stderr
    assert result.stderr == f"note: {tmp_path / 'list.csv'}: no students, and so left out: line 3 (Bo, Teacher)\n"
    rows = list(csv.DictReader(io.StringIO((tmp_path / "out" / "students.csv").read_text("utf-8-sig"))))
    assert [(row["id"], row["name"]) for row in rows] == [("x1", "Ada Lovelace")]


def test_an_excel_file_is_read(course: Path, tmp_path: Path) -> None:
    """A workbook does as a list, whatever its name ends in."""
    (tmp_path / "list.xlsx").write_bytes(workbook([["Term"], ["Name", "Student ID"], ["Ada Lovelace", 8802]]))
    result = quiz(course, tmp_path / "out", "--items", "2", "--format", "md", "--roster", str(tmp_path / "list.xlsx"))
    assert (result.exit_code, result.stderr) == (0, "")
    rows = list(csv.DictReader(io.StringIO((tmp_path / "out" / "students.csv").read_text("utf-8-sig"))))
    assert [(row["id"], row["name"]) for row in rows] == [("8802", "Ada Lovelace")]
