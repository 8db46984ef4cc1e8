"""How many items there are of each sort, kept while items come and go."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Hashable, Iterable, Mapping

    Fact = tuple[Hashable, Any]  # the sort of an item, and what is to be told of it, None where nothing is


class Tally:
    """The sort of each item by its id, and what is to be told of some.

    `counts` has the number of items of each sort that there is, `told` what is to be told, by id.
    """

    def __init__(self) -> None:
        """Know no item yet."""
        self._sorts: dict[str, Hashable] = {}
        self.counts: dict[Hashable, int] = {}
        self.told: dict[str, Any] = {}

    def change(self, gone: Iterable[str], come: Mapping[str, Fact | None]) -> None:
        """Take items out, and others in, those with a fact; items that were not there are not missed."""
        for name in gone:
            if name in self._sorts:
                sort = self._sorts.pop(name)
                self.counts[sort] -= 1
                if not self.counts[sort]:
                    del self.counts[sort]
                self.told.pop(name, None)
        for name, fact in come.items():
            if fact is not None:
                self._sorts[name] = fact[0]
                self.counts[fact[0]] = self.counts.get(fact[0], 0) + 1
                if fact[1] is not None:
                    self.told[name] = fact[1]
