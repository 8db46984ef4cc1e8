"""Which way text runs: Word wants to be told of every run from right to left, and of every paragraph.

Sources: Unicode Standard Annex 9 (the bidirectional algorithm); ECMA-376, part 1, 17.3.1.6 and 17.3.2.30.
"""

from __future__ import annotations

import unicodedata
from itertools import groupby
from typing import Any

from builder.text.languages import from_the_left

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
_AS_IT_IS = frozenset("svg file kind role text href token lang alt language region paper font".split())


def isolated(data: Any) -> Any:
    """The data of a document from right to left, its texts from left to right kept whole.

    `{"points": "3 marks"}` would print as "marks 3" there, and an author's "Who?" as "?Who". An author's line with
    letters of both directions is for the rules of writing to order. Names, codes and programs stay as they are.
    """
    match data:
        case dict() if "indent" in data:  # a line of a program
            return data
        case list() if data and all(map(_is_node, data)):
            return _line([{**node, "hint": isolated(node["hint"])} if "hint" in node else node for node in data])
        case dict():
            return {key: value if key in _AS_IT_IS else isolated(value) for key, value in data.items()}
        case list():
            return [isolated(value) for value in data]
        case str() if " " in data and any(sign.isascii() and sign.isalpha() for sign in data):
            return data if any(map(_is_leftward, data)) else from_the_left(data)
        case _:
            return data


# What a node of an author's line is known by: a formula, a gap, a picture, a sound, the end of a line, or a piece of text.
_NODE = frozenset(("svg", "gap", "file", "sound", "break_", "text"))


def _is_node(data: Any) -> bool:
    # Options and labels of a sheet have a `text` too: blocks, or a fixed text with its role.
    is_named = isinstance(data, dict) and not _NODE.isdisjoint(data) and "role" not in data
    return is_named and isinstance(data.get("text", ""), str)


def _line(nodes: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """The nodes of an author's line, between the signs of an isolate if all its letters run from left to right."""
    directions = {unicodedata.bidirectional(sign) for node in nodes for sign in node.get("text", "")}
    if "L" not in directions or directions & {"R", "AL"}:
        return nodes
    return [{"text": _ISOLATE}, *nodes, {"text": _END}]


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
