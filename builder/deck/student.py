"""A student's export, read by Anki's own library, which knows every format that Anki has written."""

from __future__ import annotations

import os
import shutil
import zipfile
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

from builder.deck.shapes import adapted, field_ids
from builder.diagnostics import BuilderError
from builder.disk.temporary import TemporaryFolder
from builder.model import faults

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

    from builder.deck.shapes import Shape
    from builder.model import Lock

MOST = 2 << 30  # bytes of an export
LEAST_ROOM = 1 << 20  # bytes for an empty collection
HOW = (
    "in Anki, choose File > Export, and there either 'Anki Collection Package (.colpkg)', or 'Anki Deck Package"
    " (.apkg)' with 'All Decks' and 'Include scheduling information' ticked"
)


class Owned(NamedTuple):
    """A note as the student has it.

    `fields` has the texts of our fields by id, in the form that a release
    records: without the release in the line for reporting a mistake. `row` has
    all fields in the order of the note type. `changed` is the time of last
    change, in seconds since 1970. `deck` is the home of the first card, even
    while a filtered deck holds that card; it is empty for a note without cards.
    """

    guid: str
    type_id: int
    fields: Mapping[int, str]
    row: tuple[str, ...]
    tags: tuple[str, ...]
    changed: int
    deck: str


class Export(NamedTuple):
    """What an export holds.

    `shapes` has the note types that are ours, by id, with the templates and
    styles of the release. `decks` has descriptions by name. `is_studied` says
    whether the export holds reviews, `is_whole` whether it is the whole
    collection. `cards` asks Anki which cards it makes of a note: it takes the
    id of a note type and the fields, and returns ordinals.
    """

    notes: tuple[Owned, ...]
    shapes: Mapping[int, Shape]
    decks: Mapping[str, str]
    is_studied: bool
    is_whole: bool
    cards: Callable[[int, tuple[str, ...]], tuple[int, ...]]


@contextmanager
def opened(export: Path, lock: Lock) -> Iterator[Export]:
    """A context with the contents of an export: a package of decks (.apkg) or the whole collection (.colpkg).

    Anki's library holds the export open until the context ends.

    Raises:
        BuilderError: there is no such file, it is no export, or the extra `mine` is missing.
    """
    with collected(export) as collection:
        yield _read(collection, lock, is_whole=_is_whole(export))


@contextmanager
def collected(export: Path) -> Iterator[Any]:
    """A context with a collection of Anki's library that holds the export and nothing else, reviews included.

    Raises:
        BuilderError: there is no such file, it is no export, or the extra `mine` is missing.
    """
    _refuse(export)
    with TemporaryFolder() as name, _unpacking_in(name):
        collection = _collection(export, Path(name))
        try:
            yield collection
        finally:
            collection.close()


@contextmanager
def _unpacking_in(folder: str) -> Iterator[None]:
    """A context in which Anki's library unpacks in this folder.

    It asks TMPDIR alone, and fails where there is no such folder. Python looks for another one then.
    """
    before = os.environ.get("TMPDIR")
    os.environ["TMPDIR"] = folder
    try:
        yield
    finally:
        if before is None:
            del os.environ["TMPDIR"]
        else:
            os.environ["TMPDIR"] = before


def _is_whole(export: Path) -> bool:
    return export.suffix.lower() == ".colpkg"


