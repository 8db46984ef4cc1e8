"""A student's export, read by Anki's own library, which knows every format that Anki has written."""

from __future__ import annotations

import tempfile
import zipfile
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

from builder.cards.notetypes import NOTE_TYPES
from builder.diagnostics import BuilderError

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

MOST = 2 << 30  # bytes of an export


class Owned(NamedTuple):
    """A note as the student has it: fields by the ids of our note types, all tags, time of last change."""

    guid: str
    fields: Mapping[int, str]
    tags: tuple[str, ...]
    changed: int


def owned(export: Path) -> tuple[Owned, ...]:
    """The notes of an export (.apkg).

    Raises:
        BuilderError: there is no such file, it is no export of a deck, or the extra `mine` is missing.
    """
    _refuse(export)
    try:
        from anki.collection import Collection, ImportAnkiPackageRequest
        from anki.errors import AnkiException
    except ImportError as error:
        message = "reading an export needs Anki's library: pip install 'her-study[mine]'"
        raise BuilderError(message) from error
    with tempfile.TemporaryDirectory(prefix="her-study-") as name:
        collection = Collection(str(Path(name) / "collection.anki2"))
        try:
            collection.import_anki_package(ImportAnkiPackageRequest(package_path=str(export.resolve())))
            return tuple(_notes(collection))
        except AnkiException as error:
            reason = str(error).strip().splitlines()[0] if str(error).strip() else "it is damaged"
            message = (
                f"{export}: Anki can't read this export: {reason}; export the deck again, as a deck package (.apkg)"
            )
            raise BuilderError(message) from error
        finally:
            collection.close()


def _refuse(export: Path) -> None:
    if not export.is_file():
        message = f"{export}: no such file; in Anki, export the deck as a deck package (.apkg), and name that file"
        raise BuilderError(message)
    if export.stat().st_size > MOST or not zipfile.is_zipfile(export):
        message = f"{export} is no export of a deck; in Anki, choose File > Export and the format 'Anki Deck Package'"
        raise BuilderError(message)
    with zipfile.ZipFile(export) as archive:
        names = set(archive.namelist())
    if export.suffix.lower() == ".colpkg" or not names & {
        "collection.anki2",
        "collection.anki21",
        "collection.anki21b",
    }:
        message = f"{export} is no export of a deck; in Anki, choose File > Export and the format 'Anki Deck Package'"
        raise BuilderError(message)


def _notes(collection: Any) -> Iterator[Owned]:
    ids = {note_type.id: note_type.field_ids for note_type in NOTE_TYPES}
    for note_id in collection.find_notes(""):
        note = collection.get_note(note_id)
        model = note.note_type()
        ours = ids.get(int(model["id"]), {})
        # A field is known by its id; exports of old clients may have lost those, and have its name.
        by_id = {
            (field.get("id") or ours.get(field["name"], 0)): v
            for field, v in zip(model["flds"], note.fields, strict=True)
        }
        yield Owned(note.guid, by_id, tuple(note.tags), note.mod)
