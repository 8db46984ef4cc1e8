"""Random histories of reviews, and what the schedule makes of them, in the form in which `tests.contract.scheduler` tells what Anki does."""

from __future__ import annotations

from math import inf
from typing import TYPE_CHECKING, Any, NamedTuple

from builder.study.days import Moment
from builder.study.schedule import NEW, after

if TYPE_CHECKING:
    from collections.abc import Iterator
    from random import Random

    from builder.study.schedule import State

DAY = 86_400_000
History = list[tuple[int, int]]  # days since the review before, and rating


class Told(NamedTuple):
    """A card after a review: its phase as Anki calls it, seconds or days until it comes again, and its memory."""

    kind: str
    seconds: int
    days: int
    stability: float
    difficulty: float


def histories(chance: Random, number: int) -> list[History]:
    """Histories with all ratings: on time, early, late, on the same day, and after years."""
    return [_history(chance) for _ in range(number)]


def _history(chance: Random) -> History:
    history: History = []
    state, day = NEW, 0
    for _ in range(chance.randint(2, 12)):
        interval = state.interval if state.phase == "known" else 0
        gaps = (
            0,
            interval,
            chance.randint(0, max(1, interval)),
            interval + chance.randint(0, 30),
            chance.randint(0, 1200),
        )
        gap = chance.choices(gaps, (5, 8, 3, 3, 1))[0] if history else 0
        rating = chance.choices((1, 2, 3, 4), (2, 2, 5, 2))[0]
        history.append((gap, rating))
        day += gap
        state = after(state, rating, Moment(day * DAY, day))
    return history


def told(history: History) -> Iterator[Told]:
    """What each review of the history makes of a new card."""
    state, day = NEW, 0
    for gap, rating in history:
        day += gap
        state = after(state, rating, Moment(day * DAY, day))
        yield _told(state, day)


def _told(state: State, day: int) -> Told:
    if state.is_stepping:
        return Told(state.phase, (state.due - day * DAY) // 1000, 0, state.stability, state.difficulty)
    return Told("review", 0, state.due - day, state.stability, state.difficulty)


def differing(history: History, theirs: list[Any]) -> tuple[int, str]:
    """How many reviews agree with Anki's, up to the first one where rounding parts the two; and what else differs.

    Anki computes in numbers of 32 bits. So stabilities agree to three digits. It keeps four decimals of a stability:
    where the last one falls otherwise, that is a greater share of a small stability, and later ones grow from it. It
    keeps three decimals of a difficulty, and a stability grows by its distance from 11: where the last decimal falls
    otherwise, that is up to a thousandth. Where an interval lies halfway between two days within that, the two may be
    a day apart, and what follows is no longer compared.
    """
    least, harder = inf, 0.0
    for place, (mine, (kind, seconds, days, stability, difficulty)) in enumerate(
        zip(told(history), theirs, strict=True)
    ):
        least = min(least, mine.stability)
        slack = max(5e-4, mine.stability * max(5e-4, 2e-4 / least, harder))
        is_alike = abs(mine.stability - stability) <= slack and abs(mine.difficulty - difficulty) <= 3e-3
        harder = max(harder, abs(mine.difficulty - difficulty))
        if is_alike and mine[:3] == (kind, seconds, days):
            continue
        if (
            is_alike
            and mine[:2] == (kind, seconds)
            and abs(mine.days - days) == 1
            and _is_halfway(mine.stability, slack)
        ):
            return place, ""
        return place, f"{history[: place + 1]}: {mine}, and Anki says {kind, seconds, days, stability, difficulty}"
    return len(history), ""


def _is_halfway(stability: float, slack: float) -> bool:
    return abs(stability % 1 - 0.5) <= slack
