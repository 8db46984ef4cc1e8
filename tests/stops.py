"""Stops writes on the way, in processes that can be spared: `python -m tests.stops MODE FOLDER` prints what came of it.

A stop is exact: at the N-th line that the writer runs, or the N-th call of the
system, for every N until the write comes through. Each N has a folder of its own.
"""

from __future__ import annotations

import errno
import json
import os
import shutil
import signal
import sys
from itertools import count
from pathlib import Path
from typing import TYPE_CHECKING, Any, Self

from builder.diagnostics import BuilderError
from builder.disk import journal, output

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

LOCK, TEXTS, BANK, FRESH = "course.lock.yaml", "released.jsonl", "sub/bank.yaml", "fresh.txt"
SIZE = 1000  # times some 20 bytes: more than a buffer holds
OLD = {name: f"old {name} ".encode() * SIZE for name in (LOCK, TEXTS, BANK)}
NEW = {name: f"new {name} ".encode() * SIZE for name in (LOCK, TEXTS, BANK, FRESH)}
LATER = {name: f"later {name} ".encode() * SIZE for name in (LOCK, TEXTS, BANK, FRESH)}
SETS = {"old": OLD, "new": NEW, "later": LATER}
CALLS = ("open", "fsync", "link", "replace", "ftruncate", "chmod", "unlink", "mkdir", "listdir")
_WRITER = (output.__file__, journal.__file__)


def prepared(folder: Path) -> Path:
    """A folder that holds the old files."""
    for name, data in OLD.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_bytes(data)
    return folder


def state(folder: Path) -> dict[str, str]:
    """Which set each file of the folder is of; `torn` if of none. The writer's own files are `scrap`."""
    found = {}
    for path in sorted(p for p in folder.rglob("*") if p.is_file()):
        name = path.relative_to(folder).as_posix()
        whole = [which for which, files in SETS.items() if files.get(name) == path.read_bytes()]
        found[name] = "scrap" if name.startswith(".her-study") else (*whole, "torn")[0]
    return found


def at_line(number: int, act: Callable[[], object]) -> None:
    """From now on: call `act` when the writer is about to run its line of this number."""
    lines = count(1)

    def trace(frame: Any, event: str, _: Any) -> Any:
        if frame.f_code.co_filename not in _WRITER:
            return None
        if event == "line" and next(lines) == number:
            sys.settrace(None)
            act()
        return trace

    sys.settrace(trace)


def spared(act: Callable[[], object]) -> int:
    """The exit code of a process that does this; negative: the signal that killed it."""
    pid = os.fork()
    if pid == 0:
        code = 1
        try:
            act()
            code = 0
        except BuilderError as error:
            code = 3 if "not all" in str(error) else 2
        finally:
            os._exit(code)
    return os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1])


def die() -> None:
    """What kill -9 and a power cut do."""
    os.kill(os.getpid(), signal.SIGKILL)


def killed(root: Path) -> Iterator[dict[str, Any]]:
    """Kill a write at every line; then load, or write again, in what it left."""
    vars(os)["fsync"] = lambda _: (
        None
    )  # which takes long, and matters to the dead machine alone, not to the dead process
    for number in count(1):
        folder = prepared(root / str(number))

        def act(folder: Path = folder, number: int = number) -> None:
            at_line(number, die)
            output.write(folder, NEW)

        code = spared(act)
        again = shutil.copytree(folder, root / f"{number}-again")
        seen = state(folder)
        output.settle(folder)
        output.write(again, LATER)
        yield {"code": code, "seen": seen, "loaded": state(folder), "rewritten": state(again)}
        if code == 0:
            return


def killed_again(root: Path) -> Iterator[dict[str, Any]]:
    """Kill a write between its renames, and at every line the next run, which puts the old files back; then load."""
    half = prepared(root / "half")
    renames = count(1)
    rename = os.replace

    def until(source: Any, target: Any) -> None:
        if next(renames) == 3:
            die()
        rename(source, target)

    def act() -> None:
        vars(os)["replace"] = until
        output.write(half, NEW)

    spared(act)
    for number in count(1):
        folder = shutil.copytree(half, root / str(number))

        def undo(folder: Path = folder, number: int = number) -> None:
            at_line(number, die)
            output.settle(folder)

        seen = state(folder)
        code = spared(undo)
        output.settle(folder)
        yield {"code": code, "seen": seen, "loaded": state(folder)}
        if code == 0:
            return


