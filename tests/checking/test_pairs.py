"""What may not stand on one paper is kept, and found anew after an edit and for another choice of items."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

from builder.checking import check
from builder.checking.kept import KeptMemory
from builder.disk.shelf import Shelf
from builder.drawing.apart import apart
from tests.checking.edits import ENTRIES, Edited

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    import pytest

    from builder.model import Course, Item


def test_pairs_are_found_again_only_where_something_has_changed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The second question about the same items compares none; other items, an edit and another program do."""
    course, shelf, asked = Edited(tmp_path / "course"), Shelf(tmp_path / "shelf"), list[int]()

    def noted(course: Course, items: Sequence[Item]) -> list[tuple[Item, Item]]:
        asked.append(len(items))
        return apart(course, items)

    monkeypatch.setattr(sys.modules["builder.drawing.apart"], "apart", noted)

    def pairs(of: slice = slice(None), program: str = "program") -> tuple[int, int]:
        """How many items were compared, and how many pairs of them are to be kept apart."""
        asked.clear()
        memory = KeptMemory(shelf, course.folder, program)
        loaded = check(course.folder, memory=memory)
        memory.save()
        assert loaded.course
        items = loaded.course.active[of]
        found = memory.pairs(loaded).apart(loaded.course, items)
        assert found == apart(loaded.course, items)
        return sum(asked), len(found)

    compared, found = pairs()
    assert compared > 20
    assert found > 3
    assert pairs() == (0, found)
    compared, _ = pairs(slice(8))
    assert compared == 8
    assert pairs() == (0, found)
    assert pairs(slice(8))[0] == 0
    course.apply(("bank", "a", [ENTRIES[0], ENTRIES[1]]))
    assert pairs(slice(8))[0] == 8
    assert pairs(slice(8))[0] == 0
    assert pairs(slice(8), program="newer")[0] == 8
