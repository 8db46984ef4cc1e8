"""Figures with their intervals. Every interval is one of 95 %."""

from __future__ import annotations

import math
from statistics import NormalDist
from typing import TYPE_CHECKING, NamedTuple

from builder.analysis.distributions import f_quantile, t_quantile

if TYPE_CHECKING:
    from collections.abc import Sequence

LEVEL = 0.95
Z = NormalDist().inv_cdf((1 + LEVEL) / 2)
LEAST_TAKERS = 15  # fewer give counts alone: nearly any figure would fit them

# What is known of items before anybody has answered: their discrimination lies around .25, as Fisher's z.
_USUAL, _USUAL_SPREAD, _LEAST_SPREAD = 0.25, 0.15, 0.05
_FEW_ITEMS = 5


class Estimate(NamedTuple):
    """A figure, and the ends of the interval that holds its true value in 95 of 100 samples."""

    value: float
    low: float
    high: float


class Spread(NamedTuple):
    """Where the figures of a bank lie: around a mean, with a standard deviation."""

    mean: float
    deviation: float


def mean(values: Sequence[float]) -> float:
    """The mean of some numbers; the sum is exact, so their order changes nothing."""
    return math.fsum(values) / len(values)


def variance(values: Sequence[float]) -> float:
    """The variance of a sample, with n - 1 below; 0 for a single number."""
    middle = mean(values)
    return math.fsum((value - middle) ** 2 for value in values) / (len(values) - 1) if len(values) > 1 else 0.0


def share(right: float, n: float) -> Estimate:
    """A share of n with Wilson's interval (1927): of 10 takers 8 are right, which is .80, from .49 to .94.

    `right` may be a sum of part marks, from 0 to n; the interval is then wider than it need be, never narrower.
    """
    part = min(max(right / n, 0.0), 1.0)
    middle = (part + Z**2 / (2 * n)) / (1 + Z**2 / n)
    reach = Z / (1 + Z**2 / n) * math.sqrt(part * (1 - part) / n + Z**2 / (4 * n**2))
    return Estimate(right / n, max(0.0, middle - reach), min(1.0, middle + reach))


def difference(one: Estimate, other: Estimate) -> Estimate:
    """The difference of two shares with the interval of Newcombe (1998), made of Wilson's of both."""
    value = one.value - other.value
    down = math.hypot(one.value - one.low, other.high - other.value)
    up = math.hypot(one.high - one.value, other.value - other.low)
    return Estimate(value, max(-1.0, value - down), min(1.0, value + up))


def correlation(value: float, freedom: float) -> Estimate:
    """A correlation with Fisher's interval; `freedom` is n - 3 for n pairs."""
    centre, reach = _fisher(value), Z / math.sqrt(freedom)
    return Estimate(value, math.tanh(centre - reach), math.tanh(centre + reach))


def average(values: Sequence[float]) -> Estimate:
    """The mean of some numbers with the interval of Student's t; two numbers at least."""
    middle = mean(values)
    reach = t_quantile((1 + LEVEL) / 2, len(values) - 1) * math.sqrt(variance(values) / len(values))
    return Estimate(middle, middle - reach, middle + reach)


def deviation(values: Sequence[float]) -> Estimate:
    """The standard deviation of some numbers, with the interval of its logarithm."""
    value = math.sqrt(variance(values))
    reach = math.exp(Z / math.sqrt(2 * (len(values) - 1)))
    return Estimate(value, value / reach, value * reach)


def reliability(alpha: float, items: int, takers: int) -> Estimate:
    """Coefficient alpha with the interval of Feldt (1965)."""
    above, below = takers - 1, (takers - 1) * (items - 1)
    low = 1 - (1 - alpha) * f_quantile((1 + LEVEL) / 2, above, below)
    high = 1 - (1 - alpha) * f_quantile((1 - LEVEL) / 2, above, below)
    return Estimate(alpha, low, high)


def spread_of(found: Sequence[tuple[float, float]]) -> Spread:
    """Where the true correlations of a bank lie, as Fisher's z, from those measured and their `freedom`.

    The spread is what is left of that of the figures after chance has taken its part (DerSimonian and Laird 1986).
    With fewer than five items, it is what is usual.
    """
    if len(found) < _FEW_ITEMS:
        return Spread(_USUAL, _USUAL_SPREAD)
    values, weights = [_fisher(value) for value, _ in found], [freedom for _, freedom in found]
    total = math.fsum(weights)
    middle = math.fsum(w * v for w, v in zip(weights, values, strict=True)) / total
    chance = math.fsum(w * (v - middle) ** 2 for w, v in zip(weights, values, strict=True))
    left = (chance - (len(found) - 1)) / (total - math.fsum(w * w for w in weights) / total)
    return Spread(middle, max(_LEAST_SPREAD, math.sqrt(max(0.0, left))))


def shrunk(value: float, freedom: float, bank: Spread) -> Estimate:
    """A correlation drawn towards the bank's mean, as far as so few takers leave it open (empirical Bayes).

    An example. Twenty takers give .00 where the bank's items lie at .26 with a deviation of .10: .22 is the best guess.
    """
    own, prior = freedom, 1 / bank.deviation**2
    centre = (own * _fisher(value) + prior * bank.mean) / (own + prior)
    reach = Z / math.sqrt(own + prior)
    return Estimate(math.tanh(centre), math.tanh(centre - reach), math.tanh(centre + reach))


def shrunk_shares(found: Sequence[tuple[float, float]]) -> list[float]:
    """Shares of (right, n) drawn towards their mean, by a beta distribution that fits how far they lie apart."""
    if len(found) < _FEW_ITEMS:
        return [min(max((right + 1) / (n + 2), 0.0), 1.0) for right, n in found]
    shares = [min(max(right / n, 0.0), 1.0) for right, n in found]
    middle = min(max(mean(shares), 0.01), 0.99)
    chance = mean([part * (1 - part) / n for part, (_, n) in zip(shares, found, strict=True)])
    apart = max(variance(shares) - chance, 1e-4)
    weight = min(max(middle * (1 - middle) / apart - 1, 1.0), 1000.0)
    return [(part * n + weight * middle) / (n + weight) for part, (_, n) in zip(shares, found, strict=True)]


def _fisher(value: float) -> float:
    return math.atanh(min(max(value, -0.999999), 0.999999))
