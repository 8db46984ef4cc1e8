"""Why a blueprint can't be met: the rows that fight, none too many, and what each of them lacks."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from builder.drawing.problem import ENDLESS, Cause, Limit

if TYPE_CHECKING:
    from collections.abc import Iterable

    from builder.drawing.problem import Problem


class Lack(NamedTuple):
    """A cause of the conflict: what it wants, how many the others leave it at most, and how many are missing.

    The numbers are None where the cause only forbids.
    """

    cause: Cause
    had: int | None = None
    missing: int | None = None


def conflict(problem: Problem) -> list[Lack]:
    """A smallest set of causes that can't all hold, in the sense that without any one of them the rest can.

    Source: deletion filter (Chinneck 2008, Feasibility and Infeasibility in Optimization, section 6.2).
    """
    causes = list(dict.fromkeys(limit.cause for limit in problem.limits))
    kept = causes
    # What only forbids goes first, and so the rows that want something are left where either would do.
    for cause in sorted(causes, key=lambda cause: bool(cause.wants)):
        fewer = [other for other in kept if other is not cause]
        if not _can(problem, fewer):
            kept = fewer
    return [_lack(problem, cause, [other for other in kept if other is not cause]) for cause in kept]


def _limits(problem: Problem, causes: Iterable[Cause]) -> list[Limit]:
    wanted = set(causes)
    return [limit for limit in problem.limits if limit.cause in wanted]


def _can(problem: Problem, causes: Iterable[Cause]) -> bool:
    from builder.drawing.solver import Solver

    return Solver(_limits(problem, causes), problem.size).solve() is not None


def _lack(problem: Problem, cause: Cause, others: list[Cause]) -> Lack:
    """What the other causes leave to this one."""
    from builder.drawing.solver import Solver

    (limit, *more) = _limits(problem, [cause])
    if more or not cause.wants or any(weight < 0 for weight in limit.weights.values()):
        return Lack(cause)
    best = Solver(_limits(problem, others), problem.size, {v: -w for v, w in limit.weights.items()}).solve()
    most = sum(weight for v, weight in limit.weights.items() if v in (best or ()))
    if most < limit.least:
        return Lack(cause, most, limit.least - most)
    least = Solver(_limits(problem, others), problem.size, dict(limit.weights)).solve()
    fewest = sum(weight for v, weight in limit.weights.items() if v in (least or ()))
    return Lack(cause, fewest) if limit.most < ENDLESS else Lack(cause)
