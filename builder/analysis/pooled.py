"""One item over all its uses: every version and every sitting of the same text."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, NamedTuple

from builder.analysis.estimates import mean, variance
from builder.analysis.sittings import weights

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from builder.analysis.sittings import Sitting
    from builder.paper.record import QuizItem

OUTER = 0.27  # of a class: the shares at both ends that tell most (Kelley 1939)


class Answered(NamedTuple):
    """A taker's answer to an item.

    `share` is what it earned of the marks, `rest` the marks of the rest of the paper as a distance from the mean of the
    sitting, in standard deviations; `chosen` are options, `state` as in `Mark`. `lower` and `upper` say how far the
    taker is in the outer parts of the sitting, from 0 to 1.
    """

    share: float
    rest: float
    chosen: tuple[int, ...]
    state: str
    sitting: int
    lower: float
    upper: float


class Pooled(NamedTuple):
    """An item, the names of the sittings that asked it, and all answers to it."""

    question: QuizItem
    uses: tuple[str, ...]
    answers: tuple[Answered, ...]

    @property
    def freedom(self) -> int:
        """What is left of the number of answers, once each sitting has its own mean: n - 3 for one sitting."""
        return len(self.answers) - len(self.uses) - 2


def pooled(sittings: Sequence[Sitting]) -> list[Pooled]:
    """The items of some sittings, by id and content hash, in the order in which they were first asked."""
    found: dict[tuple[str, str], list[tuple[int, QuizItem]]] = {}
    for number, sat in enumerate(sittings):
        for question in sat.questions:
            found.setdefault((question.id, question.digest), []).append((number, question))
    return [
        Pooled(
            uses[0][1],
            tuple(sittings[number].name for number, _ in uses),
            tuple(answer for number, question in uses for answer in _answers(number, sittings[number], question)),
        )
        for uses in found.values()
    ]


def _answers(number: int, sat: Sitting, question: QuizItem) -> Iterator[Answered]:
    """The answers to an item in one sitting."""
    there = [(row[question.id], total) for row, total in zip(sat.rows, sat.totals, strict=True) if question.id in row]
    totals = [total for _, total in there]
    rests = [total - mark.marks for mark, total in there]
    middle, spread = (mean(rests), math.sqrt(variance(rests))) if rests else (0.0, 0.0)
    size = len(there)
    lower, upper = weights(totals, 0, OUTER * size), weights(totals, (1 - OUTER) * size, size)
    for (mark, _), rest, low, high in zip(there, rests, lower, upper, strict=True):
        distance = (rest - middle) / spread if spread > 0 else 0.0
        yield Answered(mark.marks / question.points, distance, mark.chosen, mark.state, number, low, high)


def correlation_within(pairs: Sequence[tuple[float, float, int]]) -> float | None:
    """The correlation of two numbers within sittings (the third); None where one of them is the same for all.

    Each sitting has its own means, so that an easy paper with an able class is not taken for a link between the two.
    For one sitting it is the usual correlation.
    """
    groups: dict[int, list[tuple[float, float]]] = {}
    for one, other, number in pairs:
        groups.setdefault(number, []).append((one, other))
    products, ones, others = [], [], []
    for group in groups.values():
        first, second = mean([one for one, _ in group]), mean([other for _, other in group])
        products += [(one - first) * (other - second) for one, other in group]
        ones += [(one - first) ** 2 for one, _ in group]
        others += [(other - second) ** 2 for _, other in group]
    below = math.sqrt(math.fsum(ones)) * math.sqrt(math.fsum(others))
    return max(-1.0, min(1.0, math.fsum(products) / below)) if below > 1e-9 else None  # noqa: PLR2004 - rounding alone
