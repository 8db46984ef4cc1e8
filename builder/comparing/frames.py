"""Frames: the words that many questions of one pattern share, as "What is the capital of ...?" has them.

A deck of 219 capitals has 219 questions that differ in one name only. That name tells the questions apart: no two of
them ask for the same thing, or can be mistaken for each other. So questions with a common frame are no duplicates.

An example. Five cards ask "Which city is the capital of France?", and of Spain, Peru, Chad and Fiji. Any two of them
share the six words before the country. All five hold these words and one of their own, so they are a frame. Two cards
"Whom does the mirror in the film show?" and "Whom does the mirror in Samantha show?" share six words as well, which no
other card holds: they are no frame, and the two may well be mistaken for each other.
"""

from __future__ import annotations

from collections import defaultdict
from functools import lru_cache
from sys import intern
from typing import TYPE_CHECKING, Any

from builder.text import markup
from builder.text.words import RECENT, exact, words_of_all

if TYPE_CHECKING:
    from collections.abc import Collection, Hashable, Iterable, Iterator, Mapping, Sequence

MANY = 5  # so many questions make a frame; fewer may be alike by chance
MET = 30  # a question is compared with so many questions of its frame at most
_MOST_KNOWN = 10_000  # frames that are kept
OWN = 3  # the most words that the place of the name may have: "Trinidad and Tobago"


class Frames:
    """The frames among some questions. They are found only as pairs are asked about, since few questions are alike."""

    def __init__(self, questions: Sequence[str]) -> None:
        self._questions = questions
        self._sets: list[frozenset[str]] = []
        self._holding: dict[str, set[int]] = {}
        self._known: dict[frozenset[str], bool] = {}

    def unlike(self, number: int, found: Iterable[tuple[int, float]]) -> Iterator[tuple[int, float]]:
        """Those of the `found` questions, by number and likeness, that no frame tells apart from question `number`.

        In a deck of one pattern each question is like all others. So after 30 questions that a frame tells apart, the
        rest of `found` is not looked at. Questions that share a rare word, which may be duplicates, come first there.
        """
        told = 0
        for other, share in found:
            if not self.tell_apart(self._questions[number], self._questions[other]):
                yield other, share
            elif (told := told + 1) == MET:
                return

    def tell_apart(self, one: str, two: str) -> bool:
        """Whether the words that two questions share are a frame, and each question has further words that fill it."""
        a, b = _words(one), _words(two)
        shared = a & b
        if not shared or len(shared) in {len(a), len(b)}:
            return False
        if shared not in self._known:
            self._known[shared] = self._is_frame(shared)
        return self._known[shared]

    def _is_frame(self, shared: frozenset[str]) -> bool:
        """Whether at least `MANY` questions hold these words, and one to `OWN` others."""
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
    """The words of a question, and what code and formulas in it say; each word is one object in all questions."""
    return frozenset([*map(intern, words_of_all((question,), low=True)), *exact(question)])


class StandingFrames(Frames):
    """Frames that are kept while questions come and go, each with a name.

    Of each frame that was asked for, the questions are kept that hold it. What is known of it holds until one of these
    goes, or, where they are too few, until another one comes.
    """

    def __init__(self) -> None:
        """Know no question yet."""
        super().__init__(())
        self._holders: dict[frozenset[str], tuple[Hashable, ...]] = {}  # by the words of frames
        self._asked: Mapping[Any, str] = {}
        self._said: list[tuple[Hashable, str, str]] = []  # name, question and `_said_of`; empty until it is needed

    def __getstate__(self) -> dict[str, object]:
        """What is kept: the questions are those of the course."""
        return {**vars(self), "_asked": {}, "_said": []}

    def change(self, gone: Collection[Hashable], come: Mapping[Any, str]) -> None:
        """Take questions out, and others in; one that changes does both."""
        if len(self._known) > _MOST_KNOWN:
            self._known, self._holders = {}, {}
        new = list(map(_words, come.values())) if self._known else []
        for shared, holders in list(self._holders.items()):
            is_more = not self._known[shared] and any(_holds(words, shared) for words in new)
            if is_more or any(name in gone for name in holders):
                del self._known[shared], self._holders[shared]

    def ask(self, questions: Mapping[Any, str]) -> None:
        """Answer `tell_apart` for these questions from now on: those that were taken in and not out."""
        self._asked, self._said = questions, []

    def _is_frame(self, shared: frozenset[str]) -> bool:
        if not self._said:
            self._said = [(name, text, _said_of(text)) for name, text in self._asked.items()]
        longest, *others = sorted(shared, key=len, reverse=True)
        holders: list[Hashable] = []
        found: set[frozenset[str]] = set()
        for name, text, said in self._said:
            if longest in said and all(word in said for word in others):
                words = _words(text)
                if _holds(words, shared):
                    holders.append(name)
                    found.add(words)
                    if len(found) >= MANY:
                        break
        self._holders[shared] = tuple(holders)
        return len(found) >= MANY


def _said_of(question: str) -> str:
    """A text that has each of the `_words` of a question in it, though not by itself: a quick look finds most that lack one."""
    if "{{" in question or markup.SPECIAL.search(question):
        return " ".join(_words(question))
    return question.lower()


def _holds(words: frozenset[str], shared: frozenset[str]) -> bool:
    """Whether a question holds the words of a frame, and one to `OWN` others."""
    return 0 < len(words) - len(shared) <= OWN and shared <= words
