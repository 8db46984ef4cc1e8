"""When a card comes again: FSRS with the default weights of Anki or a student's own, and Anki's rules around it.

The `fsrs` library computes stability and difficulty; before 6.3.2, Hard lowered the stability on the day of a review, as
it does in Anki 25. It is told days of study as days at midnight UTC, since it counts
whole days itself, and gets no learning steps, since Anki's differ in what follows. Anki's rules are here:

- a new card has the steps 1 and 10 minutes; a forgotten one has 10 minutes;
- a second review on one day counts as no day, by the formula for short times;
- hard < good < easy, each at least a day apart;
- a pass does not shorten an interval by less than what chance would add in Anki;
- between two reviews, stability is kept to four decimals and difficulty to three.

There is no chance in it: equal reviews give an equal state on every device.

Sources: Anki manual, "Deck Options"; rslib/src/scheduler/states of Anki 26.9.
"""

from __future__ import annotations

import math
from datetime import UTC, datetime, timedelta
from functools import lru_cache
from typing import TYPE_CHECKING, Literal, NamedTuple

from fsrs import Card, Rating, Scheduler
from fsrs import State as FsrsState

from builder.study.weights import DEFAULT

if TYPE_CHECKING:
    from collections.abc import Iterable

    from builder.study.days import Moment
    from builder.study.progress import Review
    from builder.study.weights import Values

AGAIN, HARD, GOOD, EASY = 1, 2, 3, 4
MOST_DAYS = 36500
_MINUTE = 60_000  # milliseconds
_STEPS = (_MINUTE, 10 * _MINUTE)  # of a card that is learnt
_RELEARNING = (10 * _MINUTE,)  # of a card that was forgotten

_LEAST_SPREAD = 2.5  # days: chance leaves a shorter interval as it is
_SPREADS = (
    (2.5, 7.0, 0.15),
    (7.0, 20.0, 0.1),
    (20.0, float("inf"), 0.05),
)  # from, to, and the share of what lies between

_START = datetime(2000, 1, 1, tzinfo=UTC)
_MOST_GAP = 200_000  # days between two reviews: within what `datetime` holds


Phase = Literal["new", "learning", "known", "relearning"]


class State(NamedTuple):
    """How well a card is known, and when it comes again.

    A card that is being learnt comes `due` milliseconds after 1970, a known one on the day `due`. `step` is the place
    among the steps. `interval` is that of a known card, or the one that a forgotten card goes back to, in days. `day`
    is the day of the last review. `lapses` counts how often a known card was forgotten.
    """

    phase: Phase = "new"
    due: int = 0
    step: int = 0
    interval: int = 0
    stability: float = 0.0
    difficulty: float = 0.0
    day: int = 0
    lapses: int = 0

    @property
    def is_stepping(self) -> bool:
        """Whether the card comes again after minutes."""
        return self.phase in {"learning", "relearning"}


NEW = State()


class _Memory(NamedTuple):
    """Stability is the days until recall is 90 % sure, which here is the interval before it is rounded."""

    stability: float
    difficulty: float
    interval: int


def state_of(reviews: Iterable[Review], weights: Values = DEFAULT) -> State:
    """The state of a card after its reviews, which are in the order of time, by these weights of FSRS."""
    state = NEW
    for review in reviews:
        state = after(state, review.rating, review, weights)
    return state


def after(state: State, rating: int, moment: Moment | Review, weights: Values = DEFAULT) -> State:
    """The state of a card after a review at a moment; `rating` is from 1 (again) to 4 (easy).

    A new card that is good comes after 10 minutes; if it is good then, after 2 days; if it is good on that day, after
    11 more.
    """
    gap = min(max(0, moment.day - state.day), _MOST_GAP) if state.phase != "new" else 0
    memory = _memory(state.stability, state.difficulty, rating, gap, weights)
    delay = _delay(state, rating)
    interval = memory.interval if delay else _interval(state, rating, gap, weights)
    phase: Phase = "known"
    if delay:
        phase = "relearning" if state.phase in {"known", "relearning"} else "learning"
    return State(
        phase,
        moment.time + delay if delay else moment.day + interval,
        _step(state, rating) if delay else 0,
        interval,
        round(memory.stability, 4),
        round(memory.difficulty, 3),
        moment.day,
        state.lapses + (state.phase == "known" and rating == AGAIN),
    )


def _delay(state: State, rating: int) -> int:
    """Milliseconds until a card comes again that is still being learnt after the review; 0 for one that is then known."""
    if state.phase == "known":
        return _RELEARNING[0] if rating == AGAIN else 0
    steps = _RELEARNING if state.phase == "relearning" else _STEPS
    if rating == AGAIN:
        return steps[0]
    if rating == HARD and state.step:
        return steps[state.step]
    if rating == HARD:
        return (steps[0] + steps[1]) // 2 if len(steps) > 1 else steps[0] * 3 // 2
    return steps[state.step + 1] if rating == GOOD and state.step + 1 < len(steps) else 0


def _step(state: State, rating: int) -> int:
    """The place among the steps after a review that leaves the card being learnt."""
    return 0 if rating == AGAIN else state.step + (rating == GOOD)


def _interval(state: State, rating: int, gap: int, weights: Values) -> int:
    """Days until a card comes again that is known after the review.

    A known card whose intervals by FSRS are 8, 8 and 13 days comes after 8 if it was hard, after 9 if it was good, and
    after 13 if it was easy.
    """
    least = 1
    for button in (HARD, GOOD, EASY):
        if button == HARD and state.phase != "known":
            continue  # it leaves the card being learnt
        memory = _memory(state.stability, state.difficulty, button, gap, weights)
        if state.phase == "known" and state.interval <= _latest(memory.stability):
            least = max(least, state.interval)
        interval = min(max(memory.interval, least), MOST_DAYS)
        if button == rating:
            return interval
        least = interval + 1
    raise AssertionError(rating)


def _latest(stability: float) -> int:
    """The longest interval, in days, that chance could make of one of `stability` days in Anki.

    There is no chance here; but Anki does not shorten an interval that lies within these bounds, even without chance.
    """
    if stability < _LEAST_SPREAD:
        return 0
    spread = 1 + sum(share * max(0.0, min(stability, end) - start) for start, end, share in _SPREADS)
    return _whole(stability + spread)


@lru_cache(maxsize=4)
def _fsrs(weights: Values) -> Scheduler:
    made = Scheduler(learning_steps=(), relearning_steps=(), maximum_interval=MOST_DAYS, enable_fuzzing=False)
    if not weights:
        return made
    return Scheduler(weights, learning_steps=(), relearning_steps=(), maximum_interval=MOST_DAYS, enable_fuzzing=False)


@lru_cache(maxsize=1 << 16)
def _memory(stability: float, difficulty: float, rating: int, gap: int, weights: Values) -> _Memory:
    """What FSRS makes of a review that comes `gap` days after the one before; a card without a stability is new."""
    at = _START + timedelta(days=gap)
    card = Card(0, FsrsState.Review, None, stability, difficulty, at, _START) if stability else Card(0, due=at)
    card, _ = _fsrs(weights).review_card(card, Rating(rating), at)
    if card.stability is None or card.difficulty is None:
        raise AssertionError(card)
    stability = min(card.stability, MOST_DAYS)
    return _Memory(stability, card.difficulty, min(max(1, _whole(stability)), MOST_DAYS))


def _whole(days: float) -> int:
    """The nearest whole number, and of two that are as near the greater one, as Anki rounds: 19 for 18.5.

    18.4999999999 is 18.5, since it may be the same sum in another order, as the page's library has it.
    """
    return math.floor(round(days, 6) + 0.5)
