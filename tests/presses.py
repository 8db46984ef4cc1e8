"""Presses Ctrl-C in commands, in processes that can be spared: `python -m tests.presses FOLDER COMMAND...` prints what came of it.

A press is exact: at one of the calls of the project's functions that the
command makes, or at one of the lines of its writer. Each has a course of its own.
"""

from __future__ import annotations

import hashlib
import json
import os
import shutil
import signal
import sys
import tempfile
from contextlib import suppress
from inspect import CO_GENERATOR
from itertools import count
from pathlib import Path
from typing import TYPE_CHECKING, Any

import builder
from builder.cli import main
from builder.disk import journal, output

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from types import CodeType

PRESSES = 4  # for a command, evenly over its calls, and as many over the lines of its writer
_WRITER = (output.__file__, journal.__file__)
_OURS = str(Path(builder.__file__).parent)


def is_call(event: str, code: CodeType) -> bool:
    """One of the project's functions begins; no generator, since it may be about to close, where Python drops exceptions."""
    return event == "call" and code.co_filename.startswith(_OURS) and not code.co_flags & CO_GENERATOR


def is_written(event: str, code: CodeType) -> bool:
    """The writer runs a line."""
    return event == "line" and code.co_filename in _WRITER


def traced(counts: Callable[[str, CodeType], bool], number: int, act: Callable[[], object]) -> Iterator[int]:
    """From now on: call `act` when something that counts happens for the `number`-th time; what has been counted."""
    seen = count(1)

    def trace(frame: Any, event: str, _: Any) -> Any:
        code = frame.f_code
        if counts(event, code) and next(seen) == number:
            sys.settrace(None)
            act()
        return trace if code.co_filename in _WRITER else None

    sys.settrace(trace)
    return seen


def press() -> None:
    """Ctrl-C, as this process alone gets it."""
    signal.raise_signal(signal.SIGINT)


def press_for_all() -> None:
    """Ctrl-C, as a terminal sends it: to every process of the group."""
    os.killpg(0, signal.SIGINT)


def run(arguments: list[str], folder: Path, counts: Callable[[str, CodeType], bool], number: int) -> dict[str, Any]:
    """One call of the command line in a copy of the course at `folder`, stopped at a point: exit code, what it said and did."""
    before = contents(folder)
    pid = os.fork()
    if pid == 0:
        os.chdir(folder)
        # What an earlier call has left there would make this one another, with other calls of functions.
        os.environ["XDG_CACHE_HOME"] = tempfile.mkdtemp(dir=folder.parent)
        for handle, name in ((1, "../out"), (2, "../err")):
            os.dup2(os.open(name, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), handle)
        signal.signal(signal.SIGINT, signal.default_int_handler)
        seen = traced(counts, number, press)
        code: Any = 0
        try:
            main(arguments)
        except SystemExit as stop:
            code = stop.code
        except BaseException:  # noqa: BLE001 - a traceback is what the test is to see
            sys.excepthook(*sys.exc_info())
            code = 70
        sys.settrace(None)
        with suppress(OSError):
            (folder.parent / "count").write_text(str(next(seen) - 1), "utf-8")
        sys.stdout.flush()
        os._exit(code or 0)
    code = os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1])
    after = contents(folder)
    changed = [name for name in after if after[name] != before.get(name)]
    said = (folder.parent / "err").read_text("utf-8")
    return {"code": code, "said": said, "changed": changed, "gone": sorted(before.keys() - after.keys())}


def contents(folder: Path) -> dict[str, str]:
    """The files of a folder, and what is in them."""
    files = sorted(path for path in folder.rglob("*") if path.is_file())
    return {path.relative_to(folder).as_posix(): hashlib.sha256(path.read_bytes()).hexdigest() for path in files}


def stopped(root: Path, arguments: list[str]) -> Iterator[dict[str, Any]]:
    """Press Ctrl-C all over a command, and all over its writing."""
    course = root / "course"
    for counts in (is_call, is_written):
        run(arguments, shutil.copytree(course, root / "whole"), counts, 0)  # once, so that all is imported
        shutil.rmtree(root / "whole")
        total = int((root / "count").read_text("utf-8"))
        step = max(1, total // PRESSES)
        for number in range(step, total + 1, step):
            folder = shutil.copytree(course, root / "now")
            yield run(arguments, folder, counts, number)
            shutil.rmtree(folder)


if __name__ == "__main__":
    if sys.argv[1] == "--all":  # at the first call of the function FILE:NAME in a command that forks
        file, arguments = sys.argv[2], sys.argv[3:]
        signal.signal(signal.SIGINT, signal.default_int_handler)
        own = os.getpid()
        traced(
            lambda event, code: event == "call" and code.co_filename.endswith(file) and os.getpid() == own,
            1,
            press_for_all,
        )
        main(arguments)
    vars(os)["fsync"] = lambda _: None  # which takes long, and matters to a dead machine alone
    for found in stopped(Path(sys.argv[1]), sys.argv[2:]):
        print(json.dumps(found))  # noqa: T201
