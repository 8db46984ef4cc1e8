"""The order of keys in a bank, its items and passages: what an item is, what it asks, why, and where it comes from."""

from __future__ import annotations

from typing import TYPE_CHECKING, get_args

from builder.model import Bank, Item
from builder.model.base import ItemBase
from builder.model.passage import Passage

if TYPE_CHECKING:
    from builder.fixes.layout.tree import Entry, Group

_HEAD = """
    id kind of theme bloom difficulty basis theory contrast group passage status reviewed origin use math marks scoring
    words values where image audio prompt
""".split()
_FOOT = "explanation locator cites enemies tags allow retired".split()


def _names() -> tuple[str, ...]:
    """The keys of all items: the own keys of kinds stand in the order of their models."""
    own = [key for model in get_args(get_args(Item)[0]) for key in model.model_fields]
    return tuple(dict.fromkeys([*_HEAD, *(key for key in own if key not in ItemBase.model_fields), *_FOOT]))


ITEM = _names()
PASSAGE = tuple(Passage.model_fields)
BANK = tuple(dict.fromkeys(["translates", *Bank.model_fields]))


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
