"""Entries of a bank, its items and passages, in the order of their keys, with the comments that belong to them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from builder.model.order import BANK, ITEM, PASSAGE

if TYPE_CHECKING:
    from builder.fixes.layout.tree import Entry, Group

__all__ = ["BANK", "ITEM", "PASSAGE", "sort"]


def sort(group: Group, keys: tuple[str, ...]) -> None:
    """Put the entries of a mapping into the order of `keys`, with the comments right above and behind them.

    The mapping is left as it is in three cases. A key is not among `keys`. A comment stands alone between two entries,
    so that it may belong to either. Or a comment would come before the first entry, where it seems to be about all.
    """
    names = [entry.key.value if entry.key else "" for entry in group.entries]
    if not set(names) <= set(keys) or any(_is_loose(entry) for entry in group.entries[1:]):
        return
    order = sorted(range(len(names)), key=lambda i: keys.index(names[i]))
    if order and order[0] != 0 and any(group.entries[i].above for i in (order[0], 0)):
        return
    group.entries = [group.entries[i] for i in order]


def _is_loose(entry: Entry) -> bool:
    """Whether a blank line stands between an entry and a comment above it."""
    return any(entry.above) and entry.above[-1] == ""
