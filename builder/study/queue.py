"""What is asked next: due cards first, then new ones up to a daily limit.

Anki's order: cards whose minutes are over; cards that are due on this day or were due before; new cards in the order of
the course; last, cards whose minutes will be over within 20 minutes. Items that are kept for exams and retired ones
have no card here.
"""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING, NamedTuple

from builder.model import (
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
from builder.study.progress import Review, Weights
from builder.study.schedule import NEW, State, after, state_of
from builder.study.weights import DEFAULT

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from builder.model import Course, Item
    from builder.study.days import Moment
    from builder.study.progress import Entry

AHEAD = 20 * 60_000  # milliseconds
Place = tuple[str, int]  # the id of an item, and the number of a card of it


class Card(NamedTuple):
    """A question that is asked: its item, and which card of the item it is, counted from 1."""

    item: Item
    number: int

    @property
    def place(self) -> Place:
        """By which reviews know the card."""
        return self.item.id, self.number


class Counts(NamedTuple):
    """How many cards are to come on this day: new ones within the limit, ones that are being learnt, and due ones."""

    new: int
    learning: int
    due: int


def numbers(item: Item) -> tuple[int, ...]:
    """The numbers of an item's cards: those of Anki's cards, counted from 1."""
    match item:
        case Reversed():
            return (1, 2)
        case Cloze():
            return tuple(sorted({blank.number for blank in item.blanks}))
        case Occlusion():
            return tuple(range(1, len(item.boxes) + 1))
        case Basic() | Mcq() | TrueFalse() | Matching() | Ordering() | Numeric() | Short() | Essay():
            return (1,)


def cards(course: Course, is_asked: Callable[[Item], bool] = lambda _: True) -> list[Card]:
    """The cards of the items that students get and `is_asked` lets through, in the order of the course."""
    items = (item for item in course.active if not item.is_kept and is_asked(item))
    return [Card(item, number) for item in items for number in numbers(item)]


class Queue:
    """The cards of a course with their states, which every review that is taken up changes."""

    def __init__(
        self, asked: Iterable[Card], reviews: Iterable[Review], limit: int, weights: Weights | None = None
    ) -> None:
        """`asked` are the cards, `reviews` all of the course in any order, `limit` is that of new cards a day.

        Without `weights`, the cards come by the default ones.
        """
        self._weigh(weights)
        self.cards = {card.place: card for card in asked}
        self.limit = limit
        self._reviews: dict[Place, list[Review]] = defaultdict(list)
        self._begun: dict[int, int] = defaultdict(int)  # by day, the cards that were new on it
        self.states = dict.fromkeys(self.cards, NEW)
        for review in reviews:
            self._reviews[review.item, review.card].append(review)
        for place, some in self._reviews.items():
            some.sort()
            self._begun[some[0].day] += 1
            if place in self.cards:
                self.states[place] = state_of(some, self._values)

    def _weigh(self, weights: Weights | None) -> None:
        self.weights, self._values = weights, weights.values if weights else DEFAULT

    def after(self, state: State, rating: int, moment: Moment | Review) -> State:
        """The state of a card after a review, by the weights of the queue."""
        return after(state, rating, moment, self._values)

    def take(self, review: Review) -> None:
        """Take up one more review, of this or of another device: it may lie before others."""
        place = review.item, review.card
        some = self._reviews[place]
        if review in some:
            return
        if some:
            self._begun[some[0].day] -= 1
        is_last = not some or some[-1] < review
        some.append(review)
        some.sort()
        self._begun[some[0].day] += 1
        if place in self.states:
            state = self.states[place]
            self.states[place] = self.after(state, review.rating, review) if is_last else state_of(some, self._values)

    def forget(self, review: Review) -> None:
        """Take a review back, as if it had never been."""
        place = review.item, review.card
        some = self._reviews[place]
        if review not in some:
            return
        self._begun[some[0].day] -= 1
        some.remove(review)
        if some:
            self._begun[some[0].day] += 1
        if place in self.states:
            self.states[place] = state_of(some, self._values)

    def suspend(self, place: Place) -> None:
        """Ask a card no more, until a queue is made anew in which it is not left out."""
        self.states.pop(place, None)

    def heed(self, entry: Entry) -> None:
        """Take up a line of another terminal. A card that is resumed there is asked from the next start on."""
        if isinstance(entry, Review):
            self.take(entry)
        elif isinstance(entry, Weights):
            if self.weights is None or self.weights < entry:
                self._weigh(entry)
                self.states = {place: state_of(self._reviews[place], self._values) for place in self.states}
        elif entry.mark == "suspended":
            self.suspend((entry.item, entry.card))
        elif entry.mark == "undone":
            some = self._reviews[entry.item, entry.card]
            for review in [it for it in some if it.time == entry.of]:
                self.forget(review)

    def next(self, now: Moment) -> Card | None:
        """The card to ask at this moment; None where the day's work is done."""
        stepping = [(state.due, place) for place, state in self.states.items() if state.is_stepping]
        soonest = min(stepping, default=None)
        if soonest and soonest[0] <= now.time:
            return self.cards[soonest[1]]
        known = ((state.due, place) for place, state in self.states.items() if _is_due(state, now))
        due = min(known, default=None, key=lambda found: found[0])  # of one day, in the order of the course
        if due:
            return self.cards[due[1]]
        if self._new_left(now):
            return self.cards[next(place for place, state in self.states.items() if state.phase == "new")]
        return self.cards[soonest[1]] if soonest and soonest[0] <= now.time + AHEAD else None

    def counts(self, now: Moment) -> Counts:
        """How many cards are still to come on this day."""
        states = self.states.values()
        return Counts(self._new_left(now), sum(s.is_stepping for s in states), sum(_is_due(s, now) for s in states))

    def _new_left(self, now: Moment) -> int:
        fresh = sum(state.phase == "new" for state in self.states.values())
        return min(fresh, max(0, self.limit - self._begun[now.day]))


def _is_due(state: State, now: Moment) -> bool:
    return state.phase == "known" and state.due <= now.day
