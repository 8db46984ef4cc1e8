"""An Anki package (.apkg) of a course, through genanki.

What genanki 0.13 leaves open is closed here: note types with ids for their
fields and templates, cards that do not depend on guessing from a template,
rows inserted in bulk, a database that never touches the disk, and a deflated
archive with the same bytes for the same course and time.

A note's guid is `<course>:<item id>`, so that an import finds the note again
whatever its text has become. Decks are few, since Anki knows a deck by its
name only; topics are tags below the course's own.
"""

from __future__ import annotations

import hashlib
import itertools
import json
import sqlite3
from dataclasses import dataclass
from functools import cached_property
from html import escape
from typing import TYPE_CHECKING, Any, NamedTuple

import genanki

from builder import citations
from builder.cards import fields
from builder.cards.notetypes import NOTE_TYPES, NoteType
from builder.disk.archive import zipped
from builder.model import Basic, Cloze, Essay, Matching, Mcq, Ordering, Reversed, Short, TrueFalse
from builder.text import markup

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from builder.model import Course, Item, Lock

AT_ONCE = 1000  # notes, before it is told how far this is

Works = dict[str, tuple[markup.Run, ...]]

_NOTE = "INSERT INTO notes VALUES(?,?,?,?,-1,?,?,?,0,0,'')"
_CARD = "INSERT INTO cards VALUES(?,?,?,?,?,-1,0,0,?,0,0,0,0,0,0,0,0,'')"


@dataclass(frozen=True)
class Note:
    """One row of Anki's notes, and the ordinals of its cards; `due` is the place in the order of study.

    `changed` is its time of last change where that is settled already.
    """

    id: str
    guid: str
    type: NoteType
    fields: tuple[str, ...]
    tags: tuple[str, ...]
    ordinals: tuple[int, ...]
    due: int
    changed: int | None = None

    @cached_property
    def digest(self) -> str:
        """Hash of what a student has of it: 16 hexadecimal digits over note type, fields and tags."""
        content = json.dumps([self.type.id, self.fields, self.tags], ensure_ascii=False)
        return hashlib.sha256(content.encode("utf-8", "surrogatepass")).hexdigest()[:16]


def files(course: Course, stamp: int, lock: Lock | None = None) -> dict[str, bytes]:
    """`<course>.apkg`. What has not changed since the release in `lock` has that release's time, the rest `stamp`.

    Anki updates a note or note type that it has when the incoming time is
    later than its own, in seconds since 1970. So what is unchanged must keep
    its time, for the import to leave it alone with all that the student did to
    it, and `stamp` must never lie in the future.
    """
    return packed(rendered(course), stamp, lock)


class Rendered(NamedTuple):
    """A course as Anki will have it: the formatted references by key, and every note with the name of its deck."""

    course: Course
    works: Works
    rows: tuple[tuple[str, Note], ...]

    def unreleased(self, lock: Lock) -> list[str]:
        """The names of note types and the ids of notes that are new or changed since the release in `lock`."""
        types = [t.name for t in NOTE_TYPES if getattr(lock.note_types.get(t.name), "digest", "") != t.digest]
        return types + [n.id for _, n in self.rows if getattr(lock.items.get(n.id), "digest", "") != n.digest]


def rendered(course: Course, tell: Callable[[float], object] = lambda _: None) -> Rendered:
    """Every note of the course, in the order of study, with what they cite; `tell` hears the share that is done."""
    works = citations.bibliography(course, (key for item in course.items for key in item.cites))
    rows: list[tuple[str, Note]] = []
    every = notes(course, works)
    while some := tuple(itertools.islice(every, AT_ONCE)):
        rows += some
        tell(len(rows) / len(course.items))
    return Rendered(course, works, tuple(rows))


def notes(course: Course, cited: Works) -> Iterator[tuple[str, Note]]:
    """Every note of the course in the order of study, each with the name of its deck; retired ones come last."""
    render = fields.renderer(course, cited)
    for due, item in enumerate(sorted(course.items, key=lambda item: item.retired is not None), 1):
        note_type, values = render(item)
        guid = f"{course.id}:{item.id}"
        note = Note(item.id, guid, note_type, values, _tags(course, item), _ordinals(item), due)
        yield deck_of(course, item), note


def deck_of(course: Course, item: Item) -> str:
    """The name of the deck of an item's cards: what is recalled is parted from what is practised."""
    match item:
        case Basic() | Reversed() | Cloze():
            return f"{course.anki.deck}::Recall"
        case Mcq() | TrueFalse() | Matching() | Ordering() | Short() | Essay():
            return f"{course.anki.deck}::Practice"


def dated(note: Note, stamp: int, lock: Lock | None) -> tuple[int, tuple[str, ...]]:
    """A note's time of last change and its tags, with `<course>::updated::VERSION` where a release has edited it."""
    if note.changed is not None:
        return note.changed, note.tags
    locked = lock.items.get(note.id) if lock else None
    if locked is None:
        return stamp, note.tags
    if locked.digest != note.digest:
        return max(stamp, locked.time + 1), note.tags
    if locked.was_edited and locked.state == "active":
        return locked.time, (*note.tags, f"{note.guid.partition(':')[0]}::updated::{locked.release}")
    return locked.time, note.tags


