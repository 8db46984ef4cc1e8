"""The Rasch model by conditional maximum likelihood: difficulties of items and abilities of takers on one scale.

Whoever has the ability a answers an item of the difficulty b right with the probability 1 / (1 + e^(b - a)), in logits
(Rasch 1960). Given how many items a taker has right, which ones they are depends on the difficulties alone, so these are
estimated without any assumption on the abilities (Andersen 1972).
"""

from __future__ import annotations

import math
from collections import Counter
from typing import TYPE_CHECKING, NamedTuple

from builder.analysis.estimates import Estimate, Z
from builder.analysis.linear import inverse, root, solved
from builder.analysis.symmetric import slopes, symmetric

if TYPE_CHECKING:
    from collections.abc import Sequence

    from builder.analysis.linear import Matrix

# From 100 takers on, difficulties are known to half a logit in 95 of 100 samples (Linacre 1994).
LEAST_TAKERS, LEAST_ITEMS = 100, 5
_STEPS, _NEAR, _FAR = 200, 1e-9, 12.0  # logits: beyond that a taker's ability is not looked for


class Calibrated(NamedTuple):
    """An item on the scale, where the mean difficulty is 0.

    `infit` and `outfit` are mean squares, 1 where the answers vary as the model says: over 1 they follow the abilities
    less than they should. `infit_z` and `outfit_z` have them as normal deviates.
    """

    difficulty: Estimate
    error: float
    infit: float
    infit_z: float
    outfit: float
    outfit_z: float


class Ability(NamedTuple):
    """What a number of right answers says of a taker: the ability in logits and its standard error."""

    value: float
    error: float


class Rasch(NamedTuple):
    """The items by id, and an ability for each number of right answers from none to all. `n` takers tell of the items."""

    items: dict[str, Calibrated]
    abilities: tuple[Ability, ...]
    n: int


def rasch(columns: dict[str, list[bool]]) -> Rasch | None:
    """The model for answers that are right or wrong: for each item, the takers' answers in one order.

    None for fewer than 100 takers or five items, takers with none or all right and items that all the others answered
    alike aside, since these tell nothing. None too where the likelihood has no maximum: whoever had one of some items
    right had all of the others right.
    """
    names, told = _telling(columns)
    if len(names) < LEAST_ITEMS or len(told) < LEAST_TAKERS:
        return None
    found = _difficulties([sum(column) for column in zip(*told, strict=True)], Counter(map(sum, told)))
    if found is None:
        return None
    difficulties, errors = found
    fits = _fits(told, difficulties)
    items = {
        name: Calibrated(Estimate(b, b - Z * error, b + Z * error), error, *fit)
        for name, b, error, fit in zip(names, difficulties, errors, fits, strict=True)
    }
    return Rasch(items, tuple(ability(score, difficulties) for score in range(len(names) + 1)), len(told))


def _telling(columns: dict[str, list[bool]]) -> tuple[list[str], list[tuple[bool, ...]]]:
    """The items that not all takers answered alike, and the answers of those who had some of them right and some wrong."""
    names, kept = list(columns), list(range(len(next(iter(columns.values()), ()))))
    while True:
        rows = [tuple(columns[name][taker] for name in names) for taker in kept]
        told = [taker for taker, row in zip(kept, rows, strict=True) if 0 < sum(row) < len(names)]
        telling = [name for name in names if 0 < sum(columns[name][taker] for taker in told) < len(told)]
        if len(told) == len(kept) and telling == names:
            return names, rows
        names, kept = telling, told


def _difficulties(rights: Sequence[int], scores: Counter[int]) -> tuple[list[float], list[float]] | None:
    """The difficulties that make the answers likeliest, by Newton's method, and their standard errors; their mean is 0.

    The first item's is held while the others move. The matrix of second derivatives is kept from step to step as long
    as the steps become smaller fast.
    """
    n = sum(scores.values())
    level = [math.log((n - right) / right) for right in rights]
    values = [it - sum(level) / len(level) for it in level]
    lower, last = None, math.inf
    for _ in range(_STEPS):
        slope = _slope(values, rights, scores)
        if lower is None:
            lower = root([line[1:] for line in _information(values, scores)[1:]])
            if lower is None:
                return None
        step = [0.0, *solved(lower, slope[1:])]
        size = max(map(abs, step))
        values = [value + it / max(1.0, size) for value, it in zip(values, step, strict=True)]
        if max(map(abs, values)) > _FAR:
            return None
        if size < _NEAR:
            break
        if size > last / 10:
            lower = None
        last = size
    else:
        return None
    middle = sum(values) / len(values)
    values = [value - middle for value in values]
    lower = root([line[1:] for line in _information(values, scores)[1:]])
    return (values, _centred_errors(inverse(lower))) if lower else None


