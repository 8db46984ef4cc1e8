from __future__ import annotations

import errno
import json
import os
import re
import signal
import subprocess
import sys
import time
from pathlib import Path
from types import SimpleNamespace
from typing import TYPE_CHECKING, Any

import pytest
from pydantic import BaseModel, field_serializer

from builder import cli
from builder.diagnostics import BuilderError
from builder.loading.released import load_released
from builder.source import nodes
from tests import samples
from tests.cli.test_commands import GOOD, run
from tests.make.folder import DAY, FIRST
from tests.presses import contents

if TYPE_CHECKING:
    from tests.make.folder import Author

ROOT = Path(__file__).parent.parent.parent
CALLS = {
    "build": ["build", ".", "--no-lint"],
    "check": ["check", "."],
    "check --fix": ["check", ".", "--fix"],
    "coverage": ["coverage", ".", "--format", "html"],
    "explain": ["explain", "M01"],
    "history": ["history", "."],
    "plan": ["plan", "."],
    "preview": ["preview", "."],
    "study": ["study", ".", "--stats"],
    "release": ["release", "1.0.0", ".", "--no-lint"],
}


def presses(*arguments: str | Path) -> subprocess.Popen[str]:
    """A run of `tests.presses` in a session of its own."""
    return subprocess.Popen(
        [sys.executable, "-m", "tests.presses", *map(str, arguments)],
        cwd=ROOT,
        start_new_session=True,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )


def test_ctrl_c_while_the_program_is_imported(tmp_path: Path) -> None:
    """A Ctrl-C before a command has begun is no traceback either."""
    (tmp_path / "click.py").write_text("raise KeyboardInterrupt\n", "utf-8")
    path = os.pathsep.join([str(tmp_path), str(ROOT)])
    begun = [sys.executable, "-m", "builder", "check"]
    stopped = subprocess.run(begun, env=os.environ | {"PYTHONPATH": path}, capture_output=True, text=True, check=False)
    assert (stopped.returncode, stopped.stdout, stopped.stderr) == (130, "", "stopped: nothing was written\n")


@pytest.mark.slow
@pytest.mark.parametrize("name", CALLS)
def test_ctrl_c_says_what_was_written(tmp_path: Path, name: str) -> None:
    """Wherever a command is, it ends with exit code 130; its last line tells exactly the files that are new."""
    course = samples.course(tmp_path / "course", GOOD)
    bank = course / "bank.yaml"
    bank.write_text(bank.read_text("utf-8").replace("explanation: ", "explanation: It’s so. ", 1), "utf-8")
    with presses(tmp_path, *CALLS[name]) as run:
        said, trouble = run.communicate()
    found: list[dict[str, Any]] = [json.loads(line) for line in said.splitlines()]
    assert trouble == ""
    assert len(found) >= 4
    for one in found:
        assert one["code"] == 130
        assert "Traceback" not in one["said"]
        last = one["said"].splitlines()[-1]
        told = re.fullmatch(
            r"stopped: (?:nothing was written|(\S+)(?: and (\d+) more)? had been written, nothing else)", last
        )
        assert told, last
        first, more = told.groups()
        assert one["gone"] == []
        assert len(one["changed"]) == (first is not None) + int(more or 0)
        assert first is None or Path(first).name in {Path(changed).name for changed in one["changed"]}


def test_ctrl_c_ends_the_second_process_of_a_large_check(tmp_path: Path) -> None:
    """A terminal sends it to both: one line, exit code 130, and no process of the group is left."""
    course = samples.course(tmp_path / "course", GOOD)
    items = "".join(f"  - {{id: a{i}, kind: basic, prompt: What is {i}?, answer: {i}}}\n" for i in range(3000))
    (course / "bank.yaml").write_text(f"bank: b\ntitle: B\nitems:\n{items}", "utf-8")
    with presses("--all", os.path.join("rules", "x01_duplicate.py"), "check", course) as run:
        said, trouble = run.communicate(timeout=120)
    assert (said, trouble) == ("", "stopped: nothing was written\n")
    assert run.returncode == 130
    with pytest.raises(ProcessLookupError):
        os.killpg(run.pid, signal.SIGTERM)


