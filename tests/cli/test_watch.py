"""`--watch`: what counts as a save, and what it outlives."""

from __future__ import annotations

import shutil
import signal
import subprocess
import sys
import time
from contextlib import contextmanager
from types import SimpleNamespace
from typing import TYPE_CHECKING, Any

import pytest

from builder.cli import _watch, check
from tests import samples
from tests.watching import saved, started

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

GOOD = samples.HERE / "good" / "all-kinds.yaml"

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="no process of Windows can send another Ctrl-C alone")


@contextmanager
def watching(*arguments: str | Path, **options: object) -> Iterator[subprocess.Popen[str]]:
    """A command that watches, whose stderr is one with its stdout; Ctrl-C ends it without a traceback."""
    with started(*arguments, "--watch", stdout=subprocess.PIPE, stderr=subprocess.STDOUT, **options) as process:
        assert process.stdout
        try:
            yield process
        finally:
            process.send_signal(signal.SIGINT)
        assert "Traceback" not in process.stdout.read()
        assert process.wait(10) == 0


def read_until(process: subprocess.Popen[str], text: str) -> list[str]:
    """The lines that a command says, to the first one that holds `text`."""
    lines: list[str] = []
    assert process.stdout
    for line in iter(process.stdout.readline, ""):
        lines.append(line)
        if text in line:
            return lines
    pytest.fail(f"never said {text!r}: {lines}")


def test_only_files_of_the_course_are_saves(tmp_path: Path) -> None:
    """A file in the course's folder that is none of the course is passed over; a bank is checked again."""
    course = samples.course(tmp_path / "course", GOOD)
    text = (course / "bank.yaml").read_text("utf-8")
    with watching("check", course, "--no-lint") as process:
        read_until(process, "items:")
        (course / "notes.txt").write_text("no file of the course")
        time.sleep(1.5)  # ten times as long as it waits for further saves
        with saved(course / "bank.yaml", text.replace("answer: Intimacy", "anser: Intimacy")):
            said = read_until(process, "unknown-key")
        with saved(course / "bank.yaml", text):
            read_until(process, "no problem found")
    assert not any("items:" in line for line in said), said


def test_a_course_that_is_away_for_a_moment_is_waited_for(tmp_path: Path) -> None:
    """Without its course.yaml, without its folder, and with another folder in its place the watching goes on."""
    course = samples.course(tmp_path / "course", GOOD)
    text = (course / "bank.yaml").read_text("utf-8")
    broken = text.replace("answer: Intimacy", "anser: Intimacy")
    with watching("check", course, "--no-lint") as process:
        read_until(process, "items:")
        (course / "course.yaml").rename(course / "away.yaml")
        read_until(process, "no course.yaml in this folder")
        (course / "away.yaml").rename(course / "course.yaml")
        read_until(process, "items:")
        shutil.copytree(course, tmp_path / "other")
        (tmp_path / "other" / "bank.yaml").write_text(broken, "utf-8")
        shutil.rmtree(course)
        read_until(process, "no such folder")
        (tmp_path / "other").rename(course)
        read_until(process, "unknown-key")
        with saved(course / "bank.yaml", text):
            read_until(process, "no problem found")


def test_the_exit_code_is_that_of_the_check_that_was_shown_last(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Ctrl-C that comes while "no problem found" is being written ends with 0, though the check before had errors."""
    course = samples.course(tmp_path / "course", GOOD)
    monkeypatch.setattr(_watch, "_saves", lambda _: iter([None, None]))
    results: Iterator[Any] = iter([SimpleNamespace(errors=1, trace=None), SimpleNamespace(errors=0, trace=None)])

    def show(result: Any) -> None:
        if not result.errors:
            raise KeyboardInterrupt

    with pytest.raises(SystemExit) as ended:
        check._watch(course, lambda: next(results), show)
    assert ended.value.code == 0
