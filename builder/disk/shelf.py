"""Bytes that are kept in the user's cache folder, by name: what is lost or damaged there is only done again.

A shelf is a folder below the cache folder. What stands on it is believed only if nobody but the user can have
written it. It may be deleted at any time. Two processes may use it at once: an entry is put in place by one rename.
"""

from __future__ import annotations

import hashlib
import os
import stat
import sys
import time
from contextlib import suppress
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

MOST = 256 * 1024 * 1024  # bytes of all entries of a shelf; those that were not used for longest go first
_DIGEST = 32  # bytes of the SHA-256 that stands before each entry
_AGE = 24 * 3600  # seconds: an entry that is read is marked as used once a day
_END = ".part"  # of the names of entries that are being written


def is_own(status: os.stat_result) -> bool:
    """Whether a file or folder is this user's and nobody else may write it."""
    if sys.platform == "win32":  # there the cache folder lies in the user's profile, which other users can't write
        return True
    return status.st_uid == os.geteuid() and not status.st_mode & (stat.S_IWGRP | stat.S_IWOTH)


class Shelf:
    """Entries by name in a folder that only the user can write."""

    def __init__(self, folder: Path) -> None:
        """Use `folder`, which is made when something is put there."""
        self.folder = folder

    def get(self, name: str) -> bytes | None:
        """The entry of this name; None if there is none, it is damaged, or another user may have written it."""
        path = self.folder / name
        try:
            with open(path, "rb") as file:
                status = os.fstat(file.fileno())
                if not (stat.S_ISREG(status.st_mode) and is_own(status) and self._is_own()):
                    return None
                digest, content = file.read(_DIGEST), file.read()
            if time.time() - status.st_mtime > _AGE:
                os.utime(path)
        except OSError:
            return None
        return content if digest == hashlib.sha256(content).digest() else None

    def put(self, entries: Iterable[tuple[str, bytes]]) -> None:
        """Put entries there by name, each in place of the one of its name; where that can't be done, leave it.

        They are taken one by one, so that those of a large course need not be in memory together.
        """
        is_ready = False
        with suppress(OSError):
            for name, content in entries:
                is_ready = is_ready or self._make()
                if not is_ready:
                    return
                self._put(name, hashlib.sha256(content).digest() + content)
            if is_ready:
                self._trim()

    def _make(self) -> bool:
        """Make the folder where there is none; whether nobody else may write there."""
        self.folder.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        self.folder.mkdir(mode=0o700, exist_ok=True)
        return self._is_own()

    def _is_own(self) -> bool:
        """Whether nobody else may write into the folder, or put another one in its place."""
        return all(is_own(os.stat(folder)) for folder in (self.folder, self.folder.parent))

    def _put(self, name: str, data: bytes) -> None:
        """Write an entry beside the old one, and rename it. It is not synced: a torn one is told by its digest."""
        new = self.folder / f"{name}.{os.getpid()}{_END}"
        try:
            handle = os.open(new, os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_BINARY", 0), 0o600)
            with open(handle, "wb") as file:
                file.write(data)
            os.replace(new, self.folder / name)
        except OSError:
            with suppress(OSError):
                os.unlink(new)
            raise

    def _trim(self) -> None:
        """Delete what was not used for longest until the rest is within `MOST`, and what interrupted writes have left."""
        with os.scandir(self.folder) as found:
            entries = [(entry.name, entry.stat(follow_symlinks=False)) for entry in found]
        left = sum(status.st_size for _, status in entries)
        for name, status in sorted(entries, key=lambda entry: entry[1].st_mtime):
            is_torn = name.endswith(_END) and time.time() - status.st_mtime > _AGE
            if left > MOST or is_torn:
                left -= status.st_size
                with suppress(OSError):
                    os.unlink(self.folder / name)
