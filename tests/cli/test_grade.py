"""`her-study grade`: piles of scans of a class, by the record alone."""

from __future__ import annotations

import csv
import io
import json
from typing import TYPE_CHECKING, NamedTuple

import pytest
from click.testing import CliRunner
from PIL import Image

from builder.cli import main
from builder.grading.rows import said
from builder.paper import sheet as layout
from builder.paper.scoring import score
from tests.marking import pen, piles, sheets

if TYPE_CHECKING:
    from pathlib import Path

    from click.testing import Result

    from tests.marking.piles import Pile

COUNT = 12  # pages of the class: four students, three pages each


class Class(NamedTuple):
    """A folder with the record and nothing of the course, and the filled pages of a class."""

    folder: Path
    pile: Pile

    @property
    def record(self) -> Path:
        """The record."""
        return self.folder / "quiz.json"


LONG = (
    b"%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n"
    b"2 0 obj<</Type/Pages/Kids[2 0 R 2 0 R]/Count 1000000>>endobj\ntrailer<</Root 1 0 R>>"
)


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Class:
    """A class, filled in."""
    folder = tmp_path_factory.mktemp("class")
    pile = piles.filled(sheets.generator("class"))
    assert len(pile.pages) == COUNT
    (folder / "quiz.json").write_text(pile.quiz.model_dump_json(by_alias=True))
    return Class(folder, pile)


def grade(made: Class, *given: object) -> Result:
    """The call with these arguments."""
    return CliRunner().invoke(main, ["grade", "--quiz", str(made.record), *map(str, given)], catch_exceptions=False)


def rows(folder: Path, name: str) -> list[dict[str, str]]:
    """A table that was written."""
    return list(csv.DictReader(io.StringIO((folder / name).read_text("utf-8-sig"))))


def test_a_class_is_marked_whatever_files_its_pages_come_in(made: Class, tmp_path: Path) -> None:
    """Turned and shuffled pages in PDF, TIFF, PNG and JPEG give each student the answers and the marks that were filled in."""
    pages = list(made.pile.pages)
    sheets.generator("order").shuffle(pages)
    scans = tmp_path / "scans" / "more"
    scans.mkdir(parents=True)
    piles.saved([pages[0], pages[1].rotate(180)], scans / "one.pdf")
    piles.saved([page.rotate(90, expand=True) for page in pages[2:5]], scans / "two.tif")
    for number, page in enumerate(pages[5:], 5):
        piles.saved([page], scans / f"{number}.{'png' if number % 2 else 'jpg'}")
    result = grade(made, tmp_path / "scans", "-o", tmp_path / "out")
    assert result.exit_code == 0, result.output
    found = {(row["student"], row["item"]): row for row in rows(tmp_path / "out", "responses.csv")}
    questions = {item.id: item for item in made.pile.quiz.items}
    for (student, item), truth in made.pile.truth.items():
        version = next(it.version for it in made.pile.quiz.students if it.id == student)
        question = next(it for it in made.pile.quiz.version(version).items if it.id == item)
        assert found[student, item]["answer"].lstrip("'") == said(truth)
        assert float(found[student, item]["marks"]) == float(score(question, truth))
    for row in found.values():
        if questions[row["item"]].section in {"short", "essay"}:
            assert (row["state"], row["marks"]) == ("not marked", "")
    totals = rows(tmp_path / "out", "results.csv")
    assert [row["student"] for row in totals] == [student.id for student in made.pile.quiz.students]
    assert totals[2]["name"] == "'=Chi"  # no spreadsheet runs it
    for row in totals:
        marks = [float(one["marks"]) for one in found.values() if one["student"] == row["student"] and one["marks"]]
        assert (float(row["total"]), row["result"]) == (sum(marks), "provisional")
    assert "12 pages: 12 read, 0 queue, 0 refused" in result.stderr


def test_what_was_read_can_be_analysed(made: Class, tmp_path: Path) -> None:
    """`analyse` takes the answers as `grade` writes them: the totals are the same, and what nobody has marked is left out."""
    grade(made, piles.saved(list(made.pile.pages), tmp_path / "all.pdf"), "-o", tmp_path / "out")
    call = [
        "analyse",
        str(tmp_path / "out" / "responses.csv"),
        "--quiz",
        str(made.record),
        "-o",
        str(tmp_path / "told"),
    ]
    result = CliRunner().invoke(main, call, catch_exceptions=False)
    assert result.exit_code == 0, result.output
    assert "2 of the questions left out, for want of any answer" in result.stderr
    totals = {row["student"]: float(row["total"]) for row in rows(tmp_path / "out", "results.csv")}
    assert {row["student"]: float(row["total"]) for row in rows(tmp_path / "told", "totals.csv")} == totals


