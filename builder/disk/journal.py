"""The journal of a folder that is being written into: who may write, and what to put back after an interruption.

It is a file beside the others. Whoever holds its lock may write; the system
takes the lock from a process that dies. While several files are put in place it
says which. Empty, or missing, it says that all is as it should be.
"""

from __future__ import annotations

import json
import os
import re
import signal
import stat
import sys
import threading
import time
from contextlib import contextmanager, suppress
from typing import TYPE_CHECKING, Any, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence
    from pathlib import Path

NAME = ".her-study-journal"
_MOST = 1 << 24  # bytes: whatever is longer is none of ours
_STOPS = (signal.SIGINT, signal.SIGTERM)
_OURS = re.compile(r"\.her-study-[0-9]+\.(new|old)")


class Entry(NamedTuple):
    """A file of a set: whether it replaces one, and the time of change (ns since 1970) and size of what comes in."""

    name: str
    replaces: bool
    changed: int
    size: int


@contextmanager
def undisturbed() -> Iterator[Callable[[], None]]:
    """Ctrl-C and SIGTERM wait until the end, or until the function that is given lets them in, where all is tidy."""
    if threading.current_thread() is not threading.main_thread():
        yield lambda: None
        return
    usual = {number: handler for number in _STOPS if (handler := signal.getsignal(number)) is not None}
    came: list[int] = []

    def hold() -> None:
        for number in usual:
            signal.signal(number, lambda number, _: came.append(number))

    def release() -> None:
        for number, handler in usual.items():
            signal.signal(number, handler)
        if came:
            signal.raise_signal(came.pop())

    def let_in() -> None:
        release()
        hold()

    hold()
    try:
        yield let_in
    finally:
        release()


@contextmanager
def locked(folder: Path, waiting: Callable[[], object], *, make: bool = True) -> Iterator[int]:
    """The journal, open and empty, while this process alone writes into the folder; nothing temporary stays.

    `waiting` is called now and then while another process has it.
    """
    path = folder / NAME
    journal = _opened(path, waiting, make=make)
    try:
        undo(folder, _read(journal))
        os.ftruncate(journal, 0)
        _sweep(folder)
        yield journal
    finally:
        is_done = not os.fstat(journal).st_size and _sweep(folder)
        if sys.platform == "win32":  # where an open file can't be deleted, and whoever waits has it open
            os.close(journal)
        with suppress(OSError):
            if is_done:
                os.unlink(path)
        if sys.platform != "win32":
            os.close(journal)


def note(journal: int, entries: Sequence[Entry]) -> None:
    """Write down which files are about to be put in place, synced to the disk."""
    try:
        with open(journal, "wb", closefd=False) as file:
            file.seek(0)
            file.write(json.dumps(entries).encode())
            file.flush()
            os.fsync(journal)
    except OSError:
        os.ftruncate(journal, 0)
        raise


def temporary(folder: Path, number: int, what: str) -> Path:
    """The other name of a file of a set: of the bytes that come in (`new`), or of those that go (`old`)."""
    return folder / f".her-study-{number}.{what}"


def undo(folder: Path, entries: Iterable[Entry]) -> None:
    """Put the old files back, as far as new ones had come in. What was changed since then stays.

    It may itself be cut off, and done again.
    """
    for number, entry in enumerate(entries):
        path, old = folder / entry.name, temporary(folder, number, "old")
        if os.path.lexists(temporary(folder, number, "new")):
            continue
        try:
            now = os.lstat(path)
            is_ours = is_inside(folder, entry.name) and (now.st_mtime_ns, now.st_size) == (entry.changed, entry.size)
        except (OSError, ValueError):  # it is gone; or the name is none
            continue
        if is_ours and os.path.lexists(old):
            os.replace(old, path)
        elif is_ours and not entry.replaces:
            os.unlink(path)


def is_inside(folder: Path, name: str) -> bool:
    """Whether a file's name leads to a place in the folder or below, links to folders followed."""
    root, parent = os.path.realpath(folder), os.path.realpath((folder / name).parent)
    is_below = parent == root or parent.startswith(os.path.join(root, ""))
    return is_below and os.path.basename(name) not in {"", ".", ".."}


def _opened(path: Path, waiting: Callable[[], object], *, make: bool) -> int:
    """The journal at `path`, locked; waits until no other process has it."""
    flags = os.O_RDWR | getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_BINARY", 0)
    while True:
        journal = os.open(path, flags | (os.O_CREAT if make else 0), 0o666)
        try:
            _refuse_other(journal)
            while not _is_locked(journal):
                waiting()
                time.sleep(0.01)
            if os.path.lexists(path) and os.path.samestat(os.fstat(journal), os.lstat(path)):
                return journal
        except BaseException:
            os.close(journal)
            raise
        os.close(journal)  # whoever had it has deleted it


def _refuse_other(journal: int) -> None:
    if not stat.S_ISREG(os.fstat(journal).st_mode):
        message = f"{NAME} is no file of her-study"
        raise OSError(message)


def _is_locked(journal: int) -> bool:
    """Whether this process has the lock now. Some network drives have none: there, two at once are on their own."""
    if sys.platform == "win32":
        import msvcrt

        os.lseek(journal, _MOST, os.SEEK_SET)  # Windows locks bytes against reading, so none that are there
        with suppress(OSError):
            msvcrt.locking(journal, msvcrt.LK_NBLCK, 1)
            return True
        return False
    import fcntl

    with suppress(OSError):
        try:
            fcntl.flock(journal, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            return False
    return True


def _read(journal: int) -> list[Entry]:
    """What an interrupted write has noted; nothing where it did not come that far.

    A course may be a stranger's, and its journal with it: nothing in it is trusted.
    """
    if not 0 < os.fstat(journal).st_size <= _MOST:
        return []
    with open(journal, "rb", closefd=False) as file:
        file.seek(0)
        try:
            return [_entry(*fields) for fields in json.loads(file.read())]
        except (ValueError, TypeError, RecursionError):
            return []


def _entry(*fields: Any) -> Entry:
    """An entry of these fields.

    Raises:
        TypeError: they are others than an entry has.
    """
    if [type(field) for field in fields] != [str, bool, int, int]:
        raise TypeError
    return Entry(*fields)


def _sweep(folder: Path) -> bool:
    """Delete the temporary files: whoever made them is done, or is no more. Whether all are gone."""
    try:
        for name in os.listdir(folder):
            if _OURS.fullmatch(name):
                os.unlink(folder / name)
    except OSError:
        return False
    return True
