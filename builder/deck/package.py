"""The archive that Anki imports (.apkg): note types, decks and rows in one SQLite file, written through genanki.

This module does what genanki 0.13 does not:
- the fields and templates of note types have ids;
- the cards of a note are given, not guessed from its templates;
- rows are inserted in bulk, into a database in memory;
- the archive is compressed, and equal rows and times give equal bytes.
"""

from __future__ import annotations

import hashlib
import itertools
import json
import sqlite3
from typing import TYPE_CHECKING, Any, NamedTuple

import genanki

from builder.disk.archive import zipped

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping

_NOTE = "INSERT INTO notes VALUES(?,?,?,?,-1,?,?,?,0,0,'')"
_CARD = "INSERT INTO cards VALUES(?,?,?,?,?,-1,0,0,?,0,0,0,0,0,0,0,0,'')"

# The bytes of a database's header in which SQLite counts changes of a file and tells its own release
# (https://www.sqlite.org/fileformat.html, 1.3). In a database that never was a file they are 0.
_OF_FILES = ((24, 28), (92, 100))


class Row(NamedTuple):
    """A note of the package.

    `fields` stand in the order of the note type. `changed` is the time of last
    change, in seconds since 1970. `cards` are the ordinals of the note's cards;
    it may have none. `due` is the place of the cards among new ones.
    """

    guid: str
    type_id: int
    fields: tuple[str, ...]
    tags: tuple[str, ...]
    changed: int
    deck: str
    cards: tuple[int, ...]
    due: int


class Contents(NamedTuple):
    """All that a package of one course holds.

    `note_types` are in Anki's JSON. `decks` has descriptions by the name of the
    deck. Decks that only hold cards need no entry there. `media` has the
    pictures and recordings by name.
    """

    course: str
    note_types: tuple[Mapping[str, Any], ...]
    decks: Mapping[str, str]
    rows: tuple[Row, ...]
    media: Mapping[str, bytes]


def archive(contents: Contents, stamp: int, tell: Callable[[float], object] = lambda _: None) -> bytes:
    """The bytes of the package. Ids of notes and cards count up from `stamp` in milliseconds, as Anki's do from the clock.

    `tell` is told which share of the work is done, 0 to 1.
    """
    try:
        collection = _collection(contents, stamp, "file:collection?vfs=memdb")
    except sqlite3.OperationalError:  # it holds 1 GiB at most, and SQLite before 3.36 does not have it
        collection = _collection(contents, stamp, ":memory:")
    tell(0.5)
    images = sorted(contents.media.items())
    files: dict[str, bytes | bytearray] = {
        "collection.anki2": collection,
        "media": json.dumps({str(i): n for i, (n, _) in enumerate(images)}).encode(),
    }
    package = zipped({**files, **{str(i): data for i, (_, data) in enumerate(images)}})
    tell(1.0)
    return package


def _collection(contents: Contents, stamp: int, place: str) -> bytearray:
    """The database of a package, made in memory at `place`; each place gives equal bytes.

    SQLite copies a database at ":memory:" twice before it hands it over, and one of its file system `memdb` once. In a
    large course that is a tenth of all memory.
    """
    database = sqlite3.connect(place, uri=True)
    try:
        database.execute("PRAGMA journal_mode=OFF")  # nothing is ever taken back
        cursor = database.cursor()
        genanki.Package(_decks(contents)).write_to_db(cursor, stamp, itertools.count(stamp * 1000))
        database.commit()
        collection = database.serialize()
        cursor.close()  # an open one would keep the whole database after its end
    finally:
        database.close()
    made = bytearray(collection)
    for start, end in _OF_FILES:
        made[start:end] = bytes(end - start)
    return made


class _Model(genanki.Model):
    """A note type that is written as the JSON given: genanki's own class has no place for ids of fields and templates."""

    def __init__(self, model: Mapping[str, Any]) -> None:
        super().__init__(int(model["id"]), model["name"])
        self.model = model

    def to_json(self, timestamp: float, deck_id: int) -> dict[str, Any]:  # noqa: ARG002 - genanki's signature
        return dict(self.model)


class _Deck(genanki.Deck):
    """A deck that inserts its notes in bulk. With 10,000 notes that takes a third of the time that genanki takes."""

    def __init__(self, course: str, name: str, description: str) -> None:
        # The id matters only inside the file, since Anki knows decks by name. It must not be 1, Anki's default deck.
        key = int.from_bytes(hashlib.sha256(f"{course}\0{name}".encode()).digest()[:4], "big")
        super().__init__((1 << 40) + key, name, description)
        self.rows: list[Row] = []

    def write_to_db(self, cursor: sqlite3.Cursor, timestamp: float, id_gen: Iterator[int]) -> None:
        super().write_to_db(cursor, timestamp, id_gen)  # writes the deck and its note types, but no note
        card_rows: list[tuple[int, ...]] = []
        # One row at a time: the joined texts of all notes at once would be as large as the course.
        cursor.executemany(_NOTE, self._note_rows(id_gen, card_rows))
        cursor.executemany(_CARD, card_rows)

    def _note_rows(self, id_gen: Iterator[int], card_rows: list[tuple[int, ...]]) -> Iterator[tuple[int | str, ...]]:
        """The rows of notes; those of each note's cards are added to `card_rows` on the way, since their ids come next."""
        for row in self.rows:
            note_id = next(id_gen)
            tags = f" {' '.join(row.tags)} "
            text = "\x1f".join(row.fields)
            card_rows += [(next(id_gen), note_id, self.deck_id, o, row.changed, row.due) for o in row.cards]
            yield note_id, row.guid, row.type_id, row.changed, tags, text, row.fields[0]


def _decks(contents: Contents) -> Iterable[_Deck]:
    """The decks with their rows.

    In Anki the cards of a note have a deck, not the note. So a note without cards is written with the first deck.
    """
    decks = {name: _Deck(contents.course, name, text) for name, text in contents.decks.items()}
    for row in contents.rows:
        name = row.deck if row.cards or not decks else next(iter(decks))
        deck = decks.get(name) or decks.setdefault(name, _Deck(contents.course, name, ""))
        deck.rows.append(row)
    for model in contents.note_types:
        next(iter(decks.values())).add_model(_Model(model))
    return list(decks.values())
