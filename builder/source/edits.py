"""Exact edits of a YAML text: what is not meant to change stays as it stands, byte for byte.

A YAML library that reads and writes a file would fold, quote and indent it
anew. So a value is changed in its own slice of the text, which PyYAML's marks
give. Then the edit is proved: the edited text is read again, and must hold the
old value with the intended changes, and nothing else. An edit that fails the
proof is left out.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import reduce
from typing import TYPE_CHECKING, Any

import yaml

from builder.source import nodes
from builder.source.characters import BLOCK, spans

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping

    from builder.diagnostics import Keys

_ESCAPED = {'"': '\\"', "'": "''"}


@dataclass(frozen=True, slots=True)
class Edit:
    """An edit of a text: `text[start:end]` becomes `new`.

    By the edit, the value that `keys` lead to becomes `value`. Without keys no value changes, as where white space goes.
    """

    start: int
    end: int
    new: str
    keys: Keys = ()
    value: Any = None


def applied(text: str, edits: Iterable[Edit]) -> str:
    """The text with edits that do not overlap."""
    out, end = [], 0
    for edit in sorted(edits, key=lambda e: e.start):
        out += [text[end : edit.start], edit.new]
        end = edit.end
    return "".join(out) + text[end:]


def accepted(path: str, text: str, edits: Iterable[Edit], is_sound: Callable[[Any, list[Edit]], bool]) -> list[Edit]:
    """Those of the edits that can be made together, and after which the text holds what it should.

    `is_sound` gets the new value of the whole text and the edits made, and says
    whether they may stand. If a batch of edits fails, each half is tried by
    itself, so that one bad edit does not cost the others.

    Example: of four edits the third is bad. All four fail together; the first
    two pass; with these, the third fails and the fourth passes. So the first,
    second and fourth are accepted.

    Of edits that overlap, the first is tried. The others are tried only if
    none of the first ones is accepted.
    """
    apart: list[Edit] = []
    others: list[Edit] = []
    for edit in sorted(edits, key=lambda e: e.start):
        (others if apart and edit.start < apart[-1].end else apart).append(edit)

    def holds(chosen: list[Edit]) -> bool:
        parsed = nodes.values(path, applied(text, chosen))
        meant: Any = nodes.values(path, text).value
        for edit in filter(lambda e: e.keys, chosen):
            value_at(meant, edit.keys[:-1])[edit.keys[-1]] = edit.value
        return not parsed.faults and parsed.value == meant and is_sound(meant, chosen)

    def grown(kept: list[Edit], rest: list[Edit]) -> list[Edit]:
        if not rest or holds(kept + rest):
            return kept + rest
        if len(rest) == 1:
            return kept
        middle = len(rest) // 2
        return grown(grown(kept, rest[:middle]), rest[middle:])

    return grown([], apart) or (accepted(path, text, others, is_sound) if others else [])


def tree(text: str) -> Any:
    """The nodes of a text that `nodes.values` found nothing wrong with, with their marks."""
    return yaml.compose(text, Loader=yaml.CSafeLoader)


def value_at(value: Any, keys: Keys) -> Any:
    """What the keys lead to."""
    return reduce(lambda inside, key: inside[key], keys, value)


def node_at(root: Any, keys: Keys) -> Any:
    """The node that the keys lead to."""
    for key in keys:
        if isinstance(root, yaml.SequenceNode) and isinstance(key, int):
            root = root.value[key]
        else:
            root = next(value for name, value in root.value if name.value == key)
    return root


def rewritten(text: str, node: yaml.ScalarNode, keys: Keys, changes: Mapping[int, str]) -> Edit | None:
    """The edit that replaces some characters of a scalar, and keeps its style and line breaks.

    `changes` has the new text for each character that changes, by its number in
    the value; none of these characters is white space. A plain scalar that would
    then start with a quotation mark, a star or a backquote is put in quotes.

    The result is None where the value can't be matched with its source.
    """
    start, end = node.start_mark.index, node.end_mark.index
    style = node.style or ""
    found = spans(text[start:end], style, node.value)
    if found is None:
        return None
    escaped = _ESCAPED.get(style)
    edits = [Edit(*found[i], new.replace(style, escaped) if escaped else new) for i, new in changes.items()]
    new = applied(text[start:end], edits)
    if not style and new[:1] in ("'", '"', "*", "`"):
        new = f'"{new}"' if '"' not in new and "\\" not in new else "'{}'".format(new.replace("'", "''"))
    return Edit(start, end, new, keys, "".join(changes.get(i, c) for i, c in enumerate(node.value)))


def blocks(node: Any) -> Iterator[tuple[int, int]]:
    """Start and end of each block scalar (`|`, `>`), in order. In their lines, white space is part of the value."""
    if isinstance(node, yaml.ScalarNode):
        if node.style in BLOCK:
            yield node.start_mark.index, node.end_mark.index
    elif isinstance(node, yaml.SequenceNode):
        for entry in node.value:
            yield from blocks(entry)
    else:
        for _, value in node.value:
            yield from blocks(value)
