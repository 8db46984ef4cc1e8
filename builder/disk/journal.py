"""The journal of a folder: which process may write into the folder, and what to put back after an interrupted write.

The journal is a file in the folder. The process that holds its lock may write;
the operating system frees the lock of a process that dies. While several files
are put in place, the journal lists them. An empty or missing journal says that
no write was interrupted.
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
_MOST = 1 << 24  # bytes: her-study never writes a longer journal
_STOPS = (signal.SIGINT, signal.SIGTERM)
_OURS = re.compile(r"\.her-study-[0-9]+\.(new|old)")


class Entry(NamedTuple):
    """A file of a set that is being written.

    `replaces` says whether there was an old file. `changed` (nanoseconds since 1970) and `size` (bytes) are those of
    the new file, by which it is known again.
    """

    name: str
    replaces: bool
    changed: int
    size: int


@contextmanager
def undisturbed() -> Iterator[Callable[[], None]]:
    """A context in which Ctrl-C and SIGTERM wait until its end.

    It gives a function that lets a waiting signal act at once. Call it only where a stop leaves nothing half done.
    Outside the main thread, which alone gets signals, neither does anything.
    """
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
    """A context in which this process alone may write into the folder; it gives the open, empty journal.

    At its start, what an interrupted write has left is put back. At its end, temporary files and the journal are
    deleted, unless this write was interrupted too. `waiting` is called now and then while another process holds the
    lock. Without `make`, a missing journal is an error.

    Raises:
        OSError: the journal can't be opened, or the old files can't be put back.
    """
    path = folder / NAME
    journal = _open_locked(path, waiting, make=make)
    try:
        undo(folder, _read(journal))
        os.ftruncate(journal, 0)
        _sweep(folder)
        yield journal
    finally:
        is_done = not os.fstat(journal).st_size and _sweep(folder)
        # On Windows an open file can't be deleted, not even if only a waiting process has it open.
        if sys.platform == "win32":
            os.close(journal)
        with suppress(OSError):
            if is_done:
                os.unlink(path)
        if sys.platform != "win32":
            os.close(journal)


def note(journal: int, entries: Sequence[Entry]) -> None:
    """Write the list of files that are about to be put in place into the journal, and sync it to the disk."""
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
    """The temporary name of a file of a set: of its new bytes (`what` is "new"), or of the old file ("old")."""
    return folder / f".her-study-{number}.{what}"


def undo(folder: Path, entries: Iterable[Entry]) -> None:
    """Restore every old file that an interrupted write had already replaced.

    Files that somebody has changed since then stay. `undo` may itself be interrupted, and repeated.

    Example: a write of `a` and `b`, both of which were there, stopped after it had put the new `a` in place. The new
    `b` still has its temporary name, so `b` was not replaced. The old `a` has a second name, and is renamed back.
    """
    for number, entry in enumerate(entries):
        path, old = folder / entry.name, temporary(folder, number, "old")
        if os.path.lexists(temporary(folder, number, "new")):
            continue
        try:
            now = os.lstat(path)
            is_ours = is_inside(folder, entry.name) and (now.st_mtime_ns, now.st_size) == (entry.changed, entry.size)
        except (OSError, ValueError):  # the file is gone, or no file can have that name
            continue
        if is_ours and os.path.lexists(old):
            os.replace(old, path)
        elif is_ours and not entry.replaces:
            os.unlink(path)


def is_inside(folder: Path, name: str) -> bool:
    """Whether a name leads to a place in the folder or below, with links to folders followed."""
    root, parent = os.path.realpath(folder), os.path.realpath((folder / name).parent)
    is_below = parent == root or parent.startswith(os.path.join(root, ""))
    return is_below and os.path.basename(name) not in {"", ".", ".."}


def _open_locked(path: Path, waiting: Callable[[], object], *, make: bool) -> int:
    """Open the journal at `path` and lock it; wait while another process has the lock."""
    flags = os.O_RDWR | getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_BINARY", 0)
    while True:
        journal = os.open(path, flags | (os.O_CREAT if make else 0), 0o666)
        try:
            _refuse_other(journal)
            while not _try_lock(journal):
                waiting()
                time.sleep(0.01)
            # One look alone: between two of them the process that had the lock may delete the file.
            with suppress(FileNotFoundError):
                if os.path.samestat(os.fstat(journal), os.lstat(path)):
                    return journal
        except BaseException:
            os.close(journal)
            raise
        os.close(journal)  # the process that had the lock has deleted the file: open the one that is there now


def _refuse_other(journal: int) -> None:
    if not stat.S_ISREG(os.fstat(journal).st_mode):
        message = f"{NAME} is no file of her-study"
        raise OSError(message)


def _try_lock(journal: int) -> bool:
    """Try to lock the journal; False while another process has the lock.

    Some network drives have no locks. There the answer is True, and two processes that write at once may disturb each
    other.
    """
    if sys.platform == "win32":
        import msvcrt

        os.lseek(journal, _MOST, os.SEEK_SET)  # a byte past the end, since nobody can read a byte that Windows locks
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
    """The entries that an interrupted write has noted; none if the journal is empty or not of this form.

    A course may come from a stranger, and bring a journal. So each field is checked, here and where it is used.
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
        TypeError: their number or their types are not those of an entry.
    """
    if [type(field) for field in fields] != [str, bool, int, int]:
        raise TypeError
    return Entry(*fields)


def _sweep(folder: Path) -> bool:
    """Delete all temporary files, and say whether all are gone. Only the process with the lock may call this."""
    try:
        for name in os.listdir(folder):
            if _OURS.fullmatch(name):
                os.unlink(folder / name)
    except OSError:
        return False
    return True
