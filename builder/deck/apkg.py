"""A course as notes of Anki, and their package (`builder.deck.package`).

A note's guid is `<course>:<item id>`, so that an import finds the note again
even after its text has changed. There are few decks, since Anki knows a deck
only by its name, so a deck that is renamed is another one. Topics are tags.

The note of a retired item stays in the package, but has no card there. A
student who has the note gets the update and keeps the cards. A new student gets
no card of it.
"""

from __future__ import annotations

import itertools
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from types import MappingProxyType
from typing import TYPE_CHECKING, NamedTuple

from builder import citations
from builder.cards import fields
from builder.cards.notetypes import NOTE_TYPES, NoteType
from builder.deck.description import description
from builder.deck.package import Contents, Row, archive
from builder.disk.processes import each, may_fork, shared
from builder.model import (
    Basic,
    Cloze,
    Essay,
    Matching,
    Mcq,
    Numeric,
    Occlusion,
    Ordering,
    Reversed,
    Short,
    TrueFalse,
    faults,
)
from builder.model.lock import mark, note_digest

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence

    from builder.model import Course, Item, Lock
    from builder.text.tree import Run

AT_ONCE = 250  # notes that are rendered before the progress bar moves on
_MANY = 2000  # notes; with fewer, a second process takes longer to start than it saves

Works = dict[str, "tuple[Run, ...]"]
Kept = Mapping[str, "Made"]


@dataclass(frozen=True)
class Note:
    """A note as Anki will have it, with the ordinals of its cards; `due` is its place in the order of study, from 1."""

    id: str
    guid: str
    type: NoteType
    fields: tuple[str, ...]
    tags: tuple[str, ...]
    ordinals: tuple[int, ...]
    due: int

    @cached_property
    def digest(self) -> str:
        """The hash of all that a student gets of the note (type, fields and tags), in 16 hexadecimal digits."""
        return note_digest(self.type.id, self.fields, self.tags)


def files(course: Course, stamp: int, lock: Lock | None = None) -> dict[str, bytes]:
    """The package of the course, under its name `<course>.apkg`.

    Each note and note type has a time, in seconds since 1970. It is the time of
    its release if it has not changed since (see `lock`), else `stamp`. Anki
    updates a note only if the incoming time is later than the student's. So an
    unchanged note keeps its time: the import then leaves it alone, with all
    that the student did to it. And `stamp` must never lie in the future, or
    later releases would be taken for older ones.
    """
    return packed(*contents(rendered(course), stamp, lock))


class Made(NamedTuple):
    """What a note is without its place in the order of study: the name of its type, and the deck of its cards."""

    type: str
    fields: tuple[str, ...]
    tags: tuple[str, ...]
    ordinals: tuple[int, ...]
    deck: str


_NONE: Mapping[str, Made] = MappingProxyType({})
_TYPES = {note_type.name: note_type for note_type in NOTE_TYPES}


class Rendered(NamedTuple):
    """A course as Anki will have it: the formatted references by key, and every note with the name of its deck."""

    course: Course
    works: Works
    rows: tuple[tuple[str, Note], ...]

    def known(self, lock: Lock | None) -> Iterator[tuple[str, Note]]:
        """The notes of a package, each with its deck; a note is left out if it was retired before anybody could get it."""
        for deck, note in self.rows:
            if self.course.by_id[note.id].retired:
                locked = lock.items.get(note.id) if lock else None
                if locked is None or (locked.state == "retired" and not locked.was_edited):
                    continue
            yield deck, note

    def unreleased(self, lock: Lock) -> list[str]:
        """The names of note types and the ids of notes that are new or changed since the release in `lock`."""
        # A type that came after the release, and that no note has yet, changes nothing for a student.
        used = {*lock.note_types, *(note.type.name for _, note in self.rows)}
        changed = (t.name for t in NOTE_TYPES if getattr(lock.note_types.get(t.name), "digest", "") != t.digest)
        types = [name for name in changed if name in used]
        return types + [n.id for _, n in self.known(lock) if getattr(lock.items.get(n.id), "digest", "") != n.digest]

    def opened(self, lock: Lock | None) -> list[str]:
        """The ids of notes that were kept for exams when the release in `lock` was made, and that students get now."""
        return [n.id for _, n in self.known(lock) if lock and n.id not in lock.items and mark(n.guid) in lock.kept]


