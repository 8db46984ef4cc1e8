"""The figures of items, and what is wrong where they leave no other reading."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Literal, NamedTuple

from builder.analysis import estimates
from builder.analysis.estimates import LEAST_TAKERS, Estimate, Spread
from builder.analysis.options import Option, Suspicion, options, suspicion
from builder.analysis.pooled import Pooled, correlation_within, pooled
from builder.analysis.sittings import option_count, right_options

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from builder.analysis.sittings import Sitting
    from builder.paper.record import QuizItem

Flag = Literal["key", "negative", "weak", "hard", "easy", "dead"]

EASY, DEAD = 0.95, 0.05
# The most that a correlation may be for an item that does not discriminate: drawn towards the bank's mean, and by itself.
# The second is for classes where all correlations came out low by chance, since they hang together.
WEAK, WEAK_ALONE = 0.10, 0.20
BELOW_CHANCE = 0.8  # of what guessing gives: some items of sound banks lie near that
HARD_UNCHOSEN = 0.10  # of questions where nothing is chosen, so that nobody is right by chance
_LEAST_DEVIATION = 0.6  # of the log odds of a bank's items, so that a hard item among easy ones is still thinkable
_USUAL_SHARE, _USUAL_R = 0.85, 0.25  # log odds of .70


class ItemReport(NamedTuple):
    """An item over all its uses.

    `n` takers met it, of whom some omitted it, and some did not reach it; `right` is how many had all its marks. With
    fewer than 15 takers there is nothing else. `p` is the mean share of its marks (its difficulty), `p_shrunk` drawn
    towards the bank's mean; `r` the corrected point-biserial correlation, that of its marks with those of the rest of
    the paper, and `r_shrunk` drawn likewise; `d` how much better the upper 27 % do than the lower 27 %.
    """

    id: str
    digest: str
    kind: str
    uses: tuple[str, ...]
    n: int
    right: int
    omitted: int
    not_reached: int
    p: Estimate | None
    p_shrunk: float | None
    r: Estimate | None
    r_shrunk: Estimate | None
    d: Estimate | None
    options: tuple[Option, ...]
    suspicion: Suspicion | None
    flags: tuple[Flag, ...]


def item_reports(sittings: Sequence[Sitting]) -> list[ItemReport]:
    """The items of some sittings, all versions and uses of one text together."""
    items = pooled(sittings)
    enough = [item for item in items if len(item.answers) >= LEAST_TAKERS]
    points = {id(item): _correlation(item) for item in enough}
    found = [(r, item.freedom) for item in enough if (r := points[id(item)]) is not None and item.freedom > 0]
    bank = estimates.spread_of(found)
    shares = [(math.fsum(a.share for a in item.answers), float(len(item.answers))) for item in enough]
    drawn = dict(zip(map(id, enough), estimates.shrunk_shares(shares), strict=True))
    difficulty, usual_r = _difficulty(shares), estimates.mean([r for r, _ in found]) if found else _USUAL_R
    return [
        _report(item, points[id(item)], drawn[id(item)], bank, suspicion(item, difficulty, usual_r))
        if id(item) in points
        else _counted(item)
        for item in items
    ]


def _correlation(item: Pooled) -> float | None:
    return correlation_within([(answer.share, answer.rest, answer.sitting) for answer in item.answers])


def _difficulty(shares: Sequence[tuple[float, float]]) -> Spread:
    """Where the log odds of the items lie."""
    odds = [math.log((max(right, 0.0) + 0.5) / (n - max(right, 0.0) + 0.5)) for right, n in shares]
    if not odds:
        return Spread(_USUAL_SHARE, 1.0)
    return Spread(estimates.mean(odds), max(_LEAST_DEVIATION, math.sqrt(estimates.variance(odds))))


def _counted(item: Pooled) -> ItemReport:
    """An item of too few takers: counts alone."""
    states = [answer.state for answer in item.answers]
    return ItemReport(
        item.question.id,
        item.question.digest,
        item.question.kind,
        item.uses,
        len(item.answers),
        sum(answer.share >= 1 for answer in item.answers),
        states.count("omitted"),
        states.count("not reached"),
        p=None,
        p_shrunk=None,
        r=None,
        r_shrunk=None,
        d=None,
        options=options(item),
        suspicion=None,
        flags=(),
    )


def _report(item: Pooled, r: float | None, p_shrunk: float, bank: Spread, suspect: Suspicion | None) -> ItemReport:
    p = estimates.share(math.fsum(answer.share for answer in item.answers), len(item.answers))
    alone = estimates.correlation(r, item.freedom) if r is not None and item.freedom > 0 else None
    r_shrunk = estimates.shrunk(alone.value, item.freedom, bank) if alone else None
    found = _counted(item)._replace(
        p=p, p_shrunk=p_shrunk, r=alone, r_shrunk=r_shrunk, d=_discrimination(item), suspicion=suspect
    )
    return found._replace(flags=tuple(_flags(found, guessable(item.question))))


def _discrimination(item: Pooled) -> Estimate:
    """How much greater the share of the upper 27 % is than that of the lower 27 %."""
    lower, upper = (math.fsum(weights) for weights in zip(*((a.lower, a.upper) for a in item.answers), strict=True))
    low = estimates.share(math.fsum(a.share * a.lower for a in item.answers), lower)
    high = estimates.share(math.fsum(a.share * a.upper for a in item.answers), upper)
    return estimates.difference(high, low)


def _flags(item: ItemReport, options: int) -> Iterator[Flag]:
    """What the whole interval says, from one end to the other."""
    if item.suspicion:
        yield "key"
    weak = discriminates(item.r, item.r_shrunk)
    if weak:
        yield weak
    if item.p and item.p.high < chance_level(options):
        yield "hard"
    if item.p and item.p.low > EASY:
        yield "easy"
    wrong = [option.count for option in item.options if not option.is_right]
    if any(is_dead(count, sum(wrong), item.n) for count in wrong):
        yield "dead"


def guessable(question: QuizItem) -> int:
    """How many options there are to guess the right one from; 0 where nothing, or more than one, is to be chosen."""
    return option_count(question) if len(right_options(question)) == 1 else 0


def chance_level(options: int) -> float:
    """The share below which guessing alone would do better, by a fifth; .10 where nothing is chosen."""
    return BELOW_CHANCE / options if options else HARD_UNCHOSEN


def is_dead(count: int, wrong: int, n: int) -> bool:
    """Whether it is sure that next to nobody chooses an option: not 5 of 100, nor 5 of 100 of those who are wrong.

    `count` of `n` takers chose it, and `wrong` any option that is not right.
    """
    if not wrong or n < LEAST_TAKERS:
        return False
    return estimates.share(count, n).high < DEAD and estimates.share(count, wrong).high < DEAD


def discriminates(r: Estimate | None, r_shrunk: Estimate | None) -> Flag | None:
    """Which flag a correlation, as it is and drawn towards the bank's mean, raises: `negative`, `weak` or none."""
    if r is None or r_shrunk is None or r_shrunk.high >= WEAK or r.high >= WEAK_ALONE:
        return None
    return "negative" if r_shrunk.high < 0 else "weak"
