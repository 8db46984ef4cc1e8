"""`her-study grade` after the scans were read: another key, two markers, feedback; and faults, which lose no decision."""

from __future__ import annotations

import csv
import errno
import io
import shutil
from typing import TYPE_CHECKING

import pytest
from click.testing import CliRunner
from pypdf import PdfReader

from builder.cli import main
from builder.cli._graded import filled_in, marked
from builder.disk import output
from builder.grading.rekey import Changes
from tests.make.marked import answered, quiz_of_marks
from tests.marking import piles, sheets

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from click.testing import Result

FEEDBACK = "feedback/s1.pdf"


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with the record, the scan of one student's sheet, and results with feedback in `out`."""
    made = tmp_path_factory.mktemp("again")
    pile = piles.filled(sheets.generator("again"))
    (made / "quiz.json").write_text(pile.quiz.model_dump_json(by_alias=True))
    piles.saved(pile.pages[:3], made / "scan.pdf")
    result = grade(made, str(made / "scan.pdf"), "--feedback")
    assert result.exit_code == 0, result.output
    return made


@pytest.fixture
def room(folder: Path, tmp_path: Path) -> Path:
    """A copy of that folder."""
    return shutil.copytree(folder, tmp_path / "room")


def grade(room: Path, *given: str) -> Result:
    """The call with these arguments."""
    return CliRunner().invoke(
        main, ["grade", "--quiz", str(room / "quiz.json"), "-o", str(room / "out"), *given], catch_exceptions=False
    )


def rows(room: Path, name: str) -> list[dict[str, str]]:
    """A table that was written."""
    return list(csv.DictReader(io.StringIO((room / "out" / name).read_text("utf-8-sig"))))


def files(room: Path) -> dict[str, bytes]:
    """All files of the results."""
    return {str(it.relative_to(room)): it.read_bytes() for it in (room / "out").rglob("*") if it.is_file()}


@pytest.mark.slow
def test_feedback_shows_the_own_sheet(folder: Path) -> None:
    """Each page of the sheet is a picture of its own, with words for whoever does not see it; a second run gives the same bytes."""
    data = (folder / "out" / FEEDBACK).read_bytes()
    reader = PdfReader(io.BytesIO(data))
    pictures = [page for page in reader.pages if page.images]
    assert len(pictures) == 3
    assert "Your answer sheet, page 1" in pictures[0].extract_text()
    before = files(folder)
    assert grade(folder, str(folder / "scan.pdf"), "--feedback").exit_code == 0
    assert files(folder) == before


def test_another_key_needs_no_scans(room: Path) -> None:
    """Marks are given anew, who moves is said, and nothing of what was read changes; without the change all is as before."""
    (room / "scan.pdf").unlink()
    before = files(room)
    answer = next(it for it in rows(room, "responses.csv") if it["item"] == "choice-3")
    (room / "key.yaml").write_text("changes: [{item: choice-3, drop: yes, reason: A misprint., by: M. Rossi}]")
    result = grade(room, "--rekey", str(room / "key.yaml"))
    assert result.exit_code == 0, result.output
    assert "change 1: choice-3: drop: " in result.output
    assert "A misprint.; by M. Rossi" in result.output
    (line,) = rows(room, "results.csv")
    assert (line["choice-3"], float(line["of"])) == ("", float(rows(room, "moves.csv")[0]["of before"]) - 1)
    assert float(line["total"]) == float(rows(room, "moves.csv")[0]["total before"]) - float(answer["marks"])
    assert "A misprint." in (room / "out" / "rekey.html").read_text()
    unread = ("answers.jsonl", "sheets.csv", "pages.csv", "marks.csv", "queue.html", "audit.html")
    assert all(files(room)[f"out/{name}"] == before[f"out/{name}"] for name in unread)
    plain = grade(room)
    assert plain.exit_code == 0
    assert "note: the last run had changes of the key, and this one has none; give --rekey again" in plain.stderr
    assert files(room) == before
    assert "changes of the key" not in grade(room).stderr


def test_what_is_not_there_is_told_in_a_line(room: Path) -> None:
    """Nothing stored, scans that are wanted and were not named, and a course without feedback are refused."""
    shutil.rmtree(room / "out")
    for given, said in (
        ((), "no answers are stored there"),
        (("--feedback",), "is about scans"),
        (("--course", "."), "gives the texts of --feedback"),
    ):
        result = grade(room, *given)
        assert (result.exit_code, said in result.stderr, result.stderr.count("\n")) == (2, True, 1)


