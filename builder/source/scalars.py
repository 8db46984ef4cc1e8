"""Texts as YAML: without quotes where they can do without, and in lines of at most a hundred characters.

A text of one line that is longer becomes a folded block (`>-`), which is read as one line again. A text of several
lines becomes a literal block (`|`), or stays a folded one. What no block can hold stands in double quotes.
"""

from __future__ import annotations

import re

import yaml

WIDTH = 100
STEP = 2  # columns by which what is inside stands further in

_FIRST = frozenset(",[]{}#&*!|>'\"%@`")  # a plain text starts with none of these
_ESCAPES = {"\\": "\\\\", '"': '\\"', "\n": "\\n", "\t": "\\t", "\r": "\\r"}
# Characters that can't stand in a YAML text, or that end a line in it.
_UNTYPED = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u2028\u2029\ufeff\ud800-\udfff\ufffe\uffff]")
_WIDE = 0x100  # from here on an escape has four digits
_GAP = re.compile(r"(?<=[^ \t]) (?=[^ \t])")  # where a folded text may go on in the next line
_NUMBER = re.compile(r"[-+.]?[0-9][0-9a-zA-Z_.:+-]*")  # some reader may take it for a number, a time or a date
_RESOLVERS = yaml.SafeLoader.yaml_implicit_resolvers


def lines(value: str, style: str, at: int, column: int) -> list[str]:
    """The lines of a value in a block.

    The first begins at column `at`. The others stand as far in as their text belongs, which begins at `column`.
    """
    if "\n" not in value:
        typed = inline(value, style)
        if at + len(typed) <= WIDTH or not _is_foldable(value):
            return [typed]
        return [">-", *_indented(_wrapped(value, column), column)]
    parts = value.removesuffix("\n").split("\n")
    if not parts[0].strip() or not parts[-1].strip() or _UNTYPED.search(value):
        return [_double(value)]
    chomp = "" if value.endswith("\n") else "-"
    if style == ">" and all(not part or _is_foldable(part) for part in parts):
        folded = [line for i, part in enumerate(parts) for line in [*[""] * (i > 0), *_wrapped(part, column)]]
        return [f">{chomp}", *_indented(folded, column)]
    indicator = str(STEP) if value[0] in " \t" else ""
    return [f"|{indicator}{chomp}", *_indented(parts, column)]


def _indented(texts: list[str], column: int) -> list[str]:
    return [" " * column + text if text else "" for text in texts]


def _is_foldable(value: str) -> bool:
    """Whether a text of one line comes back as it is from lines that are folded."""
    return value == value.strip(" \t") and bool(value) and not _UNTYPED.search(value)


def _wrapped(text: str, column: int) -> list[str]:
    """A text in lines that fit, broken at single spaces alone."""
    room = max(1, WIDTH - column)
    found: list[str] = []
    if "  " not in text and "\t" not in text:  # then each space is one where it may break
        while len(text) > room:
            at = text.rfind(" ", 0, room + 1)
            at = at if at >= 0 else text.find(" ", room)
            if at < 0:
                break
            found.append(text[:at])
            text = text[at + 1 :]
        return [*found, text] if text else found
    for word in _GAP.split(text) if text else ():
        if found and len(found[-1]) + 1 + len(word) <= room:
            found[-1] += f" {word}"
        else:
            found.append(word)
    return found


def inline(value: str, style: str = "", *, in_flow: bool = False) -> str:
    """A value on one line, in brackets or as a key if `in_flow`."""
    if "\n" in value or _UNTYPED.search(value):
        return _double(value)
    if not value:
        return "" if not style and not in_flow else '""'
    # An author who quotes `No` or `12:30` means text, whoever reads it.
    if _is_plain(value, in_flow=in_flow) and not (style and _is_other(value)):
        return value
    return f'"{value}"' if not {"\\", '"'} & set(value) else "'" + value.replace("'", "''") + "'"


def _is_plain(value: str, *, in_flow: bool) -> bool:
    """Whether a text without quotes is read as itself."""
    if value != value.strip() or "\t" in value or value[0] in _FIRST or value.startswith(("---", "...")):
        return False
    if value[0] in "-?:" and (in_flow or value[1:2] in {"", " "}):
        return False
    return not (": " in value or " #" in value or value.endswith(":") or (in_flow and set(value) & set(",[]{}?")))


def _is_other(value: str) -> bool:
    """Whether some reader of YAML takes a plain text for something else than text."""
    resolvers = [*_RESOLVERS.get(value[0], ()), *_RESOLVERS.get(None, ())]
    return bool(_NUMBER.fullmatch(value)) or any(pattern.match(value) for _, pattern in resolvers)


def _double(value: str) -> str:
    """A value in double quotes, on one line."""

    def escaped(found: re.Match[str]) -> str:
        number = ord(found[0])
        return _ESCAPES.get(found[0]) or (f"\\x{number:02x}" if number < _WIDE else f"\\u{number:04x}")

    return '"' + re.sub(rf'{_UNTYPED.pattern}|[\\"\n\t]', escaped, value) + '"'
