"""Frames: the words that many questions of one pattern share, as "What is the capital of ...?" has them.

A deck of 219 capitals asks 219 questions that are alike but for a name. That name is what tells them apart, and no
two of them are mistaken for each other or ask for the same thing.

An example. Five cards ask "Which city is the capital of France?", and of Spain, Peru, Chad and Fiji. Any two of them
share the six words before the country. All five hold these words and one of their own, so they are a frame. Two cards
"Whom does the mirror in the film show?" and "Whom does the mirror in Samantha show?" share six words as well, which no
other card holds: they are no frame, and the two may well be mistaken for each other.
"""

from __future__ import annotations

from collections import defaultdict
from functools import lru_cache
from typing import TYPE_CHECKING

from builder.text.words import RECENT, exact, words_of_all

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

MANY = 5  # questions that differ in a name alone: fewer may be alike by chance
MET = 30  # questions of its pattern that one question is compared with
OWN = 3  # words that fill the place of the name: "Trinidad and Tobago"


class Frames:
    """The frames among some questions. Nothing is worked out until it is asked for: few questions are alike."""

    def __init__(self, questions: Sequence[str]) -> None:
        self._questions = questions
        self._sets: list[frozenset[str]] = []
        self._holding: dict[str, set[int]] = {}
        self._known: dict[frozenset[str], bool] = {}

    def unlike(self, number: int, found: Iterable[tuple[int, float]]) -> Iterator[tuple[int, float]]:
        """What was found to be like a question, by number and likeness, less what a frame tells apart from it.

        Questions that share a rare word come first, so after 30 that a frame tells apart the rest are not looked at:
        in a deck of one pattern each question is like all others.
        """
        told = 0
        for other, share in found:
            if not self.tell_apart(self._questions[number], self._questions[other]):
                yield other, share
            elif (told := told + 1) == MET:
                return

    def tell_apart(self, one: str, two: str) -> bool:
        """Whether what two questions share is a frame, and each has words of its own to fill it."""
        a, b = _words(one), _words(two)
        shared = a & b
        if not shared or len(shared) in {len(a), len(b)}:
            return False
        if shared not in self._known:
            self._known[shared] = self._is_frame(shared)
        return self._known[shared]

    def _is_frame(self, shared: frozenset[str]) -> bool:
        """Whether many questions hold these words and a few of their own."""
        if not self._holding:
            self._sets = list(dict.fromkeys(map(_words, self._questions)))
            self._holding = defaultdict(set)
            for number, words in enumerate(self._sets):
                for word in words:
                    self._holding[word].add(number)
        rarest = sorted((self._holding.get(word, set()) for word in shared), key=len)
        found = rarest[0].intersection(*rarest[1:])
        return sum(0 < len(self._sets[number]) - len(shared) <= OWN for number in found) >= MANY


@lru_cache(maxsize=RECENT)
def _words(question: str) -> frozenset[str]:
    """The words of a question, and what code and formulas in it say."""
    return frozenset([*words_of_all((question,), low=True), *exact(question)])
