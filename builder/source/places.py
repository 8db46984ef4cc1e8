"""From keys to lines and columns. A report names few places, so a text is read once more when a place is asked for."""

from __future__ import annotations

from contextlib import suppress
from types import MappingProxyType
from typing import TYPE_CHECKING, Any

import yaml
from yaml.cyaml import CParser  # type: ignore[attr-defined]

from builder.diagnostics import Keys, Lines, Span
from builder.source.characters import spans

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from builder.source.nodes import Start


def locate(
    path: str,
    text: str,
    wanted: Iterable[tuple[Keys, bool]],
    starts: Sequence[Start] = (),
    characters: Mapping[int, int] = MappingProxyType({}),
) -> list[Span]:
    """The places in the file `path`, which holds `text`, that `wanted` asks for, in its order.

    Each entry of `wanted` has keys, and whether the place of the last key is
    wanted (True) or that of its value. `characters` has, by the number of an
    entry, the number of the character of the value that is meant. Where a key
    is missing, the place is that of the innermost value around it that is
    there. The events of the text are read in one pass. With the `starts` of a
    bank's items (see `nodes.Parsed`), only the items that `wanted` names are read.
    """
    wanted = list(wanted)
    offsets = [0] * len(wanted)
    for (begin, part), group in _parts(text, wanted, starts).items():
        tree = _Tree()
        for number, keys, on_key in group:
            tree.add(number, keys, on_key=on_key)
        marks: dict[int, Any] = {}
        with suppress(yaml.YAMLError):  # where the rest can't be read, the places found so far stand
            _walk(CParser(part), tree, marks)
        for number, event in marks.items():
            offsets[number] = begin + event.start_mark.index + _within(part, event, characters.get(number, 0))
    lines = Lines(path, text)
    placed = {offset: lines.span(offset) for offset in sorted(set(offsets))}
    return [placed[offset] for offset in offsets]


def _within(text: str, event: Any, character: int) -> int:
    r"""How far behind the start of a scalar one of its characters stands; 0 where that can't be told.

    In `prompt: "A \"b\""`, the character 3 of the value is `b`, and stands 5 behind the quotation mark.
    """
    if not character or type(event) is not yaml.ScalarEvent:
        return 0
    begin: Any = event.start_mark
    end: Any = event.end_mark
    found = spans(text[begin.index : end.index], event.style or "", event.value) or {}
    return found.get(character, (0, 0))[0]


def _parts(
    text: str, wanted: Sequence[tuple[Keys, bool]], starts: Sequence[Start]
) -> dict[tuple[int, str], list[tuple[int, Keys, bool]]]:
    """The pieces of the text to read, each with its offset, and what is wanted in each: number, keys, on_key.

    A piece is one item of a bank, or the whole text. Keys count from the piece: `("items", 7, "stem")` becomes
    `(0, "stem")` in the piece of item 7, which is a list of one item.
    """
    groups: dict[tuple[int, str], list[tuple[int, Keys, bool]]] = {}
    for number, (keys, on_key) in enumerate(wanted):
        piece = (0, text)
        item = keys[1] if keys[:1] == ("items",) and len(keys) > 1 else None
        if isinstance(item, int) and item < len(starts) and (found := _lines_of(text, starts, item)):
            piece, keys = found, (0, *keys[2:])  # noqa: PLW2901 - the keys inside the piece
        groups.setdefault(piece, []).append((number, keys, on_key))
    return groups


def _lines_of(text: str, starts: Sequence[Start], item: int) -> tuple[int, str] | None:
    """The offset and the lines of one item, from its dash to that of the next item; None where items share a line."""
    begin = text.rfind("\n", 0, starts[item]) + 1
    end = text.rfind("\n", 0, starts[item + 1]) + 1 if item + 1 < len(starts) else len(text)
    alone = text[begin : starts[item]].strip() == "-" and begin < end
    return (begin, text[begin:end]) if alone else None


class _Tree:
    """The wanted keys as a tree: `below` has a node for each next key, `through` the wanted places that pass or end here."""

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


def _walk(parser: CParser, tree: _Tree, marks: dict[int, Any]) -> None:
    """Fill `marks` with the event of each wanted place, by its number, from the first document.

    A place that passes through a value gets that value's event first. A later one, of a value further inside, replaces
    it. So a place whose keys lead nowhere keeps the innermost value that is there.
    """
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
            marks[number] = key if key and is_last and (on_key or is_empty) else event
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
