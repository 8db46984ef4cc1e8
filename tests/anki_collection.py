"""Real Anki collections for tests, through the official `anki` library."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from anki.collection import Collection, ImportAnkiPackageRequest

if TYPE_CHECKING:
    from pathlib import Path

    from anki.import_export_pb2 import ImportResponse
    from anki.notes import Note


def new(folder: Path) -> Collection:
    """An empty collection in `folder`."""
    return Collection(str(folder / "collection.anki2"))


def bring_in(collection: Collection, package: bytes, folder: Path) -> ImportResponse.Log:
    """Import a package with the defaults of Anki's dialog; what Anki says of it."""
    path = folder / "deck.apkg"
    path.write_bytes(package)
    return collection.import_anki_package(ImportAnkiPackageRequest(package_path=str(path))).log


def note(collection: Collection, guid: str) -> Note:
    """The one note of a guid."""
    (note_id,) = collection.db.list("select id from notes where guid = ?", guid)  # type: ignore[union-attr]
    return collection.get_note(note_id)


def progress(collection: Collection) -> dict[str, Any]:
    """What a student must not lose: every row of cards and review log, and the time of the last full sync's cause."""
    database = collection.db
    assert database
    return {
        "cards": database.all("select * from cards order by id"),
        "revlog": database.all("select * from revlog order by id"),
        "schema": database.scalar("select scm from col"),
    }