def test_two_markers_differ_until_somebody_has_the_last_word(room: Path) -> None:
    """What they differ about is in the queue with both names; decisions.yaml of the results settles it; audit.html has all names."""
    (page, *_) = rows(room, "pages.csv")
    item = next(it for it in rows(room, "responses.csv") if it["item"].startswith("choice"))
    label = next(question.label for question in piles.of_a_class()[0].version("A").items if question.id == item["item"])
    for who, letter in (("Anna", "A"), ("Ben", "B")):
        (room / f"{who}.yaml").write_text(
            f'by: {who}\npages: {{"{page["hash"]}": {{answers: {{"{label}": {letter}}}}}}}\n'
        )
    call = (str(room / "scan.pdf"), "--decisions", str(room / "Anna.yaml"), "--decisions", str(room / "Ben.yaml"))
    assert grade(room, *call).exit_code == 1
    assert rows(room, "pages.csv")[0]["reason"] == f"question {label}: markers differ: Anna says A, Ben says B"
    assert rows(room, "results.csv")[0][item["item"]] == ""
    (room / "out" / "decisions.yaml").write_text((room / "Ben.yaml").read_text().replace("Ben", "Chief"))
    assert grade(room, *call).exit_code == 0
    found = {row["item"]: row for row in rows(room, "responses.csv")}[item["item"]]
    assert (found["answer"], found["state"]) == ("B", "decided")
    assert "decided: Chief says B" in (room / "out" / "audit.html").read_text()


def test_marks_of_two_markers_that_differ_stay_open(room: Path) -> None:
    """Equal marks count, others are told of and left open; they may come long after the scans were read."""
    (room / "a.csv").write_text("student,item,marks\ns1,pairs,2\ns1,say,1\n")
    (room / "b.csv").write_text("student,item,marks\ns1,pairs,1.5\ns1,say,1\ns1,write,4\n")
    result = grade(room, "--marks", str(room / "a.csv"), "--marks", str(room / "b.csv"))
    assert "markers differ: s1, pairs: 2 in " in result.stderr
    (line,) = rows(room, "results.csv")
    assert [line[item] for item in ("pairs", "say", "write")] == ["", "1", "4"]
    assert grade(room).exit_code == 0
    assert rows(room, "results.csv") == [line]


def breaking(write: Callable[[Path, bytes], None], after: int, fault: BaseException) -> Callable[[Path, bytes], None]:
    """What writes files, until after so many of them a fault stops it in the middle of one."""
    left = iter(range(after))

    def written(path: Path, data: bytes) -> None:
        is_last = next(left, None) is None
        write(path, data[: len(data) // 2] if is_last else data)
        if is_last:
            raise fault

    return written


@pytest.mark.parametrize("fault", [OSError(errno.ENOSPC, "No space left on device"), KeyboardInterrupt()])
def test_faults_leave_the_old_results_and_every_decision(
    room: Path, monkeypatch: pytest.MonkeyPatch, fault: BaseException
) -> None:
    """A full disk and Ctrl-C at any of the files leave what was there, byte for byte; the next run does all of it."""
    (room / "out" / "decisions.yaml").write_text("by: Anna\npages: {}\n")
    (room / "key.yaml").write_text("changes: [{item: choice-3, credit: yes, reason: A misprint.}]")
    before, real = files(room), output._write_synced
    for at in (0, 5, 10):
        monkeypatch.setattr(output, "_write_synced", breaking(real, at, fault))
        assert grade(room, "--rekey", str(room / "key.yaml")).exit_code in {2, 130}
        assert files(room) == before
    monkeypatch.setattr(output, "_write_synced", real)
    assert grade(room, "--rekey", str(room / "key.yaml")).exit_code == 0
    after = files(room)
    assert after["out/decisions.yaml"] == before["out/decisions.yaml"]
    assert after["out/results.csv"] != before["out/results.csv"]


def test_an_analysis_in_the_folder_of_the_results_leaves_all_of_them(room: Path) -> None:
    """No file that `analyse` writes has the name of one of `grade`, since both may write to one folder."""
    before = files(room)
    call = ["analyse", str(room / "out" / "responses.csv"), "--quiz", str(room / "quiz.json"), "-o", str(room / "out")]
    assert CliRunner().invoke(main, call).exit_code == 0
    after = files(room)
    assert "out/analysis.html" in after.keys() - before.keys()
    assert {name: after[name] for name in before} == before


def test_a_gradebook_says_how_many_results_wait(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Results that a marker has still to complete are counted, so that nobody takes the gradebook for whole."""
    quiz = quiz_of_marks()
    results = [*answered(quiz, "a")[:20], *answered(quiz, "a", is_marked=False)[20:]]
    lines = (f"{student.id},{student.name}," for student in quiz.students)
    (tmp_path / "book.csv").write_text("\n".join(["ID number,Name,Exam", *lines]), "utf-8")
    filled_in(quiz, marked(quiz, results, Changes()), [tmp_path / "book.csv"], "Exam")
    assert "20 students filled in; not final yet, and left as they were: 4" in capsys.readouterr().err
