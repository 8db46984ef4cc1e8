"""Notes that are kept on the shelf: after an edit only the notes of changed items are rendered."""

from __future__ import annotations

import hashlib
from contextlib import suppress
from typing import TYPE_CHECKING

from builder.checking.packed import dumps, loads

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping
    from typing import Any

    from builder.disk.shelf import Shelf

    Place = tuple[str, bytes]  # the bank of an item, and its key there (`slices.keys`)


class KeptNotes:
    """The notes of a course, each bank's in an entry of its own.

    A note depends on its item, on the files beside the banks (`context`), and on the references as they are formatted
    for all items together.
    """

    def __init__(self, shelf: Shelf, name: Callable[[str], str], context: bytes, places: Mapping[str, Place]) -> None:
        """`name` gives the name of the entry of a bank, `places` what each item with a key is known by, by its id."""
        self._shelf, self._name, self._context, self._places = shelf, name, context, places
        self._there: dict[str, dict[bytes, tuple[Any, ...]]] = {}

    def known(self, works: Mapping[str, object]) -> dict[str, Any]:
        """What is kept of notes, by the ids of their items; `works` are the formatted references."""
        from builder.deck.apkg import Made

        self._context = hashlib.sha256(self._context + repr(works).encode("utf-8", "surrogatepass")).digest()
        for path in {path for path, _ in self._places.values()}:
            with suppress(ValueError, TypeError):
                context, notes = loads(self._shelf.get(self._name(path)) or b"")
                if context == self._context:
                    self._there[path] = notes
        return {
            name: Made(*note)
            for name, (path, key) in self._places.items()
            if (note := self._there.get(path, {}).get(key))
        }

    def save(self, rows: Iterable[tuple[str, Any]]) -> None:
        """Keep the notes of `Rendered.rows`."""
        now: dict[str, dict[bytes, tuple[Any, ...]]] = {path: {} for path, _ in self._places.values()}
        for deck, note in rows:
            if note.id in self._places:
                path, key = self._places[note.id]
                now[path][key] = note.type.name, note.fields, note.tags, note.ordinals, deck
        fresh = {path: notes for path, notes in now.items() if notes.keys() != self._there.get(path, {}).keys()}
        self._shelf.put((self._name(path), dumps((self._context, notes))) for path, notes in fresh.items())
