"""A bank after an edit, read from the lines of the items that the edit has touched, and from what was known before.

A bank of two hundred items is read in thirty milliseconds, too long for every letter. So what the edit has left alone is
taken over, and a small bank is read in its place: the head of the bank, the touched items, and the item behind them.

Why this is the same. An item's dash stands at the column of all dashes, at the start of a line, and nothing there is
open: else the item would not have been one before. What the YAML reader knows at such a dash is how deep it is inside
lists and mappings, and that the head decides. So it reads the lines up to the first touched dash as before, and the
touched ones as in the small bank. If it then finds the item behind them where it was, it is where it has been before,
and reads the rest as before. The model judges each item by itself, but for passages, and for values, whose items share
the work that they may take: banks with either are read as a whole.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, NamedTuple

from builder.checking.slices import cut, ends_list
from builder.diagnostics import MAX_FINDINGS
from builder.loading.bank import ParsedBank, parse_bank

if TYPE_CHECKING:
    from collections.abc import Mapping
    from typing import Any

    from builder.checking.slices import Cut
    from builder.diagnostics import At


class _Edit(NamedTuple):
    """The items from `first` to before `last` have given way to the text `new`, so many characters behind the head."""

    first: int
    last: int
    new: str
    behind_head: int


def spliced(path: str, text: str, text_before: str, before: ParsedBank) -> ParsedBank | None:
    """What `parse_bank` says of a text, from what it said of an earlier one; None where that can't be told.

    The texts differ in few items, and each item has lines of its own.
    """
    pieces = cut(text_before, before.starts) if _is_plain(before) else None
    edit = _edit_of(text, pieces) if pieces else None
    if pieces is None or edit is None:
        return None
    behind = pieces.parts[edit.last] if edit.last < len(pieces.parts) else ""
    small = pieces.head + edit.new + behind
    read = parse_bank(path, small)
    if not _is_plain(read) or cut(small, read.starts) is None:
        return None
    if behind:
        old = len(pieces.head) + sum(map(len, pieces.parts[: edit.last]))
        if read.starts[-1] - (len(small) - len(behind)) != before.starts[edit.last] - old:
            return None
    joined = _joined(before, edit, read, len(text) - len(text_before))
    from builder.source.nodes import MAX_ENTRIES  # with the reader of YAML

    return joined if len(joined.findings) < MAX_FINDINGS and len(joined.starts) <= MAX_ENTRIES else None


def _is_plain(bank: ParsedBank) -> bool:
    """Whether what a bank came to is that of its items, one by one."""
    return (
        not bank.diagnostics
        and not bank.uses.has_values
        and not bank.uses.has_passages
        and len(bank.starts) == len(bank.items) + len(bank.unsound)
        and not any("values" in entry or "passage" in entry for entry in bank.unsound)
        and all(_is_in_item(finding.at) and finding.code != "too-many" for finding in bank.findings)
    )


def _edit_of(text: str, pieces: Cut) -> _Edit | None:
    """The items that a text has instead of others, with at most half of the bank touched."""
    head, parts, dash = pieces
    if not text.startswith(head):
        return None
    first, begin = 0, len(head)
    while first < len(parts) and text.startswith(parts[first], begin):
        begin += len(parts[first])
        first += 1
    last, end = len(parts), len(text)
    while last > first and text.endswith(parts[last - 1], begin, end):
        last -= 1
        end -= len(parts[last])
    is_new = begin < end and text[begin - 1] == "\n" and text.startswith(dash, begin, end)
    if first and not is_new and (begin < end or last == len(parts)):
        first -= 1  # more was written behind an item, or nothing is left behind it
        begin -= len(parts[first])
    are_items = begin == end or text.startswith(dash, begin, end)
    are_lines = text[begin - 1] == "\n" and (last == len(parts) or text[end - 1] == "\n")
    is_open = last == len(parts) and ends_list(text[begin:end], dash)
    return _Edit(first, last, text[begin:end], begin - len(head)) if are_items and are_lines and not is_open else None


def _joined(before: ParsedBank, edit: _Edit, read: ParsedBank, longer: int) -> ParsedBank:
    """The bank that has what was read in the place of the touched items, and is so many characters longer.

    What was read begins at the bank's head, and ends with the item behind the touched ones, if there is one.
    """
    first, last = edit.first, edit.last
    number = len(read.starts) - (last < len(before.starts))
    more = first + number - last
    items = [
        *(it for it in before.items if _place(it[1]) < first),
        *((item, _moved(at, first)) for item, at in read.items if _place(at) < number),
        *((item, _moved(at, more)) for item, at in before.items if _place(at) >= last),
    ]
    findings = [
        *(it for it in before.findings if _place(it.at) < first),
        *(replace(it, at=_moved(it.at, first)) for it in read.findings if _place(it.at) < number),
        *(replace(it, at=_moved(it.at, more)) for it in before.findings if _place(it.at) >= last),
    ]
    old, its = _unsound(before), _unsound(read)
    unsound = [
        *(entry for place, entry in old if place < first),
        *(entry for place, entry in its if place < number),
        *(entry for place, entry in old if place >= last),
    ]
    starts = [
        *before.starts[:first],
        *(start + edit.behind_head for start in read.starts[:number]),
        *(start + longer for start in before.starts[last:]),
    ]
    return ParsedBank(items, unsound, findings, (), starts, None if findings else read.scoring, [])


def _unsound(bank: ParsedBank) -> list[tuple[int, Mapping[str, Any]]]:
    """The entries of a bank that were left out, each with its place."""
    sound = {_place(at) for _, at in bank.items}
    return list(zip((it for it in range(len(bank.starts)) if it not in sound), bank.unsound, strict=True))


def _is_in_item(at: At) -> bool:
    return at.keys[:1] == ("items",) and len(at.keys) > 1


def _place(at: At) -> int:
    """The place in its bank of the item that a place is in, from 0."""
    place = at.keys[1]
    assert isinstance(place, int)  # noqa: S101 - so `read_bank` makes them
    return place


def _moved(at: At, by: int) -> At:
    """A place in an item that stands so many items further on."""
    return replace(at, keys=("items", _place(at) + by, *at.keys[2:])) if by else at
