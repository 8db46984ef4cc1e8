"""Progress as a person at a terminal sees it."""

from __future__ import annotations

import io
import os
import re
import subprocess
import sys
from contextlib import redirect_stderr
from typing import TYPE_CHECKING

import pytest

from builder.cli._progress import Progress
from tests.benchmarks import generate
from tests.cli.test_quiz_long import rest

if TYPE_CHECKING:
    from pathlib import Path

pty = pytest.importorskip("pty", reason="Windows has no pseudo-terminals")

SIZE, A_BANK = 1200, 300


class Terminal(io.StringIO):
    """What a terminal is sent."""

    def isatty(self) -> bool:
        """It is one."""
        return True


class Clock:
    """Time that passes when it is told to."""

    now = 0.0

    def __call__(self) -> float:
        """Seconds."""
        return self.now


@pytest.fixture(scope="module")
def course(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A course of several banks."""
    folder: Path = tmp_path_factory.mktemp("course")
    for name, text in generate.files(SIZE, a_bank=A_BANK).items():
        path = folder / name
        path.parent.mkdir(exist_ok=True)
        path.write_text(text, "utf-8")
    return folder


def shown(text: str) -> list[tuple[str, int]]:
    """Stage and percentage of every state of a bar."""
    return [(stage, int(share)) for stage, share in re.findall(r"(\w+) +\[[#-]+\] +(\d+)%", _bare(text))]


def _bare(text: str) -> str:
    """The text without what steers a terminal."""
    return re.sub(r"\x1b\[[0-9;?]*[a-zA-Z]", "", text)


def test_the_bar_comes_when_the_whole_will_take_over_a_second() -> None:
    """After a tenth of the work in less than a tenth of a second there is none; after half of it in a second there is."""
    clock, terminal = Clock(), Terminal()
    with redirect_stderr(terminal), Progress({"reading": 1, "checking": 1}, clock) as progress:
        tell = progress.stage("reading")
        clock.now = 0.09
        tell(0.2)
        assert terminal.getvalue() == ""
        clock.now = 1.0
        tell(1.0)
        assert shown(terminal.getvalue())[-1] == ("reading", 50)


def test_what_is_done_at_once_shows_no_bar() -> None:
    """A bar that would come when all is done does not come, however long it took."""
    clock, terminal = Clock(), Terminal()
    with redirect_stderr(terminal), Progress({"reading": 1}, clock) as progress:
        tell = progress.stage("reading")
        clock.now = 60.0
        tell(1.0)
    assert terminal.getvalue() == ""


def test_stages_share_one_bar_that_never_goes_back() -> None:
    """Each has its part of the bar, under its own name in a column as wide as the longest; what comes late changes nothing."""
    clock, terminal = Clock(), Terminal()
    with redirect_stderr(terminal), Progress({"reading": 1, "checking": 3}, clock) as progress:
        clock.now = 10.0
        progress.stage("reading")(1.0)
        tell = progress.stage("checking")
        for share in (0.5, 0.25, 1.0):
            tell(share)
    states = list(dict.fromkeys(shown(terminal.getvalue())))
    assert states == [("reading", 0), ("reading", 25), ("checking", 25), ("checking", 62), ("checking", 100)]
    assert len({state.index("[") for state in re.findall(r"\w+ +\[", _bare(terminal.getvalue()))}) == 1


def test_no_terminal_sees_no_bar() -> None:
    """What is no terminal is sent nothing."""
    clock, pipe = Clock(), io.StringIO()
    with redirect_stderr(pipe), Progress({"reading": 1}, clock) as progress:
        clock.now = 10.0
        progress.stage("reading")(0.5)
    assert pipe.getvalue() == ""


AT_ONCE = "from builder.cli import _progress, main; _progress.LONG = 0; main()"
STAGES = {
    "check": ["reading", "checking"],
    "build": ["reading", "checking", "rendering", "packing"],
    "plan": ["reading", "rendering"],
    "quiz": ["reading", "checking", "drawing", "setting"],
}


@pytest.mark.slow
@pytest.mark.parametrize("name", STAGES)
def test_a_terminal_sees_every_stage(tmp_path: Path, course: Path, name: str) -> None:
    """Were a moment long, each stage would show itself, up to its end; a pipe sees no bar, and stdout no trace of it."""
    output = [] if name in {"check", "plan"} else ["-o", "out"]
    command = [sys.executable, "-c", AT_ONCE, name, str(course), *output]
    environment = os.environ | {"XDG_CACHE_HOME": str(tmp_path / "one")}
    piped = subprocess.run(command, cwd=tmp_path, env=environment, check=True, capture_output=True)
    master, slave = pty.openpty()
    environment["XDG_CACHE_HOME"] = str(tmp_path / "other")
    with (
        open(tmp_path / "stdout", "w+b") as stdout,
        subprocess.Popen(command, cwd=tmp_path, env=environment, stdout=stdout, stderr=slave) as process,
    ):
        os.close(slave)
        said = rest(master).decode("utf-8", "replace")
    assert process.returncode == 0
    assert (tmp_path / "stdout").read_bytes() == piped.stdout
    states = shown(said)
    assert list(dict.fromkeys(stage for stage, _ in states)) == STAGES[name]
    assert states[-1] == (STAGES[name][-1], 100)
    assert "%" not in piped.stderr.decode()
