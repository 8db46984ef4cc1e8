"""Open buffers of an editor in front of the disk: a file's text as it stands in the editor hides the text last saved."""

from __future__ import annotations

import os
from fnmatch import fnmatch
from typing import TYPE_CHECKING

from builder.disk.reader import DISK, Reader, Status, parts_of

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from pathlib import Path


class Buffers:
    """A reader that gives the texts of `buffers`, by path, in place of the files; a buffer needs no file on the disk.

    Links are followed on both sides: a buffer under the name of a link hides the file that the link leads to, and a
    buffer under the name of that file is read through the link.
    """

    def __init__(self, buffers: Mapping[str, str], behind: Reader = DISK) -> None:
        """Take the texts as they are now; `behind` is asked for all other paths."""
        self._data = {os.path.realpath(path): text.encode("utf-8", "surrogatepass") for path, text in buffers.items()}
        self._behind = behind
        self._real: dict[str, str] = {}  # where paths lead to: a file is asked for several times

    def is_there(self, path: str) -> bool:
        """Whether there is a buffer at `path`, or anything behind it."""
        return self._buffer(path) is not None or self._behind.is_there(path)

    def status(self, path: str) -> Status:
        """What is at `path`. A buffer is not yet saved, so its time of last change is 0."""
        data = self._buffer(path)
        return self._behind.status(path) if data is None else Status(is_file=True, size=len(data), changed=0)

    def read(self, path: str) -> bytes:
        """The bytes of the buffer at `path`, or of the file."""
        data = self._buffer(path)
        return self._behind.read(path) if data is None else data

    def matching(self, root: Path, pattern: str) -> list[str]:
        """The paths of the files below `root`, and of buffers that would be files there, that match a pattern, by name."""
        from pathlib import Path

        saved = self._behind.matching(root, pattern)
        known, top, parts = set(map(os.path.realpath, saved)), os.path.realpath(root), parts_of(pattern)
        names = [os.path.relpath(path, top) for path in self._data.keys() - known if _is_below(path, top)]
        new = [str(root / name) for name in names if parts and _matches(name.split(os.sep), parts)]
        return sorted([*saved, *new], key=Path)

    def _buffer(self, path: str) -> bytes | None:
        """The bytes of the buffer at `path`, if there is one."""
        if path not in self._real:
            try:
                self._real[path] = os.path.realpath(path)
            except ValueError:  # no file can have that name
                return None
        return self._data.get(self._real[path])


def _is_below(path: str, folder: str) -> bool:
    return path.startswith(os.path.join(folder, ""))


def _matches(names: Sequence[str], pattern: Sequence[str]) -> bool:
    """Whether the names on the way to a file match a pattern: `**` stands for any number of folders.

    `a/b/c.yaml` matches `**/*.yaml`: `**` takes `a` and `b`, and `*.yaml` takes `c.yaml`.
    """
    if not pattern:
        return not names
    if pattern[0] == "**":
        return any(_matches(names[taken:], pattern[1:]) for taken in range(len(names)))
    return bool(names) and fnmatch(names[0], pattern[0]) and _matches(names[1:], pattern[1:])
