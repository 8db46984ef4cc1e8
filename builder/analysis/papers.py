"""The figures of a paper as a whole: how far its marks can be trusted."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, NamedTuple

from builder.analysis import estimates
from builder.analysis.distributions import f_tail, t_quantile
from builder.analysis.estimates import LEAST_TAKERS, Estimate
from builder.analysis.rasch import Rasch, rasch

if TYPE_CHECKING:
    from collections.abc import Sequence

    from builder.analysis.sittings import Sitting

GOAL = 0.8  # the reliability that single grades want (Nunnally 1978)
_LENGTHS = (0.5, 1.5, 2.0)


class VersionReport(NamedTuple):
    """A version: how many had it, their mean, and how far that lies from the mean of all others; None for too few."""

    name: str
    n: int
    mean: float
    difference: Estimate | None


class PaperReport(NamedTuple):
    """A sitting of a paper.

    `alpha` is Cronbach's alpha, which for questions that are right or wrong is KR-20 (`is_kr20`). It is over the
    questions that not all answered alike; a part in which candidates choose counts as one of them. `without` has what it would be without one of them.
    `sem` is the standard error of measurement in marks; `lengths` what the Spearman-Brown formula expects of a paper so
    many times as long, and `wanted` how many times as long it would have to be for .80, both with the interval of alpha. `version_chance` is how often
    versions of equal difficulty would lie as far apart. `rasch` is the Rasch model of the questions that are right or
    wrong as a whole and that all takers met, for 100 takers and more. With fewer than 15 takers there are counts alone.
    """

    name: str
    n: int
    questions: int
    most: float
    mean: Estimate | None
    deviation: Estimate | None
    lowest: float
    highest: float
    alpha: Estimate | None
    is_kr20: bool
    without: dict[str, Estimate]
    sem: Estimate | None
    lengths: dict[float, Estimate]
    wanted: Estimate | None
    versions: tuple[VersionReport, ...]
    version_chance: float | None
    rasch: Rasch | None


def paper_report(sat: Sitting) -> PaperReport:
    """The figures of one sitting."""
    n, totals = len(sat.takers), sat.totals
    columns, chosen = _columns(sat), _chosen(sat)
    units = columns | chosen
    value, without = alpha(units)
    is_enough = n >= LEAST_TAKERS
    found = estimates.reliability(value, len(units), n) if value is not None and is_enough else None
    deviation = estimates.deviation(totals) if is_enough else None
    points = {question.id: question.points for question in sat.questions}
    versions = _versions(sat)
    return PaperReport(
        name=sat.name,
        n=n,
        questions=len(sat.questions),
        most=sat.most,
        mean=estimates.average(totals) if is_enough else None,
        deviation=deviation,
        lowest=min(totals),
        highest=max(totals),
        alpha=found,
        is_kr20=not chosen and all(mark in (0, points[it]) for it, column in columns.items() for mark in column),
        without={it: estimates.reliability(without[it], len(units) - 1, n) for it in columns if it in without}
        if found
        else {},
        sem=_error(found, deviation),
        lengths={times: Estimate(*(longer(max(a, 0.0), times) for a in found)) for times in _LENGTHS} if found else {},
        wanted=_wanted(found) if found else None,
        versions=versions,
        version_chance=_chance(sat) if is_enough else None,
        rasch=rasch(verdicts(sat, columns)),
    )


def _columns(sat: Sitting) -> dict[str, list[float]]:
    """The marks for each question that all takers met, where they are not all the same."""
    columns = {
        question.id: [row[question.id].marks for row in sat.rows]
        for question in sat.questions
        if all(question.id in row for row in sat.rows)
    }
    return {item: column for item, column in columns.items() if len(set(column)) > 1}


def _chosen(sat: Sitting) -> dict[str, list[float]]:
    """The marks for each part in which candidates choose, by its name, where they are not all the same.

    One writes essay 40 for 6 marks, another essay 41 for 8: the part counts as one question, of 6 and 8. Without it the
    reliability would be that of fewer marks than the total has, and the error of the total too small.
    """
    parts: dict[str, list[str]] = {}
    for question in sat.questions:
        if not all(question.id in row for row in sat.rows):
            parts.setdefault(f"choice {question.under}", []).append(question.id)
    columns = {
        part: [math.fsum(row[it].marks for it in ids if it in row) for row in sat.rows] for part, ids in parts.items()
    }
    return {part: column for part, column in columns.items() if len(set(column)) > 1}


def verdicts(sat: Sitting, columns: dict[str, list[float]]) -> dict[str, list[bool]]:
    """Which takers had each question right, of those questions in `columns` that earned all of their marks or none."""
    points = {question.id: question.points for question in sat.questions}
    return {
        item: [mark > 0 for mark in column]
        for item, column in columns.items()
        if all(mark in (0, points[item]) for mark in column)
    }


def alpha(columns: dict[str, list[float]]) -> tuple[float | None, dict[str, float]]:
    """Cronbach's alpha (1951) of the marks for each question, and without each of them; None where it has no meaning.

    Two questions that each taker answers alike, right or wrong: the sum varies four times as much as each of them, and
    alpha is 2/1 x (1 - 2/4) = 1.
    """
    own = {item: estimates.variance(column) for item, column in columns.items()}
    totals = [math.fsum(row) for row in zip(*columns.values(), strict=True)]
    value = _alpha(len(own), math.fsum(own.values()), totals)
    without = {}
    for item, column in columns.items():
        rests = [total - mark for total, mark in zip(totals, column, strict=True)]
        found = _alpha(len(own) - 1, math.fsum(v for other, v in own.items() if other != item), rests)
        if found is not None:
            without[item] = found
    return value, without


def _alpha(number: int, parts: float, totals: Sequence[float]) -> float | None:
    whole = estimates.variance(totals) if totals else 0.0
    return number / (number - 1) * (1 - parts / whole) if number > 1 and whole > 0 else None


def _error(found: Estimate | None, deviation: Estimate | None) -> Estimate | None:
    """The standard error of measurement; its interval is that of alpha, at the deviation that was found."""
    if found is None or deviation is None:
        return None
    value, low, high = (
        deviation.value * math.sqrt(max(0.0, 1 - part)) for part in (found.value, found.high, found.low)
    )
    return Estimate(value, low, high)


def _wanted(found: Estimate) -> Estimate | None:
    """How many times as long a paper has to be for the goal; None where its reliability may be none, so that none will do."""
    if found.low <= 0 or found.high >= 1:
        return None
    value, low, high = (GOAL * (1 - part) / (part * (1 - GOAL)) for part in (found.value, found.high, found.low))
    return Estimate(value, low, high)


def longer(reliability: float, times: float) -> float:
    """The reliability of a paper so many times as long (Spearman 1910, Brown 1910): .60 becomes .75 for twice."""
    return times * reliability / (1 + (times - 1) * reliability)


def _by_version(sat: Sitting) -> dict[str, list[float]]:
    found: dict[str, list[float]] = {}
    for taker, total in sorted(
        zip(sat.takers, sat.totals, strict=True), key=lambda it: (len(it[0].version), it[0].version)
    ):
        found.setdefault(taker.version, []).append(total)
    return found


def _versions(sat: Sitting) -> tuple[VersionReport, ...]:
    groups = _by_version(sat)
    found = []
    for name, own in groups.items():
        others = [total for other, totals in groups.items() if other != name for total in totals]
        found.append(VersionReport(name, len(own), estimates.mean(own), _apart(own, others)))
    return tuple(found) if len(groups) > 1 else ()


def _apart(own: Sequence[float], others: Sequence[float]) -> Estimate | None:
    """The difference of two means with the interval of Welch (1947); None for fewer than five on a side."""
    if min(len(own), len(others)) < 5:  # noqa: PLR2004 - what a t interval wants at least
        return None
    one, other = (estimates.variance(it) / len(it) for it in (own, others))
    value = estimates.mean(own) - estimates.mean(others)
    if one + other <= 0:
        return Estimate(value, value, value)
    freedom = (one + other) ** 2 / (one**2 / (len(own) - 1) + other**2 / (len(others) - 1))
    reach = t_quantile((1 + estimates.LEVEL) / 2, freedom) * math.sqrt(one + other)
    return Estimate(value, value - reach, value + reach)


def _chance(sat: Sitting) -> float | None:
    """The tail of F for the means of the versions (one-way analysis of variance)."""
    groups = list(_by_version(sat).values())
    above, below = len(groups) - 1, len(sat.totals) - len(groups)
    if above < 1 or below < 1:
        return None
    whole = estimates.mean(sat.totals)
    between = math.fsum(len(group) * (estimates.mean(group) - whole) ** 2 for group in groups)
    within = math.fsum(estimates.variance(group) * (len(group) - 1) for group in groups)
    return f_tail((between / above) / (within / below), above, below) if within > 0 else None
