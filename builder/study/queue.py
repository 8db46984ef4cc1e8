"""What is asked next: due cards first, then new ones up to a daily limit.

Anki's order: cards whose minutes are over; cards that are due on this day or were due before; new cards in the order of
the course; last, cards whose minutes will be over within 20 minutes.
"""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING, NamedTuple

from builder.study.progress import Review, Weights
from builder.study.schedule import NEW, State, after, state_of
from builder.study.weights import DEFAULT

if TYPE_CHECKING:
    from collections.abc import Iterable

    from builder.study.days import Moment
    from builder.study.progress import Entry
    from builder.study.sheets import Card, Place

AHEAD = 20 * 60_000  # milliseconds


class Counts(NamedTuple):
    """How many cards are to come on this day: new ones within the limit, ones that are being learnt, and due ones."""

    new: int
    learning: int
    due: int


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

    def newest(self, place: Place) -> int:
        """When the card was answered last, in milliseconds; 0 where it is new."""
        some = self._reviews.get(place)
        return some[-1].time if some else 0

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
        stepping, known, fresh = self._sorted(now)
        soonest = min(stepping, default=None)
        if soonest and soonest[0] <= now.time:
            return self.cards[soonest[1]]
        if known:
            _, place = min(known, key=lambda found: found[0])  # of one day, in the order of the course
            return self.cards[place]
        if fresh and self._room(now):
            return self.cards[fresh[0]]
        return self.cards[soonest[1]] if soonest and soonest[0] <= now.time + AHEAD else None

    def counts(self, now: Moment) -> Counts:
        """How many cards are still to come on this day."""
        stepping, known, fresh = self._sorted(now)
        return Counts(min(len(fresh), self._room(now)), len(stepping), len(known))

    def _sorted(self, now: Moment) -> tuple[list[tuple[int, Place]], list[tuple[int, Place]], list[Place]]:
        """The cards that are being learnt and those that are due, with the times and days at which they are, and the new ones."""
        stepping: list[tuple[int, Place]] = []
        known: list[tuple[int, Place]] = []
        fresh: list[Place] = []
        for place, state in self.states.items():
            phase = state.phase
            if phase == "new":
                fresh.append(place)
            elif phase != "known":
                stepping.append((state.due, place))
            elif state.due <= now.day:
                known.append((state.due, place))
        return stepping, known, fresh

    def _room(self, now: Moment) -> int:
        """How many more new cards the limit lets through on this day."""
        return max(0, self.limit - self._begun[now.day])