def _ordinals(item: Item) -> tuple[int, ...]:
    """The ordinals of an item's cards: one for each number of a cloze, two for a reversed item, else one."""
    match item:
        case Cloze():
            return tuple(sorted({blank.number - 1 for blank in item.blanks}))
        case Reversed():
            return (0, 1)
        case Basic() | Mcq() | TrueFalse() | Matching() | Ordering() | Short() | Essay():
            return (0,)


def _tags(course: Course, item: Item) -> tuple[str, ...]:
    """Tags below the course's own name: an update replaces all tags of a note, so these are ours alone."""
    root = course.id
    sources = {course.places[locator].source.id for locator in item.locator} or {item.basis or ""}
    tags = [f"{root}::cites::{key}" for key in item.cites] + [f"{root}::topic::{tag}" for tag in item.tags]
    one = {"theme": item.theme, "theory": item.theory, "bloom": item.bloom, "difficulty": item.difficulty}
    tags += [f"{root}::{group}::{value}" for group, value in one.items() if value]
    tags += [f"{root}::source::{source}" for source in sources if source]
    return (*sorted(tags), f"{root}::retired") if item.retired else tuple(sorted(tags))


class _Model(genanki.Model):
    """A note type with ids for fields and templates, which genanki's own JSON has no place for."""

    def __init__(self, note_type: NoteType, lock: Lock | None) -> None:
        super().__init__(note_type.id, note_type.name)
        self.note_type = note_type
        self.locked = lock.note_types.get(note_type.name) if lock else None

    def to_json(self, timestamp: float, deck_id: int) -> dict[str, Any]:  # noqa: ARG002 - genanki's signature
        if self.locked is None:
            return self.note_type.model(int(timestamp))
        if self.locked.digest == self.note_type.digest:
            return self.note_type.model(self.locked.time)
        return self.note_type.model(max(int(timestamp), self.locked.time + 1))


class _Deck(genanki.Deck):
    """A deck that inserts its notes in bulk: at 10,000 notes a third of genanki's own time."""

    def __init__(self, course: Course, name: str, lock: Lock | None, description: str = "") -> None:
        # Only a key inside the file: Anki knows decks by name. Never 1, which is Anki's default deck.
        key = int.from_bytes(hashlib.sha256(f"{course.id}\0{name}".encode()).digest()[:4], "big")
        super().__init__((1 << 40) + key, name, description)
        self.lock = lock
        self.rows: list[Note] = []

    def write_to_db(self, cursor: sqlite3.Cursor, timestamp: float, id_gen: Iterator[int]) -> None:
        super().write_to_db(cursor, timestamp, id_gen)  # the deck and its note types; its list of notes is empty
        note_rows, card_rows = [], []
        for note in self.rows:
            note_id = next(id_gen)
            changed, tagged = dated(note, int(timestamp), self.lock)
            tags = f" {' '.join(tagged)} "
            text = "\x1f".join(note.fields)
            note_rows.append((note_id, note.guid, note.type.id, changed, tags, text, note.fields[0]))
            card_rows += [(next(id_gen), note_id, self.deck_id, o, changed, note.due) for o in note.ordinals]
        cursor.executemany(_NOTE, note_rows)
        cursor.executemany(_CARD, card_rows)


def _decks(ready: Rendered, lock: Lock | None) -> list[_Deck]:
    course = ready.course
    top = _Deck(course, course.anki.deck, lock, _description(course, ready.works))
    for note_type in NOTE_TYPES:
        top.add_model(_Model(note_type, lock))
    below: dict[str, _Deck] = {}
    for name, note in ready.rows:
        deck = below.get(name) or below.setdefault(name, _Deck(course, name, lock))
        deck.rows.append(note)
    return [top, *below.values()]


def _description(course: Course, cited: Works) -> str:
    parts = [f"<p>{escape(course.anki.description or course.title, quote=False)}</p>"]
    if cited:
        entries = "".join(f"<li>{markup.as_html(runs)}</li>" for runs in cited.values())
        parts.append(f"<h4>References</h4><ul>{entries}</ul>")
    if course.licence:
        parts.append(f"<p>{escape(course.licence, quote=False)}</p>")
    return "".join(parts)


def packed(
    ready: Rendered, stamp: int, lock: Lock | None = None, tell: Callable[[float], object] = lambda _: None
) -> dict[str, bytes]:
    """The same from notes that are rendered already; where nothing has changed since the release, `stamp` is its time.

    `tell` hears the share that is done.
    """
    course = ready.course
    if lock and not ready.unreleased(lock):
        stamp = lock.time
    database = sqlite3.connect(":memory:")
    try:
        cursor = database.cursor()
        # Note and card ids count up from the stamp, as Anki's own do from the clock.
        genanki.Package(_decks(ready, lock)).write_to_db(cursor, stamp, itertools.count(stamp * 1000))
        database.commit()
        tell(0.5)
        collection = database.serialize()
    finally:
        database.close()
    images = sorted({(fields.media_name(course, name), data) for name, data in course.media.items()})
    contents = {
        "collection.anki2": collection,
        "media": json.dumps({str(i): n for i, (n, _) in enumerate(images)}).encode(),
    }
    package = zipped(contents | {str(i): data for i, (_, data) in enumerate(images)})
    tell(1.0)
    return {f"{course.id}.apkg": package}
