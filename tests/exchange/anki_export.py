"""What Anki's own library exports: packages of both forms, a whole collection, and plain text."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from anki.collection import ExportAnkiPackageOptions
from anki.generic_pb2 import Empty
from anki.import_export_pb2 import ExportLimit

from tests import anki_collection

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from pathlib import Path

    from anki.collection import Collection

FORMS = ("new", "old", "whole")


def made(
    folder: Path, notes: Iterable[tuple[str, list[str], str]], files: Mapping[str, bytes] | None = None
) -> Collection:
    """A collection with notes, each a type, fields and a deck; files lie in its folder of media."""
    folder.mkdir(exist_ok=True)
    collection = anki_collection.new(folder)
    for name, content in (files or {}).items():
        collection.media.write_data(name, content)
    for kind, fields, deck in notes:
        add(collection, kind, fields, deck)
    return collection


def add(collection: Collection, kind: str, fields: list[str], deck: str = "Default", tags: str = "") -> Any:
    """Add a note."""
    model = collection.models.by_name(kind)
    assert model
    note = collection.new_note(model)
    note.fields = fields
    note.tags = tags.split()
    home = collection.decks.id(deck)
    assert home
    collection.add_note(note, home)
    return note


def package(collection: Collection, form: str, folder: Path) -> bytes:
    """The collection as a package of today's form, of the older one, or whole; of the last it is closed."""
    path = folder / f"{form}.colpkg"
    if form == "whole":
        collection.export_collection_package(str(path), include_media=True, legacy=False)
    else:
        options = ExportAnkiPackageOptions(with_media=True, with_scheduling=True, legacy=form == "old")
        limit = ExportLimit(whole_collection=Empty())
        collection.export_anki_package(out_path=str(path), options=options, limit=limit)
    return path.read_bytes()


def plain(collection: Collection, folder: Path, *, html: bool = True, named: bool = True) -> bytes:
    """The notes as plain text; `named` adds guids, note types, decks and tags."""
    path = folder / "notes.txt"
    collection.export_note_csv(
        out_path=str(path), limit=ExportLimit(whole_collection=Empty()), with_html=html, with_tags=named,
        with_deck=named, with_notetype=named, with_guid=named,
    )  # fmt: skip
    return path.read_bytes()
