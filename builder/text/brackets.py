"""Whether a place in a text stands inside brackets, and whether these are nested absurdly deep."""

from __future__ import annotations

import re

from builder.text import code
from builder.text.late import late

DEEPEST = 20  # square brackets that are open at once
_SQUARE = late(r"\\.|\$[^$]*\$|[\[\]]", re.DOTALL)


def are_deep(line: str) -> bool:
    """Whether more than `DEEPEST` square brackets are open at once, as no author writes a link.

    Brackets in code, in formulas between dollars and behind a backslash don't count. For example, two brackets are open
    at the end of `[a [b] [c`.
    """
    if line.count("[") <= DEEPEST:
        return False
    depth = 0
    for sign in _SQUARE.findall(code.without(line)):
        depth = depth + 1 if sign == "[" else max(0, depth - 1) if sign == "]" else depth
        if depth > DEEPEST:
            return True
    return False


class Brackets:
    """The brackets of a text, counted from its start: `a (b & c` has one open before the `&`.

    If each place that is asked for lies behind the one before, all questions together cost one pass over the text.
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
