"""Where the code spans of a text are: between two runs of backquotes of one length (CommonMark 0.31.2, section 6.1)."""

from __future__ import annotations

import re
from bisect import bisect
from collections import defaultdict, deque

_RUNS = re.compile("`+")


def spans(text: str) -> list[tuple[int, int]]:
    """Start and end of each code span, in order; found in time linear to the text.

    In "a `b` ``c`" the span is "`b`": the two backquotes have no counterpart.
    """
    if "`" not in text:
        return []
    runs = [found.span() for found in _RUNS.finditer(text)]
    places: defaultdict[int, deque[int]] = defaultdict(deque)
    for place, (start, end) in enumerate(runs):
        places[end - start].append(place)
    found, place = [], 0
    while place < len(runs):
        start, end = runs[place]
        alike = places[end - start]
        while alike and alike[0] <= place:
            alike.popleft()
        if alike:
            place = alike[0]
            found.append((start, runs[place][1]))
        place += 1
    return found


def is_inside(codes: list[tuple[int, int]], place: int) -> bool:
    """Whether a place in the text lies in one of its code spans."""
    before = bisect(codes, (place,)) - 1
    return before >= 0 and place < codes[before][1]


def without(text: str) -> str:
    """The text without its code spans."""
    parts, end = [], 0
    for start, after in spans(text):
        parts.append(text[end:start])
        end = after
    return "".join([*parts, text[end:]])
