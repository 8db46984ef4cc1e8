"""Two items ask for the same thing.

A second card on a fact costs reviews and teaches nothing; on a paper it counts
one bit of knowledge twice, and an item pool looks larger than it is (Haladyna,
Downing and Rodriguez 2002, items independent of each other). Asking for one
fact from several angles is good, but then the prompts differ. The likeness of
two prompts is the number of content words that they share, over the number
that they hold together. A hit means: the same answer, and a likeness of 0.80
or more (an error), or of 0.65 or more (a warning). Prompts that name different
numbers, signs, code, formulas or pictures, or are on different passages, ask for different things, and siblings (`group:`) are meant to be
alike. Five prompts or more that differ in a name alone ("Which currency has France?")
are a pattern, whose names tell them apart. In a language whose endings are not known
(`her-study explain X02` lists the known ones), each word counts as it stands. Of two duplicates the longer is reported, or the later in the alphabet of
ids.

Bad:

    - id: worden-stuck
      kind: basic
      prompt: Which of Worden's tasks does the paper on *Her* say Theodore is stuck in?
      answer: The second
    - id: worden-task-stuck
      kind: basic
      prompt: In which of Worden's tasks does the paper on *Her* say that Theodore is stuck?  # X01
      answer: the second

Good:

    - id: worden-stuck
      kind: basic
      prompt: Which of Worden's tasks does the paper on *Her* say Theodore is stuck in?
      answer: The second
    - id: worden-price
      kind: basic
      prompt: What, on the paper's reading of *Her*, does dodging the pain of grief prolong?
      answer: Isolation
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from builder.comparing.duplicates import NEAR, StandingDuplicates, duplicate_cards
from builder.diagnostics import Severity
from builder.rules import Hit
from builder.rules._facts import InUse

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence
    from collections.abc import Set as AbstractSet

    from builder.model import Course
    from builder.model.readings import Card

    Told = tuple[str, str, str, Severity]

SEVERITY = Severity.ERROR
REMEDY = "delete one of the two, or let it ask for another thing"
WHOLE_COURSE = True
SAME = 0.80


def check(course: Course) -> Iterator[Hit]:
    """Cards with the same answer and much the same prompt as another."""
    yield from _hits(course, _told(duplicate_cards(course.active, course.tongue)))


class STANDING:
    """What is told of the cards that have an answer in common, kept between checks."""

    def __init__(self, course: Course) -> None:
        self.kept = StandingDuplicates(course.tongue)

    def look(self, course: Course, changed: AbstractSet[str]) -> Sequence[Hit]:
        """What `check` finds."""
        return list(_hits(course, self.kept.look(InUse(course), changed, _told)))


def _hits(course: Course, told: Iterable[Told]) -> Iterator[Hit]:
    return (Hit(course.at[name] / key, message, severity) for name, key, message, severity in told)


def _told(pairs: Iterable[tuple[Card, Iterator[tuple[Card, float]]]]) -> Iterator[Told]:
    """The id of an item, the key of its text, and what is wrong with it."""
    for here, others in pairs:
        share, other = 0.0, here
        for card, likeness in others:
            if likeness > share:
                share, other = likeness, card
                if share >= SAME:
                    break
        if share:
            severity = Severity.ERROR if share >= SAME else Severity.WARNING
            limit = SAME if share >= SAME else NEAR
            message = (
                f"asks what '{other.item.id}' asks, with the same answer (likeness {share:.2f}, limit {limit:.2f})"
            )
            yield here.item.id, here.key, message, severity
