"""Whether a place in a text stands inside brackets."""

from __future__ import annotations


class Brackets:
    """The brackets of a text, counted from its start: `a (b & c` has one open before the `&`.

    Places that rise from question to question cost one pass over the text in all.
    """

    def __init__(self, text: str) -> None:
        """Start before the first character."""
        self._text = text
        self._end = self._round = self._square = 0

    def are_open(self, index: int) -> bool:
        """Whether more brackets open than close before the character at `index`, round or square."""
        if index < self._end:
            self._end = self._round = self._square = 0
        between = self._end, index
        self._round += self._text.count("(", *between) - self._text.count(")", *between)
        self._square += self._text.count("[", *between) - self._text.count("]", *between)
        self._end = index
        return self._round > 0 or self._square > 0
