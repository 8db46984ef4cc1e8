"""Where the bytes of a course come from: a `Reader`, which most often is the disk.

An editor puts its open buffers in front of the disk (`builder.disk.buffers`).
"""

from __future__ import annotations

import os
import stat
from typing import TYPE_CHECKING, NamedTuple, Protocol

from builder.diagnostics import Diagnostic, Lines, Span

if TYPE_CHECKING:
    from pathlib import Path

MAX_BYTES = 32 * 1024 * 1024
_MARK = "\ufeff"  # the byte order mark; a file that was joined from several may begin with more than one


class Status(NamedTuple):
    """What is at a path: `changed` is the time of its last change, in seconds since 1970."""

    is_file: bool
    size: int
    changed: int


class Reader(Protocol):
    """A source of files: the questions that a loader asks of a file system. `Disk` and `Buffers` answer them."""

    def is_there(self, path: str) -> bool:
        """Whether there is anything at `path`; a link that leads to nothing counts."""

    def status(self, path: str) -> Status:
        """What is at `path`, links followed.

        Raises:
            OSError: there is nothing, or it can't be looked at.
            ValueError: no file can have that name.
        """

    def read(self, path: str) -> bytes:
        """The bytes of a file.

        Raises:
            OSError: there is none, or it can't be read.
        """

    def matching(self, root: Path, pattern: str) -> list[str]:
        """The paths of the files below `root` that match a pattern, sorted; none if the pattern is not valid."""


class Disk:
    """The disk as a reader."""

    def is_there(self, path: str) -> bool:
        """Whether there is anything at `path`; a link that leads to nothing counts."""
        return os.path.lexists(path)

    def status(self, path: str) -> Status:
        """What is at `path`, links followed; pipes and devices, which may never end, are no files."""
        found = os.stat(path)
        return Status(stat.S_ISREG(found.st_mode), found.st_size, int(found.st_mtime))

    def read(self, path: str) -> bytes:
        """The bytes of a file."""
        with open(path, "rb") as file:
            return file.read()

    def matching(self, root: Path, pattern: str) -> list[str]:
        """The paths of the files below `root` that match a pattern, sorted; none if the pattern is not valid."""
        if not parts_of(pattern):
            return []
        try:
            return [str(path) for path in sorted(root.glob(pattern)) if is_file(self, str(path))]
        except (ValueError, OSError, RecursionError):  # the last comes from a thousand nested folders
            return []


DISK = Disk()


def is_file(reader: Reader, path: str) -> bool:
    """Whether there is a regular file at `path`, links followed. A pipe or a device is none."""
    try:
        return reader.status(path).is_file
    except (OSError, ValueError):  # there is nothing, or the name can't be one
        return False


def parts_of(pattern: str) -> tuple[str, ...]:
    """The names between the slashes of a pattern for files; none if the pattern is not valid."""
    from pathlib import PurePath

    parts = PurePath(pattern).parts
    # `glob` refuses `.` and `./`. The meaning of `**.yaml`, and of `**` at the end, has changed in Python 3.13.
    if not parts or parts[-1] == "**" or any("**" in part and part != "**" for part in parts):
        return ()
    return parts


_MARKS_OF_MERGE = (b"<<<<<<< ", b"||||||| ", b">>>>>>> ")


def is_mark_of_merge(line: bytes) -> bool:
    """Whether git has put the line into a file to mark a merge that is not finished."""
    return line.startswith(_MARKS_OF_MERGE)


def decode(path: str, raw: bytes) -> str | Diagnostic:
    """The text of a file's bytes (UTF-8, with or without a byte order mark), or a diagnostic of why they are no text."""
    if raw[:2] in (b"\xff\xfe", b"\xfe\xff"):
        return Diagnostic(Span(path), "encoding", "the file is UTF-16", "save it as UTF-8")
    if b"\n>>>>>>> " in raw and b"<<<<<<< " in raw:
        for number, line in enumerate(raw.split(b"\n"), 1):
            if is_mark_of_merge(line):
                what = "this is a mark of a merge that was not finished"
                remedy = "finish the merge: keep the lines of one side or of both, and delete the marks"
                return Diagnostic(Span(path, number), "merge-conflict", what, remedy)
    try:
        return raw.decode("utf-8").lstrip(_MARK)
    except UnicodeDecodeError as error:
        before = raw[: error.start].decode("utf-8").lstrip(_MARK)
        what = f"byte 0x{raw[error.start]:02x} is not UTF-8"
        span = Lines(path, before).span(len(before))
        return Diagnostic(span, "encoding", what, "save the file as UTF-8 text")
