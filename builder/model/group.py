"""The items of one bank within a course, and what was once asked of all of them.

A course of many banks is gone through again and again while one of them is written. The groups of the others stay the
same objects, and so what was asked of them is known.
"""

from __future__ import annotations

from functools import cached_property
from itertools import chain, groupby
from typing import TYPE_CHECKING, Any, TypeVar

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence

    from builder.diagnostics import At
    from builder.model.items import Item

Answer = TypeVar("Answer")


class Group:
    """Items in the order of study that stand in one file, with their places there; never changed."""

    def __init__(self, path: str, items: Sequence[Item], places: Sequence[At]) -> None:
        """Take the items of the bank at `path`, and the place of each."""
        self.path, self.items, self.places = path, tuple(items), tuple(places)
        self._known: dict[Callable[[Group], object], Any] = {}

    @cached_property
    def ids(self) -> tuple[str, ...]:
        """The ids of the items."""
        return tuple(item.id for item in self.items)

    @cached_property
    def active(self) -> tuple[Item, ...]:
        """The items in use: all but the retired ones."""
        return tuple(item for item in self.items if item.retired is None)

    @cached_property
    def by_key(self) -> Mapping[object, Item]:
        """The items by the key of the file's list that leads to each: most often their number from 0."""
        return {at.keys[1]: item for item, at in zip(self.items, self.places, strict=True) if len(at.keys) > 1}

    def of(self, ask: Callable[[Group], Answer]) -> Answer:
        """What a function says of this group; it is asked once, so it should look at the group alone."""
        if ask not in self._known:
            self._known[ask] = ask(self)
        found: Answer = self._known[ask]
        return found


def groups_of(items: Iterable[Item], at: Mapping[str, At]) -> tuple[Group, ...]:
    """Items in runs of one file; items without a place are in no file."""
    runs = groupby(items, lambda item: at[item.id].path if item.id in at else "")
    found = []
    for path, run in runs:
        own = tuple(run)
        found.append(Group(path, own, [at[item.id] for item in own] if path else ()))
    return tuple(found)


def placed(groups: Iterable[Group]) -> Iterator[tuple[Item, At]]:
    """The items of groups with their places."""
    return chain.from_iterable(zip(group.items, group.places, strict=True) for group in groups)
