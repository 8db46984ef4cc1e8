"""What a rule keeps that counts items: a fact of each, from which it tells what all come to."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence
    from collections.abc import Set as AbstractSet

    from builder.model import Course, Item
    from builder.rules._page import Hit


class Facts:
    """A fact of each item in use, kept by id: plain values, which hold in any process."""

    def __init__(
        self,
        fact: Callable[[Item, Course], Any],
        judge: Callable[[Course, Mapping[str, Any]], Iterable[Hit]],
        _course: Course,
    ) -> None:
        """`fact` says what is kept of an item, `judge` what the facts of a course come to."""
        self._fact, self._judge = fact, judge
        self.kept: dict[str, Any] = {}

    def look(self, course: Course, changed: AbstractSet[str]) -> Sequence[Hit]:
        """What the facts come to; see `Standing`."""
        for name in changed:
            self.kept.pop(name, None)
            item = course.by_id.get(name)
            if item and item.retired is None:
                self.kept[name] = self._fact(item, course)
        return list(self._judge(course, self.kept))


def facts_of(course: Course, fact: Callable[[Item, Course], Any]) -> dict[str, Any]:
    """The facts of all items in use, by id."""
    return {item.id: fact(item, course) for item in course.active}
