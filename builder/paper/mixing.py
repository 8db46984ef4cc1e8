"""What is shuffled within an item as data, and its order by rank: a hash of seed and text, the same on any machine and under any Python.

Nothing of the models is here, so that what has been kept of an item can be shuffled without them.
"""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Sequence


class Mixing(NamedTuple):
    """The texts that are shuffled, and what binds their order.

    `fixed` is the one order of texts that have one, as indices; else it is empty. `ends` are 0 for what stays first, 1,
    and 2 for what stays last, text by text; empty stands for ones. `never_as_is` refuses the order of the texts themselves.
    """

    texts: Sequence[str] = ()
    fixed: Sequence[int] = ()
    ends: Sequence[int] = ()
    never_as_is: bool = False


def rank(*parts: str) -> bytes:
    """The place of these parts in a shuffle: their SHA-256, which is one and the same on any machine."""
    return hashlib.sha256("\0".join(parts).encode("utf-8", "surrogatepass")).digest()


def mixed(mixing: Mixing, *seed: str) -> tuple[int, ...]:
    """The order in which the texts are shown, as indices: entry k is the index of what stands at place k.

    Texts are ranked by what they say, so that their order in the bank does not matter; equal texts by place. The texts
    a, b and "none of these" with the ends 1, 1 and 2 may come out as (1, 0, 2), and never as (2, 0, 1).
    """
    if mixing.fixed:
        return tuple(mixing.fixed)
    texts, ends = mixing.texts, mixing.ends
    order = tuple(sorted(range(len(texts)), key=lambda i: (ends[i] if ends else 1, rank(*seed, texts[i]), i)))
    return (*order[1:], order[0]) if mixing.never_as_is and order == tuple(range(len(texts))) else order