def rendered(
    course: Course, tell: Callable[[float], object] = lambda _: None, kept: Callable[[Works], Kept] = lambda _: {}
) -> Rendered:
    """Every note of the course in the order of study, with the references that they cite.

    `tell` is told which share of the work is done, 0 to 1. `kept` is told these references, and gives what is known of
    notes already, by the ids of their items.
    """
    works = citations.bibliography(course, (key for item in course.in_deck for key in item.cites), apart=False)
    return Rendered(course, works, tuple(notes(course, works, kept(works), tell)))


def notes(
    course: Course, cited: Works, kept: Kept = _NONE, tell: Callable[[float], object] = lambda _: None
) -> Iterator[tuple[str, Note]]:
    """Every note of the course in the order of study, each with the name of its deck; retired ones come last.

    Items that are kept for exams have no note. For `kept` and `tell` see `rendered`.
    """
    render = fields.renderer(course, cited)

    def made(part: Sequence[Item]) -> list[Made]:
        return [kept.get(item.id) or _made(course, item, *render(item)) for item in part]

    items = sorted(course.in_deck, key=lambda item: item.retired is not None)
    parts = [items[start : start + AT_ONCE] for start in range(0, len(items), AT_ONCE)]
    is_for_two = len(items) - len(kept) >= _MANY and may_fork()
    every = (shared if is_for_two else each)(parts, made, tell=lambda done: tell(done / len(parts)))
    for due, (item, one) in enumerate(zip(items, itertools.chain.from_iterable(every), strict=True), 1):
        note = Note(item.id, f"{course.id}:{item.id}", _TYPES[one.type], one.fields, one.tags, one.ordinals, due)
        yield one.deck, note


def _made(course: Course, item: Item, note_type: NoteType, values: tuple[str, ...]) -> Made:
    return Made(note_type.name, values, _tags(course, item), _ordinals(item), deck_of(course, item))


def deck_of(course: Course, item: Item) -> str:
    """The name of the deck of an item's cards.

    Short answers and essays have a deck of their own, whose name comes last in
    the alphabet. Anki takes new cards of the whole course deck by deck, in that
    order. So no essay comes between two quick cards.
    """
    match item:
        case Basic() | Reversed() | Cloze() | Occlusion() | Numeric():
            return f"{course.anki.deck}::Recall"
        case Mcq() | TrueFalse() | Matching() | Ordering():
            return f"{course.anki.deck}::Practice"
        case Short() | Essay():
            return f"{course.anki.deck}::Writing"


def dated(note: Note, stamp: int, lock: Lock | None) -> tuple[int, tuple[str, ...]]:
    """A note's time of last change and its tags.

    The time is that of the note's release, or `stamp` if the note is new or has changed since. A note that a release
    has edited gets the tag `<course>::updated::VERSION`.
    """
    locked = lock.items.get(note.id) if lock else None
    if locked is None:
        return stamp, note.tags
    if locked.digest != note.digest:
        return max(stamp, locked.time + 1), note.tags
    if locked.was_edited and locked.state == "active":
        return locked.time, (*note.tags, f"{note.guid.partition(':')[0]}::updated::{locked.release}")
    return locked.time, note.tags


