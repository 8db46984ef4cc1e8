"""A release joined with a student's own deck, so that the student's texts and tags outlive the update.

When Anki updates a note, all fields and tags of the release replace the
student's. So this module makes a package in which each note already has the
changes of both sides, in the student's own note type and deck.

A field that both sides have changed is a conflict. Every conflict is named, and
the student says which side the field takes. For example, the student wrote into
`Back`, and the release changed `Front`: the joined note has both changes. If
the release changed `Back` as well, `Back` is a conflict.
"""

from __future__ import annotations

import unicodedata
from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal, NamedTuple

from builder.deck.apkg import dated, filled, images
from builder.deck.description import description, first_paragraph
from builder.deck.package import Contents, Row
from builder.diagnostics import BuilderError
from builder.release.tags import carried, joined_tags, seen_release

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence

    from builder.deck.apkg import Note, Rendered
    from builder.deck.shapes import Shape
    from builder.deck.student import Export, Owned
    from builder.model import Lock, ReleasedNote
    from builder.release.tags import Tags

Side = Literal["mine", "release"]


class Kept(NamedTuple):
    """A field of a note in which the student's text differs from the release's."""

    id: str
    field: str
    mine: str
    release: str


@dataclass(frozen=True)
class Joined:
    """The package for the student, and what was found on the way; notes are named by the ids of their items.

    - `kept` are the student's texts that stay, `conflicts` those that both sides changed.
    - `added` are the notes that come new, each with its deck.
    - `updated` are the notes that Anki will update. `skipped` are those of them that an import of the release itself
      would leave alone. `alone` counts the notes that Anki leaves alone.
    - `tagged` are the notes with tags of the student's own. `away` are the tags of ours that the student removed.
    - `changed_type` are the notes that the student gave another note type; `missing` those that the export lacks.
    - `foreign` counts the notes of the export that are not of this course.
    """

    contents: Contents
    kept: tuple[Kept, ...]
    conflicts: tuple[Kept, ...]
    added: tuple[tuple[str, str], ...]
    updated: tuple[str, ...]
    skipped: tuple[str, ...]
    alone: int
    tagged: tuple[str, ...]
    away: tuple[tuple[str, str], ...]
    changed_type: tuple[str, ...]
    missing: tuple[str, ...]
    shapes: tuple[Shape, ...]
    foreign: int


def joined(
    ready: Rendered,
    lock: Lock,
    released: Mapping[str, ReleasedNote],
    export: Export,
    *,
    prefer: Side = "mine",
    restore: bool = False,
) -> Joined:
    """The release in `lock` joined with all that is the student's own in `export`.

    `prefer` says which side a field in conflict takes. `restore` brings back
    notes of releases that the student has imported, but no longer has.

    Raises:
        BuilderError: the export holds no note of this course.
    """
    root = ready.course.id
    mine = {note.guid: note for note in export.notes if note.guid.startswith(f"{root}:")}
    if not mine:
        message = f"the export holds no note of the course '{root}': export its deck in Anki, and name that file"
        raise BuilderError(message)
    sides = _Sides(lock, released, export, prefer, _homes(ready, mine))
    both, added, missing, changed_type = _parted(ready, sides, mine, restore=restore)
    return Joined(
        _contents(ready, sides, (*added, *(m.row for m in both))),
        tuple(text for m in both for text in m.kept),
        tuple(text for m in both for text in m.conflicts),
        tuple((row.guid.partition(":")[2], row.deck) for row in added),
        tuple(m.id for m in both if m.updates),
        tuple(m.id for m in both if m.updates and m.is_skipped),
        sum(not m.updates for m in both),
        tuple(m.id for m in both if m.tags.own),
        tuple((m.id, tag) for m in both for tag in m.tags.away),
        tuple(changed_type),
        tuple(missing),
        tuple(export.shapes.values()),
        len(export.notes) - len(mine),
    )


class _Parted(NamedTuple):
    """The notes of a release by what becomes of them: joined, new to the student, missing, of another note type."""

    both: list[_Merged]
    added: list[Row]
    missing: list[str]
    changed_type: list[str]


