"""A release and what a student has made of it, joined: their texts and tags live on beside what the release changed.

Anki takes an update as a whole: all fields and all tags of the release replace
the student's. So the package made here holds, for each note, what both sides
changed. A field that both changed is a conflict, and named; which side it
takes is the student's to say.
"""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Literal, NamedTuple

from builder.deck.apkg import dated
from builder.diagnostics import BuilderError

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from builder.deck.apkg import Note, Rendered
    from builder.deck.student import Owned
    from builder.model import Lock, ReleasedNote

Side = Literal["mine", "release"]


class Kept(NamedTuple):
    """A field of a note in which the student's text differs from the release's."""

    id: str
    field: str
    mine: str
    release: str


@dataclass(frozen=True)
class Joined:
    """The notes to import, and what was found: texts kept, conflicts, own tags, notes that are missing or foreign."""

    ready: Rendered
    kept: tuple[Kept, ...]
    conflicts: tuple[Kept, ...]
    tagged: tuple[str, ...]
    missing: tuple[str, ...]
    foreign: int


def joined(
    ready: Rendered,
    lock: Lock,
    released: Mapping[str, ReleasedNote],
    owned: Sequence[Owned],
    *,
    prefer: Side = "mine",
    restore: bool = False,
) -> Joined:
    """The release in `lock` with all that is the student's own.

    `prefer` decides conflicts; `restore` brings back notes that the student
    must once have had.

    Raises:
        BuilderError: none of the notes is of this course.
    """
    root = ready.course.id
    mine = {note.guid: note for note in owned if note.guid.startswith(f"{root}:")}
    if not mine:
        message = f"the export holds no note of the course '{root}': export its deck in Anki, and name that file"
        raise BuilderError(message)
    seen = _seen(mine.values(), root, lock)
    absent = {n.id: lock.releases.get(lock.items[n.id].added, 0) <= seen for _, n in ready.rows if n.guid not in mine}
    missing = tuple(item_id for item_id, was_there in absent.items() if was_there)
    merged = {n.id: _merged(n, mine[n.guid], lock, released.get(n.id), prefer) for _, n in ready.rows if n.guid in mine}
    rows = [
        (deck, merged[note.id].note if note.id in merged else note)
        for deck, note in ready.rows
        if restore or note.id not in missing
    ]
    return Joined(
        ready._replace(rows=tuple(rows)),
        tuple(text for m in merged.values() for text in m.kept),
        tuple(text for m in merged.values() for text in m.conflicts),
        tuple(n.id for _, n in ready.rows if n.guid in mine and _own_tags(mine[n.guid], root)),
        missing,
        len(owned) - len(mine),
    )


class _Merged(NamedTuple):
    """A note with the student's texts and tags, the texts kept, and those that both sides changed."""

    note: Note
    kept: list[Kept]
    conflicts: list[Kept]


def _seen(mine: Iterable[Owned], root: str, lock: Lock) -> int:
    """The time of the last release that the student has imported, as far as their notes tell.

    A note that nobody touched has the time of its release, and one that a
    release has edited has the tag of it.
    """
    tags = {f"{root}::updated::{version}": time for version, time in lock.releases.items()}
    known = set(lock.releases.values())
    times = {own.changed for own in mine} & known
    return max(times | {tags[tag] for own in mine for tag in own.tags if tag in tags}, default=0)


def _has(own: Owned, note: Note, values: Iterable[str]) -> bool:
    """Whether the student's fields are these."""
    return all(_same(own.fields.get(i, ""), v) for i, v in zip(note.type.field_ids.values(), values, strict=True))


def _merged(note: Note, own: Owned, lock: Lock, before: ReleasedNote | None, prefer: Side) -> _Merged:
    kept: list[Kept] = []
    conflicts: list[Kept] = []
    values = []
    for (name, field_id), new in zip(note.type.field_ids.items(), note.fields, strict=True):
        text = own.fields.get(field_id, "")
        if _same(text, new) or (before and before.was_released(name, text)):
            values.append(new)
            continue
        difference = Kept(note.id, name, text, new)
        is_conflict = before is None or name in before.earlier
        (conflicts if is_conflict else kept).append(difference)
        values.append(new if is_conflict and prefer == "release" else text)
    time, tags = dated(note, lock.time, lock)
    every = (*tags, *_own_tags(own, note.guid.partition(":")[0]))
    changed = time if _has(own, note, values) and set(every) == set(own.tags) else max(time, own.changed + 1)
    return _Merged(replace(note, fields=tuple(values), tags=every, changed=changed), kept, conflicts)


def _own_tags(own: Owned, root: str) -> tuple[str, ...]:
    """The tags that no release gave: Anki knows tags without regard to case."""
    return tuple(tag for tag in own.tags if tag.split("::", 1)[0].casefold() != root.casefold())


def _same(one: str, other: str) -> bool:
    return unicodedata.normalize("NFC", one) == unicodedata.normalize("NFC", other)
