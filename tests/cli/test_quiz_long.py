"""Long work of `quiz`, as a person at a terminal sees it and stops it."""

from __future__ import annotations

import contextlib
import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

pty = pytest.importorskip("pty", reason="Windows has no pseudo-terminals")

VERSIONS = ["--kind", "mcq", "--items", "20", "--versions", "300"]


def _command(*options: str) -> list[str]:
    return [sys.executable, "-m", "builder", "quiz", "--no-lint", "-o", "out", *options]


def _children(process: int) -> set[int]:
    """Every process below another one."""
    found: set[int] = set()
    for task in Path(f"/proc/{process}/task").glob("*"):
        for child in map(int, (task / "children").read_text().split()):
            found |= {child, *_children(child)}
    return found


def _alive(process: int) -> bool:
    with contextlib.suppress(OSError):
        return "\nState:\tZ" not in Path(f"/proc/{process}/status").read_text()
    return False


def _until(terminal: int, words: bytes) -> bytes:
    """What the terminal shows up to and with some words."""
    shown = b""
    while words not in shown:
        shown += os.read(terminal, 4096)
    return shown


def rest(terminal: int) -> bytes:
    """What the terminal shows from now on until it is closed."""
    shown = b""
    with contextlib.suppress(OSError):  # a closed terminal is an error on Linux
        while more := os.read(terminal, 4096):
            shown += more
    os.close(terminal)
    return shown


@pytest.mark.slow
@pytest.mark.skipif(sys.platform != "linux", reason="looks for children in /proc")
@pytest.mark.parametrize("roster", [False, True])
def test_ctrl_c_stops_at_once_and_leaves_nothing(tmp_path: Path, *, roster: bool) -> None:
    """Exit 130 and one line that says that nothing was written; no file, no temporary folder and no process is left."""
    lines = "".join(f"{n},Student {n}\n" for n in range(3000))
    (tmp_path / "students.csv").write_text(f"id,name\n{lines}", "utf-8")
    temporary = tmp_path / "tmp"
    temporary.mkdir()
    master, terminal = pty.openpty()
    options = ["--kind", "mcq", "--items", "20", "--roster", "students.csv"] if roster else VERSIONS
    with subprocess.Popen(
        _command(*options),
        cwd=tmp_path,
        stdin=terminal,
        stdout=subprocess.DEVNULL,
        stderr=terminal,
        env=os.environ | {"TMPDIR": str(temporary)},
        start_new_session=True,
    ) as process:
        os.close(terminal)
        _until(master, b" 1%")
        children = _children(process.pid)
        os.killpg(process.pid, signal.SIGINT)  # as a terminal does: to all processes of the group
        shown = rest(master)
    assert process.returncode == 130
    assert shown.decode().rstrip().splitlines()[-1] == "stopped: nothing was written"
    assert b"Traceback" not in shown
    assert not (tmp_path / "out").exists()
    assert list(temporary.iterdir()) == []
    assert bool(children) == roster
    for _ in range(1000):  # a child that sees its parent's end comes to its own a moment later
        if not any(map(_alive, children)):
            return
        time.sleep(0.01)
    pytest.fail("a process is left")
