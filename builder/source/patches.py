"""A new value for a YAML text: only what differs is written anew, and comments stay where they stand.

An example. The text `a: 1  # one`, `b: 2` gets the value `{a: 1, b: 3, c: 4}`: the line of `a` stays as it is, that of
`b` is written anew, and `c` comes after it. What is written in braces or brackets is written anew as a whole.
"""

from __future__ import annotations

from typing import Any

import yaml

from builder.source import blocks, nodes
from builder.source.edits import Edit, applied, tree


def patched(path: str, text: str, value: dict[str, Any]) -> str | None:
    """The text with another value, comments kept.

    None where that can't be done: the text is no mapping, or its first key goes.
    """
    old = nodes.values(path, text).value
    if old == value:
        return text
    root = tree(text)
    if (
        not isinstance(root, yaml.MappingNode)
        or root.flow_style
        or not isinstance(old, dict)
        or next(iter(old)) not in value
    ):
        return None
    edits: list[Edit] = []
    _mapping(text, root, old, value, edits)
    made = applied(text, edits)
    return made if nodes.values(path, made).value == value else None


def _mapping(text: str, node: yaml.MappingNode, old: dict[str, Any], new: dict[str, Any], edits: list[Edit]) -> None:
    """Edits for the keys of a block mapping, whose first one stays."""
    pairs = {key.value: (key, inner) for key, inner in node.value}
    column = node.start_mark.column
    for key, (at, inner) in pairs.items():
        start, end = at.start_mark.index, _end(text, inner)
        if key not in new:
            edits.append(Edit(text.rfind("\n", 0, start), end, ""))  # with the end of the line before it
        elif new[key] != old[key] and not _inside(text, inner, old[key], new[key], edits):
            edits.append(Edit(start, end, _indented({key: new[key]}, column)))
    added = {key: inner for key, inner in new.items() if key not in pairs}
    if added:
        last = _end(text, node)
        edits.append(Edit(last, last, f"\n{' ' * column}{_indented(added, column)}"))


def _inside(text: str, node: Any, old: Any, new: Any, edits: list[Edit]) -> bool:
    """Whether the new value could be reached by edits inside the node, which are added then."""
    if node.start_mark.index == node.end_mark.index or getattr(node, "flow_style", True):
        return False
    if isinstance(node, yaml.MappingNode) and isinstance(new, dict) and next(iter(old)) in new:
        _mapping(text, node, old, new, edits)
        return True
    if isinstance(node, yaml.SequenceNode) and isinstance(new, list) and len(new) >= len(old) > 0:
        return _sequence(text, node, old, new, edits)
    return False


def _sequence(text: str, node: yaml.SequenceNode, old: list[Any], new: list[Any], edits: list[Edit]) -> bool:
    """Edits for the entries of a block list, which may get more of them at its end."""
    column = node.start_mark.column
    for inner, was, now in zip(node.value, old, new, strict=False):
        if was != now and not _inside(text, inner, was, now, edits):
            edits.append(Edit(inner.start_mark.index, _end(text, inner), _indented(now, inner.start_mark.column)))
    if len(new) > len(old):
        last = _end(text, node)
        edits.append(Edit(last, last, f"\n{' ' * column}{_indented(new[len(old) :], column)}"))
    return True


def _indented(value: Any, column: int) -> str:
    """A value as it stands behind `column` signs: its first line there, the others below it."""
    return blocks.said(value).rstrip("\n").replace("\n", f"\n{' ' * column}")


def _end(text: str, node: Any) -> int:
    """Where a node ends, without the comments and the space after it."""
    if isinstance(node, yaml.CollectionNode) and not node.flow_style and node.value:
        last = node.value[-1]
        return _end(text, last[1] if isinstance(last, tuple) else last)
    return len(text[: node.end_mark.index].rstrip())
