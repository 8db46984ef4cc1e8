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
from typing import TYPE_CHECKING, Any

from builder.comparing.marks import mark
from builder.text.words import RECENT, exact, words_of_all

if TYPE_CHECKING:
    from collections.abc import Hashable, Iterable, Iterator, Mapping, Sequence

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
    """The words of a question, and what code and formulas in it say."""
    return frozenset([*words_of_all((question,), low=True), *exact(question)])


class StandingFrames(Frames):
    """Frames that are kept while questions come and go; `question` gives the text of a question by its name.

    What is known of a frame holds until a question comes or goes that has its words. Of each question the mark and the
    number of words are kept, from the first time on that a frame is asked for.
    """

    def __init__(self) -> None:
        """Know no question yet."""
        super().__init__(())
        self._marks: dict[Hashable, tuple[int, int]] | None = None
        self._asked: Mapping[Any, str] = {}

    def __getstate__(self) -> dict[str, object]:
        """What is kept: the questions are those of the course."""
        return {**vars(self), "_asked": {}}

    def change(self, gone: Iterable[Hashable], come: Mapping[Any, str]) -> None:
        """Take questions out, and others in."""
        if self._marks is None:
            return
        moved = [self._marks.pop(name) for name in gone if name in self._marks]
        for name, text in come.items():
            words = _words(text)
            self._marks[name] = mark(words), len(words)
            moved.append(self._marks[name])
        if len(self._known) > _MOST_KNOWN:
            self._known.clear()
        for shared in [
            shared for shared in self._known if any(_may_hold(*it, mark(shared), len(shared)) for it in moved)
        ]:
            del self._known[shared]

    def ask(self, questions: Mapping[Any, str]) -> None:
        """Answer `tell_apart` for these questions from now on: those that were taken in and not out."""
        self._asked = questions

    def _is_frame(self, shared: frozenset[str]) -> bool:
        if self._marks is None:
            every = ((name, _words(text)) for name, text in self._asked.items())
            self._marks = {name: (mark(words), len(words)) for name, words in every}
        bits, size = mark(shared), len(shared)
        found: set[frozenset[str]] = set()
        for name, (here, number) in self._marks.items():
            if here & bits == bits and _may_hold(here, number, bits, size):
                words = _words(self._asked[name])
                if shared <= words:
                    found.add(words)
                    if len(found) >= MANY:
                        return True
        return False


def _may_hold(here: int, number: int, bits: int, size: int) -> bool:
    """Whether a question of this mark and number of words may hold the words of a frame, and one to `OWN` others."""
    return here & bits == bits and 0 < number - size <= OWN
