"""What changed since the last release, note by note."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Literal

from builder.cards.notetypes import NOTE_TYPES
from builder.loading.promises import bank_of
from builder.model import Reversed, kind_of
from builder.model.lock import mark, marks_of
from builder.release.textdiff import Step, readable, steps

if TYPE_CHECKING:
    from collections.abc import Mapping

    from builder.deck.apkg import Note, Rendered
    from builder.model import Item, Lock, LockedItem, ReleasedNote

Sort = Literal["new", "edited", "retired", "moved", "untouched"]
SORTS: tuple[Sort, ...] = ("new", "edited", "retired", "moved", "untouched")


@dataclass(frozen=True, slots=True)
class FieldChange:
    """A field of a note, and how its text changes word by word."""

    field: str
    steps: tuple[Step, ...]


@dataclass(frozen=True, slots=True)
class Change:
    """What a student's next import does to one note.

    `updates` says whether Anki will update the note. An item that only moved to
    another bank is updated only if its theme changed, and its tags with it.
    `cards` counts the cards that the note gains. `was_kept` says that the item
    was kept for exams until now. `text_is_known` is false where the released
    text is not at hand, so that `fields` can't show the difference.
    """

    item: Item
    sort: Sort
    updates: bool = False
    fields: tuple[FieldChange, ...] = ()
    tags_gone: tuple[str, ...] = ()
    tags_new: tuple[str, ...] = ()
    cards: int = 0
    bank_before: str = ""
    bank: str = ""
    text_is_known: bool = True
    was_kept: bool = False


@dataclass(frozen=True)
class Plan:
    """All changes since the release in `lock`, in the order of study; `lock` is None before the first release.

    `note_types` names those whose templates or styles change. `kept` has the marks of the items that are kept for
    exams: these items are in no deck, so no change is about them.
    """

    course: str
    lock: Lock | None
    changes: tuple[Change, ...]
    note_types: tuple[str, ...]
    kept: tuple[str, ...] = ()

    @cached_property
    def by_sort(self) -> Mapping[Sort, tuple[Change, ...]]:
        """The changes of each sort."""
        return {sort: tuple(c for c in self.changes if c.sort == sort) for sort in SORTS}

    @property
    def updated(self) -> int:
        """How many notes Anki's import will call updated."""
        return sum(change.updates for change in self.changes)

    @property
    def duplicates(self) -> int:
        """How many notes Anki's import will call duplicates: those that it leaves alone."""
        return len(self.changes) - len(self.by_sort["new"]) - self.updated

    @property
    def opened(self) -> tuple[Change, ...]:
        """The changes that take an item from the exam into the deck."""
        return tuple(change for change in self.changes if change.was_kept)

    @property
    def is_empty(self) -> bool:
        """Whether there is nothing to release. A change of the items kept for exams is something: the lock records it."""
        was_kept = self.lock.kept if self.lock else ()
        is_same = not self.note_types and all(change.sort == "untouched" for change in self.changes)
        return is_same and self.kept == was_kept


def plan(ready: Rendered, lock: Lock | None, released: Mapping[str, ReleasedNote]) -> Plan:
    """What an import of these notes does to a student who has the release in `lock`.

    `released` gives the texts of that release, for the differences in words.
    """
    course = ready.course
    changes = []
    for _, note in ready.known(lock):
        item = course.by_id[note.id]
        locked = lock.items.get(note.id) if lock else None
        bank = bank_of(course, note.id)
        if locked is None:
            was_kept = lock is not None and mark(note.guid) in lock.kept
            changes.append(Change(item, "new", cards=len(note.ordinals), bank=bank, was_kept=was_kept))
        else:
            changes.append(_change(item, note, locked, bank, released.get(note.id)))
    locked_types = lock.note_types if lock else {}
    types = tuple(t.name for t in NOTE_TYPES if t.name in locked_types and locked_types[t.name].digest != t.digest)
    return Plan(course.id, lock, tuple(changes), types, marks_of(course))


def _change(item: Item, note: Note, locked: LockedItem, bank: str, before: ReleasedNote | None) -> Change:
    """The change of a note that was released before, as `locked`, with the texts in `before` (None: not at hand)."""
    updates = note.digest != locked.digest
    fields = _fields(note, before) if updates and before else ()
    tags_gone = tuple(t for t in before.tags if t not in note.tags) if before else ()
    tags_new = tuple(t for t in note.tags if t not in before.tags) if before else ()
    sort: Sort = "untouched"
    if item.retired and locked.state == "active":
        sort = "retired"
    elif updates and (fields or before is None or bank == locked.bank):
        sort = "edited"
    elif bank != locked.bank:
        sort = "moved"
    had = len(locked.clozes) or (2 if locked.kind == kind_of(Reversed) else 1)
    return Change(
        item,
        sort,
        updates,
        fields,
        tags_gone if updates else (),
        tags_new if updates else (),
        max(0, len(note.ordinals) - had),
        locked.bank,
        bank,
        before is not None,
    )


def _fields(note: Note, before: ReleasedNote) -> tuple[FieldChange, ...]:
    """The fields whose texts differ from those in `before`, in the order of the note type."""
    now = {name: value for name, value in zip(note.type.fields, note.fields, strict=True) if value}
    names = [name for name in note.type.fields if name in now or name in before.fields]
    names += [name for name in before.fields if name not in names]  # the old names of fields that were renamed
    return tuple(
        FieldChange(name, steps(readable(before.fields.get(name, "")), readable(now.get(name, ""))))
        for name in names
        if before.fields.get(name, "") != now.get(name, "")
    )
