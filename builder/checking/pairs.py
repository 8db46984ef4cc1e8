"""Which items may not stand on one paper, kept on the shelf: while no file has changed, items are not compared again."""

from __future__ import annotations

from contextlib import suppress
from typing import TYPE_CHECKING

from builder.checking.memory import hash_of
from builder.checking.packed import dumps, loads

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from builder.disk.shelf import Shelf
    from builder.model import Course, Item


class KeptPairs:
    """The pairs of a course whose files and program come to `state`."""

    def __init__(self, shelf: Shelf, name: Callable[[str], str], state: bytes) -> None:
        """`name` gives the name of the entry for a choice of items, such as those that a blueprint may ask."""
        self._shelf, self._name, self._state = shelf, name, state

    def apart(self, course: Course, items: Sequence[Item]) -> list[tuple[Item, Item]]:
        """What `builder.drawing.apart.apart` finds among these items, which depends on all of them."""
        here = {item.id: item for item in items}
        name = self._name(f"apart {hash_of(list(here)).hex()}")
        with suppress(ValueError, TypeError, KeyError):
            known, pairs = loads(self._shelf.get(name) or b"")
            if known == self._state:
                return [(here[one], here[two]) for one, two in pairs]
        from builder.drawing.apart import apart

        found = apart(course, items)
        self._shelf.put([(name, dumps((self._state, [(one.id, two.id) for one, two in found])))])
        return found