def test_the_same_scans_give_the_same_bytes(made: Class, tmp_path: Path) -> None:
    """Another order of files changes no result, and a second run no byte."""
    one, two = (
        piles.saved(made.pile.pages[:2], tmp_path / "b.pdf"),
        piles.saved(made.pile.pages[2:4], tmp_path / "a.tif"),
    )
    for folder, scans in (("x", (one, two)), ("y", (two, one)), ("z", (one, two))):
        grade(made, *scans, "-o", tmp_path / folder)
    names = ["results.csv", "responses.csv", "pages.csv", "marks.csv", "queue.html"]
    first = [(tmp_path / "x" / name).read_bytes() for name in names]
    assert first == [(tmp_path / "z" / name).read_bytes() for name in names]
    assert first[:3] == [(tmp_path / "y" / name).read_bytes() for name in names[:3]]


def test_every_page_is_in_one_list_and_none_stops_the_others(made: Class, tmp_path: Path) -> None:
    """Broken files, one that claims a million pages, blank, foreign and small pages, and pages of other papers are refused with a reason; the rest is read."""
    (tmp_path / "broken.pdf").write_bytes(b"%PDF-1.7 nothing")
    (tmp_path / "cut.jpg").write_bytes(b"\xff\xd8\xff\xe0")
    (tmp_path / "long.pdf").write_bytes(LONG)
    (tmp_path / "notes.txt").write_text("no scan")
    piles.saved([Image.new("L", (2480, 3508), 255)], tmp_path / "blank.png")
    Image.new("L", (90, 90), 255).save(tmp_path / "small.png")
    piles.saved([sheets.paper().pages["A"][0]], tmp_path / "other.png")
    piles.saved([made.pile.pages[0]], tmp_path / "good.png")
    piles.saved([made.pile.pages[0].transpose(Image.Transpose.FLIP_LEFT_RIGHT)], tmp_path / "mirror.png")
    result = grade(made, tmp_path, "-o", tmp_path / "out")
    found = {row["file"].rsplit("/", 1)[-1]: row for row in rows(tmp_path / "out", "pages.csv")}
    assert result.exit_code == 1
    assert {name: row["list"] for name, row in found.items()} == {
        name: "read" if name == "good.png" else "refused"
        for name in (
            "broken.pdf",
            "cut.jpg",
            "long.pdf",
            "notes.txt",
            "blank.png",
            "small.png",
            "other.png",
            "good.png",
            "mirror.png",
        )
    }
    reasons = (
        "can't be read",
        "can't be read",
        "1000000 pages",
        "neither PDF",
        "no code",
        "too small",
        "another paper",
        "mirrored",
    )
    names = ("broken.pdf", "cut.jpg", "long.pdf", "notes.txt", "blank.png", "small.png", "other.png", "mirror.png")
    for name, reason in zip(names, reasons, strict=True):
        assert reason in found[name]["reason"], name
    assert "9 pages: 1 read, 0 queue, 8 refused" in result.stderr
    (only,) = rows(tmp_path / "out", "results.csv")
    assert (only["student"], only["result"]) == ("s1", "provisional")
    assert "page 2 is not read; page 3 is not read" in only["open"]


def test_doubt_waits_for_a_person_whose_word_survives_a_second_run(made: Class, tmp_path: Path) -> None:
    """Two marks are in the queue and have no marks; what is decided counts, in whatever file the page comes again."""
    quiz = made.pile.quiz
    picture = piles.clean()["s1"][0].copy()
    (_, number, part), circles = next(
        iter(sheets.groups(layout.pages(quiz, quiz.version("A"), is_named=True)[0]).items())
    )
    for mark in circles[""][:2]:
        pen.draw(picture, mark.at, "pen", sheets.generator("two"))
    piles.saved([picture], tmp_path / "one.png")
    out = tmp_path / "out"
    assert grade(made, tmp_path / "one.png", "-o", out).exit_code == 1
    (page,) = rows(out, "pages.csv")
    assert (page["list"], page["reason"]) == ("queue", f"question {number}: 2 marks: A, B")
    item = next(it.id for it in quiz.version("A").items if (it.number, it.part) == (number, part))
    assert rows(out, "results.csv")[0][item] == ""
    shown = (out / "queue.html").read_text()
    assert f'data-page="{page["hash"]}"' in shown
    assert "data:image/png;base64," in shown
    assert "http://" not in shown.replace("http://www.w3.org", "")
    (out / "decisions.yaml").write_text(f'pages:\n  {page["hash"]}:\n    answers:\n      "{number}": B\n')
    piles.saved([Image.new("L", (2480, 3508), 255), picture], tmp_path / "two.tif")
    assert grade(made, tmp_path / "two.tif", "-o", out).exit_code == 1  # for the blank page
    again = {row["item"]: row for row in rows(out, "responses.csv")}
    assert (again[item]["answer"], again[item]["state"]) == ("B", "decided")
    assert f"pages:\n  {page['hash']}" in (out / "decisions.yaml").read_text()
    (out / "decisions.yaml").write_text(f'pages:\n  {page["hash"]}:\n    answers:\n      "{number}": Z\n')
    refused = grade(made, tmp_path / "two.tif", "-o", out)
    assert refused.exit_code == 2
    assert "no circle 'Z'" in refused.stderr


