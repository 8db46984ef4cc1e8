"""From keys to lines and columns: a text is read again for the few places that a report names."""

from __future__ import annotations

from contextlib import suppress
from typing import TYPE_CHECKING, Any

import yaml
from yaml.cyaml import CParser  # type: ignore[attr-defined]

from builder.diagnostics import Keys, Span

if TYPE_CHECKING:
    from collections.abc import Iterable


def locate(path: str, text: str, wanted: Iterable[tuple[Keys, bool]]) -> list[Span]:
    """The places of the values (or, with True, of the keys) that `wanted` leads to.

    Where the keys lead to nothing (a key is missing), the place is that of the
    nearest thing around it. One pass over the events, without building a tree.
    """
    wanted = list(wanted)
    tree: _Tree = _Tree()
    for number, (keys, on_key) in enumerate(wanted):
        tree.add(number, keys, on_key=on_key)
    marks: list[Any] = [None] * len(wanted)
    with suppress(yaml.YAMLError):  # where the rest can't be read, the places found so far stand
        _walk(CParser(text), tree, marks)
    return [Span(path, mark.line + 1, mark.column + 1) if mark else Span(path) for mark in marks]


class _Tree:
    """The wanted keys, folded together: which wanted places a value is on the way to, and which keys go on."""

    __slots__ = ("below", "through")

    def __init__(self) -> None:
        self.below: dict[str | int, _Tree] = {}
        self.through: list[tuple[int, bool, bool]] = []  # number, is the last key, wants the key itself

    def add(self, number: int, keys: Keys, *, on_key: bool) -> None:
        self.through.append((number, not keys, on_key))
        if keys:
            self.below.setdefault(keys[0], _Tree()).add(number, keys[1:], on_key=on_key)


_STARTS = {yaml.MappingStartEvent, yaml.SequenceStartEvent}
_ENDS = {yaml.MappingEndEvent, yaml.SequenceEndEvent}
_LEAVES = {yaml.ScalarEvent, yaml.AliasEvent}
_LAST = {yaml.DocumentEndEvent, yaml.StreamEndEvent}


def _walk(parser: CParser, tree: _Tree, marks: list[Any]) -> None:
    """Fill in the marks of the first document's values that the tree leads to."""
    stack: list[list[Any]] = []  # [tree, the key event that waits (False in a list), index]
    skip = 0
    event: Any
    while (kind := type(event := parser.get_event())) not in _LAST:
        if kind in _ENDS:
            if skip:
                skip -= 1
            else:
                stack.pop()
            continue
        is_start = kind in _STARTS
        if skip or not (is_start or kind in _LEAVES):
            skip += is_start
            continue
        here, key = tree if not stack else None, None
        if stack and stack[-1][1] is None:  # this is a key
            stack[-1][1] = event
        elif stack:
            here, key = _step(stack[-1])
        if here is None:
            skip += is_start
            continue
        is_empty = kind is yaml.ScalarEvent and not event.value
        for number, is_last, on_key in here.through:
            # An empty value has no width: its key is the better place.
            marks[number] = (key if key and is_last and (on_key or is_empty) else event).start_mark
        if is_start:
            stack.append([here, None if kind is yaml.MappingStartEvent else False, 0])


def _step(frame: list[Any]) -> tuple[_Tree | None, Any]:
    """The subtree of the next value of a mapping or list, if one is wanted, and its key's event."""
    tree, key, index = frame
    if key is False:
        frame[2] += 1
        return tree.below.get(index), None
    frame[1] = None
    # The first of two equal keys counts, as it does for `values`.
    return tree.below.pop(getattr(key, "value", None), None), key
