"""The options of a choice: who chose them, and whether another than the key looks like the right one."""

from __future__ import annotations

import math
from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING

from builder.analysis.estimates import LEAST_TAKERS, Estimate, Spread, correlation, share
from builder.analysis.pooled import correlation_within
from builder.analysis.sittings import option_count, right_options, weights

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from builder.analysis.pooled import Pooled

# How much better another option must explain the answers than the key, in natural logarithms of the likelihood. Set so
# that in simulated classes of 15 to 300 less than 1 % of sound items are suspected (`python -m tests.analysis`). Where
# the bank's items discriminate less than usual, as hard ones do that are mostly guessed, answers tell less of the key: for
# each .10 that their mean correlation lies below .25, 1.5 more is wanted.
SUSPECT, USUAL, MORE = 3.2, 0.25, 15.0
_STEPS, _NEAR = 25, 1e-9
_LEAST_SLOPE, _MOST_SLOPE = 0.33, 1.2
# The share of sound items that hardly discriminate, and their slope as a share of the others': many takers tell such a one
# from what is expected, and that alone makes no other option the right one.
_WEAKLY, _WEAK = 0.1, 0.25
_MANY, _GROUPS, _FEW_GROUPS = 60, 5, 3


@dataclass(frozen=True, slots=True)
class Option:
    """An option, by its index in the bank: how many chose it, which share, and how that goes with the rest of the paper.

    `curve` has the share among the takers of each group, from those with the lowest marks to those with the highest.
    """

    index: int
    is_right: bool
    count: int
    share: Estimate | None
    r: Estimate | None
    curve: tuple[Estimate, ...]


@dataclass(frozen=True, slots=True)
class Suspicion:
    """Another option that looks like the right one, and by how much it explains the answers better than the key."""

    option: int
    strength: float


def options(item: Pooled) -> tuple[Option, ...]:
    """The options of a choice or a verdict, those without any taker too; none for other questions."""
    number, answers = option_count(item.question), item.answers
    right, n = right_options(item.question), len(item.answers)
    if not any(answer.chosen for answer in answers):
        return ()
    is_enough = n >= LEAST_TAKERS
    groups = list(_groups(item)) if is_enough else []
    found = []
    for index in range(number):
        took = [float(index in answer.chosen) for answer in answers]
        r = correlation_within([(t, a.rest, a.sitting) for t, a in zip(took, answers, strict=True)])
        found.append(
            Option(
                index,
                index in right,
                int(sum(took)),
                share(sum(took), n) if is_enough else None,
                correlation(r, item.freedom) if r is not None and is_enough and item.freedom > 0 else None,
                tuple(
                    share(math.fsum(t * w for t, w in zip(took, group, strict=True)), math.fsum(group))
                    for group in groups
                ),
            )
        )
    return tuple(found)


def _groups(item: Pooled) -> Iterator[list[float]]:
    """The takers in groups of equal size by the rest of their papers, as the weight of each taker in each group."""
    number = _GROUPS if len(item.answers) >= _MANY else _FEW_GROUPS
    rests, size = [answer.rest for answer in item.answers], len(item.answers) / number
    for group in range(number):
        yield weights(rests, group * size, (group + 1) * size)


def suspicion(item: Pooled, difficulty: Spread, discrimination: float) -> Suspicion | None:
    """Another option that looks like the right one; None where none does, or where not one option alone is chosen.

    Each option is tried as the key: the probability to choose it then rises with the marks on the rest of the paper, as
    steeply as for the bank's items (`discrimination`, their mean correlation), and as many choose it as choose right
    answers (`difficulty`, the log odds of the bank's items). The other options keep their proportions. The key may also be
    one of the few that rise little: a flat curve with a flat one beside it tells of no wrong key. What explains the
    answers better by e^3.2 than the key does is suspected, in a bank that discriminates as usual. Whether the strong choose an option and how many choose it
    count together; "a distractor is chosen by the strong" alone would suspect one sound item in five in a class of 30.
    """
    right = right_options(item.question)
    if len(item.answers) < LEAST_TAKERS or len(right) != 1 or any(len(a.chosen) > 1 for a in item.answers):
        return None
    key = next(iter(right))
    chosen = [answer.chosen[0] if answer.chosen else -1 for answer in item.answers]
    counts = Counter(chosen)
    rests = [answer.rest for answer in item.answers]
    slope = min(max(discrimination / 0.46, _LEAST_SLOPE), _MOST_SLOPE)  # .46: the deviation of a share of about .7
    fits = {
        index: _fit([c == index for c in chosen], rests, slope) + _rest(counts, index)
        for index in range(option_count(item.question))
        if index == key or counts[index]
    }
    weak = _fit([c == key for c in chosen], rests, slope * _WEAK) + _rest(counts, key)
    fits[key] = max(fits[key], weak + math.log(_WEAKLY))
    prior = {index: _plausible(counts[index], len(chosen), difficulty) for index in fits}
    others = [index for index in fits if index != key and fits[index] > fits[key]]
    best = max(others, key=lambda index: (fits[index] + prior[index], -index), default=None)
    if best is None:
        return None
    strength = fits[best] + prior[best] - fits[key] - prior[key]
    wanted = SUSPECT + MORE * max(0.0, USUAL - discrimination)
    return Suspicion(best, strength) if strength > wanted else None


def _fit(took: Sequence[bool], rests: Sequence[float], slope: float) -> float:
    """The log likelihood of who took an option, if log odds rise by `slope` for each standard deviation of the rest."""
    number, n = sum(took), len(took)
    if number in (0, n):
        return 0.0
    groups: Mapping[float, int] = Counter(rests)
    level = math.log(number / (n - number))
    for _ in range(_STEPS):
        odds = [(count, _logistic(level + slope * rest)) for rest, count in groups.items()]
        step = (number - math.fsum(c * p for c, p in odds)) / math.fsum(c * p * (1 - p) for c, p in odds)
        level += min(max(step, -1.0), 1.0)
        if abs(step) < _NEAR:
            break
    signed = Counter((level + slope * rest) * (-1 if was else 1) for was, rest in zip(took, rests, strict=True))
    return -math.fsum(count * _log_one_and(value) for value, count in signed.items())


def _logistic(value: float) -> float:
    return 1 / (1 + math.exp(-value)) if value > 0 else math.exp(value) / (1 + math.exp(value))


def _log_one_and(value: float) -> float:
    """The logarithm of 1 + e^value."""
    return max(value, 0.0) + math.log1p(math.exp(-abs(value)))


def _rest(counts: Mapping[int, int], key: int) -> float:
    """The log likelihood of the options but one, in their own proportions."""
    others = [count for index, count in counts.items() if index != key and count]
    return math.fsum(count * math.log(count / sum(others)) for count in others)


def _plausible(count: int, n: int, difficulty: Spread) -> float:
    """How well a share fits a right answer of this bank, as the logarithm of a normal density of its log odds."""
    odds = math.log((count + 0.5) / (n - count + 0.5))
    return -(((odds - difficulty.mean) / difficulty.deviation) ** 2) / 2
