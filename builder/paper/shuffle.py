"""What is shuffled within an item, by rank: a hash of seed and text, which is the same on any machine and under any Python.

Cards and papers both shuffle. So this module is apart from the record of papers, whose models a deck does not need.
"""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING

from builder.model.items import (
    Basic,
    Cloze,
    Essay,
    Matching,
    Mcq,
    Numeric,
    Occlusion,
    Ordering,
    Reversed,
    Short,
    TrueFalse,
)

if TYPE_CHECKING:
    from collections.abc import Sequence

    from builder.model import Item


def rank(*parts: str) -> bytes:
    """The place of these parts in a shuffle: their SHA-256, which is one and the same on any machine."""
    return hashlib.sha256("\0".join(parts).encode("utf-8", "surrogatepass")).digest()


def shuffled(item: Item, *seed: str) -> tuple[int, ...]:
    """The printed order of an item's options, responses, steps or words to choose from: entry k is the index of what stands at place k.

    Pinned options keep to their end, numbers and amounts stand in their one
    order (`Mcq.printed_order`), and an ordering is never printed solved. The options a, b and "none of these"
    (pinned last) may come out as (1, 0, 2), and never as (2, 0, 1).
    """
    match item:
        case Mcq():
            if item.is_ordered:
                return item.printed_order
            ends = {"first": 0, None: 1, "last": 2}
            return _by_rank([o.text for o in item.options], item.id, *seed, ends=[ends[o.pin] for o in item.options])
        case Matching():
            return _by_rank(item.responses, item.id, *seed)
        case Ordering():
            order = _by_rank(item.sequence, item.id, *seed)
            return order if order != tuple(sorted(order)) else (*order[1:], order[0])
        case Cloze() | Occlusion():
            return _by_rank(item.words, item.id, *seed)
        case TrueFalse() | Basic() | Reversed() | Numeric() | Short() | Essay():
            return ()


def _by_rank(texts: Sequence[str], *seed: str, ends: Sequence[int] | None = None) -> tuple[int, ...]:
    # Ranked by text, so that the order of the options in the bank does not matter; equal texts by place.
    return tuple(sorted(range(len(texts)), key=lambda i: (ends[i] if ends else 0, rank(*seed, texts[i]), i)))
