"""A package of Anki: its notes, note types, decks and files, read within bounds and without Anki.

There are two forms. Today's has a database in Zstandard (`collection.anki21b`), whose note types are messages of
protocol buffers, and each file compressed. The older one has a plain database with its note types as JSON. Of several
databases in one package only the newest is real: the others tell a reader of old to update.
"""

from __future__ import annotations

import json
import re
import sqlite3
from contextlib import closing
from typing import TYPE_CHECKING, Any, NamedTuple

from builder.diagnostics import BuilderError, Span
from builder.exchange._frame import MOST_BYTES, BrokenSourceError
from builder.exchange._package import Package
from builder.exchange.anki import _messages

if TYPE_CHECKING:
    from collections.abc import Iterator

COLLECTIONS = {
    "collection.anki21b": True,
    "collection.anki21": False,
    "collection.anki2": False,
}  # newest first; packed?
_MOST_STEPS = 2_000  # of a million instructions of SQLite each, about: what 256 MiB of sound notes take is a hundredth
_MOST_TEXT = 16 << 20  # bytes of a note or of a list of note types
_MOST_NOTES = 1_000_000
_WINDOW = 1 << 27  # bytes that Zstandard may look back
_TABLES = ("notes", "cards", "col", "notetypes", "fields", "templates", "decks")
_AGAIN = "export it again from Anki: File > Export, as .apkg or .colpkg"


class Template(NamedTuple):
    """A card of a note type: its name, and the HTML of its two sides with the names of fields in braces."""

    name: str
    front: str
    back: str


class NoteType(NamedTuple):
    """A note type: its name, the names of its fields, its cards, and whether blanks make the cards."""

    name: str
    fields: tuple[str, ...]
    templates: tuple[Template, ...]
    is_cloze: bool


class Note(NamedTuple):
    """A note: its guid, type, fields as HTML, tags, deck, the ordinals of the cards that it has, and where it stands."""

    guid: str
    type: NoteType
    fields: tuple[str, ...]
    tags: tuple[str, ...]
    deck: str
    ordinals: frozenset[int]
    span: Span


class Collection:
    """What a package holds."""

    def __init__(self, name: str, data: bytes) -> None:
        """Open the newest database in it.

        Raises:
            BrokenSourceError: there is none, or it is too large or damaged.
            BuilderError: it is packed by Zstandard, and the extra `anki` is missing.
        """
        self.name = name
        self._package = Package(name, data)
        self._room = MOST_BYTES
        member = next((member for member in COLLECTIONS if member in set(self._package)), None)
        if member is None:
            message = "no package of Anki: there is no collection in it"
            raise self._broken(message)
        self._is_packed = COLLECTIONS[member]
        self._database = self._unpacked(member)
        self._media = self._listed()

    def _broken(self, message: str) -> BrokenSourceError:
        return BrokenSourceError(Span(self.name), message, _AGAIN)

    def _unpacked(self, member: str) -> bytes:
        """A member, out of Zstandard where the package is of today's form."""
        content = self._package.read(member)
        if not self._is_packed:
            return content
        try:
            import zstandard
        except ImportError as error:
            message = (
                f"{self.name}: a package of today's Anki; let it be read: pip install 'her-study[anki]', "
                "or export it with 'Support older Anki versions' ticked"
            )
            raise BuilderError(message) from error
        try:
            reader = zstandard.ZstdDecompressor(max_window_size=_WINDOW).stream_reader(content)
            made: bytes = reader.read(self._room + 1)
        except zstandard.ZstdError as error:
            message = f"'{member}' can't be unpacked: {error}"
            raise self._broken(message) from error
        self._room -= len(made)
        if self._room < 0:
            message = f"more than {MOST_BYTES} bytes when it is unpacked"
            raise BrokenSourceError(Span(self.name), message, "export it in several parts")
        return made

    def _listed(self) -> dict[str, str]:
        """The members that hold pictures and recordings, by their names in notes."""
        if "media" not in set(self._package):
            return {}
        content = self._unpacked("media")
        try:
            if self._is_packed:
                return {
                    _messages.text(entry, 1): str(_messages.number(entry, 255, place))
                    for place, entry in enumerate(_messages.several(content, 1))
                }
            listed = json.loads(content)
            return {str(file): str(member) for member, file in listed.items()}
        except (ValueError, AttributeError, RecursionError) as error:
            message = f"its list of media can't be read: {error}"
            raise self._broken(message) from error

    def file(self, name: str) -> bytes | None:
        """The content of a picture or recording that notes name; None where it is not in the package."""
        member = self._media.get(name, "")
        return self._unpacked(member) if member in set(self._package) else None

    def notes(self) -> Iterator[Note]:
        """All notes, in the order in which they were made.

        Raises:
            BrokenSourceError: the database is damaged, or made to keep a reader busy.
        """
        try:
            with closing(_opened(self._database)) as database:
                tables = _tables(database)
                types = _new_types(database) if "notetypes" in tables else _old_types(database)
                yield from self._notes(database, types, _decks(database, new="decks" in tables))
        except (sqlite3.Error, ValueError, TypeError, KeyError, AttributeError, RecursionError) as error:
            message = f"its collection can't be read: {error or 'it is damaged'}"
            raise self._broken(message) from error

    def _notes(self, database: sqlite3.Connection, types: dict[int, NoteType], decks: dict[int, str]) -> Iterator[Note]:
        cards: dict[int, tuple[int, set[int]]] = {}
        for note, deck, ordinal in database.execute(
            "select nid, case when odid then odid else did end, ord from cards order by nid, ord limit ?",
            (_MOST_NOTES,),
        ):
            cards.setdefault(note, (deck, set()))[1].add(ordinal)
        found = database.execute("select id, guid, mid, tags, flds from notes order by id limit ?", (_MOST_NOTES,))
        for note, guid, kind, tags, fields in found:
            if kind not in types:
                message = f"the note {note} is of no type that is there"
                raise ValueError(message)
            self._room -= len(fields)
            if self._room < 0:
                message = f"more than {MOST_BYTES} bytes of text"
                raise ValueError(message)
            deck, ordinals = cards.get(note, (0, set()))
            values = tuple(str(fields).split("\x1f"))
            span = Span(f"{self.name}[nid:{note}]")  # what finds it in Anki's browser
            yield Note(
                str(guid), types[kind], values, tuple(tags.split()), decks.get(deck, ""), frozenset(ordinals), span
            )