def test_ctrl_c_inside_a_library(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """What pydantic makes of it, when it comes while pydantic calls a function of ours, is told like any other Ctrl-C."""

    class Odd(BaseModel):
        one: int = 1

        @field_serializer("one")
        def stop(self, _: int) -> int:
            raise KeyboardInterrupt

    monkeypatch.setattr("builder.release.advanced", lambda *_: Odd().model_dump())
    result = run("release", "1.0.0", samples.course(tmp_path / "course", GOOD), "--no-lint")
    assert (result.exit_code, result.stderr.splitlines()[-1]) == (130, "stopped: nothing was written")


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no SIGTERM that a process can deal with")
def test_sigterm_leaves_nothing_behind(tmp_path: Path) -> None:
    """In the middle of a class's papers it ends with exit code 143 and one line: no process and no temporary folder is left."""
    course = samples.course(tmp_path / "course", GOOD)
    (tmp_path / "class.csv").write_text("id,name\n" + "".join(f"s{i},Name {i}\n" for i in range(300)), "utf-8")
    (tmp_path / "scratch").mkdir()
    call = ["quiz", course, "--no-lint", "--items", "9", "--roster", tmp_path / "class.csv", "-o", tmp_path / "out"]
    with subprocess.Popen(
        [sys.executable, "-m", "builder", *map(str, call)],
        cwd=ROOT,
        env=os.environ | {"TMPDIR": str(tmp_path / "scratch")},
        start_new_session=True,
        stderr=subprocess.PIPE,
        text=True,
    ) as run:
        while not any((tmp_path / "scratch").iterdir()):
            assert run.poll() is None
            time.sleep(0.01)
        run.terminate()
        _, said = run.communicate(timeout=60)
    assert said.splitlines()[-1] == "stopped: nothing was written", said
    assert "Traceback" not in said
    assert run.returncode == 143
    assert not list((tmp_path / "scratch").iterdir())
    with pytest.raises(ProcessLookupError):
        os.killpg(run.pid, signal.SIGTERM)


def test_a_stop_that_python_drops_is_sent_again(monkeypatch: pytest.MonkeyPatch) -> None:
    """An exception in what runs at the end of an object's life leads nowhere; a fault of another kind is told as ever."""
    sent: list[int] = []
    monkeypatch.setattr("signal.raise_signal", sent.append)
    told: list[object] = []
    monkeypatch.setattr("sys.__unraisablehook__", told.append)
    fault = SimpleNamespace(exc_value=ValueError())
    for lost in (SimpleNamespace(exc_value=cli._Terminated()), SimpleNamespace(exc_value=KeyboardInterrupt()), fault):
        cli._raise_again(lost)
    until = time.monotonic() + 10
    while len(sent) < 2 and time.monotonic() < until:
        time.sleep(0.01)
    assert sorted(sent) == [signal.SIGINT, signal.SIGTERM]
    assert told == [fault]


def test_a_full_folder_for_temporary_files_is_named(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """A disk that is full there is no full output: the line names the folder and the way out, with exit code 2."""
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path))

    def full(*_: object, **__: object) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr("builder.printing.pdf.typeset.Press.__init__", full)
    monkeypatch.setattr("shutil.disk_usage", lambda _: SimpleNamespace(free=4096))
    course = samples.course(tmp_path / "course", GOOD)
    result = run("quiz", course, "--no-lint", "--items", "3", "-o", tmp_path / "out")
    assert result.exit_code == 2
    assert result.stderr.splitlines()[-1].startswith(
        f"her-study: {tmp_path}: temporary files can't be written: No space"
    )
    assert not (tmp_path / "out").exists() or not list((tmp_path / "out").iterdir())


KILLED = """
import os, signal, sys
from itertools import count
from builder.cli import main
renames, rename = count(1), os.replace
def replace(source, target):
    rename(source, target)
    if next(renames) == 1:
        os.kill(os.getpid(), signal.SIGKILL)
os.replace = replace
main(sys.argv[1:])
"""


@pytest.mark.parametrize("arguments", [["release", "1.1.0", "--no-lint"], ["check", "--fix"]])
@pytest.mark.parametrize("following", [["plan"], ["check", "--no-lint"], ["release", "1.2.0", "--no-lint"]])
def test_kill_between_two_files_of_a_course(author: Author, arguments: list[str], following: list[str]) -> None:
    """After `release` or `check --fix` died between two of its files, the next command finds all as it was before."""
    course = author.folder
    (course / "course.yaml").write_text(
        (course / "course.yaml").read_text("utf-8").replace("[bank.yaml]", "[bank.yaml, more/*.yaml]"), "utf-8"
    )
    (course / "more").mkdir()
    text = author.bank.read_text("utf-8").replace("explanation: ", "explanation: It’s so. ", 1)
    author.bank.write_text(text, "utf-8")
    item = "  - {id: extra, kind: basic, prompt: Is it so?, answer: It’s so}\n"
    (course / "more" / "bank.yaml").write_text(f"bank: more\ntitle: B\nitems:\n{item}", "utf-8")
    before = contents(course)
    command = [sys.executable, "-c", KILLED, *arguments, str(course)]
    assert subprocess.run(command, check=False, cwd=ROOT, capture_output=True).returncode == -signal.SIGKILL
    half = contents(course)
    assert {name for name in before if half[name] != before[name]}  # one file is new
    assert ".her-study-journal" in half
    result = run(*following, course)
    assert result.exit_code == 0, result.stderr
    changed = {name for name, digest in contents(course).items() if before.get(name) != digest}
    assert changed == ({"course.lock.yaml", "released.jsonl"} if following[0] == "release" else set())


def test_two_releases_at_once(author: Author, monkeypatch: pytest.MonkeyPatch) -> None:
    """The one that comes second refuses to write over the other's lock, and to mix its texts with those of the other."""
    from builder.release import advance

    author.append("  - {id: extra, kind: basic, prompt: Is it so?, answer: It is}\n")
    old = author.loaded
    honest = nodes.dump

    def meanwhile(*given: Any, **options: Any) -> str:
        monkeypatch.setattr(advance, "dump", honest)
        author.release("1.1.0", FIRST + DAY)
        return honest(*given, **options)

    monkeypatch.setattr(advance, "dump", meanwhile)
    result = run("release", "1.2.0", author.folder, "--no-lint")
    assert result.exit_code == 2
    assert "course.lock.yaml: changed or gone meanwhile, so nothing was written" in result.stderr
    assert author.lock
    assert author.lock.release == "1.1.0"
    with pytest.raises(BuilderError, match="changed meanwhile; run it again"):
        load_released(old)
