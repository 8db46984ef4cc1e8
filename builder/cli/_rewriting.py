"""New texts for files that an author wrote: as a diff, or written in their place, all of them or none."""

from __future__ import annotations

import os
from codecs import BOM_UTF8
from contextlib import suppress
from io import StringIO
from typing import TYPE_CHECKING

from builder.cli._course import written
from builder.diagnostics import BuilderError

if TYPE_CHECKING:
    from collections.abc import Mapping


def rewrite(root: str, news: Mapping[str, str], olds: Mapping[str, str]) -> None:
    """Replace the texts of files below `root`, links followed: all of them or none.

    `news` and `olds` have what each file is to hold and what it held when it was read, by its path. A byte order mark
    stays.

    Raises:
        BuilderError: a folder is not writable, or a file has changed since it was read.
    """
    from pathlib import Path

    root = os.path.realpath(root)
    names = {path: os.path.relpath(os.path.realpath(path), root) for path in news}
    files = {names[path]: _bytes(path, olds[path], text) for path, text in news.items()}
    for folder in sorted({root, *(os.path.dirname(os.path.join(root, name)) for name in names.values())}):
        if not os.access(folder, os.W_OK):
            message = f"{folder}: not writable, so nothing was written; copy the course into a folder of your own"
            raise BuilderError(message)
    written(Path(root), files, before={names[path]: olds[path] for path in news})


def _bytes(path: str, old: str, new: str) -> bytes:
    """The bytes of a file's `new` text, with a byte order mark if the file has one.

    Raises:
        BuilderError: the file no longer holds the `old` text.
    """
    from builder.disk.reader import decode

    raw = b""
    with suppress(OSError), open(path, "rb") as file:
        raw = file.read()
    if decode(path, raw) != old:
        message = f"{path}: changed or gone meanwhile, so nothing was written; run it again"
        raise BuilderError(message)
    return (BOM_UTF8 if raw.startswith(BOM_UTF8) else b"") + new.encode()


def difference(path: str, old: str, new: str) -> str:
    """A unified diff that `patch -p0` can apply; a line ends only at a line feed, not at a carriage return."""
    from difflib import unified_diff

    from builder.report import printable

    before, after = (list(StringIO(text, newline="\n")) for text in (old, new))
    diff = unified_diff(before, after, printable(path), printable(path))
    return "".join(line if line.endswith("\n") else f"{line}\n\\ No newline at end of file\n" for line in diff)
