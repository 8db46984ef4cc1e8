"""Where each character of a scalar stands in the YAML text that it was typed in."""

from __future__ import annotations

import re

from builder.source import nodes

BLOCK = ("|", ">")
_QUOTED = {  # a character of a quoted scalar's source, escapes and all
    '"': re.compile(r"\\(?:x\w{2}|u\w{4}|U\w{8}|\r\n|.)|\S", re.DOTALL),
    "'": re.compile(r"''|\S"),
}
_VISIBLE = re.compile(r"\S")


def spans(source: str, style: str, value: str) -> dict[int, tuple[int, int]] | None:
    """Where each visible character of a value stands in its source; None where the two don't match.

    Lines may be folded and white space dropped in between, in ways that differ
    from style to style: only what is visible is matched, one by one.
    """
    first = source.find("\n") + 1 if style in BLOCK else len(style)
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