def failing(root: Path, *, for_good: bool) -> Iterator[dict[str, Any]]:
    """Let the N-th call of the system fail for want of room, and `for_good` all after it; then load."""
    for number in count(1):
        folder = prepared(root / str(number))

        def act(folder: Path = folder, number: int = number) -> None:
            calls = count(1)
            failed: list[str] = []

            def fail(what: str) -> None:
                at = next(calls)
                if at == number or (for_good and at > number):
                    failed.append(what)
                    raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC), what)

            for name in CALLS:
                _patched(os, name, fail)
            _patched_open(fail)
            output.write(folder, NEW)
            if failed:
                os._exit(4)

        code = spared(act)
        seen = state(folder)
        output.settle(folder)
        yield {"code": code, "seen": seen, "loaded": state(folder)}
        if code == 0:
            return


def pressed(root: Path) -> Iterator[dict[str, Any]]:
    """Press Ctrl-C at every line of a write."""
    vars(os)["fsync"] = lambda _: None
    for number in count(1):
        folder = prepared(root / str(number))

        def act(folder: Path = folder, number: int = number) -> None:
            done: list[Path] = []
            signal.signal(signal.SIGINT, signal.default_int_handler)
            at_line(number, lambda: signal.raise_signal(signal.SIGINT))
            try:
                output.write(folder, NEW, done=done.append)
            except KeyboardInterrupt:
                os._exit(10 + len(done))

        code = spared(act)
        yield {"code": code, "seen": state(folder)}
        if code == 0:
            return


def _patched(module: Any, name: str, fail: Callable[[str], None]) -> None:
    honest = getattr(module, name)

    def call(*args: Any, **kwargs: Any) -> Any:
        fail(name)
        return honest(*args, **kwargs)

    setattr(module, name, call)


def _patched_open(fail: Callable[[str], None]) -> None:
    """Opening and writing of files fails, too: the latter after half of the bytes."""

    class File:
        def __init__(self, *args: Any, **kwargs: Any) -> None:
            self.file = open(*args, **kwargs)  # noqa: SIM115 - closed in __exit__

        def __enter__(self) -> Self:
            return self

        def __exit__(self, *_: object) -> None:
            self.file.close()

        def __getattr__(self, name: str) -> Any:
            return getattr(self.file, name)

        def write(self, data: bytes) -> None:
            self.file.write(data[: len(data) // 2])
            self.file.flush()
            fail("write")
            self.file.write(data[len(data) // 2 :])

    for module in (output, journal):
        module.open = File  # type: ignore[attr-defined]


def racing(root: Path) -> Iterator[dict[str, Any]]:
    """Four processes write a set each into one folder at once, some are killed; then load."""
    names = [f"{number}.txt" for number in range(8)]
    for turn in range(15):
        folder = root / str(turn)
        pids = []
        for writer in range(4):
            pid = os.fork()
            if pid == 0:
                try:
                    output.write(folder, {name: f"{writer}".encode() for name in names})
                finally:
                    os._exit(0)
            pids.append(pid)
        if turn % 5 == 4:
            os.kill(pids[turn % 4], signal.SIGKILL)
        codes = [os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1]) for pid in pids]
        output.settle(folder)
        yield {"codes": codes, "texts": {path.name: path.read_text("utf-8") for path in folder.iterdir()}}


MODES: dict[str, Callable[[Path], Iterator[dict[str, Any]]]] = {
    "killed": killed,
    "killed_again": killed_again,
    "failing": lambda root: failing(root, for_good=False),
    "failing_for_good": lambda root: failing(root, for_good=True),
    "pressed": pressed,
    "racing": racing,
}

if __name__ == "__main__":
    for found in MODES[sys.argv[1]](Path(sys.argv[2])):
        print(json.dumps(found))  # noqa: T201
