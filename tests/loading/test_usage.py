"""`usage.jsonl`: what is taken down of an exam, and how it is read."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest
from click.testing import CliRunner, Result

from builder.cli import main
from builder.loading.course import load
from builder.model.usage import USAGE_FILE
from builder.paper.record import Quiz
from tests import samples
from tests.make.papers import quiz_of

if TYPE_CHECKING:
    from pathlib import Path

GOOD = samples.HERE / "good" / "all-kinds.yaml"
LINE = '{"exam":"final","date":"2026-07-01","item":"mcq","digest":"0123456789abcdef","n":40,"p":0.5,"r":0.2,"options":[20,20]}'


@pytest.fixture
def course(tmp_path: Path) -> Path:
    """A course of every kind."""
    return samples.course(tmp_path / "course", GOOD)


@pytest.fixture
def exam(course: Path) -> Path:
    """The record of a paper of the course, and the answers of twenty students to its first choice."""
    made = load(course).course
    assert made
    _answered(course.parent, quiz_of(made, name="final"), 20)
    return course.parent


def _answered(folder: Path, quiz: Quiz, n: int) -> None:
    choice = next(item for item in quiz.items if item.section == "mcq")
    other = next(item for item in quiz.items if item.section == "essay")
    rows = [f"student-{k},{'A' if k % 2 else 'B'},{k % 3}" for k in range(n)]
    (folder / "quiz.json").write_text(quiz.model_dump_json(by_alias=True), "utf-8")
    (folder / "answers.csv").write_text("\n".join([f"student,{choice.id},{other.id}", *rows]), "utf-8")


def run(folder: Path, *more: str) -> Result:
    """One call of `her-study analyse --record`, in this process."""
    call = ["analyse", str(folder / "answers.csv"), "--quiz", str(folder / "quiz.json"), "-o", str(folder / "out")]
    return CliRunner().invoke(
        main, [*call, "--course", str(folder / "course"), "--record", *more], catch_exceptions=False
    )


def test_an_exam_is_taken_down_once_and_leads_to_nobody(exam: Path) -> None:
    """A line an item with exam, date and figures, no name or id of a student; the second call changes nothing."""
    assert run(exam, "--date", "2026-07-01").exit_code == 0
    text = (exam / "course" / USAGE_FILE).read_text("utf-8")
    lines = [json.loads(line) for line in text.splitlines()]
    assert len(lines) == 2
    assert all(line.keys() <= {"exam", "date", "item", "digest", "n", "p", "r", "options"} for line in lines)
    assert {(line["exam"], line["date"], line["n"]) for line in lines} == {("final", "2026-07-01", 20)}
    assert "student" not in text
    again = run(exam, "--date", "2026-07-02")
    assert "nothing new to record" in again.stderr
    assert (exam / "course" / USAGE_FILE).read_text("utf-8") == text


def test_another_result_of_one_exam_is_refused(exam: Path) -> None:
    """Other answers under the name of an exam that is recorded change nothing, and the line says what to do."""
    run(exam, "--date", "2026-07-01")
    before = (exam / "course" / USAGE_FILE).read_bytes()
    text = (exam / "answers.csv").read_text("utf-8")
    (exam / "answers.csv").write_text("\n".join(text.split("\n")[:-3]), "utf-8")
    result = run(exam, "--date", "2026-07-01")
    assert result.exit_code == 2
    assert "of 2026-07-01; delete the lines of that exam there first" in result.stderr
    assert (exam / "course" / USAGE_FILE).read_bytes() == before


def test_a_group_under_five_is_not_written(course: Path) -> None:
    """What four did might be told of one of them."""
    made = load(course).course
    assert made
    _answered(course.parent, quiz_of(made, name="final"), 4)
    assert "fewer than five have sat it" in run(course.parent).stderr
    assert not (course / USAGE_FILE).exists()


def test_history_shows_how_items_did(exam: Path) -> None:
    """Share and correlation stand beside an item with their intervals, and in JSON with each exam."""
    run(exam, "--date", "2026-07-01")
    text = CliRunner().invoke(main, ["history", str(exam / "course")], catch_exceptions=False).stdout
    assert text.count("20 takers in 1 exam") == 2
    assert text.count("on no recorded paper; p ") == 2  # exams have asked them, whatever history.yaml holds
    data = json.loads(CliRunner().invoke(main, ["history", str(exam / "course"), "--format", "json"]).stdout)
    assert [it["measured"]["exams"][0]["exam"] for it in data["items"]] == ["final", "final"]


def test_a_call_that_says_too_little_is_refused(exam: Path) -> None:
    """--record wants a course, --date a record, and a paper its own course."""
    call = ["analyse", str(exam / "answers.csv"), "--quiz", str(exam / "quiz.json"), "-o", str(exam / "out")]
    assert "--course COURSE" in CliRunner().invoke(main, [*call, "--record"]).stderr
    assert "give --record as well" in CliRunner().invoke(main, [*call, "--date", "2026-01-01"]).stderr
    quiz = Quiz.model_validate_json((exam / "quiz.json").read_text("utf-8"))
    (exam / "quiz.json").write_text(quiz.model_copy(update={"course": "other"}).model_dump_json(by_alias=True), "utf-8")
    assert "is a paper of the course 'other', not of" in run(exam).stderr


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ("{", "no use of an item"),
        (LINE.replace('"n":40', '"n":4'), "n: Input should be greater than or equal to 5"),
        (LINE.replace('"p":0.5', '"p":1.5'), "p: Input should be less than or equal to 1"),
        (LINE.replace('"exam"', '"student":"Ada","exam"'), "student: Extra inputs are not permitted"),
        (LINE, "a second line on 'mcq' in 'final'"),
    ],
)
def test_a_line_that_is_not_sound_is_told_with_its_place(course: Path, line: str, said: str) -> None:
    """`check` names the line, and the others count all the same."""
    (course / USAGE_FILE).write_text(f"{LINE}\n\n{line}\n", "utf-8")
    found = load(course)
    (told,) = [d for d in found.diagnostics if d.code == "usage-damaged"]
    assert (told.span.line, said in told.message) == (3, True), told.message
    assert told.help
    assert found.course
    assert len(found.course.usage) == 1
