"""Calls and files that are out of the ordinary: one line and exit code 2, never a traceback."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from typing import TYPE_CHECKING

import pytest
from click.testing import CliRunner

from builder.cli import main
from builder.model import History
from builder.printing.pdf.named import _table
from builder.source.nodes import values

if TYPE_CHECKING:
    from pathlib import Path

HEAD = "course: c\ntitle: C\nbanks: [bank.yaml]\nanki: {deck: D}\n"
ITEM = "  - {{id: a{0}, kind: basic, prompt: What is {0}, answer: x{0}}}\n"


@pytest.fixture
def course(tmp_path: Path) -> Path:
    """A course of six questions."""
    folder = tmp_path / "course"
    folder.mkdir()
    (folder / "course.yaml").write_text(HEAD, "utf-8")
    (folder / "bank.yaml").write_text("bank: b\ntitle: B\nitems:\n" + "".join(map(ITEM.format, range(6))), "utf-8")
    return folder


def quiz(course: Path, *options: str) -> tuple[int, str]:
    """The exit code and the errors of `quiz`, in Markdown, which is quick."""
    call = ["quiz", str(course), "--no-lint", "--format", "md", "-o", str(course.parent / "out")]
    done = CliRunner().invoke(main, [*call, *options])
    assert done.exception is None or isinstance(done.exception, SystemExit), done.exception
    return done.exit_code, done.stderr


@pytest.mark.parametrize(
    "options",
    [
        ["--points", "1001"],
        ["--seed", "a\u202eb"],
        ["--seed", "x" * 1001],
        ["--name", "a\x07b"],
        ["--name", "\udce4"],
        ["-o", ""],
        ["--from", "/dev/zero"],
        ["--roster", "/dev/null"],
    ],
)
def test_a_call_that_can_not_be_met_is_one_line(course: Path, options: list[str]) -> None:
    """Sums past those of a blueprint, signs that do not show, devices and empty names are refused."""
    code, said = quiz(
        course, *(["--items", "2"] if "--points" not in options and "--from" not in options else []), *options
    )
    assert code == 2
    assert said.strip()
    assert "Traceback" not in said


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"title": "x" * 5_000_000}, "title"),
        ({"seed": "x" * 5_000}, "seed"),
        ({"students": [{"id": "1" * 5_000, "name": "A", "version": "A"}]}, "at most 64 characters"),
        ({"students": [{"id": "1", "name": "A" * 50_000, "version": "A"}]}, "a name 200"),
        ({"cover": "x" * 50_000}, "cover"),
    ],
)
def test_a_record_has_the_bounds_of_a_roster(course: Path, change: dict[str, object], said: str) -> None:
    """What no roster or course could have is refused in a record too, before anything is printed."""
    assert quiz(course, "--items", "2")[0] == 0
    file = course.parent / "out" / "quiz.json"
    file.write_text(json.dumps({**json.loads(file.read_text("utf-8")), **change}), "utf-8")
    code, errors = quiz(course, "--from", str(file))
    assert code == 2
    assert said in errors
    assert len(errors) < 400


@pytest.mark.slow
def test_papers_taken_down_at_the_same_time_are_all_taken_down(course: Path) -> None:
    """Six at once: each is in the history, or its line says that it is printed and not recorded."""

    def one(number: int) -> str:
        call = [sys.executable, "-m", "builder", "quiz", str(course), "--no-lint", "--format", "md", "--items", "2"]
        out = ["-o", str(course.parent / f"out{number}"), "--record", "--name", f"paper-{number}"]
        done = subprocess.run([*call, *out], capture_output=True, text=True, check=False)
        assert done.returncode == 0, done.stderr
        return done.stderr

    with ThreadPoolExecutor(6) as pool:
        list(pool.map(one, range(6)))
    history = History.model_validate(values("h", (course / "history.yaml").read_text("utf-8")).value)
    assert {paper.paper for paper in history.papers} == {f"paper-{number}" for number in range(6)}


@pytest.mark.parametrize("papers", ["papers: []\n", "papers: [ ]  # none yet\n", ""])
@pytest.mark.parametrize("end", ["\n", "\r\n"])
def test_an_empty_history_takes_a_paper_in_its_own_line_ends(course: Path, papers: str, end: str) -> None:
    """A list with nothing in it yet, and the line ends of Windows."""
    file = course / "history.yaml"
    file.write_bytes(f"# ours\nschema: her-study/history/1\n{papers}".replace("\n", end).encode())
    for name in ("one", "two"):
        assert quiz(course, "--items", "2", "--record", "--name", name)[0] == 0
    text = file.read_bytes().decode()
    assert text.startswith("# ours")
    assert text.count("\n") == text.count(end)
    assert [paper.paper for paper in History.model_validate(values("h", text).value).papers] == ["one", "two"]


def test_output_that_can_not_be_written_is_one_line(course: Path) -> None:
    """On a full disk, and where the reader has gone away, the exit code is 2: 1 would mean that the course has errors."""
    call = [sys.executable, "-m", "builder", "check", str(course), "--format", "json"]
    with open("/dev/full", "wb") as full:
        done = subprocess.run(call, stdout=full, stderr=subprocess.PIPE, text=True, check=False)
    assert done.returncode == 2
    assert done.stderr.startswith("her-study: the output can't be written")
    assert done.stderr.count("\n") == 1
    with open("/dev/full", "wb") as full:
        call = [sys.executable, "-m", "builder", "new", str(course)]
        assert subprocess.run(call, stdin=subprocess.DEVNULL, stderr=full, check=False).returncode == 2


@pytest.mark.parametrize(("number", "call", "code"), [(0, "study", 2), (1, "plan", 0), (2, "plan", 0)])
def test_a_closed_stream_is_none_to_read_or_write(course: Path, number: int, call: str, code: int) -> None:
    """A command that is started without one of its three streams ends as if it led to the null device."""
    arguments = [sys.executable, "-m", "builder", call, str(course)]
    done = subprocess.run(arguments, capture_output=True, check=False, preexec_fn=lambda: os.close(number))
    assert (done.returncode, done.stderr.count(b"\n")) == (code, int(code > 0))


@pytest.mark.parametrize("cell", ["=1+1", " =1", "x;=1+1", "x\t@a", "\uff1d1", "a|-1"])
def test_no_cell_of_the_table_of_students_is_a_formula(cell: str) -> None:
    """A mark stands before whatever a spreadsheet would run, at the start and after other delimiters."""
    text = _table([["1", cell, "A", "x", 1, 1]]).decode("utf-8-sig")
    for delimiter in ",;\t|":
        for part in text.split("\r\n")[1].split(delimiter):
            assert not part.strip().strip('"').strip().startswith(("=", "@", "\uff1d", "-"))
