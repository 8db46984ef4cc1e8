"""Marks: a set of words as a number of 256 bits, with one bit set for each word; several words may share a bit.

If all words of one set stand in another, all bits of its mark are set in that of the other. So a look at the marks
finds the few sets that may hold some words, and only these are compared word by word. A mark is the same in every
process, so it can be kept.
"""

from __future__ import annotations

from functools import reduce
from operator import or_
from typing import TYPE_CHECKING
from zlib import crc32

if TYPE_CHECKING:
    from collections.abc import Iterable

BITS = 256


class _Bits(dict[str, int]):
    """The bit of each word, computed once."""

    def __missing__(self, word: str) -> int:
        if len(self) > _MOST:
            self.clear()
        self[word] = bit = 1 << crc32(word.encode("utf-8", "surrogatepass")) % BITS
        return bit


_MOST = 1 << 17  # words whose bits are kept: more than the vocabulary of a large course
_BITS = _Bits()


def mark(words: Iterable[str]) -> int:
    """The mark of a set of words."""
    return reduce(or_, map(_BITS.__getitem__, words), 0)  # a loop takes a third longer
