"""What was read of a course, so that a later run can tell whether reading again would give the same.

A trace holds whatever the loader asked of the disk, with the answers: while a
file system gives the same answers, it holds the same course (verifying traces:
Mokhov, Mitchell and Peyton Jones 2018, "Build systems à la carte", 4.2.2).
"""

from __future__ import annotations

import hashlib
import os
import stat
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import Path


@dataclass
class Trace:
    """The questions asked of the disk, and the answers.

    `files` has the real path and the SHA-256 of every file that was read, by path;
    `absent` are the paths where nothing was; `found` has the paths that a pattern
    below a folder led to. `changed` is when the newest of the files was last
    changed, in seconds since 1970.
    """

    files: dict[str, list[str]] = field(default_factory=dict)
    absent: list[str] = field(default_factory=list)
    found: list[tuple[str, str, list[str]]] = field(default_factory=list)
    changed: int = 0

    def take(self, path: str, data: bytes, status: os.stat_result) -> None:
        """Note a file that was read."""
        self.files[path] = [os.path.realpath(path), hashlib.sha256(data).hexdigest()]
        self.changed = max(self.changed, int(status.st_mtime))

    def is_there(self, path: str) -> bool:
        """Whether there is anything at `path`; note it where there is not."""
        there = os.path.lexists(path)
        if not there:
            self.absent.append(path)
        return there

    def matching(self, root: Path, pattern: str) -> list[Path]:
        """The files below `root` that match a pattern, by name, which are noted."""
        files = matching(root, pattern)
        self.found.append((str(root), pattern, [str(file) for file in files]))
        return files

    def still_holds(self) -> bool:
        """Whether every question has its answer still."""
        from pathlib import Path

        if any(map(os.path.lexists, self.absent)):
            return False
        try:
            if any([str(f) for f in matching(Path(root), pattern)] != files for root, pattern, files in self.found):
                return False
            times = [_time_of(path, real, digest) for path, (real, digest) in self.files.items()]
        except OSError:
            return False
        return None not in times and max(filter(None, times), default=0) == self.changed


def is_file(path: str | Path) -> bool:
    """Whether there is a regular file of that name, links followed; no pipe and no device, which may never end."""
    try:
        return stat.S_ISREG(os.stat(path).st_mode)
    except (OSError, ValueError):  # there is none, or the name can't be one
        return False


def matching(root: Path, pattern: str) -> list[Path]:
    """The files below `root` that match a pattern, by name; none where it is no pattern."""
    from pathlib import PurePath

    parts = PurePath(pattern).parts
    # `.` and `./` are no patterns to glob; `**.yaml` is one, which says something else, from Python 3.13 on alone.
    if not parts or any("**" in part and part != "**" for part in parts):
        return []
    try:
        return sorted(filter(is_file, root.glob(pattern)))
    except (ValueError, OSError, RecursionError):  # the last from a thousand folders in one another
        return []


def digest_of(path: str) -> str:
    """The SHA-256 of a file, in hexadecimal digits.

    Raises:
        OSError: there is no such file, or it can't be read.
    """
    with open(path, "rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def _time_of(path: str, real: str, digest: str) -> int | None:
    """When a file was last changed, or None where it is another by now."""
    status = os.stat(path)
    if not stat.S_ISREG(status.st_mode) or os.path.realpath(path) != real or digest_of(path) != digest:
        return None
    return int(status.st_mtime)