def _collection(export: Path, folder: Path) -> Any:
    """A collection in `folder` that holds the export and nothing else."""
    try:
        from anki._backend import RustBackend
        from anki.collection import Collection, ImportAnkiPackageOptions, ImportAnkiPackageRequest
        from anki.errors import AnkiException
    except ImportError as error:
        message = "reading an export needs Anki's library: pip install 'her-study[mine]'"
        raise BuilderError(message) from error

    path, media, source = str(folder / "collection.anki2"), folder / "collection.media", str(export.resolve())
    backend: Any = RustBackend()
    collection: Any = None
    try:
        if _is_whole(export):
            media.mkdir()
            database = str(folder / "collection.media.db2")
            backend.import_collection_package(
                col_path=path, backup_path=source, media_folder=str(media), media_db=database
            )
        collection = Collection(path, backend=backend)
        if not _is_whole(export):
            # Else Anki would remove the tags `marked` and `leech`, and forget the home decks of cards in filtered decks.
            options = ImportAnkiPackageOptions(with_scheduling=True)
            collection.import_anki_package(ImportAnkiPackageRequest(package_path=source, options=options))
    except AnkiException as error:
        if collection:
            collection.close()
        raise _trouble(error, export, folder) from error
    return collection


def _trouble(error: Exception, export: Path, folder: Path) -> BuilderError:
    """The message for an export that Anki can't read: there is no room in `folder` to unpack it, or it is damaged."""
    free = shutil.disk_usage(folder).free
    if free < max(export.stat().st_size, LEAST_ROOM):
        return BuilderError(
            f"{folder.parent}: {free >> 10} KiB are free for temporary files, too little to unpack {export}; "
            "free some, or name another folder by TMPDIR"
        )
    reason = next(iter(str(error).strip().splitlines()), "")
    if not reason or "{" in reason:  # a message that only the library's developers understand: `DbError { info: ... }`
        reason = "it is damaged"
    return BuilderError(f"{export}: Anki can't read this export: {reason}; export again: {HOW}")


def _refuse(export: Path) -> None:
    """Refuse a file that is no export of Anki, before Anki's library is loaded."""
    if not export.is_file():
        message = f"{export}: no such file; {HOW}, and name that file"
        raise BuilderError(message)
    names: set[str] = set()
    # A file may pass for a zip by its end, and have a list of members that can't be read.
    with suppress(zipfile.BadZipFile, NotImplementedError, UnicodeDecodeError):
        if export.stat().st_size <= MOST and zipfile.is_zipfile(export):
            with zipfile.ZipFile(export) as archive:
                names = set(archive.namelist())
    if not names & {"collection.anki2", "collection.anki21", "collection.anki21b"}:
        message = f"{export} is no export of Anki; {HOW}"
        raise BuilderError(message)


def _read(collection: Any, lock: Lock, *, is_whole: bool) -> Export:
    shapes = {shape.id: shape for shape in adapted(collection, lock)}
    studied = collection.db.scalar("select exists(select 1 from revlog) or exists(select 1 from cards where type > 0)")
    decks = {deck["name"]: deck.get("desc", "") for deck in collection.decks.all()}

    def cards(type_id: int, fields: tuple[str, ...]) -> tuple[int, ...]:
        note = collection.new_note(collection.models.get(type_id))
        note.fields = list(fields)
        collection.add_note(note, 1)
        return tuple(sorted(card.ord for card in note.cards()))

    return Export(tuple(_notes(collection)), shapes, decks, bool(studied) or is_whole, is_whole, cards)


def _notes(collection: Any) -> Iterator[Owned]:
    """All notes of the collection, also those that are not ours."""
    # SQLite gives the deck of the row that has the least `ord`.
    first = "select nid, case when odid then odid else did end, min(ord) from cards group by nid"
    homes = {note_id: deck for note_id, deck, _ in collection.db.all(first)}
    ids = {model["id"]: field_ids(model) for model in collection.models.all()}
    for note_id, guid, type_id, changed, tags, text in collection.db.execute(
        "select id, guid, mid, mod, tags, flds from notes order by id"
    ):
        row = tuple(text.split("\x1f"))
        pairs = zip(ids[type_id], row, strict=True)
        ours = {field_id: faults.dated(value, faults.UNRELEASED) for field_id, value in pairs if field_id}
        deck = collection.decks.name(homes[note_id]) if note_id in homes else ""
        yield Owned(guid, type_id, ours, row, tuple(tags.split()), changed, deck)