def _parted(ready: Rendered, sides: _Sides, mine: Mapping[str, Owned], *, restore: bool) -> _Parted:
    """Go through the notes of the release; `mine` are the student's own by guid."""
    lock, parted = sides.lock, _Parted([], [], [], [])
    seen = _seen(mine.values(), ready.course.id, lock)
    for deck, note in ready.known(lock):
        own = mine.get(note.guid)
        if own is None:
            is_missing = lock.releases.get(lock.items[note.id].added, 0) <= seen
            # A withdrawn question has no ordinals: a student without its note needs none.
            if note.ordinals and is_missing:
                parted.missing.append(note.id)
            if note.ordinals and (restore or not is_missing):
                parted.added.append(_new(sides, note, sides.home(deck)))
        elif _is_ours(own, note, sides.export):
            parted.both.append(_merged(sides, note, own, sides.home(deck)))
        else:
            parted.changed_type.append(note.id)
    return parted


def _seen(mine: Iterable[Owned], root: str, lock: Lock) -> int:
    """The time of the last release that the student has imported, as far as their notes tell; 0 if they tell nothing.

    Notes tell it in two ways. A note that nobody has touched still has the time
    of its release. A note that a release has edited has a tag with its version.
    """
    tags = {f"{root}::updated::{version}": time for version, time in lock.releases.items()}
    known = set(lock.releases.values())
    times = {own.changed for own in mine} & known
    return max(times | {tags[tag] for own in mine for tag in own.tags if tag in tags}, default=0)


def _homes(ready: Rendered, mine: Mapping[str, Owned]) -> Callable[[str], str]:
    """A function from the name of a deck of ours to the deck in which the student keeps most of its cards.

    Where the student has no card of a deck, it goes beside the decks that the
    student has moved. For example, a student who keeps `Her::Recall` as
    `Films::Her::Recall` gets `Her::Writing` as `Films::Her::Writing`.
    """
    kept: dict[str, Counter[str]] = {}
    for deck, note in ready.rows:
        own = mine.get(note.guid)
        if own and own.deck:
            kept.setdefault(deck, Counter())[own.deck] += 1
    homes = {deck: min(names, key=lambda name: (-names[name], name)) for deck, names in kept.items()}
    top = ready.course.anki.deck
    tops = [name.removesuffix(d[len(top) :]) for d, name in homes.items() if name.endswith(d[len(top) :])]
    above = tops[0] if tops else top
    return lambda deck: homes.get(deck, above + deck[len(top) :])


class _Sides(NamedTuple):
    """Both sides to be joined, and how: `prefer` decides conflicts, `home` tells where the student keeps a deck."""

    lock: Lock
    released: Mapping[str, ReleasedNote]
    export: Export
    prefer: Side
    home: Callable[[str], str]


class _Merged(NamedTuple):
    """A note joined from both sides, as the `row` of the package.

    `kept` and `conflicts` are the student's texts that differ from the release's: those that the release did not
    change, and those that it did. `updates` says whether Anki will update the note. `is_skipped` says that an import
    of the release itself would leave the note alone, although it has changes for it.
    """

    id: str
    row: Row
    kept: list[Kept]
    conflicts: list[Kept]
    tags: Tags
    updates: bool
    is_skipped: bool


def _is_ours(own: Owned, note: Note, export: Export) -> bool:
    """Whether the student's note still has our note type, even if the student changed its fields or templates."""
    shape = export.shapes.get(own.type_id)
    return shape is not None and shape.base == note.type.name


