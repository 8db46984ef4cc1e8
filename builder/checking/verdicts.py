"""What the rules said of a course as a whole, kept on the shelf: while no file has changed, no rule is even imported."""

from __future__ import annotations

from contextlib import suppress
from typing import TYPE_CHECKING

from builder.checking.memory import hash_of
from builder.checking.packed import dumps, loads
from builder.diagnostics import MAX_FINDINGS

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterator, Sequence

    from builder.diagnostics import Finding
    from builder.disk.shelf import Shelf
    from builder.loading.loaded import Loaded


class Verdicts:
    """The findings of rules on one course, by the codes that were asked for (`select`) and left out (`ignore`).

    They hold as long as the program is the same, and every file that was read of the course, banks among them.
    """

    def __init__(self, shelf: Shelf, name: Callable[[str], str], program: str) -> None:
        """`name` gives the name of the entry for the codes of a check."""
        self._shelf, self._name, self._program = shelf, name, program
        self._new: dict[str, tuple[bytes, Sequence[Finding]]] = {}

    def known(self, loaded: Loaded, select: Collection[str] | None, ignore: Collection[str]) -> list[Finding] | None:
        """What the rules said of this very course; None if that is not known."""
        data = self._shelf.get(self._name(_asked(select, ignore)))
        with suppress(ValueError, TypeError):
            state, findings = loads(data or b"")
            if state == self.state(loaded):
                return list(findings)
        return None

    def keep(
        self, loaded: Loaded, select: Collection[str] | None, ignore: Collection[str], found: Sequence[Finding]
    ) -> None:
        """Keep what the rules have said, unless it is very much: who gets so many findings will change the course."""
        if len(found) <= MAX_FINDINGS:
            self._new[self._name(_asked(select, ignore))] = self.state(loaded), tuple(found)

    def fresh(self) -> Iterator[tuple[str, bytes]]:
        """The entries that are new, by name, each once."""
        while self._new:
            name, entry = self._new.popitem()
            with suppress(ValueError):
                yield name, dumps(entry)

    def state(self, loaded: Loaded) -> bytes:
        """A hash of the program and of all that was read of the course."""
        return hash_of(self._program, sorted((path, digest) for path, (_, digest) in loaded.trace.files.items()))


def _asked(select: Collection[str] | None, ignore: Collection[str]) -> str:
    """The codes of a check in one text."""
    return repr((None if select is None else sorted(select), sorted(ignore)))
