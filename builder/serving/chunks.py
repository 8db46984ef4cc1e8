"""A text in pieces that can be read one by one, so that a mistake in one item hides no other, and few need to be read.

A piece is an entry of the list below a top-level key (an item of a bank, a work of the references), or a top-level key
with all that stands below it.

    bank: a         one piece
    items:          one piece
      - id: x       one piece, of two lines
        kind: mcq
      - id: y       one piece
"""

from __future__ import annotations

import re
from bisect import bisect_right
from functools import lru_cache
from itertools import pairwise
from typing import TYPE_CHECKING, NamedTuple

from builder.serving.cursor import ENTRY, cursor

if TYPE_CHECKING:
    from collections.abc import Iterator

    from builder.serving.cursor import Cursor, Spot, Way

# An expression that begins with a plain sign is found fastest, so lines begin with the break before them.
_TOP = re.compile(r"\n(?=[^\s#\-])")
_KEY = re.compile(r"""(?P<key>'[^']*'|"[^"]*"|[^\s:#\[\]{},&*!|>%@`]+) *:[ \t]*(?P<value>[^\r\n]*)""")
_DASH = re.compile(r"^( *)-(?=[ \r\n]|\Z)", re.MULTILINE)


class Chunk(NamedTuple):
    """A piece of a text: its first line and character, from 0, the way to the list or mapping that it is a part of, its text.

    `is_entry` says that it is one entry of a list, which begins with a dash.
    """

    row: int
    start: int
    above: Way
    text: str
    is_entry: bool

    @property
    def body(self) -> str:
        """The text up to its last line that says something: what stands between two items belongs to neither."""
        lines = self.text.rstrip().split("\n")
        while len(lines) > 1 and (not lines[-1].strip() or lines[-1].startswith("#")):
            lines.pop()
        return "\n".join(lines)

    def field(self, key: str) -> tuple[str, int] | None:
        """The value of a key of an entry as typed, and its place in the piece, found without reading it as YAML."""
        if not self.is_entry:
            return None
        column = re.match(r"[ -]*", self.text)
        wide = column.end() if column else 0
        found = re.search(
            rf"""^(?:(?<![^\n])[ -]*| {{{wide}}})['"]?{key}['"]? *: *['"]?([^\s'"#]+)""", self.text, re.MULTILINE
        ) or re.match(rf"""[ -]*\{{(?:[^{{}}]*,)? *{key}: *['"]?([^\s'",}}]+)""", self.text)
        return (found[1], found.start(1)) if found else None


@lru_cache(maxsize=4)
def chunks(text: str) -> tuple[Chunk, ...]:
    """All pieces of a text, in order; together they are the text from its first key on."""
    return tuple(_numbered(text))


def at_row(text: str, row: int) -> Chunk | None:
    """The piece that a row is in, or the one before it."""
    parts = chunks(text)
    number = bisect_right(parts, row, key=lambda it: it.row)
    return parts[number - 1] if number else None


def here(spot: Spot) -> Cursor:
    """The cursor at a place, from the lines of its entry where it is in one: ten thousand others say nothing of it."""
    chunk = at_row(spot.text, spot.row)
    if chunk and chunk.is_entry and chunk.above:
        lines = [f"{chunk.above[0]}:", *chunk.text.split("\n")]
        row = spot.row - chunk.row + 1
        if (row < len(lines) and lines[row][: spot.column].startswith(" ")) or chunk.row == spot.row:
            return cursor(lines, row, spot.column)
    return cursor(spot.text.split("\n"), spot.row, spot.column)


def _numbered(text: str) -> Iterator[Chunk]:
    row = at = 0
    for start, end, above, is_entry in _pieces(text):
        row += text.count("\n", at, start)
        at = start
        yield Chunk(row, start, above, text[start:end], is_entry)


def _pieces(text: str) -> Iterator[tuple[int, int, Way, bool]]:
    """Start, end, way and sort of each piece."""
    if text.lstrip()[:1] in {"[", "{"}:  # JSON, or YAML that is written so
        yield 0, len(text), (), False
        return
    # Behind a line break put before the text, a line of the text begins where that of the break does here.
    tops = [found.start() for found in _TOP.finditer(f"\n{text}")]
    first = tops[0] if tops else len(text)
    yield from _entries(text, 0, first, ())  # a list without a key above it
    for start, end in pairwise([*tops, len(text)]):
        key = _KEY.match(text, start, end)
        value = key["value"] if key else "?"
        if key is None or (value and not value.startswith("#")):
            yield start, end, (), False
            continue
        below = _DASH.search(text, key.end(), end)
        inside = text.find(":", key.end(), end)
        if below is None or -1 < inside < below.start():  # a mapping
            yield start, end, (), False
            continue
        yield start, below.start(), (), False
        yield from _entries(text, below.start(), end, (key["key"].strip("'\""),))


def _entries(text: str, start: int, end: int, above: Way) -> Iterator[tuple[int, int, Way, bool]]:
    """The entries of the list that a part of the text is."""
    dash = _DASH.search(text, start, end)
    if dash is None:
        return
    further = re.compile(rf"\n{dash[1]}-(?=[ \r\n]|\Z)")
    begins = [dash.start(), *(it.start() + 1 for it in further.finditer(text, dash.end(), end))]
    for begin, stop in zip(begins, [*begins[1:], end], strict=True):
        yield begin, stop, above, True


def entry_way(chunk: Chunk) -> Way:
    """The way to what a piece holds: `("items", "[]")` for an item."""
    return (*chunk.above, ENTRY) if chunk.is_entry else chunk.above
