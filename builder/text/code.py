"""Where the code of a text is: spans and programs (CommonMark 0.31.2, sections 4.5 and 6.1)."""

from __future__ import annotations

import re
from bisect import bisect
from collections import defaultdict, deque
from typing import TYPE_CHECKING

from builder.text.late import late

if TYPE_CHECKING:
    from collections.abc import Iterator

_RUNS = late("`+")
_TILDES = late(r"^(?:[ >]|[-*+] |\d{1,9}[.)] )*(~{3,})(.*)", re.MULTILINE)


def spans(text: str) -> list[tuple[int, int]]:
    """Start and end of each code span, in order, backquotes included.

    A run of backquotes begins a span if a later run has the same length. In "a `b` ``c`" the one span is "`b`": there
    is no second run of two backquotes. The runs of each length wait in a queue, so that the time grows only with the
    length of the text.
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


def places(text: str) -> list[tuple[int, int]]:
    """Start and end of all code, in order: spans, and programs between lines of backquotes or tildes.

    A program between lines of three or more backquotes has its ends where a code span would have them.
    """
    found = spans(text)
    if "~~~" in text:
        found = _joined(sorted([*found, *_between_tildes(text)]))
    return found


def _between_tildes(text: str) -> Iterator[tuple[int, int]]:
    """The programs between lines of tildes; one without an end goes on to the end of the text."""
    fence, start = "", 0
    for found in _TILDES.finditer(text):
        if not fence:
            fence, start = found[1], found.end()
        elif found[1].startswith(fence) and not found[2].strip():
            yield start, found.start()
            fence = ""
    if fence:
        yield start, len(text)


def _joined(ranges: list[tuple[int, int]]) -> list[tuple[int, int]]:
    """Sorted ranges, in which those that overlap are joined to one."""
    out: list[tuple[int, int]] = []
    for start, end in ranges:
        if out and start < out[-1][1]:
            out[-1] = out[-1][0], max(end, out[-1][1])
        else:
            out.append((start, end))
    return out


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
