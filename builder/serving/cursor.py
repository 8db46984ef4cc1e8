"""Where a cursor stands in a YAML text, by the lines around it: an author who is typing has no sound YAML yet.

The way to a place is told by keys, with `[]` for an entry of a list. With the cursor behind `wor`, it is
`("items", "[]", "cites", "[]")` here, and what stands there may be a key or a value:

    items:
      - id: a
        cites:
          - wor
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Sequence

ENTRY = "[]"
Way = tuple[str, ...]

_LINE = re.compile(r"(?P<indent> *)(?P<dashes>(?:-(?: +|$))*)(?P<rest>.*)")
_KEY = re.compile(r"""(?P<key>[^\s:#\[\]{},'"&*!|>%@`-][^:#\[\]{}]*?|'[^']*'|"[^"]*") *:(?:\s+|$)""")
_OPEN = re.compile(r"(?:#.*|[|>][-+0-9]*|(?:\[[^\]]*|\{[^}]*))?$")  # what a key has behind it whose value goes on below
_WORD = re.compile(r"""[^\s,\[\]{}'"]*$""")
_IN_BRACKETS = re.compile(r"""(?:"(?:[^"\\]|\\.)*"|(?<=\w)'|'[^']*'|\[[^\]]*\]|\{[^}]*\}|[^,\[\]{}"'])+""")
_PAIR = re.compile(r"\s*([\w.-]+)\s*:(?:\s|$)")


class Spot(NamedTuple):
    """A place in the text of the file at `path`: row and column, in characters from 0."""

    path: str
    text: str
    row: int
    column: int


@dataclass(slots=True)
class Cursor:
    """A place: the way to it, and the word before the cursor, which begins at column `start` of the line.

    `is_value` says whether a value stands there; None where a key may stand there too. `beside` has the values of the
    keys of each mapping on the way, by the way to it, as typed.
    """

    way: Way
    is_value: bool | None
    word: str
    start: int
    beside: dict[Way, dict[str, str]] = field(default_factory=dict)


@dataclass(slots=True)
class _Row:
    """A line: the columns of its dashes and of what stands behind them, which may begin with a key."""

    dashes: list[int]
    column: int
    rest: str
    key: str
    value: str

    @property
    def is_open(self) -> bool:
        """Whether the value of its key goes on below it."""
        return bool(self.key) and bool(_OPEN.match(self.value))


def _row(line: str) -> _Row:
    found = _LINE.match(line)
    indent, dashes, rest = (found["indent"], found["dashes"], found["rest"]) if found else ("", "", line)
    key = _KEY.match(rest)
    columns = [len(indent) + it.start() for it in re.finditer("-", dashes)]
    name = key["key"].strip("'\"") if key else ""
    return _Row(columns, len(indent) + len(dashes), rest, name, rest[key.end() :] if key else "")


def cursor(lines: Sequence[str], row: int, column: int) -> Cursor:
    """The cursor at a row and column, both from 0."""
    before = lines[row][:column] if row < len(lines) else ""
    here = _row(before)
    word = _WORD.search(before)
    start = word.start() if word else column
    inside: list[str] = [here.key] if here.key else []
    is_value: bool | None = True if here.key else None
    flow = _flow(here.value if here.key else here.rest)
    inside += flow.way
    is_value = flow.is_value if flow.is_open else is_value
    way, columns = _above(lines, row, here)
    found = Cursor((*way, *inside), is_value, before[start:], start)
    for size, (at, wide) in columns.items():
        found.beside[way[:size]] = _siblings(lines, at, wide)
    if flow.is_open and is_value is not None:
        text = lines[row][here.column :]
        mapping = (*way, *inside[:-1]) if is_value else (*way, *inside)
        found.beside[mapping] = dict(re.findall(r"([\w.-]+): *([^,\[\]{}]*)", text))
    return found


class _Flow(NamedTuple):
    """The way inside the brackets that are open at the end of a text, if any are, and whether a value stands there."""

    way: list[str]
    is_value: bool | None
    is_open: bool


def _flow(text: str) -> _Flow:
    """What is inside the brackets that are open at the end of a text."""
    stack: list[tuple[str, int]] = []
    quote = ""
    for i, sign in enumerate(text):
        if quote:
            quote = "" if sign == quote else quote
        elif sign in "'\"" and text[:i].rstrip()[-1:] in {"", ",", "[", "{", ":"}:
            quote = sign
        elif sign in "[{":
            stack.append((sign, i + 1))
        elif sign in "]}" and stack:
            stack.pop()
        elif sign == "," and stack:
            stack[-1] = (stack[-1][0], i + 1)
    if not stack or (text[:1] not in "[{"):
        return _Flow([], None, is_open=False)
    way: list[str] = []
    is_value: bool | None = None
    for n, (sign, begin) in enumerate(stack):
        part = text[begin : stack[n + 1][1] - 1 if n + 1 < len(stack) else len(text)]
        if sign == "[":
            way.append(ENTRY)
            is_value = None
        if pair := _PAIR.match(part):
            way.append(pair[1])
            is_value = True
        elif sign == "{":
            is_value = False
    return _Flow(way, is_value, is_open=True)


def _above(lines: Sequence[str], row: int, here: _Row) -> tuple[Way, dict[int, tuple[int, int]]]:
    """The way to the mapping or list that a line is in, and the row and column of each mapping, by the way's length."""
    way: list[str] = [ENTRY] * len(here.dashes)
    found: list[tuple[int, int, int]] = [(0, row, here.column)]  # how much of the way is below it, row, column
    column, in_list = (here.dashes[0], True) if here.dashes else (here.column, False)
    for at in range(row - 1, -1, -1):
        text = lines[at].lstrip(" ")
        indent = len(lines[at]) - len(text)
        # Most lines of a long bank stand further in, or are further entries of the same list.
        if indent > column or not text.strip() or text[0] == "#" or (in_list and indent == column and text[0] == "-"):
            continue
        above = _row(lines[at])
        if not in_list and above.column == column and above.dashes:
            way[:0] = [ENTRY] * len(above.dashes)
            column, in_list = above.dashes[0], True
        elif above.is_open and (above.column < column or (in_list and above.column == column and not above.dashes)):
            way.insert(0, above.key)
            found.append((len(way), at, above.column))
            way[:0] = [ENTRY] * len(above.dashes)
            column, in_list = (above.dashes[0], True) if above.dashes else (above.column, False)
            if not column and not in_list:
                break
    return tuple(way), {len(way) - below: (at, wide) for below, at, wide in found}


def _siblings(lines: Sequence[str], row: int, column: int) -> dict[str, str]:
    """The keys at a column around a row, up and down to the ends of their mapping, with their values as typed."""
    found: dict[str, str] = {}
    for step in (-1, 1):
        at = row if step < 0 else row + 1
        while 0 <= at < len(lines):
            text = lines[at].lstrip(" ")
            if len(lines[at]) - len(text) <= column and text.strip() and text[0] != "#":
                line = _row(lines[at])
                first = line.dashes[0] if line.dashes else line.column
                if at != row and (line.column < column or (step > 0 and first < column)):
                    break
                if line.column == column and line.key:
                    found.setdefault(line.key, line.value.partition(" #")[0].strip())
                if step < 0 and line.column == column and line.dashes:
                    break
            at += step
    return found


def end_of(line: str, column: int) -> int:
    """The column where what begins at a column ends: within brackets the entry that it is, else the line.

    In `tags: [see, moon]` with the column of `see` that is the comma's.
    """
    here = _row(line[:column])
    within = _flow(here.value if here.key else here.rest).is_open
    entry = _IN_BRACKETS.match(line, column) if within else None
    return len(line.rstrip() if entry is None else line[: entry.end()].rstrip())


def word_at(line: str, column: int) -> tuple[int, str]:
    """The word around a column of a line, and the column where it begins."""
    before = _WORD.search(line[:column])
    start = before.start() if before else column
    after = re.match(r"""[^\s,\[\]{}'"]*""", line[start:])
    return start, (after[0] if after else "").rstrip(":")