def _opened(content: bytes) -> sqlite3.Connection:
    """The database, in memory, with bounds on what a statement may take; its own code is not trusted."""
    database = sqlite3.connect(":memory:")
    # A database with a log beside it (bytes 18 and 19 are 2) can't be in memory; in a package it has none.
    database.deserialize(content[:18] + b"\1\1" + content[20:] if content[18:20] == b"\2\2" else content)
    database.setlimit(sqlite3.SQLITE_LIMIT_LENGTH, _MOST_TEXT)
    database.execute("pragma trusted_schema = off")
    database.execute("pragma cell_size_check = on")
    database.create_collation("unicase", lambda a, b: (a.casefold() > b.casefold()) - (a.casefold() < b.casefold()))
    steps = iter(range(_MOST_STEPS))
    database.set_progress_handler(lambda: 0 if next(steps, None) is not None else 1, 1_000_000)
    return database


def _tables(database: sqlite3.Connection) -> set[str]:
    """The names of the tables that are read. None is a view, a virtual table or a reckoned one, which may run for ever."""
    found = database.execute("select name, type, sql from sqlite_master where type in ('table', 'view')")
    tables = {str(name).lower(): (kind, sql or "") for name, kind, sql in found}
    for name in _TABLES:
        kind, sql = tables.get(name, ("table", "create table"))
        if kind != "table" or not re.match(r"create\s+table", sql, re.IGNORECASE) or re.search(r"(?i)\bas\s*\(", sql):
            message = f"its table '{name}' is none that Anki makes"
            raise ValueError(message)
    return set(tables)


def _new_types(database: sqlite3.Connection) -> dict[int, NoteType]:
    """The note types of today's form."""
    fields: dict[int, list[str]] = {}
    for kind, name in database.execute("select ntid, name from fields order by ntid, ord limit 100000"):
        fields.setdefault(kind, []).append(str(name))
    templates: dict[int, list[Template]] = {}
    for kind, name, config in database.execute(
        "select ntid, name, config from templates order by ntid, ord limit 100000"
    ):
        made = Template(str(name), _messages.text(config, 1), _messages.text(config, 2))
        templates.setdefault(kind, []).append(made)
    return {
        kind: NoteType(
            str(name), tuple(fields.get(kind, ())), tuple(templates.get(kind, ())), _messages.number(config, 1, 0) == 1
        )
        for kind, name, config in database.execute("select id, name, config from notetypes limit 100000")
    }


def _old_types(database: sqlite3.Connection) -> dict[int, NoteType]:
    """The note types of the older form."""
    made = {}
    for kind in _column(database, "models").values():
        templates = sorted(kind["tmpls"], key=lambda template: int(template["ord"]))
        made[int(kind["id"])] = NoteType(
            str(kind["name"]),
            tuple(str(field["name"]) for field in sorted(kind["flds"], key=lambda field: int(field["ord"]))),
            tuple(Template(str(it["name"]), str(it["qfmt"]), str(it["afmt"])) for it in templates),
            kind.get("type") == 1,
        )
    return made


def _decks(database: sqlite3.Connection, *, new: bool) -> dict[int, str]:
    """The names of decks by id, with two colons between a deck and the one in it."""
    if new:
        found = database.execute("select id, name from decks limit 100000")
        return {deck: str(name).replace("\x1f", "::") for deck, name in found}
    return {int(deck["id"]): str(deck["name"]) for deck in _column(database, "decks").values()}


def _column(database: sqlite3.Connection, name: str) -> dict[str, Any]:
    (text,) = database.execute(f"select {name} from col").fetchone()  # noqa: S608 - one of our own two names
    made = json.loads(text)
    if not isinstance(made, dict):
        message = f"its list of {name} is none"
        raise TypeError(message)
    return made
