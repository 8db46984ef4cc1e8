"""Frames: the words that many questions of one pattern share, as "What is the capital of ...?" has them.

A deck of 219 capitals asks 219 questions that are alike but for a name. That name is what tells them apart, and no
two of them are mistaken for each other or ask for the same thing.

An example. Five cards ask for the capital of France, Spain, Peru, Chad and Fiji, in the words `capital`, `city` and
the country. Two of them share {capital, city}. All five hold these two words and one of their own, so that is a frame.
Two cards on {mirror, paper, Samantha} and {mirror, paper, Theodore} share {mirror, paper}, which no other card holds:
that is no frame, and they may well be mistaken for each other.
"""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

MANY = 5  # questions that differ in a name alone: fewer may be alike by chance
OWN = 3  # words that fill the place of the name: "Trinidad and Tobago"


class Frames:
    """The frames among the sets of words of some questions."""

    def __init__(self, sets: Iterable[frozenset[str]]) -> None:
        self._sets = list(dict.fromkeys(sets))
        self._holding: dict[str, set[int]] | None = None
        self._known: dict[frozenset[str], bool] = {}

    def tell_apart(self, one: frozenset[str], two: frozenset[str]) -> bool:
        """Whether what two questions share is a frame, and each has words of its own to fill it."""
        shared = one & two
        if not shared or len(shared) in {len(one), len(two)}:
            return False
        if shared not in self._known:
            self._known[shared] = self._is_frame(shared)
        return self._known[shared]

    def _is_frame(self, shared: frozenset[str]) -> bool:
        """Whether many questions hold these words and a few of their own."""
        if self._holding is None:
            self._holding = defaultdict(set)
            for number, words in enumerate(self._sets):
                for word in words:
                    self._holding[word].add(number)
        rarest = sorted((self._holding[word] for word in shared), key=len)
        found = rarest[0].intersection(*rarest[1:])
        return sum(0 < len(self._sets[number]) - len(shared) <= OWN for number in found) >= MANY
