"""Put the entries of a list into another order, and move the comments that belong to an entry with it.

A comment belongs to an entry in three cases: it stands behind the entry on its
line, right above it, or right below it and further in. If a comment could belong
to two entries, the list is left as it is.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

import yaml

from builder.source.edits import Edit, applied

if TYPE_CHECKING:
    from collections.abc import Sequence

    from builder.diagnostics import Keys

Span = tuple[int, int]

_OPENING = re.compile(r"\[[ \t]*(?:#[^\r\n]*)?\s*")
_BEHIND = re.compile(r"[ \t]*,?(?P<note>(?:[ \t]*#[^\r\n]*)?)[\s,]*\]?")
_ABOVE = re.compile(r"(?:^[ \t]*#[^\n]*\n)*\Z", re.MULTILINE)


def reordered(text: str, node: Any, keys: Keys, value: Sequence[Any], order: Sequence[int]) -> Edit | None:
    """The edit that puts the entries of the list `value` into another order; None where it is not safe to move them.

    `order` has the old number of each entry in its new place: with (2, 0, 1), the last of three entries comes first.
    """
    entries = (_in_flow if node.flow_style else _in_block)(text, node)
    if entries is None:
        return None
    moves = [
        Edit(*place, text[slice(*part)])
        for position, old in enumerate(order)
        for place, part in zip(entries[position], entries[old], strict=True)
    ]
    start, end = min(move.start for move in moves), max(move.end for move in moves)
    inside = [Edit(move.start - start, move.end - start, move.new) for move in moves]
    return Edit(start, end, applied(text[start:end], inside), keys, [value[old] for old in order])


def _in_flow(text: str, node: yaml.SequenceNode) -> list[tuple[Span, ...]] | None:
    """The spans of each entry of `[...]` and of the comment behind it; commas and line breaks are not moved."""
    starts = [entry.start_mark.index for entry in node.value]
    ends = [_end(text, entry) for entry in node.value]
    if not _OPENING.fullmatch(text, node.start_mark.index, starts[0]):
        return None
    entries: list[tuple[Span, ...]] = []
    for start, end, after in zip(starts, ends, [*starts[1:], node.end_mark.index], strict=True):
        behind = _BEHIND.fullmatch(text, end, after)
        if not behind:
            return None
        entries.append(((start, end), behind.span("note")))
    return entries


def _in_block(text: str, node: yaml.SequenceNode) -> list[tuple[Span, ...]] | None:
    """The span of the lines of each entry of a list with dashes; blank lines between entries are not moved."""
    line = text.rfind("\n", 0, node.start_mark.index) + 1
    indent = text[line : node.start_mark.index]
    above = text[:line].rstrip().rpartition("\n")[2]
    if indent.strip(" ") or above.lstrip().startswith("#"):
        return None  # a comment above the first entry may be about all of them
    dash = re.compile(rf"^{indent}-(?=\s)", re.MULTILINE)
    rest = re.compile(rf"[^\r\n]*(?:\r?\n{indent} +#[^\r\n]*)*")
    entries: list[tuple[Span, ...]] = []
    end = line
    for entry in node.value:
        head = dash.search(text, end, entry.start_mark.index)
        start = _above(text, end, head.start()) if head else None
        body = rest.match(text, _end(text, entry))
        if start is None or body is None:
            return None
        end = body.end()
        entries.append(((start, end),))
    return entries


def _above(text: str, floor: int, head: int) -> int | None:
    """The offset at which an entry starts, with the comment right above it; None if another comment stands further up."""
    found = _ABOVE.search(text, floor, head)
    return found.start() if found and "#" not in text[floor : found.start()] else None


def _end(text: str, node: Any) -> int:
    """The offset at which a node's own text ends. PyYAML's end of a block is where the next node starts, which is later."""
    if isinstance(node, yaml.CollectionNode) and node.value and not node.flow_style:
        last = node.value[-1]
        return max(_end(text, part) for part in (last if isinstance(last, tuple) else (last,)))
    end = int(node.end_mark.index)
    while text[end - 1].isspace():
        end -= 1
    return end
