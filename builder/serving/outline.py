"""What an editor folds, and what it selects step by step: items, keys with their values, comments."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

import yaml
from yaml.cyaml import CParser  # type: ignore[attr-defined]

from builder.serving.chunks import at_row, chunks

if TYPE_CHECKING:
    from collections.abc import Iterator

    from builder.serving.cursor import Spot

MOST = 5000  # folds of a file, where the editor names no number


class Fold(NamedTuple):
    """Lines that can be folded into their first, from 0, the last one included."""

    first: int
    last: int
    is_comment: bool = False


def folds(text: str, most: int = MOST) -> list[Fold]:
    """The folds of a text, by its lines alone: at most so many, the outer ones rather than those inside them.

    A line opens a fold if the lines below it stand further in, or are the entries of its list.
    """
    parts = [it for it in chunks(text) if it.is_entry]
    if len(parts) >= most:  # there is no room for what is inside them
        return [Fold(it.row, it.row + it.body.count("\n")) for it in parts[:most]]
    found: list[tuple[int, Fold]] = []  # with the depth of each
    stack: list[tuple[int, int, bool]] = []  # indent and row of the lines that may fold, and whether a dash begins them
    last = comments = -1
    lines = text.split("\n")
    for row, line in enumerate([*lines, "end"]):
        bare = line.strip()
        if bare.startswith("#") and not (stack and len(line) - len(line.lstrip()) > stack[-1][0] + 1):
            comments = row if comments < 0 else comments
            continue
        if comments >= 0:
            if row - comments > 1:
                found.append((0, Fold(comments, row - 1, is_comment=True)))
            comments = -1
        if not bare:
            continue
        indent, is_entry = len(line) - len(line.lstrip(" ")), bare[:2] in {"- ", "-"}
        while stack and (indent < stack[-1][0] or (indent == stack[-1][0] and not (is_entry and not stack[-1][2]))):
            _, first, _ = stack.pop()
            if last > first:
                found.append((len(stack), Fold(first, last)))
        stack.append((indent, row, is_entry))
        last = row
    outer = sorted(found, key=lambda it: it[0])[:most]
    return sorted(fold for _, fold in outer)


def around(spot: Spot) -> list[tuple[int, int]]:
    """The parts of a text that hold a place, from the inside out, as first character and the one behind the last.

    They are the value, the key with its value, the mapping or list, and so on, the item, and the whole text.
    """
    lines = spot.text.split("\n")
    place = sum(len(line) + 1 for line in lines[: spot.row]) + spot.column
    found = [(0, len(spot.text))]
    if chunk := at_row(spot.text, spot.row):
        body = chunk.text.rstrip()
        inside = [(chunk.start + a, chunk.start + a + len(chunk.text[a:b].rstrip())) for a, b in _nodes(chunk.text)]
        found += [(chunk.start, chunk.start + len(body)), *inside]
    holding = {span for span in found if span[0] <= place <= span[1]}
    ordered: list[tuple[int, int]] = []
    for span in sorted(holding, key=lambda it: it[1] - it[0]):
        if not ordered or (span[0] <= ordered[-1][0] and span[1] >= ordered[-1][1]):
            ordered.append(span)
    return ordered


def _nodes(text: str) -> Iterator[tuple[int, int]]:
    """Each value of a text, and each key with its value, as far as it can be read."""
    parser = CParser(text)
    stack: list[list[Any]] = []  # start of the value, start of the key that waits, whether it is a mapping
    while True:
        try:
            event: Any = parser.get_event()
        except yaml.YAMLError:
            return
        kind = type(event)
        if kind is yaml.StreamEndEvent:
            return
        if kind in {yaml.MappingStartEvent, yaml.SequenceStartEvent}:
            stack.append([event.start_mark.index, None, kind is yaml.MappingStartEvent])
            continue
        if kind is yaml.ScalarEvent:
            start = event.start_mark.index
            if stack and stack[-1][2] and stack[-1][1] is None:
                stack[-1][1] = start
                yield start, event.end_mark.index
                continue
        elif kind in {yaml.MappingEndEvent, yaml.SequenceEndEvent}:
            start = stack.pop()[0]
        else:
            continue
        end = event.end_mark.index
        yield start, end
        if stack and stack[-1][1] is not None:
            yield stack[-1][1], end
            stack[-1][1] = None
