"""Why a blueprint can't be met: the rows that fight, none too many, and what each of them lacks."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from builder.drawing.problem import ENDLESS, Cause, Limit

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from builder.drawing.problem import Problem


class Lack(NamedTuple):
    """A cause of a conflict, and what the other causes of it leave to this one.

    Of the numbers that can be had, `below` is the next below what the cause
    wants, `above` the next above, and `missing` how many it lacks; None where
    there is no such number, or the cause only forbids.
    """

    cause: Cause
    below: int | None = None
    above: int | None = None
    missing: int | None = None


def conflicts(problem: Problem) -> list[list[Lack]]:
    """Sets of causes that can't all hold, while without any one of a set the others of it can.

    They are all the causes that can't hold even by themselves; where there is none, one set that fights.
    """
    causes = list(dict.fromkeys(limit.cause for limit in problem.limits))
    alone = [cause for cause in causes if not cause.is_sum and not _can(problem, [cause])]
    fights = [[cause] for cause in alone] or [_least(problem, causes)]
    return [[_lack(problem, cause, [it for it in fight if it != cause]) for cause in fight] for fight in fights]


def _least(problem: Problem, causes: list[Cause]) -> list[Cause]:
    """Those of the causes that can't all hold, none too many.

    Source: deletion filter (Chinneck 2008, Feasibility and Infeasibility in Optimization, section 6.2).
    """
    kept = causes
    # What only forbids goes first, and so the rows that want something are left where either would do.
    for cause in sorted(causes, key=lambda cause: bool(cause.wants)):
        fewer = [other for other in kept if other != cause]
        if not _can(problem, fewer):
            kept = fewer
    return kept


def _limits(problem: Problem, causes: Iterable[Cause]) -> list[Limit]:
    wanted = set(causes)
    return [limit for limit in problem.limits if limit.cause in wanted]


def _can(problem: Problem, causes: Iterable[Cause]) -> bool:
    from builder.drawing.solver import Solver

    return Solver(_limits(problem, causes), problem.size).solve() is not None


def _lack(problem: Problem, cause: Cause, others: Iterable[Cause]) -> Lack:
    """What the other causes leave to this one."""
    (limit, *more) = _limits(problem, [cause])
    weights = limit.weights
    if more or not cause.wants or limit.least < 0:  # a share of an open number is no number of questions
        return Lack(cause)
    beside = _limits(problem, others)
    below = above = None
    if limit.least:
        most = {v: -weight for v, weight in weights.items()}
        below = _sum([*beside, Limit(cause, weights, most=limit.least - 1)], problem.size, weights, most)
    if limit.most < ENDLESS:
        above = _sum([*beside, Limit(cause, weights, least=limit.most + 1)], problem.size, weights, weights)
    return Lack(cause, below, above, None if below is None else limit.least - below)


def _sum(limits: list[Limit], size: int, weights: Mapping[int, int], costs: Mapping[int, int]) -> int | None:
    """The sum of the weights in the solution of the lowest cost, or None where there is no solution."""
    from builder.drawing.solver import Solver

    found = Solver(limits, size, costs).solve()
    return None if found is None else sum(weight for v, weight in weights.items() if v in found)