def filled(note: Note, fields: tuple[str, ...], lock: Lock | None) -> tuple[str, ...]:
    """The fields of a note, with the release of its text filled into the line for reporting a mistake.

    The release is filled in only here, so that the digest of the note does not depend on it: else each release would
    change every note.
    """
    if faults.MARK not in "".join(fields):
        return fields  # courses that take no reports have no such line
    locked = lock.items.get(note.id) if lock else None
    release = locked.release if locked and locked.digest == note.digest else faults.UNRELEASED
    return tuple(faults.dated(text, release) for text in fields)


def _ordinals(item: Item) -> tuple[int, ...]:
    """The ordinals of an item's cards: one for each number of a cloze, two for a reversed item, else one.

    A retired item has no card.
    """
    if item.retired:
        return ()
    match item:
        case Cloze():
            return tuple(sorted({blank.number - 1 for blank in item.blanks}))
        case Occlusion():
            return tuple(range(len(item.boxes)))
        case Reversed():
            return (0, 1)
        case Basic() | Mcq() | TrueFalse() | Matching() | Ordering() | Numeric() | Short() | Essay():
            return (0,)


def _tags(course: Course, item: Item) -> tuple[str, ...]:
    """The note's tags, all below the name of the course: an update replaces all tags of a note, so these are ours alone."""
    root = course.id
    sources = {course.places[locator].source.id for locator in item.locator} or {item.basis or ""}
    tags = [f"{root}::cites::{key}" for key in item.cites] + [f"{root}::topic::{tag}" for tag in item.tags]
    tags += [f"{root}::source::{source}" for source in sources if source]
    if item.theme:
        tags.append(f"{root}::theme::{item.theme}")
    if item.theory:
        tags.append(f"{root}::theory::{item.theory}")
    if item.bloom:
        tags.append(f"{root}::bloom::{item.bloom}")
    if item.difficulty:
        tags.append(f"{root}::difficulty::{item.difficulty}")
    # Only short answers and essays have a tag of their kind, since students study these apart. A tag on every note
    # would have been an edit of every released note.
    if isinstance(item, (Short, Essay)):  # a union would be made anew for each item
        tags.append(f"{root}::kind::{item.kind}")
    tags.sort()
    return (*tags, f"{root}::retired") if item.retired else tuple(tags)


def contents(ready: Rendered, stamp: int, lock: Lock | None = None) -> tuple[Contents, int]:
    """What the package of notes that are rendered already holds, and its time. The items are no longer needed for it.

    If nothing has changed since the release in `lock`, the package has the time of that release, else `stamp`.
    """
    course = ready.course
    if lock and not ready.unreleased(lock):
        stamp = lock.time
    held = Contents(
        course.id,
        tuple(t.model(_changed(t, stamp, lock)) for t in NOTE_TYPES),
        {course.anki.deck: description(course, ready.works)},
        tuple(_rows(ready.known(lock), stamp, lock)),
        images(course),
    )
    return held, stamp


def packed(held: Contents, stamp: int, tell: Callable[[float], object] = lambda _: None) -> dict[str, bytes]:
    """The package under its name `<course>.apkg`; `tell` is told which share of the work is done, 0 to 1."""
    return {f"{held.course}.apkg": archive(held, stamp, tell)}


def images(course: Course) -> dict[str, bytes]:
    """The pictures and recordings of the notes by their names in Anki."""
    return {fields.media_name(course, name): data for name, data in course.deck_media.items()}


def _changed(note_type: NoteType, stamp: int, lock: Lock | None) -> int:
    """A note type's time of last change."""
    locked = lock.note_types.get(note_type.name) if lock else None
    if locked is None:
        return stamp
    return locked.time if locked.digest == note_type.digest else max(stamp, locked.time + 1)


def _rows(notes: Iterable[tuple[str, Note]], stamp: int, lock: Lock | None) -> Iterator[Row]:
    for deck, note in notes:
        changed, tags = dated(note, stamp, lock)
        yield Row(
            note.guid, note.type.id, filled(note, note.fields, lock), tags, changed, deck, note.ordinals, note.due
        )
