"""Quantiles and tails of the t and the F distribution, from the incomplete beta function.

Python's `statistics` has the normal distribution alone, and scipy would be forty times the size of this program.
"""

from __future__ import annotations

import math
from functools import cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable

_TINY, _ENOUGH, _STEPS = 1e-300, 1e-15, 10_000


def beta_share(a: float, b: float, x: float) -> float:
    """The regularised incomplete beta function I_x(a, b), from 0 to 1: half of I_x(1, 1) = x is at x = 1/2.

    Computed by the continued fraction of DLMF 8.17.22 with Lentz's method.
    """
    if x <= 0 or x >= 1:
        return float(x >= 1)
    front = math.exp(math.lgamma(a + b) - math.lgamma(a) - math.lgamma(b) + a * math.log(x) + b * math.log1p(-x))
    # The fraction converges fast on this side of the mean; on the other, the function is 1 - I_(1-x)(b, a).
    if x < (a + 1) / (a + b + 2):
        return front * _fraction(a, b, x) / a
    return 1 - front * _fraction(b, a, 1 - x) / b


def _fraction(a: float, b: float, x: float) -> float:
    """The continued fraction 1/(1 + d1/(1 + d2/(1 + ...)))."""
    c, d = 1.0, 1 / _safe(1 - (a + b) * x / (a + 1))
    value = d
    for m in range(1, _STEPS):
        for step in (
            m * (b - m) * x / ((a + 2 * m - 1) * (a + 2 * m)),
            -(a + m) * (a + b + m) * x / ((a + 2 * m) * (a + 2 * m + 1)),
        ):
            d = 1 / _safe(1 + step * d)
            c = _safe(1 + step / c)
            value *= c * d
        if abs(c * d - 1) < _ENOUGH:
            break
    return value


def _safe(value: float) -> float:
    return value if abs(value) > _TINY else _TINY


def f_tail(value: float, above: float, below: float) -> float:
    """The probability that F exceeds a value; `above` and `below` are its degrees of freedom."""
    return beta_share(below / 2, above / 2, below / (below + above * value)) if value > 0 else 1.0


@cache  # what the reliability without each item asks for is one and the same
def f_quantile(share: float, above: float, below: float) -> float:
    """The value that F stays below with the probability `share`, 0 < share < 1."""
    x = _solved(lambda x: beta_share(above / 2, below / 2, x), share)
    return below * x / (above * (1 - x))


def t_quantile(share: float, freedom: float) -> float:
    """The value that t stays below with the probability `share`, 1/2 <= share < 1: 2.228 for .975 and 10 degrees."""
    return math.sqrt(f_quantile(2 * share - 1, 1, freedom)) if share > 1 / 2 else 0.0


def _solved(rising: Callable[[float], float], wanted: float) -> float:
    """Where a function that rises from 0 to 1 between 0 and 1 has a value, by halving."""
    low, high = 0.0, 1.0
    for _ in range(80):
        middle = (low + high) / 2
        low, high = (middle, high) if rising(middle) < wanted else (low, middle)
    return (low + high) / 2
