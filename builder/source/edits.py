"""Exact edits of a YAML text: what is not meant to change stays as it stands, byte for byte.

A YAML library that reads and writes a file would fold, quote and indent it
anew. So a value is changed in its own slice of the text, which PyYAML's marks
give. Then the edit is proved: the edited text is read again, and must hold the
old value with the intended changes, and nothing else. An edit that fails the
proof is left out.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import reduce
from typing import TYPE_CHECKING, Any

import yaml

from builder.source import nodes

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping

    from builder.diagnostics import Keys

_BLOCK = ("|", ">")
_QUOTED = {  # a character of a quoted scalar's source, escapes and all
    '"': re.compile(r"\\(?:x\w{2}|u\w{4}|U\w{8}|\r\n|.)|\S", re.DOTALL),
    "'": re.compile(r"''|\S"),
}
_ESCAPED = {'"': '\\"', "'": "''"}
_VISIBLE = re.compile(r"\S")


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
        return not parsed.problems and parsed.value == meant and is_sound(meant, chosen)

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
    spans = _spans(text[start:end], style, node.value)
    if spans is None:
        return None
    escaped = _ESCAPED.get(style)
    edits = [Edit(*spans[i], new.replace(style, escaped) if escaped else new) for i, new in changes.items()]
    new = applied(text[start:end], edits)
    if not style and new[:1] in ("'", '"', "*", "`"):
        new = f'"{new}"' if '"' not in new and "\\" not in new else "'{}'".format(new.replace("'", "''"))
    return Edit(start, end, new, keys, "".join(changes.get(i, c) for i, c in enumerate(node.value)))


def _spans(source: str, style: str, value: str) -> dict[int, tuple[int, int]] | None:
    r"""Where each visible character of a value stands in its source; None where the two don't match.

    In each style of scalar, YAML folds lines and drops white space by other
    rules. So white space is left out on both sides, and the visible characters
    are matched one by one. For example, the source `"a\u00e9 b"` stands for the
    value `aé b`, and gives `{0: (1, 2), 1: (2, 8), 3: (9, 10)}`.
    """
    first = source.find("\n") + 1 if style in _BLOCK else len(style)
    last = len(source) - (style in _QUOTED)
    units = _QUOTED.get(style, _VISIBLE).finditer(source, first, last)
    found = [(_read(unit[0], style), unit.span()) for unit in units]
    found = [(char, span) for char, span in found if char.strip()]
    seen = [(i, char) for i, char in enumerate(value) if char.strip()]
    if [char for _, char in seen] != [char for char, _ in found]:
        return None
    return {i: span for (i, _), (_, span) in zip(seen, found, strict=True)}


def _read(unit: str, style: str) -> str:
    """The character that a unit of source stands for: itself, or what its escape means."""
    if style == '"' and unit[0] == "\\":
        return str(nodes.values("", f'"{unit}"').value)
    return unit[:1] if style == "'" else unit


def blocks(node: Any) -> Iterator[tuple[int, int]]:
    """Start and end of each block scalar (`|`, `>`), in order. In their lines, white space is part of the value."""
    if isinstance(node, yaml.ScalarNode):
        if node.style in _BLOCK:
            yield node.start_mark.index, node.end_mark.index
    elif isinstance(node, yaml.SequenceNode):
        for entry in node.value:
            yield from blocks(entry)
    else:
        for _, value in node.value:
            yield from blocks(value)
