"""What the reviews of a course add up to, and what is to come."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from builder.study.progress import Review
    from builder.study.queue import Queue

MATURE = 21  # days: Anki calls a card with such an interval mature
_MONTH = 30  # days


class Figures(NamedTuple):
    """Cards by how well they are known, and reviews.

    `kept` is the share of reviews of the last 30 days that were no lapses, among those of cards that had been seen on
    an earlier day; None where there was none. `days` are the days in a row, up to today or yesterday, with a review.
    """

    new: int
    learning: int
    young: int
    mature: int
    reviews: int
    today: int
    days: int
    kept: float | None


def figures(queue: Queue, reviews: Sequence[Review], today: int) -> Figures:
    """The figures of the cards of a queue, and of reviews in the order of time.

    Reviews of cards that the queue does not have count as well, as of suspended cards and of items that are retired
    since: what a student has done does not get less.
    """
    states = queue.states.values()
    known = [state.interval for state in states if state.phase == "known"]
    return Figures(
        new=sum(state.phase == "new" for state in states),
        learning=sum(state.is_stepping for state in states),
        young=sum(interval < MATURE for interval in known),
        mature=sum(interval >= MATURE for interval in known),
        reviews=len(reviews),
        today=sum(review.day == today for review in reviews),
        days=_row({review.day for review in reviews}, today),
        kept=_kept(reviews, today),
    )


def _row(days: set[int], today: int) -> int:
    """How many days in a row have a review; a day that has only begun does not end the row."""
    last = today if today in days else today - 1
    first = last
    while first in days:
        first -= 1
    return last - first


def _kept(reviews: Iterable[Review], today: int) -> float | None:
    seen: dict[tuple[str, int], int] = {}
    passed = Counter[bool]()
    for review in reviews:
        place = review.item, review.card
        if seen.get(place, review.day) < review.day and review.day > today - _MONTH:
            passed[review.rating > 1] += 1
        seen[place] = review.day
    return passed[True] / passed.total() if passed else None


def forecast(queue: Queue, today: int, days: int = _MONTH) -> list[int]:
    """How many cards come on each of these days, if none is answered before; those that are overdue come on the first."""
    due = Counter[int]()
    for state in queue.states.values():
        if state.phase != "new":
            due[max(today, today if state.is_stepping else state.due)] += 1
    return [due[day] for day in range(today, today + days)]
