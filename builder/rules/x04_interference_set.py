"""Two cards look alike and have different answers.

Memory confuses what looks the same: of two cards with much the same words and
different answers, each review of the one unsettles the other (Wozniak's rule
on interference; Matuschak 2020, prompts precise enough to have one answer).
The cure is to make the difference the matter of a card. The likeness of two
prompts is the number of content words that they share, over the number that
they hold together. A hit means: two cards (basic, reversed, cloze) with a
likeness of 0.50 or more and different answers, that are neither siblings
(`group:`) nor in one `contrast:` set, and show the same code, formulas, tables
and pictures, if any. Questions on passages are told apart by these. Five cards or more that differ in a name alone ("What is the
capital of Peru?") are a pattern: the name tells them apart. Of two such cards the longer is reported,
or the later in the alphabet of ids.

Bad:

    - id: mirror-samantha
      kind: basic
      prompt: Whom does the mirror that the paper on *Her* sees in Samantha show?
      answer: Theodore
    - id: mirror-work
      kind: basic
      prompt: Whom does the mirror that the paper sees in the film *Her* show?  # X04
      answer: Social workers

Good:

    - id: mirror-samantha
      kind: basic
      contrast: mirrors
      prompt: Whom does the mirror that the paper on *Her* sees in Samantha show?
      answer: Theodore
    - id: mirror-work
      kind: basic
      contrast: mirrors
      prompt: Whom does the mirror that the paper sees in the film *Her* show?
      answer: Social workers
    - id: mirrors-apart
      kind: basic
      contrast: mirrors
      prompt: The paper finds one reflection inside *Her* and one outside it. What tells them apart?
      answer: Who looks into it
"""

from __future__ import annotations

from collections.abc import Mapping
from itertools import islice
from typing import TYPE_CHECKING

from builder.comparing.frames import Frames, StandingFrames
from builder.comparing.standing_likes import StandingLikes
from builder.diagnostics import Severity
from builder.model import Basic, Cloze, Reversed
from builder.model.readings import Card, cards, prompts
from builder.rules import Hit
from builder.rules._facts import in_use
from builder.text.alike import alike
from builder.text.words import STEMMED, exact, stems_of_all

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence
    from collections.abc import Set as AbstractSet

    from builder.model import Course, Item

SEVERITY = Severity.WARNING
REMEDY = "give both one `contrast:` and add a card that asks for the difference, or ask in other words"
LANGUAGES = STEMMED
WHOLE_COURSE = True
ALIKE = 0.50
SEEN = 8  # so many cards are looked at for the one most like: the first would do
_MOST_PROMPTS = 2  # of an item


def check(course: Course) -> Iterator[Hit]:
    """Cards that look much like another with a different answer."""
    items = sorted((i for i in course.active if isinstance(i, Basic | Reversed | Cloze)), key=lambda item: item.id)
    every = [(item, number, prompt) for item in items for number, (_, prompt) in enumerate(prompts(item))]
    sets = [stems_of_all((prompt,), course.tongue) for _, _, prompt in every]

    def card(place: int) -> Card:
        item, number, _ = every[place]
        return list(cards(item))[number]  # few cards are alike, so answers are read this late

    frames = Frames([prompt for _, _, prompt in every])
    for i, others in alike(sets, ALIKE):
        fitting = ((share, -j) for j, share in frames.unlike(i, others) if _interferes(card(i), card(j)))
        share, place = max(islice(fitting, SEEN), default=(0.0, 0))
        if share:
            yield _hit(course, card(i), card(-place), share)


class STANDING:
    """The cards of a course that are alike, kept between checks."""

    def __init__(self, _course: Course) -> None:
        self.kept = StandingLikes(ALIKE, SEEN), StandingFrames()

    def look(self, course: Course, changed: AbstractSet[str]) -> Sequence[Hit]:
        """What `check` finds."""
        moved = {(name, n) for name in changed for n in range(_MOST_PROMPTS)}
        come = dict(_prompts_of(in_use(course, changed)))
        # At the first look these are all: a dictionary gives them sooner.
        every: Mapping[tuple[str, int], str] = come if course.by_id.keys() <= changed else _Prompts(course)
        likes, frames = self.kept
        found = likes.look(every, moved, lambda name: stems_of_all((every[name],), course.tongue))
        if found is None:
            self.kept = likes, StandingFrames()
            return list(check(course))
        frames.change(moved, come)
        frames.ask(every)
        return list(self._hits(course, every, found))

    def _hits(
        self,
        course: Course,
        every: Mapping[tuple[str, int], str],
        found: Mapping[tuple[str, int], Mapping[tuple[str, int], float]],
    ) -> Iterator[Hit]:
        for name in sorted(found):
            here, best, other = list(cards(course.by_id[name[0]]))[name[1]], 0.0, None
            for partner, share in sorted(found[name].items()):
                there = list(cards(course.by_id[partner[0]]))[partner[1]]
                is_told = self.kept[1].tell_apart(every[name], every[partner])
                if share > best and not is_told and _interferes(here, there):
                    best, other = share, there
            if other:
                yield _hit(course, here, other, best)


class _Prompts(Mapping[tuple[str, int], str]):
    """The prompts of the cards that may interfere, by the id of the item and the number of the prompt."""

    def __init__(self, course: Course) -> None:
        self._course = course

    def __getitem__(self, name: tuple[str, int]) -> str:
        item = self._course.by_id[name[0]]
        if item.retired is not None or not isinstance(item, Basic | Reversed | Cloze):
            raise KeyError(name)
        for number, (_, text) in enumerate(prompts(item)):
            if number == name[1]:
                return text
        raise KeyError(name)

    def __iter__(self) -> Iterator[tuple[str, int]]:
        return (name for name, _ in _prompts_of(self._course.active))

    def __len__(self) -> int:
        return sum(1 for _ in self)


def _prompts_of(items: Iterable[Item]) -> Iterator[tuple[tuple[str, int], str]]:
    """The prompts of these items that may interfere, each with the id of its item and its number there."""
    for item in items:
        if isinstance(item, Basic | Reversed | Cloze):
            yield from (((item.id, number), text) for number, (_, text) in enumerate(prompts(item)))


def _hit(course: Course, here: Card, other: Card, share: float) -> Hit:
    message = f"reads like '{other.item.id}', with another answer (likeness {share:.2f}, limit {ALIKE:.2f})"
    return Hit(course.at[here.item.id] / here.key, message)


def _interferes(one: Card, two: Card) -> bool:
    a, b = one.item, two.item
    apart = (
        a is not b
        and not a.is_beside(b)
        and not (a.group and a.group == b.group)
        and not (a.contrast and a.contrast == b.contrast)
    )
    return apart and one.answer != two.answer and _shown(one) == _shown(two)


def _shown(card: Card) -> tuple[object, ...]:
    """The code, formulas, tables, picture and passage of a question: cards that differ in these are told apart at sight."""
    item = card.item
    return exact(card.prompt), item.image and item.image.file, item.passage and item.passage.id
