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
from tests.checking.edits import EDITS, ENTRIES, Edited

if TYPE_CHECKING:
    from builder.loading.loaded import Loaded


def told(loaded: Loaded) -> Any:
    """All that a check comes to, in a form that tells 1 from 1.0 and from true."""
    assert loaded.course is None or loaded.course.items is not None
    return repr(loaded.diagnostics), repr(loaded.course), repr(loaded.trace), loaded.texts, loaded.starts


class Compared:
    """A course with a memory in this process and one on a shelf, each compared with none."""

    def __init__(self, folder: Path) -> None:
        self.course, self.shelf, self.memory = Edited(folder / "course"), Shelf(folder / "shelf"), Memory()
        self.look()

    def look(self) -> None:
        """Check four times; all come to the same, and so do the notes."""
        folder = self.course.folder
        whole = told(check(folder))
        assert told(check(folder, memory=self.memory)) == whole
        for _ in range(2):  # the second time, what the rules say is known
            kept = KeptMemory(self.shelf, folder, "program")
            loaded = check(folder, memory=kept)
            assert told(loaded) == whole
            kept.save()
        if loaded.course and not loaded.errors:
            notes = kept.notes(loaded)
            ready = apkg.rendered(loaded.course, kept=notes.known)
            assert ready == apkg.rendered(loaded.course)
            notes.save(ready.rows)

    def apply(self, edit: tuple[Any, ...]) -> None:
        """Edit the course, and look."""
        self.course.apply(edit)
        self.look()


@settings(max_examples=4)
@given(edits=st.lists(EDITS, min_size=3, max_size=6))
def test_after_any_edits_the_result_is_that_of_a_full_check(edits: list[tuple[Any, ...]]) -> None:
    """Banks edited, added, deleted and renamed, course.yaml, references, outline and pictures changed: in one process or several."""
    with tempfile.TemporaryDirectory() as name:
        compared = Compared(Path(name))
        for edit in edits:
            compared.apply(edit)


SOUND = (
    "  - {id: capital-a, kind: basic, prompt: Who directed the film about Samantha?, answer: Spike Jonze, cites: [masi2011]}\n",
    "  - {id: capital-b, kind: basic, prompt: Who wrote and directed the film about Samantha?, answer: Spike Jonze}\n",
    "  - {id: film-x, kind: basic, prompt: Who scored the film about Samantha?, answer: Arcade Fire}\n",
    "  - {id: square, kind: basic, prompt: What is $x^2$ for a given x?, answer: Its square}\n",
)
EDITED = (
    ("item", "a", 0, ENTRIES[1]),  # a duplicate comes
    ("drop", "a", 0),
    ("item", "a", 0, SOUND[2]),  # interference
    ("bank", "b", [SOUND[3], ENTRIES[10]]),
    ("bank", "b", [SOUND[3], ENTRIES[10]], "math: true\n"),
    ("bank", "b", [SOUND[3], ENTRIES[10]]),
    ("after", "b", "math: true\n"),
    ("item", "b", 2, ENTRIES[5]),  # a cue
    ("after", "b", "theme: grief\n"),
    ("rename", "b", "c"),
    ("head", {"lint": "{names: [Samantha, Worden, Spike]}"}),
    ("head", {"lint": "{severity: {M10: 'off'}, own: [{code: L01, name: no-film, message: no, words: [film]}]}"}),
    ("references", "  - {id: nobody1999, type: book, title: None}\n"),
    ("outline", "paper/grief/p9"),
    ("texts",),
    ("bank", "a", [SOUND[0]]),
    ("delete", "c"),
    ("texts",),
    ("head", {"report": "https://example.org/"}),
    ("head", {"title": "Other", "course": "other"}),
    ("references", "  - {id: masi2011a, type: book, title: None}\n"),
    ("bank", "b", [SOUND[1], ENTRIES[10]]),
    ("picture", 20),
    ("bank", "c", [SOUND[1]]),
)


def test_each_sort_of_edit_is_noticed(tmp_path: Path) -> None:
    """One after the other, on one course: what an edit changes is told, of items that were not touched as well."""
    compared = Compared(tmp_path)
    seen = set()
    for edit in EDITED:
        compared.apply(edit)
        seen.add(repr(check(compared.course.folder).diagnostics))
    assert len(seen) > len(EDITED) / 2
