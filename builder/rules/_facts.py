"""What a rule keeps that counts items: a fact of each, from which it tells what all come to."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from builder.comparing.tally import Tally

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence
    from collections.abc import Set as AbstractSet

    from builder.comparing.tally import Fact
    from builder.model import Course, Item
    from builder.rules._page import Hit


class Facts:
    """A fact of each item in use that the rule is about, counted: plain values, which hold in any process."""

    def __init__(
        self,
        fact: Callable[[Item, Course], Fact | None],
        judge: Callable[[Course, Tally], Iterable[Hit]],
        _course: Course,
    ) -> None:
        """`fact` gives the sort of an item and what is to be told of it, `judge` what the facts of a course come to."""
        self._fact, self._judge = fact, judge
        self.kept = Tally()

    def look(self, course: Course, changed: AbstractSet[str]) -> Sequence[Hit]:
        """What the facts come to; see `Standing`."""
        self.kept.change(changed, {item.id: self._fact(item, course) for item in in_use(course, changed)})
        return list(self._judge(course, self.kept))


class InUse(Mapping[str, "Item"]):
    """The items in use of a course by id, each looked up when it is asked for."""

    def __init__(self, course: Course) -> None:
        """Look at no item yet."""
        self._course = course

    def __getitem__(self, name: str) -> Item:
        item = self._course.by_id[name]
        if item.retired is not None:
            raise KeyError(name)
        return item

    def __iter__(self) -> Iterator[str]:
        return (item.id for item in self._course.active)

    def __len__(self) -> int:
        return len(self._course.active)


def in_use(course: Course, names: Iterable[str]) -> list[Item]:
    """Those of these items that the course has in use."""
    found = map(course.by_id.get, names)
    return [item for item in found if item is not None and item.retired is None]


def tallied(course: Course, fact: Callable[[Item, Course], Fact | None]) -> Tally:
    """The facts of all items in use."""
    tally = Tally()
    tally.change((), {item.id: fact(item, course) for item in course.active})
    return tally
