"""Which share of its marks each item of a course will most likely earn, whether or not an exam has asked it."""

from __future__ import annotations

import math
from collections import defaultdict
from typing import TYPE_CHECKING

from builder.analysis.estimates import mean, variance

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from builder.model import Course

# The share to expect of an item by its author's difficulty, before any exam; None: the author says none. Authors judge
# difficulty badly (Impara and Plake 1998), so these lie nearer to each other than the words sound.
USUAL = {1: 0.80, 2: 0.65, 3: 0.50, None: 0.65}
_OWN = 5  # items that exams have shown weigh as much as what is usual for their difficulty
_FEW, _USUAL_WEIGHT = 5, 10.0  # items; takers
_LEAST_WEIGHT, _MOST_WEIGHT = 2.0, 1000.0


def expected_shares(course: Course) -> dict[str, float]:
    """The expected share of marks of each item in use, from 0 to 1, by id.

    Of the exams since an item's last edit, all takers count. Their share is drawn towards what the measured items of
    the same stated difficulty earn, the more the fewer takers there are (a beta distribution fits how far such items
    lie apart). An item that no exam has asked gets that mean.

    An example. Items of difficulty 2 earn .65, and such items differ as much as one share does among 10 takers. An item
    of which 20 takers earned .80 is expected to earn (20 x .80 + 10 x .65) / 30 = .75.
    """
    sums: dict[tuple[str, str], list[tuple[float, int]]] = defaultdict(list)
    for use in course.usage:
        sums[use.item, use.digest].append((use.p * use.n, use.n))
    known = {use.item for use in course.usage}
    counted = {
        item.id: (math.fsum(earned for earned, _ in uses), sum(n for _, n in uses))
        for item in course.active
        if item.id in known and (uses := sums.get((item.id, item.digest)))
    }
    difficulty = {item.id: item.difficulty for item in course.active}
    usual = _usual(counted, difficulty)
    weight = _weight([(earned / n, n, usual[difficulty[item]]) for item, (earned, n) in counted.items()])
    found = {}
    for item, hard in difficulty.items():
        earned, n = counted.get(item, (0.0, 0))
        found[item] = (earned + weight * usual[hard]) / (n + weight)
    return found


def _usual(counted: Mapping[str, tuple[float, int]], difficulty: Mapping[str, int | None]) -> dict[int | None, float]:
    """The mean share of the measured items of each difficulty, drawn towards what is usual as if five items had shown that."""
    shares: dict[int | None, list[float]] = defaultdict(list)
    for item, (earned, n) in counted.items():
        shares[difficulty[item]].append(earned / n)
    return {
        hard: (math.fsum(shares[hard]) + _OWN * usual) / (len(shares[hard]) + _OWN) for hard, usual in USUAL.items()
    }


def _weight(found: Sequence[tuple[float, int, float]]) -> float:
    """As how many takers the mean of like items counts, from measured shares, takers and those means."""
    if len(found) < _FEW:
        return _USUAL_WEIGHT
    middle = min(max(mean([share for share, _, _ in found]), 0.05), 0.95)
    chance = mean([usual * (1 - usual) / n for _, n, usual in found])
    apart = max(variance([share - usual for share, _, usual in found]) - chance, 1e-4)
    return min(max(middle * (1 - middle) / apart - 1, _LEAST_WEIGHT), _MOST_WEIGHT)
