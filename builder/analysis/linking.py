"""Two papers with questions in common on one scale: which takers know more, and which of those questions have drifted."""

from __future__ import annotations

import math
from itertools import pairwise
from statistics import NormalDist
from typing import TYPE_CHECKING, NamedTuple

from builder.analysis.estimates import Estimate, Z, mean, variance

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from builder.analysis.papers import PaperReport
    from builder.analysis.rasch import Ability, Rasch
    from builder.analysis.sittings import Sitting

LEAST_COMMON = 5  # questions: fewer would let one that has drifted move all the others
_SURE = 0.01


class Link(NamedTuple):
    """Two papers by their names, the ids of the questions in common, and what these tell.

    `better` is how much more able the takers of the second are, in logits. `drifted` are questions that became easier
    or harder than the others did, more than chance brings in one link of 100.
    """

    first: str
    second: str
    common: tuple[str, ...]
    better: Estimate
    drifted: tuple[str, ...]


def abilities(model: Rasch, sat: Sitting) -> list[Ability]:
    """The ability of each taker of a sitting, by how many questions of the model are right."""
    return [model.abilities[sum(row[item].marks > 0 for item in model.items)] for row in sat.rows]


def links(papers: Sequence[PaperReport], sittings: Sequence[Sitting]) -> Iterator[Link]:
    """What each paper and the next one with the Rasch model tell, where they have five questions in common."""
    both = [(paper.rasch, sat) for paper, sat in zip(papers, sittings, strict=True) if paper.rasch]
    for (one, first), (other, second) in pairwise(both):
        digests = {(question.id, question.digest) for question in first.questions}
        same = [
            q.id for q in second.questions if (q.id, q.digest) in digests and q.id in one.items and q.id in other.items
        ]
        if len(same) >= LEAST_COMMON:
            yield _link((one, first), (other, second), same)


def _link(one: tuple[Rasch, Sitting], other: tuple[Rasch, Sitting], common: Sequence[str]) -> Link:
    """The second scale is moved until the common questions are as hard on average as on the first (mean linking).

    An example. Five questions lie at 0 on average among all those of the first paper, and at 0.3 among those of the
    second. So the second scale begins 0.3 higher, and who is at 1.0 there is at 0.7 on the first.
    """
    (model, first), (later, second) = one, other
    shifts = {item: model.items[item].difficulty.value - later.items[item].difficulty.value for item in common}
    errors = {item: math.hypot(model.items[item].error, later.items[item].error) for item in common}
    shift = mean(list(shifts.values()))
    before, after = ([it.value for it in abilities(*pair)] for pair in (one, other))
    spread = variance(before) / len(before) + variance(after) / len(after)
    error = math.sqrt(spread + math.fsum(it**2 for it in errors.values()) / len(common) ** 2)
    better = mean(after) + shift - mean(before)
    bound = NormalDist().inv_cdf(1 - _SURE / (2 * len(common)))
    drifted = tuple(item for item in common if abs(shifts[item] - shift) > bound * errors[item])
    return Link(
        first.name, second.name, tuple(common), Estimate(better, better - Z * error, better + Z * error), drifted
    )
