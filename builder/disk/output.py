"""The only module that writes: a file appears whole or not at all, and the files of one set appear all or none.

A single file is put in place by one rename. A set of files is written so:
1. The new bytes are written under temporary names, beside the old files.
2. Each old file gets a second, temporary name.
3. The journal (`builder.disk.journal`) gets the list of files.
4. Each new file is renamed over the old one.
5. The journal is emptied: now the set is written.

After an interruption between 3 and 5, the old files are put back by the next
process that uses the folder: by `write` itself, or by `settle`, which the
loader of a course calls.
"""

from __future__ import annotations

import errno
import os
import stat
from contextlib import contextmanager, suppress
from typing import TYPE_CHECKING

from builder.diagnostics import BuilderError, ChangedError
from builder.disk import journal

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping
    from pathlib import Path


def write(
    folder: Path,
    files: Mapping[str, bytes],
    *,
    before: Mapping[str, str | None] | None = None,
    done: Callable[[Path], object] = lambda _: None,
) -> list[Path]:
    """Write `files` (name to bytes) into `folder`, all of them or none, and return their paths in order.

    The folder is made if need be, and so are folders below it that a name leads
    into (`banks/first.yaml`); where nothing is written, they are deleted again. A file keeps its permissions. A link is
    replaced, not followed. `before` has the texts that files held when they were
    read, None for a file that was not there: if one of them has changed since,
    nothing is written. `done` is called with each path once all are written,
    before Ctrl-C can stop the process.

    Raises:
        ChangedError: a file has changed since it was read.
        BuilderError: a name leads out of the folder, the folder can't be made
            or written, the disk is full, or another program has deleted a file meanwhile.
    """
    paths = [folder / name for name in files]
    try:
        with _folders(folder, files), journal.undisturbed() as let_in, journal.locked(folder, let_in) as handle:
            for name, text in (before or {}).items():
                _refuse_changed(folder / name, text)
            entries = []
            for number, (name, data) in enumerate(files.items()):
                entries.append(_write_ready(folder, number, name, data))
                let_in()
            _put_in_place(folder, entries, handle)
            _refuse_lost(paths)
            for path in paths:
                done(path)
    except OSError as error:
        message = f"{folder}: nothing was written: {error.strerror or error}; mend that, or name another folder"
        raise BuilderError(message) from error
    return paths


def _refuse_lost(paths: Iterable[Path]) -> None:
    """Refuse to call files written that another program has deleted while the last ones were put in place.

    Raises:
        BuilderError: one of them is gone.
    """
    for path in paths:
        if not os.path.lexists(path):
            message = (
                f"{path}: another program deleted it while the files beside it were written; run the command again"
            )
            raise BuilderError(message)


@contextmanager
def _folders(folder: Path, names: Iterable[str]) -> Iterator[None]:
    """Make the folders that these names lead into, once it is sure that none leads out of `folder`.

    Where the context ends with an error, the folders that were made for it are deleted again, so that nothing is left.
    """
    for name in names:
        if not journal.is_inside(folder, name):
            message = f"{folder}: nothing was written: '{name}' leads out of the folder"
            raise BuilderError(message)
    made: list[Path] = []
    try:
        for path in (folder, *((folder / name).parent for name in names)):
            made += [it for it in reversed((path, *path.parents)) if not os.path.lexists(it)]
            path.mkdir(parents=True, exist_ok=True)
        yield
    except BaseException:
        for path in reversed(made):
            with suppress(OSError):  # it isn't empty: another process writes there
                path.rmdir()
        raise


def settle(folder: Path) -> None:
    """Put back the old files in `folder` if a write was interrupted there; first wait for a write that is going on.

    Raises:
        BuilderError: there are old files to put back, and they can't be.
    """
    if not os.path.lexists(folder / journal.NAME):
        return
    try:
        with suppress(FileNotFoundError), journal.undisturbed() as let_in, journal.locked(folder, let_in, make=False):
            pass
    except OSError as error:
        reason = f"{error.strerror or error}; mend that, or delete {journal.NAME} if the files beside it are right"
        message = f"{folder}: a write was interrupted, and the old files can't be put back: {reason}"
        raise BuilderError(message) from error


def _write_ready(folder: Path, number: int, name: str, data: bytes) -> journal.Entry:
    """Write the bytes of a file to the disk under a temporary name, and return its entry for the journal."""
    new = journal.temporary(folder, number, "new")
    _write_synced(new, data)
    old = None
    with suppress(OSError):
        old = os.lstat(folder / name)
    if old and stat.S_ISDIR(old.st_mode):
        raise IsADirectoryError(errno.EISDIR, f"'{name}' is a folder")
    if old and stat.S_ISREG(old.st_mode):
        os.chmod(new, stat.S_IMODE(old.st_mode))
    now = os.stat(new)
    return journal.Entry(name, old is not None, now.st_mtime_ns, now.st_size)


def _write_synced(path: Path, data: bytes) -> None:
    """Make a new file of these bytes, and sync it to the disk."""
    with open(path, "xb") as file:
        file.write(data)
        file.flush()
        os.fsync(file.fileno())


def _put_in_place(folder: Path, entries: list[journal.Entry], handle: int) -> None:
    """Rename the new files over the old ones; if one can't be renamed, put the old ones back."""
    is_set = len(entries) > 1
    if is_set:
        for number, entry in enumerate(entries):
            if entry.replaces:
                _keep(folder / entry.name, journal.temporary(folder, number, "old"))
        journal.note(handle, entries)
        _sync({folder})
    try:
        for number, entry in enumerate(entries):
            os.replace(journal.temporary(folder, number, "new"), folder / entry.name)
        _sync({(folder / entry.name).parent for entry in entries})
        os.ftruncate(handle, 0)
    except OSError as error:
        if is_set:
            _put_back(folder, entries, handle, error)
        raise
    if is_set:
        with suppress(OSError):  # else a power cut may bring the list in the journal back, and so the old files
            os.fsync(handle)


def _put_back(folder: Path, entries: list[journal.Entry], handle: int, reason: OSError) -> None:
    """Put the old files back after `reason` stopped a set; if that fails too, the next run puts them back.

    Raises:
        BuilderError: the old files could not be put back.
    """
    try:
        journal.undo(folder, entries)
        os.ftruncate(handle, 0)
    except OSError:
        message = f"{folder}: not all could be written: {reason.strerror or reason}; the next run undoes it"
        raise BuilderError(message) from reason


def _keep(path: Path, old: Path) -> None:
    """Give a file a second name."""
    try:
        os.link(path, old, follow_symlinks=False)
    except (OSError, NotImplementedError):  # a file system without links
        _write_synced(old, path.read_bytes())


def _refuse_changed(path: Path, text: str | None) -> None:
    """Refuse to write over a file that no longer holds `text` (None: that was not there).

    Raises:
        ChangedError: somebody has changed, made or deleted the file.
    """
    now = None
    with suppress(FileNotFoundError):
        now = path.read_bytes().decode("utf-8-sig", "replace")
    if now != text:
        message = f"{path}: changed or gone meanwhile, so nothing was written; run it again"
        raise ChangedError(message)


def _sync(folders: Iterable[Path]) -> None:
    """Make renames durable, where the system can sync a folder (Windows can't)."""
    for folder in folders:
        with suppress(OSError):
            handle = os.open(folder, os.O_RDONLY)
            try:
                os.fsync(handle)
            finally:
                os.close(handle)
