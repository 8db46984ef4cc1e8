"""How sure it is on which side of a cut score a taker is."""

from __future__ import annotations

import math
from statistics import NormalDist
from typing import TYPE_CHECKING, NamedTuple

from builder.analysis.estimates import Estimate

if TYPE_CHECKING:
    from collections.abc import Sequence

    from builder.analysis.papers import PaperReport

_NORMAL = NormalDist()


class CutReport(NamedTuple):
    """A cut score: how many reach it, and how many lie within one standard error of measurement of it.

    `moved` are the takers to expect on the other side if they sat another paper like this one, with the interval of the
    reliability. Without a reliability, `near` and `moved` are None.
    """

    cut: float
    reached: int
    near: int | None
    moved: Estimate | None


def cut_report(paper: PaperReport, totals: Sequence[float], cut: float) -> CutReport:
    """What a cut score of so many marks does.

    The marks of takers on two papers alike are taken for bivariate normal, with the reliability as their correlation
    (Peng and Subkoviak 1980). An example. At a mean of 60, a deviation of 10 and a reliability of .80, who has 70 marks
    would have 68 give or take 6 on another paper: the chance to fall below 65 there is .31.
    """
    reached = sum(total >= cut for total in totals)
    if paper.alpha is None or paper.sem is None or paper.mean is None or paper.deviation is None:
        return CutReport(cut, reached, None, None)
    near = sum(abs(total - cut) <= paper.sem.value for total in totals)
    middle, spread = paper.mean.value, paper.deviation.value
    value, high, low = (_moved(totals, cut, middle, spread, min(max(it, 0.0), 0.999)) for it in paper.alpha)
    return CutReport(cut, reached, near, Estimate(value, low, high))


def _moved(totals: Sequence[float], cut: float, middle: float, spread: float, reliability: float) -> float:
    """How many takers to expect on the other side of a cut on another paper."""
    reach = spread * math.sqrt(1 - reliability**2)
    below = ((total >= cut, _NORMAL.cdf((cut - middle - reliability * (total - middle)) / reach)) for total in totals)
    return math.fsum(chance if is_reached else 1 - chance for is_reached, chance in below)
