"""The courses that are being written: open buffers in front of the disk, and what the last check of each came to."""

from __future__ import annotations

import gc
import os
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import TYPE_CHECKING

from builder.checking import check
from builder.checking.memory import Memory
from builder.disk.buffers import Buffers
from builder.loading.course import COURSE_FILE

if TYPE_CHECKING:
    from collections.abc import Container

    from builder.loading.loaded import Loaded
    from builder.model import Course


@dataclass
class Desk:
    """Open buffers by path, and by folder the last check of a course.

    `courses` has the last course of a folder that could be loaded, with the items of banks that can't be read just now:
    while a file is being written, what it said before stands in. `read` has courses that are read and not checked:
    translations beside the one that is written.
    """

    buffers: dict[str, str] = field(default_factory=dict)
    checked: dict[Path, Loaded] = field(default_factory=dict)
    courses: dict[Path, Course] = field(default_factory=dict)
    read: dict[Path, Loaded] = field(default_factory=dict)
    _memories: dict[Path, Memory] = field(default_factory=dict)

    def root(self, path: str) -> Path | None:
        """The folder of the course that a file belongs to: the nearest one above it with a course.yaml."""
        for folder in Path(path).parents:
            file = str(folder / COURSE_FILE)
            if file in self.buffers or os.path.isfile(file):
                return folder
        return None

    def look(self, root: Path, buffers: dict[str, str]) -> Loaded:
        """Check the course in a folder with these buffers in front of the disk; what is said of it is the same as by `check`.

        Raises:
            BuilderError: there is no course in the folder.
        """
        is_first = root not in self._memories
        loaded = check(root, read=Buffers(buffers), memory=self._memories.setdefault(root, Memory()))
        if is_first:
            _settle()
        return loaded

    def keep(self, root: Path, loaded: Loaded) -> None:
        """Keep what a check came to."""
        self.checked[root] = loaded
        if loaded.course:
            self.courses[root] = _with_lost(loaded.course, self.courses.get(root), loaded.starts)

    def course(self, path: str) -> Course | None:
        """The course that a file belongs to, as it was when it could last be loaded."""
        root = self.root(path)
        return self.courses.get(root) if root else None

    def text(self, path: str) -> str:
        """The text of a file: of its buffer, or of the disk as it was checked; empty where it is in neither."""
        if path in self.buffers:
            return self.buffers[path]
        root = self.root(path)
        loaded = self.checked.get(root) if root else None
        return loaded.texts.get(path, "") if loaded else ""


def _with_lost(course: Course, before: Course | None, banks: Container[str]) -> Course:
    """A course with the items that it had before in banks that now have none."""
    if before is None:
        return course
    there = {group.path for group in course.groups if group.items}
    gone = [group for group in before.groups if group.path in banks and group.path not in there]
    lost = {name: at for group in gone for name, at in zip(group.ids, group.places, strict=True)}
    items = tuple(item for group in gone for item in group.items if item.id not in course.by_id)
    return replace(course, items=(*course.items, *items), at={**lost, **course.at}) if items else course


def _settle() -> None:
    """Spare the garbage collector what a course has come to: it stays, and going through it takes longer than a check.

    What is frozen goes as ever when nothing holds it any more.
    """
    gc.collect()
    gc.freeze()
