"""A memory that outlives the process: what checks of a course came to, on a shelf of the user's cache folder.

Each bank has an entry of its own, so that after an edit only the entry of that bank is written.
"""

from __future__ import annotations

import hashlib
import os
from contextlib import suppress
from functools import partial
from typing import TYPE_CHECKING, Any

from builder.checking.across import Across
from builder.checking.memory import KeptBank, Memory, hash_of, keyed, outer_files
from builder.checking.notes import KeptNotes
from builder.checking.packed import dumps, loads
from builder.checking.pairs import KeptPairs
from builder.checking.verdicts import Verdicts

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from builder.disk.shelf import Shelf
    from builder.loading.loaded import By, Loaded
    from builder.loading.part import Part


class KeptMemory(Memory):
    """What earlier checks of the course in `root` came to, by the program whose hash is `program`."""

    def __init__(self, shelf: Shelf, root: Path, program: str) -> None:
        """Read what is kept of the files beside the banks, and nothing else yet."""
        super().__init__()
        self._shelf, self._root, self._program = shelf, os.path.realpath(root), program
        self._there: dict[str, tuple[object, ...]] = {}  # the head of the entry on the shelf, by bank
        self.verdicts = self._verdicts = Verdicts(shelf, partial(_entry, self._root, ""), program)
        self.before.parts = self._kept_parts()
        self._parts = {path: part for path, (_, _, part) in self.before.parts.items()}  # as they are on the shelf

    def save(self) -> None:
        """Put on the shelf what is new."""
        self._shelf.put(self._fresh())

    def _fresh(self) -> Iterator[tuple[str, bytes]]:
        """The entries that are new, by name."""
        for path, bank in self._banks.items():
            head = self._head(path, bank)
            if self._there.get(path) != head:
                with suppress(ValueError):
                    data = dumps((head, bank.parsed, bank.keys, bank.said, bank.judged))
                    self._there[path] = head
                    yield self._name(path), data
        yield from self._verdicts.fresh()
        yield from self._fresh_parts()
        # Where no rule was asked, what is kept across items was not even read.
        if self._across.context and (across := self._of_across()) != self._there.get(""):
            with suppress(ValueError):
                data = dumps((across, self._across.context, self._across.keys, self._across.standing))
                self._there[""] = across
                yield self._name(""), data

    def _fresh_parts(self) -> Iterator[tuple[str, bytes]]:
        """The entry of the files beside the banks, if it is new.

        They are in one entry, since some depend on others: the outline on the very references that are kept with it.
        """
        parts = {path: part for path, (_, _, part) in self.before.parts.items()}
        if parts.keys() != self._parts.keys() or any(part is not self._parts[path] for path, part in parts.items()):
            with suppress(ValueError):
                data = dumps((self._program, self.before.parts))
                self._parts = parts
                yield _entry(self._root, "", "parts"), data

    def _kept_parts(self) -> dict[str, tuple[str, By, Part[Any]]]:
        """What is kept of the files beside the banks (see `Before`)."""
        with suppress(ValueError, TypeError):
            program, parts = loads(self._shelf.get(_entry(self._root, "", "parts")) or b"")
            if program == self._program and isinstance(parts, dict):
                return parts
        return {}

    def notes(self, loaded: Loaded) -> KeptNotes:
        """The notes that are kept of a course that was checked with this memory."""
        places = {
            item.id: (at.path, key) for item, at, key in (keyed(self._banks, loaded.course) if loaded.course else ())
        }
        context = hash_of(self._program, outer_files(loaded, self._banks))
        # No method of this memory, so that the memory may go while the notes stay.
        return KeptNotes(self._shelf, partial(_entry, self._root, what="notes"), context, places)

    def pairs(self, loaded: Loaded) -> KeptPairs:
        """The pairs of items that are kept of a course that was checked with this memory."""
        return KeptPairs(self._shelf, partial(_entry, self._root, ""), self._verdicts.state(loaded))

    def _head(self, path: str, bank: KeptBank) -> tuple[object, ...]:
        """What an entry belongs to: program, path, text and context."""
        return self._program, path, bank.digest, bank.context

    def _of_across(self) -> tuple[object, ...]:
        """What the entry of the rules of the whole course belongs to."""
        keys = hashlib.sha256(repr(self._across.keys).encode()).digest()
        return self._program, self._across.context, keys, tuple(self._across.standing)

    def _across_of(self, context: bytes) -> Across:
        """What rules of the whole course have kept in a context."""
        data = None if self._across.context == context else self._shelf.get(self._name(""))
        if data is not None:
            with suppress(ValueError, TypeError):
                head, there, keys, standing = loads(data)
                if (head[0], there) == (self._program, context):
                    self._there[""], self._across = head, Across(context, keys, standing)
        return super()._across_of(context)

    def _recalled(self, path: str) -> KeptBank | None:
        """What is kept of the bank at a path, of its present text or an earlier one."""
        data = self._shelf.get(self._name(path))
        if data is None:
            return None
        with suppress(ValueError, TypeError):
            head, parsed, keys, said, judged = loads(data)
            program, same, digest, context = head
            if (program, same) == (self._program, path):
                self._there[path] = head
                return KeptBank(None, parsed, keys, said, judged, context, digest)
        return None

    def _name(self, path: str) -> str:
        """The name of the entry of a bank; of the empty path, that of the entry of the rules of the whole course."""
        return _entry(self._root, path)


def _entry(root: str, path: str, what: str = "") -> str:
    """The name of an entry of the course in the folder `root`: of a bank, or of the whole course (the empty path)."""
    which = os.path.realpath(path) if path else ""
    return hashlib.sha256(f"{root}\0{which}\0{what}".encode("utf-8", "surrogatepass")).hexdigest()