def _eases(values: Sequence[float]) -> tuple[list[float], list[float]]:
    """The eases of items, and their symmetric functions; the mean difficulty is taken for 0, which keeps these small."""
    middle = sum(values) / len(values)
    eases = [math.exp(middle - value) for value in values]
    return eases, symmetric(eases)


def _slope(values: Sequence[float], rights: Sequence[int], scores: Counter[int]) -> list[float]:
    """The slope of the log likelihood with each difficulty: the right answers expected of takers with these scores, less those given."""
    eases, ways = _eases(values)
    weights = [scores[score] / way for score, way in enumerate(ways)]
    expected = [ease * slope for ease, slope in zip(eases, slopes(eases, weights), strict=True)]
    return [there - right for there, right in zip(expected, rights, strict=True)]


def _information(values: Sequence[float], scores: Counter[int]) -> Matrix:
    """The covariances of the answers given the scores, summed over all takers."""
    eases, ways = _eases(values)
    weights = [scores[score] / way for score, way in enumerate(ways)]
    found: Matrix = []
    alone = []  # the probability of each item to be right, by score
    for i, ease in enumerate(eases):
        others = [*eases[:i], *eases[i + 1 :]]
        alone.append([0.0, *(ease * it / way for it, way in zip(symmetric(others), ways[1:], strict=True))])
        both = [ease * other * it for other, it in zip(others, slopes(others, weights[1:]), strict=True)]
        found.append([*both[:i], sum(n * alone[i][score] for score, n in scores.items()), *both[i:]])
    for i, one in enumerate(alone):
        for j, other in enumerate(alone):
            found[i][j] -= sum(n * one[score] * other[score] for score, n in scores.items())
    return found


def _centred_errors(covariance: Matrix) -> list[float]:
    """The standard errors of difficulties less their mean, from the covariances of all but the first, which was held."""
    size = len(covariance) + 1
    full = [[0.0] * size, *([0.0, *line] for line in covariance)]
    lines = [sum(line) / size for line in full]
    whole = sum(lines) / size
    return [math.sqrt(max(0.0, full[i][i] - 2 * lines[i] + whole)) for i in range(size)]


def ability(score: int, difficulties: Sequence[float], *, weighted: bool = True) -> Ability:
    """The ability that a number of right answers speaks for, and its standard error.

    It is Warm's weighted likelihood estimate (1989), which is hardly biased and exists for none and all right too;
    without `weighted` the likeliest one, which for these two is without end.
    """
    low, high = -_FAR, _FAR
    for _ in range(60):
        middle = (low + high) / 2
        chances = [1 / (1 + math.exp(b - middle)) for b in difficulties]
        information = math.fsum(p * (1 - p) for p in chances)
        pull = math.fsum(p * (1 - p) * (1 - 2 * p) for p in chances) / (2 * information) if weighted else 0.0
        low, high = (middle, high) if score + pull > math.fsum(chances) else (low, middle)
    return Ability(middle, 1 / math.sqrt(information))


def _fits(rows: Sequence[Sequence[bool]], difficulties: Sequence[float]) -> list[tuple[float, float, float, float]]:
    """Infit and outfit of each item with their deviates (Wright and Masters 1982), at the likeliest abilities."""
    by_score: dict[int, list[Sequence[bool]]] = {}
    for row in rows:
        by_score.setdefault(sum(row), []).append(row)
    level = {score: ability(score, difficulties, weighted=False).value for score in by_score}
    found = []
    for i, b in enumerate(difficulties):
        squares = expected = outer = inner_spread = outer_spread = 0.0
        for score, group in by_score.items():
            p = 1 / (1 + math.exp(b - level[score]))
            v, fourth = p * (1 - p), p * (1 - p) * (1 - 3 * p * (1 - p))
            square = sum((row[i] - p) ** 2 for row in group)
            squares, expected, outer = squares + square, expected + len(group) * v, outer + square / v
            inner_spread += len(group) * (fourth - v * v)
            outer_spread += len(group) * (fourth / v**2 - 1)
        infit, outfit = squares / expected, outer / len(rows)
        found.append(
            (
                infit,
                _deviate(infit, math.sqrt(inner_spread) / expected),
                outfit,
                _deviate(outfit, math.sqrt(outer_spread) / len(rows)),
            )
        )
    return found


def _deviate(square: float, spread: float) -> float:
    """A mean square with a standard deviation as a normal deviate (Wilson and Hilferty 1931)."""
    return (math.cbrt(square) - 1) * 3 / spread + spread / 3
