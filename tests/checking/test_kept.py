"""What is kept of the files of a course is taken over, and only what an edit touches is read again."""

from __future__ import annotations

from pathlib import PurePath
from typing import TYPE_CHECKING

from builder.checking import check
from builder.checking.kept import KeptMemory
from builder.disk.shelf import Shelf
from builder.source import nodes
from tests.checking.edits import Edited

if TYPE_CHECKING:
    from pathlib import Path

    import pytest


def test_only_files_that_an_edit_touches_are_read_again(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A second check reads no YAML at all; after an edit of the references, they are read, and the outline that cites them."""
    course, shelf, read = Edited(tmp_path / "course"), Shelf(tmp_path / "shelf"), list[str]()
    values = nodes.values

    def noted(path: str, text: str) -> nodes.Parsed:
        read.append(PurePath(path).name)
        return values(path, text)

    monkeypatch.setattr(nodes, "values", noted)

    def looked() -> set[str]:
        """The names of the files that a check reads."""
        read.clear()
        memory = KeptMemory(shelf, course.folder, "program")
        loaded = check(course.folder, memory=memory)
        memory.save()
        again = check(course.folder)
        assert loaded.diagnostics == again.diagnostics
        assert repr(loaded.course) == repr(again.course)
        return set(read[: len(read) - len(loaded.texts)])

    names = {file.name for file in course.folder.rglob("*.yaml")}
    assert looked() == names
    assert looked() == set()
    course.apply(("references", "  - {id: nobody1999, type: book, title: None}\n"))
    assert looked() == {"references.yaml", "outline.yaml"}
    course.apply(("outline", "paper/grief/p9"))
    assert looked() == {"outline.yaml"}
