"""Why a blueprint can't be met: the rows that fight, none too many, and what each of them lacks."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from builder.drawing.problem import ENDLESS, Cause, Limit
from builder.model.fields import plain

if TYPE_CHECKING:
    from collections.abc import Callable, Container, Iterable, Mapping, Sequence

    from builder.drawing.problem import Problem

    # The problem with another number of questions on the paper of that name; with None, any number will do.
    Pose = Callable[[str, int | None], Problem]


class Lack(NamedTuple):
    """A cause of a conflict, and what is left to it.

    Of the numbers that can be had, `below` is the next below what the cause
    wants, `above` the next above, and `missing` how many it lacks; None where
    there is no such number, or the cause only forbids.

    A row's numbers can be had with the other causes of its conflict. A total's
    numbers can be had with everything else that must hold; where nothing can,
    `alone` is true, and they can be had if the paper's other total goes.
    Questions are whole; marks may be halves. The numbers of a mean of shares are such means, from 0 to 1.
    """

    cause: Cause
    below: float | None = None
    above: float | None = None
    missing: float | None = None
    alone: bool = False


def conflicts(problem: Problem, pose: Pose) -> list[list[Lack]]:
    """Sets of causes that can't all hold, while without any one of a set the others of it can.

    They are all the causes that can't hold even by themselves, totals aside; where there is none, one set that fights.
    A total is named only where all the rows can be met without it, so that there is another number to name.
    """
    causes = list(dict.fromkeys(limit.cause for limit in problem.limits))
    alone = [cause for cause in causes if not cause.total and not _can(problem, [cause])]
    fights = [[cause] for cause in alone] or [_least(problem, causes)]
    return [
        [
            _total(problem, cause, pose) if cause.total else _lack(problem, cause, [it for it in fight if it != cause])
            for cause in fight
        ]
        for fight in fights
    ]


def _least(problem: Problem, causes: list[Cause]) -> list[Cause]:
    """Those of the causes that can't all hold, none too many.

    Source: deletion filter (Chinneck 2008, Feasibility and Infeasibility in Optimization, section 6.2).
    """
    kept = causes
    # Totals go first: what is wrong without them is to be mended before any total can be named. What only forbids
    # goes next, and so the rows that want something are left where either would do.
    order = {"marks": 0, "items": 1, None: 2}
    for cause in sorted(causes, key=lambda cause: (order[cause.total], bool(cause.wants))):
        fewer = [other for other in kept if other != cause]
        if not _can(problem, fewer):
            kept = fewer
    return kept


def _limits(problem: Problem, causes: Iterable[Cause]) -> list[Limit]:
    wanted = set(causes)
    return [limit for limit in problem.limits if limit.cause in wanted]


def _can(problem: Problem, causes: Iterable[Cause]) -> bool:
    return _solution(_limits(problem, causes), problem.size) is not None


def _lack(problem: Problem, cause: Cause, others: Iterable[Cause]) -> Lack:
    """What the other causes of its conflict leave to a row, or to what forbids."""
    if cause.is_mean:
        return _mean(problem, cause, others)
    (limit, *more) = _limits(problem, [cause])
    weights = limit.weights
    if more or not cause.wants or limit.least < 0:  # a share of an open number is no number of questions
        return Lack(cause)
    beside = _limits(problem, others)
    below = above = None
    if limit.least:
        below = _next(beside, problem.size, weights, limit.least - 1, -1)
    if limit.most < ENDLESS:
        above = _next(beside, problem.size, weights, limit.most + 1, 1)
    return Lack(cause, below, above, None if below is None else limit.least - below)


def _mean(problem: Problem, cause: Cause, others: Iterable[Cause]) -> Lack:
    """The means of shares next to those wanted which can be had with the other causes, to whole hundredths outwards.

    An example. The mean of some questions is to be .60 to .70, and the easiest of them give .574: .57 is the next below,
    since a paper with a mean of .57 or more exists, and none with .58.
    """
    values, (low, high) = problem.means[cause]
    beside = [*_limits(problem, others), Limit(_BOUND, dict.fromkeys(values, 1), least=1)]

    def can(least: int, most: int) -> bool:
        bounds = ({v: share - least for v, share in values.items()}, {v: most - share for v, share in values.items()})
        return _solution([*beside, *(Limit(_BOUND, bound) for bound in bounds)], problem.size) is not None

    below = _greatest(0, low - 1, lambda mean: can(mean, low))
    above = _greatest(-_WHOLE, -high - 1, lambda mean: can(high, -mean))
    return Lack(cause, None if below is None else below / _WHOLE, None if above is None else -above / _WHOLE)


def _greatest(low: int, high: int, can: Callable[[int], bool]) -> int | None:
    """The greatest number from `low` to `high` that can be had, where all below it can; None where not even `low` can."""
    if low > high or not can(low):
        return None
    while low < high:
        middle = (low + high + 1) // 2
        low, high = (middle, high) if can(middle) else (low, middle - 1)
    return low


def _total(problem: Problem, cause: Cause, pose: Pose) -> Lack:
    """The totals next to the one that is wanted which can be had with everything else; see `Lack`.

    An example. A paper is to have 34 marks, and every question is worth 2. So the marks by themselves could add up to
    34, but the rows ask for 10 to 15 questions: with them, 30 is the most. There is no total above 34 that can be had,
    and 30 is the next below.
    """
    (wanted,) = _limits(problem, [cause])
    free = pose(cause.paper, None) if cause.total == "items" else problem
    weights = wanted.weights
    if cause.total == "items":
        weights = {v: 1 for v, (paper, _) in enumerate(free.variables) if paper == cause.paper}
    for left_out in ({cause.total}, {"items", "marks"}):
        totals = _Totals(free, cause, weights, frozenset(left_out), pose)
        below = totals.nearest(wanted.least - 1, -1) if wanted.least else None
        above = totals.nearest(wanted.most + 1, 1)
        if below is not None or above is not None:
            missing = None if below is None else wanted.least - below
            unit = 2 if cause.total == "marks" else 1  # their limit counts halves
            said = [None if number is None else plain(number / unit) for number in (below, above, missing)]
            return Lack(cause, said[0], said[1], said[2], alone=len(left_out) > 1)
    return Lack(cause)


class _Totals(NamedTuple):
    """The search for totals of one paper; those in `left_out` need not hold."""

    free: Problem
    cause: Cause
    weights: Mapping[int, int]
    left_out: frozenset[str | None]
    pose: Pose

    def nearest(self, bound: int, step: int) -> int | None:
        """The first total that can be had, from `bound` on, upwards (step 1) or downwards (step -1)."""
        held = self.held(self.free, self.left_out)
        while (found := _next(held, self.free.size, self.weights, bound, step)) is not None:
            if self.cause.total == "marks":
                return found
            # Which items may be drawn at all can depend on the number of questions, so this number is tried.
            posed = self.pose(self.cause.paper, found)
            if _solution(self.held(posed, self.left_out - {"items"}), posed.size) is not None:
                return found
            bound = found + step
        return None

    def held(self, problem: Problem, left_out: Container[str | None]) -> list[Limit]:
        """The limits of a problem without those totals of the paper."""
        paper = self.cause.paper
        return [it for it in problem.limits if it.cause.paper != paper or it.cause.total not in left_out]


def _next(limits: Iterable[Limit], size: int, weights: Mapping[int, int], bound: int, step: int) -> int | None:
    """The first sum of the weights from `bound` on that the limits allow, upwards (step 1) or downwards (step -1)."""
    bounded = Limit(_BOUND, weights, least=bound) if step > 0 else Limit(_BOUND, weights, most=bound)
    found = _solution([*limits, bounded], size, {v: step * weight for v, weight in weights.items()})
    return None if found is None else sum(weight for v, weight in weights.items() if v in found)


_WHOLE = 100  # hundredths
_BOUND = Cause("", (), "the bound of a search")


def _solution(limits: Sequence[Limit], size: int, costs: Mapping[int, int] | None = None) -> frozenset[int] | None:
    from builder.drawing.solver import Solver

    return Solver(limits, size, costs).solve()
