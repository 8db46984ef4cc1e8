"""What was read of a course, so that a later run can tell whether the course has changed.

A trace holds all questions that the loader asked of the disk, with their
answers. As long as the disk gives these answers, it holds the same course
(verifying traces: Mokhov, Mitchell and Peyton Jones 2018, "Build systems à la
carte", 4.2.2). For example, the pattern `*.yaml` led to `a.yaml`, whose hash is
noted. Later there is a `b.yaml` as well: the pattern has another answer, so the
course has changed.

A buffer in front of the disk is noted like a file. So the trace does not hold
until the buffer is saved.
"""

from __future__ import annotations

import hashlib
import os
from dataclasses import dataclass, field

from builder.disk.reader import DISK


@dataclass
class Trace:
    """The questions asked of the disk, and the answers.

    `files` has the real path and the SHA-256 of every file that was read, by
    path. `absent` has the paths at which there was nothing. `found` has a folder,
    a pattern and the paths that matched it. `changed` is when the newest of the
    files was last changed, in seconds since 1970.
    """

    files: dict[str, list[str]] = field(default_factory=dict)
    absent: list[str] = field(default_factory=list)
    found: list[tuple[str, str, list[str]]] = field(default_factory=list)
    changed: int = 0

    def note(self, path: str, data: bytes, changed: int, digest: str = "") -> None:
        """Note a file that was read, and when it was last changed; `digest` is the SHA-256 of its bytes, if it is known."""
        self.files[path] = [os.path.realpath(path), digest or hashlib.sha256(data).hexdigest()]
        self.changed = max(self.changed, changed)

    def still_holds(self) -> bool:
        """Whether every question still has the answer that was noted."""
        from pathlib import Path

        if any(map(DISK.is_there, self.absent)):
            return False
        try:
            if any(DISK.matching(Path(root), pattern) != files for root, pattern, files in self.found):
                return False
            times = [_time_of(path, real, digest) for path, (real, digest) in self.files.items()]
        except OSError:
            return False
        return None not in times and max(filter(None, times), default=0) == self.changed


def digest_of(path: str) -> str:
    """The SHA-256 of a file, in hexadecimal digits.

    Raises:
        OSError: there is no such file, or it can't be read.
    """
    with open(path, "rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def _time_of(path: str, real: str, digest: str) -> int | None:
    """When a file was last changed, in seconds since 1970; None if its content or its real path is another by now."""
    status = DISK.status(path)
    if not status.is_file or os.path.realpath(path) != real or digest_of(path) != digest:
        return None
    return status.changed
