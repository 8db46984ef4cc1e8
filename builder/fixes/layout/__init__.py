"""One layout for all banks: `her-study format`. What a bank says stays, and so do its comments.

- Keys of the bank, its passages and items stand in one order (`order.py`).
- Texts have quotes only where they need some, and double ones where either would do (`builder.source.scalars`).
- Lines have at most a hundred characters, where a text can be broken at all. A longer one becomes a folded block.
- What is typed in brackets stays in brackets if it fits on the line and has no comments inside.
- A list stands two columns further in than its key; a blank line stands between items, and never two in a row.

The result is proved: it must hold the same value and the same comments, else the bank is left as it is.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from builder.diagnostics import Diagnostic, Lines, Span
from builder.fixes.layout import order
from builder.fixes.layout.tree import Entry, Group, Scalar, UnkeptError, read
from builder.source import nodes, slips
from builder.source.scalars import STEP, WIDTH, inline, lines

if TYPE_CHECKING:
    from collections.abc import Iterator

CODE = "layout"
_BREAK = re.compile("\r(?!\n)|[\x85\u2028\u2029]")  # YAML ends lines there, and hardly any editor does


class Laid(NamedTuple):
    """A bank in its layout; `problems` say why it is left as it is, where it is."""

    text: str
    problems: list[Diagnostic]


def laid_out(path: str, text: str) -> Laid:
    """The text of the bank at `path` in the one layout of banks."""
    before = nodes.values(path, text)
    # In another style a list that has become one line is no longer seen to be one.
    if waiting := [it for it in before.problems if it in before.faults or it.code in slips.OF_STYLE]:
        return Laid(text, waiting)
    value = before.value
    if not isinstance(value, dict) or not isinstance(value.get("items"), list):
        what = "this is no bank: it has no list `items:`"
        return Laid(text, [Diagnostic(Span(path), CODE, what, "name banks, or the folder of a course")])
    if odd := _BREAK.search(text):
        remedy = "type a line feed in its place"
        what = f"U+{ord(odd[0]):04X} ends a line here for YAML alone"
        return Laid(text, [Diagnostic(Lines(path, text).span(odd.start()), CODE, what, remedy)])
    lone = text.replace("\r\n", "\n")
    try:
        tree = read(lone)
        comments = _comments(tree)
        made = _written(tree) if isinstance(tree, Group) else ""
    except UnkeptError as error:
        span = Lines(path, lone).span(error.offset)
        return Laid(text, [Diagnostic(span, CODE, f"{error.message}, so the bank is left as it is", error.remedy)])
    after = nodes.values(path, made)
    if after.faults or after.value != value or _comments(read(made)) != comments:
        what = "this bank can't be laid out without a change of what it says, so it is left as it is"
        return Laid(text, [Diagnostic(Span(path), CODE, what, "report it, with the bank")])
    return Laid(made.replace("\n", "\r\n") if "\r\n" in text else made, [])


def _comments(tree: Scalar | Group) -> list[str]:
    """All comments of a tree, sorted."""
    if isinstance(tree, Scalar):
        return []
    found = list(tree.tail)
    for entry in tree.entries:
        found += [*entry.above, entry.note, *_comments(entry.value)]
    return sorted(filter(None, found))


def _written(bank: Group) -> str:
    """The text of a bank."""
    head = bank.entries[0].above
    bank.entries[0].above = []  # what stands above all is about the file
    order.sort(bank, order.BANK)
    out = _trimmed(head)
    for entry in bank.entries:
        keys = {"items": order.ITEM, "passages": order.PASSAGE}.get(entry.key.value if entry.key else "")
        inside = entry.value if keys and isinstance(entry.value, Group) and not entry.value.is_mapping else None
        for listed in inside.entries if keys and inside else ():
            _hoist(listed)
            if isinstance(listed.value, Group) and listed.value.is_mapping:
                order.sort(listed.value, keys or ())
        first = not out
        out += _entry(entry, 0, is_first=first, apart=inside is not None)
    out += bank.tail
    while out and not out[-1]:
        out.pop()
    return "\n".join([*out, ""])


def _trimmed(above: list[str]) -> list[str]:
    """Comments without blank lines before the first."""
    return above[1:] if above[:1] == [""] else above


def _hoist(entry: Entry) -> None:
    """Put comments above the first entry inside an entry of a list above that entry: its dash stands on the same line."""
    inside = entry.value
    if isinstance(inside, Group) and not entry.note and inside.entries and not _is_flat(inside):
        first = inside.entries[0]
        if first.key is None:
            _hoist(first)
        above, first.above = list(filter(None, first.above)), []
        entry.above = [*entry.above, *above]


def _entry(entry: Entry, column: int, *, is_first: bool, apart: bool = False) -> list[str]:
    """The lines of an entry, comments above it included; with `apart`, blank lines stand between what is in it."""
    if entry.key is None:
        _hoist(entry)
    above = _trimmed(entry.above) if is_first else entry.above
    margin = " " * column
    head = f"{margin}-" if entry.key is None else f"{margin}{inline(entry.key.value, entry.key.style, in_flow=True)}:"
    return [*(f"{margin}{line}" if line else "" for line in above), *_body(entry, head, column + STEP, apart=apart)]


def _body(entry: Entry, head: str, column: int, *, apart: bool) -> list[str]:
    """The lines of an entry from its `head` on, which is its key or dash; what is inside begins at `column`."""
    note = f"  {entry.note}"[1:] if entry.note else ""
    value = entry.value
    if isinstance(value, Scalar):
        first, *rest = lines(value.value, value.style, len(head) + 1, column)
        return [f"{head} {first}".rstrip() + note, *rest]
    flat = _flat(value) if _is_flat(value) else None
    if flat is not None and (not value.entries or len(head) + 1 + len(flat) <= WIDTH):
        return [f"{head} {flat}{note}"]
    inside = list(_inside(value, column, apart=apart))
    if entry.key is None and not entry.note:
        return [f"{head} {inside[0].lstrip(' ')}", *inside[1:]]
    return [head + note, *inside]


def _inside(group: Group, column: int, *, apart: bool) -> Iterator[str]:
    """The lines of what is in a mapping or list."""
    before = 0
    for i, entry in enumerate(group.entries):
        made = _entry(entry, column, is_first=i == 0)
        size = len(made) - len(entry.above)
        if apart and i and made[0] and max(before, size) > 1:
            yield ""
        before = size
        yield from made
    yield from (f"{' ' * column}{line}" if line else "" for line in group.tail)


def _is_flat(group: Group) -> bool:
    """Whether a mapping or list may stand in brackets: it does, and nothing in it has a comment or several lines."""
    return (
        group.is_flow
        and not group.tail
        and not any(entry.above or entry.note for entry in group.entries)
        and all(
            "\n" not in it.value if isinstance(it, Scalar) else _is_flat(it)
            for it in (entry.value for entry in group.entries)
        )
    )


def _flat(value: Scalar | Group) -> str:
    """A value in brackets."""
    if isinstance(value, Scalar):
        return inline(value.value, value.style, in_flow=True)
    parts = [_pair(entry) for entry in value.entries]
    return f"{{{', '.join(parts)}}}" if value.is_mapping else f"[{', '.join(parts)}]"


def _pair(entry: Entry) -> str:
    key = f"{inline(entry.key.value, entry.key.style, in_flow=True)}: " if entry.key else ""
    return key + _flat(entry.value)
