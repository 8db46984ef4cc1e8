"""The order of keys in a bank, its items and passages: what an item is, what it asks, why, and where it comes from."""

from __future__ import annotations

from typing import get_args

from builder.model import Bank, Item
from builder.model.base import ItemBase
from builder.model.passage import Passage

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
