"""What is shuffled within an item, kind by kind, and its order.

Cards and papers both shuffle. So this module is apart from the record of papers, whose models a deck does not need.
"""

from __future__ import annotations

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
from builder.paper.mixing import Mixing, mixed

if TYPE_CHECKING:
    from builder.model import Item


def shuffled(item: Item, *seed: str) -> tuple[int, ...]:
    """The printed order of an item's options, responses, steps or words to choose from: entry k is the index of what stands at place k."""
    return mixed(mixing(item), item.id, *seed)


def mixing(item: Item) -> Mixing:
    """What is shuffled within an item.

    Pinned options keep to their end, numbers and amounts stand in their one
    order (`Mcq.printed_order`), and an ordering is never printed solved.
    """
    match item:
        case Mcq():
            texts = tuple(option.text for option in item.options)
            ends = {"first": 0, None: 1, "last": 2}
            fixed = item.printed_order if item.is_ordered else ()
            return Mixing(texts, fixed, tuple(ends[option.pin] for option in item.options))
        case Matching():
            return Mixing(item.responses)
        case Ordering():
            return Mixing(item.sequence, never_as_is=True)
        case Cloze() | Occlusion():
            return Mixing(item.words)
        case TrueFalse() | Basic() | Reversed() | Numeric() | Short() | Essay():
            return Mixing()
