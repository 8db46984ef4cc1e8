"""Which way text runs: Word wants to be told of every run from right to left, and of every paragraph.

Sources: Unicode Standard Annex 9 (the bidirectional algorithm); ECMA-376, part 1, 17.3.1.6 and 17.3.2.30.
"""

from __future__ import annotations

import unicodedata
from itertools import groupby
from typing import Any

MARK = "\u200e"  # left-to-right mark: no width, and as good as a Latin letter


def guarded(text: str, *, is_leftward: bool) -> str:
    """Text from left to right that a paragraph from right to left can't tear apart.

    In such a paragraph `[3 marks]` would show as `[marks 3]`: brackets and numbers
    at its ends would belong to the paragraph. A mark at either end keeps them.
    """
    if not is_leftward or not any(unicodedata.bidirectional(sign) == "L" for sign in text):
        return text
    if any(_is_leftward(sign) for sign in text):
        return text
    core = text.strip()
    before, after = text[: text.index(core)], text[text.index(core) + len(core) :]
    return f"{before}{MARK}{core}{MARK}{after}"


_ISOLATE, _END = "\u2066", "\u2069"  # left-to-right isolate: what is in it keeps its own direction
_AS_IT_IS = frozenset("svg file kind role text href token alt language region paper font".split())


def isolated(data: Any) -> Any:
    """The data of a document from right to left, its fixed texts from left to right kept whole.

    `{"points": "3 marks"}` would print as "marks 3" there. What an author wrote, below `text`, is for the rules of
    writing to order, and names and codes stay as they are.
    """
    match data:
        case dict():
            return {key: value if key in _AS_IT_IS else isolated(value) for key, value in data.items()}
        case list():
            return [isolated(value) for value in data]
        case str() if " " in data and any(sign.isascii() and sign.isalpha() for sign in data):
            return data if any(map(_is_leftward, data)) else f"{_ISOLATE}{data}{_END}"
        case _:
            return data


def pieces(text: str, *, is_leftward: bool) -> list[tuple[str, bool]]:
    """A text cut where its direction changes, and whether each piece runs from right to left.

    What has no direction of its own, as spaces and digits, goes with what is on
    both its sides, or else with the paragraph: `سنة 2013` is one piece.
    """
    if not is_leftward and text.isascii():
        return [(text, False)]
    known = [_direction(sign) for sign in text]
    before, after = _nearest(known), _nearest(known[::-1])[::-1]
    flows = [
        own if own is not None else left if left is not None and left == right else is_leftward
        for own, left, right in zip(known, before, after, strict=True)
    ]
    groups = groupby(zip(text, flows, strict=True), key=lambda pair: pair[1])
    return [("".join(sign for sign, _ in group), flow) for flow, group in groups]


def _direction(sign: str) -> bool | None:
    """Whether a sign runs from right to left, or None where it goes with its neighbours."""
    kind = unicodedata.bidirectional(sign)
    return True if kind in {"R", "AL"} else False if kind == "L" else None


def _is_leftward(sign: str) -> bool:
    return _direction(sign) is True


def _nearest(known: list[bool | None]) -> list[bool | None]:
    """At each place the last known value up to it."""
    last: bool | None = None
    found = []
    for value in known:
        last = last if value is None else value
        found.append(last)
    return found
