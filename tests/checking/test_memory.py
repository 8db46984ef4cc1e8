"""A check with a memory finds what a check without one finds, to the letter."""

from __future__ import annotations

import tempfile
from pathlib import Path
from typing import TYPE_CHECKING, Any

from hypothesis import given, settings
from hypothesis import strategies as st

from builder.checking import check
from builder.checking.kept import KeptMemory
from builder.checking.memory import Memory
from builder.deck import apkg
from builder.disk.shelf import Shelf
from tests.checking.edits import EDITS, Edited

if TYPE_CHECKING:
    from builder.loading.loaded import Loaded


def told(loaded: Loaded) -> Any:
    """All that a check comes to, in a form that tells 1 from 1.0 and from true."""
    assert loaded.course is None or loaded.course.items is not None
    return repr(loaded.diagnostics), repr(loaded.course), repr(loaded.trace), loaded.texts, loaded.starts


@settings(max_examples=6)
@given(edits=st.lists(EDITS, min_size=3, max_size=7))
def test_after_any_edits_the_result_is_that_of_a_full_check(edits: list[tuple[Any, ...]]) -> None:
    """Banks edited, added, deleted and renamed, course.yaml, references, outline and pictures changed: in one process or several."""
    with tempfile.TemporaryDirectory() as name:
        course, shelf, memory = Edited(Path(name) / "course"), Shelf(Path(name) / "shelf"), Memory()
        for edit in [None, *edits]:
            if edit:
                course.apply(edit)
            whole = told(check(course.folder))
            assert told(check(course.folder, memory=memory)) == whole
            kept = KeptMemory(shelf, course.folder, "program")
            loaded = check(course.folder, memory=kept)
            assert told(loaded) == whole
            kept.save()
            if loaded.course and not loaded.errors:
                notes = kept.notes(loaded)
                ready = apkg.rendered(loaded.course, kept=notes.known)
                assert ready == apkg.rendered(loaded.course)
                notes.save(ready.rows)
