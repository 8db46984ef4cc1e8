"""All files that share the names of a course: its own, and those of its translations in folders below it."""

from __future__ import annotations

import os
import re
from contextlib import suppress
from dataclasses import dataclass
from typing import TYPE_CHECKING

from builder.diagnostics import BuilderError
from builder.disk.buffers import Buffers
from builder.disk.reader import DISK, decode
from builder.loading.course import COURSE_FILE, load
from builder.serving.mentions import Source, mentions

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from pathlib import Path

    from builder.loading.loaded import Loaded
    from builder.serving.desk import Desk
    from builder.serving.mentions import Mention, Name

_IS_TRANSLATION = re.compile(r"""^translates: *['"]?\.\.['"]? *(?:#.*)?\r?$""", re.MULTILINE)
_TRANSLATES = re.compile(r"""^translates: *['"]?([^\s'"#]+)""", re.MULTILINE)


@dataclass(frozen=True)
class Family:
    """A course and its translations: the last check of each, by folder, and the texts of all files as they are now.

    `root` is the folder of the course that is no translation.
    """

    root: Path
    loaded: Mapping[Path, Loaded]
    sources: tuple[Source, ...]

    def all(self, name: Name) -> Iterator[tuple[Source, Mention]]:
        """Every place that mentions a name, file by file."""
        for source in self.sources:
            yield from ((source, it) for it in mentions(source, name))

    def source(self, path: str) -> Source | None:
        """The file at a path."""
        return next((it for it in self.sources if it.path == path), None)


def family(desk: Desk, path: str) -> Family | None:
    """The course that a file belongs to, with its translations; None for a file of no course.

    A course of the family that was not checked yet is read, and asked for no rule; again, once a file of it changes.
    """
    root = desk.root(path)
    if root is None:
        return None
    top = root.parent if _is_translation(desk, root) else root
    folders = [top, *(folder for folder in sorted(_below(top)) if _is_translation(desk, folder))]
    loaded = {folder: it for folder in folders if (it := _loaded(desk, folder))}
    paths = dict.fromkeys(path for it in loaded.values() for path in it.texts)
    paths |= dict.fromkeys(path for path in desk.buffers if desk.root(path) in loaded)
    texts = {path: text for path in paths if (text := now(desk, path)) is not None}
    return Family(top, loaded, tuple(_source(top, folders[1:], path, text) for path, text in texts.items()))


def alone(desk: Desk, path: str) -> Source | None:
    """A file of a course as it is now, without the others."""
    root, text = desk.root(path), now(desk, path)
    if root is None or text is None:
        return None
    is_below = _is_translation(desk, root)
    return _source(root.parent if is_below else root, [root] if is_below else [], path, text)


def now(desk: Desk, path: str) -> str | None:
    """The text of a file as it is now, in its buffer or on the disk; None where there is none, or no text."""
    if path in desk.buffers:
        return desk.buffers[path]
    with suppress(OSError, ValueError):
        text = decode(path, DISK.read(path))
        return text if isinstance(text, str) else None
    return None


def _is_translation(desk: Desk, folder: Path) -> bool:
    return bool(_IS_TRANSLATION.search(now(desk, str(folder / COURSE_FILE)) or ""))


def _below(folder: Path) -> list[Path]:
    """The folders in a folder that are courses."""
    with suppress(OSError):
        return [path.parent for path in folder.glob(f"*/{COURSE_FILE}")]
    return []


def _loaded(desk: Desk, folder: Path) -> Loaded | None:
    """What the last check of a course came to; where there was none, what reading it comes to."""
    if folder not in desk.checked and folder not in desk.read:
        with suppress(BuilderError):
            desk.read[folder] = load(folder, read=Buffers(desk.buffers))
    return desk.checked.get(folder) or desk.read.get(folder)


def _source(top: Path, translations: list[Path], path: str, text: str) -> Source:
    """A file of a family; the bank of a translation stands for the one that it translates."""
    folder = next((it for it in translations if path.startswith(os.path.join(it, ""))), None)
    if folder and (found := _TRANSLATES.search(text)) and os.path.basename(path) != COURSE_FILE:
        return Source(path, found[1], text, is_translation=True)
    return Source(path, os.path.relpath(path, folder or top).replace(os.sep, "/"), text, folder is not None)