def _merged(sides: _Sides, note: Note, own: Owned, home: str) -> _Merged:
    """The release's `note` joined with the student's `own`; `home` is the deck where the student keeps ours."""
    lock, export, before = sides.lock, sides.export, sides.released.get(note.id)
    texts, kept, conflicts = _texts(note, own, before, sides.prefer)
    time, new_tags = dated(note, lock.time, lock)
    seen = seen_release(own.tags, own.changed, lock.items[note.id].added, lock)
    if before and before.earlier and all(_same(own.fields[i], texts[i]) for i in _edited(note, before) if i in texts):
        seen = max(seen, time)  # the student has the texts of the last edit, so the student had its tags as well
    tags = joined_tags(own.tags, new_tags, before, seen, lock)
    shape = export.shapes[own.type_id]
    fields = filled(note, tuple(texts.get(i, text) for i, text in zip(shape.fields, own.row, strict=True)), lock)
    is_same = all(map(_same, fields, own.row)) and set(tags.every) == set(own.tags)
    changed = time if is_same else max(time, own.changed + 1)
    # Without scheduling an export may call a filtered deck the home of a card.
    deck = own.deck if own.deck and export.is_studied else home
    cards = _cards(note, shape, fields, export)
    row = Row(note.guid, shape.id, fields, carried(tags.every), changed, deck, cards, note.due)
    return _Merged(note.id, row, kept, conflicts, tags, changed > own.changed, not is_same and own.changed >= time)


def _edited(note: Note, before: ReleasedNote) -> list[int]:
    """The ids of the fields that a release has edited."""
    return [field_id for name, field_id in note.type.field_ids.items() if name in before.earlier]


def _texts(
    note: Note, own: Owned, before: ReleasedNote | None, prefer: Side
) -> tuple[dict[int, str], list[Kept], list[Kept]]:
    """The joined text of each field of ours that the student has, by field id; the kept texts; the texts in conflict.

    A student's text is kept if it is not one that some release has given. It is in conflict if a release changed the
    field as well, or if nobody knows what was released (`before` is None).
    """
    kept: list[Kept] = []
    conflicts: list[Kept] = []
    texts = {}
    for (name, field_id), new in zip(note.type.field_ids.items(), note.fields, strict=True):
        text = own.fields.get(field_id)
        if text is None:
            continue
        texts[field_id] = new
        if _same(text, new) or (before and before.was_released(name, text)):
            continue
        difference = Kept(note.id, name, text, new)
        is_conflict = before is None or name in before.earlier
        (conflicts if is_conflict else kept).append(difference)
        if not (is_conflict and prefer == "release"):
            texts[field_id] = text
    return texts, kept, conflicts


def _cards(note: Note, shape: Shape, fields: tuple[str, ...], export: Export) -> tuple[int, ...]:
    """The ordinals of a note's cards. If the student changed the note type, Anki is asked which cards it makes."""
    return export.cards(shape.id, fields) if note.ordinals and shape.is_own else note.ordinals


def _new(sides: _Sides, note: Note, deck: str) -> Row:
    """The row of a note that is new to the student, in the student's shape of its note type if they have one."""
    export = sides.export
    changed, tags = dated(note, sides.lock.time, sides.lock)
    shapes = [shape for shape in export.shapes.values() if shape.base == note.type.name]
    if not shapes:
        fields = filled(note, note.fields, sides.lock)
        return Row(note.guid, note.type.id, fields, tags, changed, deck, note.ordinals, note.due)
    shape = min(shapes, key=lambda shape: (shape.id != note.type.id, shape.id))
    texts = dict(zip(note.type.field_ids.values(), note.fields, strict=True))
    fields = filled(note, tuple(texts.get(field_id, "") for field_id in shape.fields), sides.lock)
    return Row(note.guid, shape.id, fields, tags, changed, deck, _cards(note, shape, fields, export), note.due)


def _contents(ready: Rendered, sides: _Sides, rows: Sequence[Row]) -> Contents:
    """The contents of the package: rows, note types, pictures, and the description of the course's deck.

    Note types are the student's own, or ours where the student has none. The description is renewed only if the
    student has not written another one.
    """
    course, export = ready.course, sides.export
    models = {shape.id: shape.model for shape in export.shapes.values()}
    for note_type in {note.type.id: note.type for _, note in ready.rows}.values():
        models.setdefault(note_type.id, note_type.model(sides.lock.note_types[note_type.name].time))
    top = sides.home(course.anki.deck)
    is_ours = export.decks.get(top, "").startswith(first_paragraph(course))
    decks = {top: description(course, ready.works)} if is_ours else {}
    return Contents(course.id, tuple(models.values()), decks, tuple(rows), images(course))


def _same(one: str, other: str) -> bool:
    return unicodedata.normalize("NFC", one) == unicodedata.normalize("NFC", other)