def test_markers_give_what_no_machine_reads(made: Class, tmp_path: Path) -> None:
    """A result is final once a marker has given marks for all that is written by hand; nothing is 0 before."""
    scans = piles.saved(made.pile.pages[:3], tmp_path / "s1.pdf")
    marks = tmp_path / "marks.csv"
    marks.write_text("student,item,marks\ns1,pairs,2\ns1,say,1.5\ns1,write,4\ns1,false-one,1\n")
    assert grade(made, scans, "--marks", marks, "-o", tmp_path / "out").exit_code == 0
    (result,) = rows(tmp_path / "out", "results.csv")
    assert (result["result"], result["open"]) == ("final", "")
    assert [result[item] for item in ("pairs", "say", "write", "false-one")] == ["2", "1.5", "4", "1"]
    for line, reason in (
        ("s1,pairs,99", "worth 0 to"),
        ("s1,nothing,1", "no item"),
        ("s1,choice-1,1", "by its circles"),
        ("s1,say,0,5", "4 cells, and 3 columns"),
    ):
        marks.write_text(f"student,item,marks\n{line}\n")
        refused = grade(made, scans, "--marks", marks, "-o", tmp_path / "out")
        assert (refused.exit_code, reason in refused.stderr) == (2, True)


def test_sheets_without_names_wait_until_somebody_says_whose_they_are(tmp_path: Path) -> None:
    """The pages that follow a page 1 in one file are the same candidate's, whom a person names once."""
    pile = piles.filled(sheets.generator("nameless"), named=False)
    (tmp_path / "quiz.json").write_text(pile.quiz.model_dump_json(by_alias=True))
    made = Class(tmp_path, pile)
    scans = piles.saved(pile.pages[:3], tmp_path / "a.tif")
    assert grade(made, scans, "-o", tmp_path / "out").exit_code == 1
    found = rows(tmp_path / "out", "pages.csv")
    assert {row["reason"] for row in found} == {"no name is in its code: whose is it?"}
    (tmp_path / "out" / "decisions.yaml").write_text(f"pages:\n  {found[0]['hash']}:\n    student: 0042\n")
    assert grade(made, scans, "-o", tmp_path / "out").exit_code == 0
    for row in rows(tmp_path / "out", "responses.csv"):
        if ("A", row["item"]) in pile.truth:
            assert (row["student"], row["answer"].lstrip("'")) == ("0042", said(pile.truth["A", row["item"]]))


def test_another_edition_of_the_paper_is_read_by_its_own_layout(tmp_path: Path) -> None:
    """One candidate has the paper in large print: the record of the class reads that sheet too."""
    usual, large = sheets.paper(), sheets.paper("a4", 18, "serif")
    (tmp_path / "quiz.json").write_text(usual.quiz.model_dump_json(by_alias=True))
    page = sheets.filled(large, 1, sheets.generator("large"))
    scans = piles.saved([page.page], tmp_path / "large.png")
    grade(Class(tmp_path, piles.Pile(usual.quiz)), scans, "-o", tmp_path / "out")
    said = {row["question"]: row for row in rows(tmp_path / "out", "marks.csv")}
    plain = [
        key
        for key, kind in page.kinds.items()
        if kind == "plain" and key[0] == "answer" and not said[str(key[1])]["doubt"]
    ]
    assert len(plain) > 3
    assert {key: tuple(said[str(key[1])]["answer"].split()) for key in plain} == {key: page.truth[key] for key in plain}


def test_a_call_that_can_not_be_met_is_one_line(made: Class, tmp_path: Path) -> None:
    """A scan that is not there, a file that is no record, and decisions that are none are refused."""
    (tmp_path / "decisions.yaml").write_text("pages: [1]\n")
    (tmp_path / "no.json").write_text(json.dumps({"a": 1}))
    page = piles.saved([made.pile.pages[0]], tmp_path / "a.png")
    calls = [
        (["grade", str(tmp_path / "none.pdf"), "--quiz", str(made.record)], "no such file"),
        (["grade", str(page), "--quiz", str(tmp_path / "no.json")], "no record of a paper"),
        (
            ["grade", str(page), "--quiz", str(made.record), "--decisions", str(tmp_path / "decisions.yaml")],
            "explain decisions",
        ),
    ]
    for call, reason in calls:
        result = CliRunner().invoke(main, [*call, "-o", str(tmp_path / "out")], catch_exceptions=False)
        assert (result.exit_code, reason in result.stderr, len(result.stderr.splitlines())) == (2, True, 1), (
            result.stderr
        )
