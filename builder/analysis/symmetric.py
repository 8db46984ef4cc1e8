"""Elementary symmetric functions: how many ways there are to a score, each way weighed by the ease of its items.

Of items with the eases a, b and c, the functions are 1, a + b + c, ab + ac + bc and abc. Nothing is ever subtracted, so
that long papers lose no digits (Fischer 1974; Liou 1994 compares the algorithms).
"""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence


def symmetric(eases: Sequence[float]) -> list[float]:
    """The functions of order 0 to the number of eases."""
    return _steps(eases)[-1]


def _steps(eases: Sequence[float]) -> list[list[float]]:
    """The functions of the first none, one, two ... of the eases."""
    steps = [[1.0]]
    for ease in eases:
        last = steps[-1]
        steps.append([1.0, *(after + ease * before for before, after in pairwise(last)), ease * last[-1]])
    return steps


def slopes(eases: Sequence[float], weights: Sequence[float]) -> list[float]:
    """How fast the sum of weights times functions grows with each ease; there is a weight for each order from 0 on.

    An example. Of 1, a + b and ab with the weights 0, 2 and 3, the sum 2(a + b) + 3ab grows by 2 + 3b with a.

    The slope with an ease is the sum of weights times the functions of the other eases, one order lower. All slopes are
    found in one sweep back through the steps that lead to the functions.
    """
    steps, found = _steps(eases), [0.0] * len(eases)
    here = list(weights)
    for place in range(len(eases) - 1, -1, -1):
        found[place] = sum(weight * value for weight, value in zip(here[1:], steps[place], strict=True))
        ease = eases[place]
        here = [before + ease * after for before, after in pairwise(here)]
    return found
