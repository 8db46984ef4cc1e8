"""From the blueprint to the next one: paper, sheets, marks, figures, rules, and a paper without what they found bad."""

from __future__ import annotations

import json
import math
from pathlib import Path

import pypdf
import pytest

from tests.make.loop import EXAM, Loop

PICTURES = 1


@pytest.fixture(scope="module")
def loop(tmp_path_factory: pytest.TempPathFactory) -> Loop:
    """A class of 120 that has sat the shipped final in four versions, marked and analysed; of one student the sheet was scanned."""
    loop = Loop(tmp_path_factory.mktemp("loop"))
    graded = loop.graded(PICTURES)
    assert graded.exit_code == 0, graded.output
    assert "0 queue, 0 refused" in graded.stderr
    assert "1 final, 0 provisional" in graded.stderr
    done = loop.analysed(PICTURES)
    assert done.exit_code == 0, done.output
    return loop


def test_abilities_are_recovered_as_well_as_theory_allows(loop: Loop) -> None:
    """True abilities and those of the Rasch model go together as the errors of the latter allow, give or take chance."""
    found, allowed, n = loop.recovered()
    assert n == 120
    assert allowed > 0.85
    assert math.atanh(found) > math.atanh(allowed) - 2.6 / math.sqrt(n - 3)


def test_the_wrong_key_and_the_bad_questions_are_named(loop: Loop) -> None:
    """The planted key is suspected with the true answer, rules S01 to S04 name each planted question, and what else they name is at most one."""
    key, easy, hard, negative, dead = loop.planted
    flags = {row["item"]: row["flags"].split() for row in loop.table("items.csv")}
    assert "key" in flags[key]
    rows = [row for row in loop.table("options.csv") if row["item"] == key and row["right"] == "no"]
    strong = max(rows, key=lambda row: float(row["r"] or -1))
    assert int(strong["option"]) == loop.right[key] + 1
    course = loop.folder / "course"
    said = loop.run("check", course, "--select", "S01,S02,S03,S04", "--format", "json").stdout
    named: dict[str, set[str]] = {}
    for it in json.loads(said):
        named.setdefault(_item(loop, it["path"], it["line"]), set()).add(it["code"])
    for item, code in ((easy, "S01"), (hard, "S02"), (negative, "S03"), (dead, "S04")):
        assert code in named[item], (item, named)
    assert named[key] & {"S02", "S03"}
    assert len(named.keys() - set(loop.planted)) <= 1


def _item(loop: Loop, file: str, line: int) -> str:
    """The item that a line of a bank belongs to."""
    path = Path(file) if Path(file).is_absolute() else loop.folder / "course" / file
    above = path.read_text("utf-8").splitlines()[:line]
    return next(it.split()[-1] for it in reversed(above) if it.startswith("  - id: "))


def test_the_next_paper_is_without_them_and_has_its_anchors(loop: Loop) -> None:
    """The blueprint that follows asks for an expected mean, ten questions of this exam, and none that the rules name."""
    paper = {item.id for item in loop.next_paper().items}
    assert not paper & set(loop.planted)
    assert 10 <= len(paper & {item.id for item in loop.quiz.items}) <= 20


def test_the_board_gets_its_report(loop: Loop) -> None:
    """board.pdf has two pages or three, names the wrong key and the cut score, and counts the essay that is chosen once."""
    report = pypdf.PdfReader(loop.folder / "analysis" / "board.pdf")
    said = " ".join(" ".join(page.extract_text() for page in report.pages).split())
    assert 1 < len(report.pages) <= 3
    assert loop.planted.key in said
    assert "48 questions, 100 marks" in said
    assert "120 takers reach 50 marks" in said
    assert said.index(" A 30 ") < said.index(" B 30 ") < said.index(" D 30 ")


def test_nothing_that_was_taken_down_leads_to_a_student(loop: Loop) -> None:
    """usage.jsonl has the exam, items and sums, and no id or name of the class."""
    text = (loop.folder / "course" / "usage.jsonl").read_text("utf-8")
    assert text.count("\n") == len(loop.quiz.items)
    assert EXAM in text
    assert "Student" not in text
    assert not any(student.id in text for student in loop.quiz.students)
