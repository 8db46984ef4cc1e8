"""The works that a key lists, and how the texts of its questions cite them."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from builder import citations

if TYPE_CHECKING:
    from builder.model import Course, Item
    from builder.paper.record import Quiz
    from builder.printing.text import Line


class Cited(NamedTuple):
    """A work that an item cites: its number in the list of works, and how a text cites it."""

    number: int
    cited: Line


class Works:
    """The works that the items of a quiz cite: numbered references, and how the text cites each (APA style)."""

    def __init__(self, course: Course, quiz: Quiz) -> None:
        """Have them formatted, once for all versions."""
        keys = [key for entry in quiz.items for key in course.by_id[entry.id].cites]
        self.references, self.cited = citations.listed_and_cited(course, keys)
        self._numbers = {key: number for number, key in enumerate(self.references, 1)}

    def of(self, item: Item) -> tuple[Cited, ...]:
        """What an item cites, in the order of the list."""
        known = sorted((self._numbers[key], key) for key in set(item.cites) & self._numbers.keys())
        return tuple(Cited(number, self.cited[key]) for number, key in known)
