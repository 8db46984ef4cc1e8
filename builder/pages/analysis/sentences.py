"""The figures of an analysis as plain sentences."""

from __future__ import annotations

from statistics import NormalDist
from typing import TYPE_CHECKING

from builder.analysis.estimates import LEAST_TAKERS, mean
from builder.analysis.papers import GOAL

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from builder.analysis.estimates import Estimate
    from builder.analysis.items import Flag, ItemReport
    from builder.analysis.linking import Link
    from builder.analysis.papers import PaperReport
    from builder.analysis.rasch import Calibrated
    from builder.pages.analysis.speech import Speech

_SURE, _FEW = 0.05, 5  # a version effect that chance rarely brings about
_GOOD, _FAIR = 0.8, 0.6  # of reliability
_MISFIT = 0.01


def of_item(item: ItemReport, option: Callable[[int], str], say: Speech) -> Iterator[str]:
    """What the figures of an item say; `option` names one of its options."""
    if item.p is None:
        yield say("counts_alone", LEAST_TAKERS)
        return
    yield from (of_flag(item, flag, option, say) for flag in item.flags)
    ends = say.percent(item.p.low), say.percent(item.p.high)
    yield say("earned", say.percent(item.p.value), item.n, *ends, say.percent(item.p_shrunk or 0))
    if item.r is None or item.r_shrunk is None:
        yield say("alike")
    else:
        way = say("better" if item.r.low > 0 else "worse" if item.r.high < 0 else "open")
        yield say("discriminates", way, say.between(item.r), say.between(item.r_shrunk))
    if item.d is not None:
        low, high = say.percent(item.d.low), say.percent(item.d.high)
        yield say("upper_lower", say.percent(item.d.value), say("range", low, high))


def of_flag(item: ItemReport, flag: Flag, option: Callable[[int], str], say: Speech) -> str:
    """A flag with what to do."""
    if flag == "key":
        assert item.suspicion  # noqa: S101 - the flag stands for it
        return say("key", option(item.suspicion.option))
    return say(flag)


def of_paper(paper: PaperReport, say: Speech) -> Iterator[str]:
    """What the figures of a paper say."""
    if paper.mean is None or paper.deviation is None:
        yield say("counts_alone", LEAST_TAKERS)
        return
    yield say("mean_is", say.between(paper.mean, 1), say.marks(paper.most), say.between(paper.deviation, 1))
    if paper.alpha is None:
        yield say("no_reliability")
    else:
        yield say("reliability_is", coefficient(paper, say), say.between(paper.alpha), say(verdict(paper.alpha)))
        if paper.sem:
            yield say("sem_is", say.number(paper.sem.value, 1), say.between(paper.sem, 1))
        if paper.wanted is not None:
            yield say("wanted", say.number(GOAL), say.between(paper.wanted, 1))
    if paper.version_chance is not None:
        yield of_chance(paper.version_chance, say)


def coefficient(paper: PaperReport, say: Speech) -> str:
    """What the reliability of a paper is called."""
    return "KR-20" if paper.is_kr20 else say("alpha")


def of_chance(chance: float, say: Speech) -> str:
    """What the versions of a paper show, by how often chance alone would bring as much."""
    often = say("of_100", say.percent(chance)) if chance >= _SURE / _FEW else say("under_1")
    return say("versions_differ" if chance < _SURE else "versions_alike", often)


def of_model(paper: PaperReport, say: Speech) -> Iterator[str]:
    """What the Rasch model says of a paper; nothing where there are too few takers for it."""
    model = paper.rasch
    if model is None:
        return
    items = list(model.items.values())
    low, high = (say.number(end(it.difficulty.value for it in items), 1) for end in (min, max))
    error = say.number(mean([it.error for it in items]), 1)
    half = model.abilities[len(items) // 2]
    yield say("model", len(items), low, high, error, say.number(half.value, 1), say.number(half.error, 1))
    told = [name for name, it in model.items.items() if is_misfit(it, len(items))]
    if told:
        yield say("misfit", say.names(told))


def of_link(link: Link, say: Speech) -> Iterator[str]:
    """What two papers with questions in common tell."""
    way = "link_more" if link.better.low > 0 else "link_less" if link.better.high < 0 else "link_alike"
    first, second = say.name(link.first), say.name(link.second)
    said = say(way, second, first)
    yield say("link", first, second, len(link.common), said, say.between(link.better))
    if link.drifted:
        yield say("link_drifted", say.names(link.drifted))


def is_misfit(item: Calibrated, items: int) -> bool:
    """Whether the answers to one of so many items surely follow the ability less than the model says: by chance, one paper in 100 has such an item."""
    return max(item.infit_z, item.outfit_z) > NormalDist().inv_cdf(1 - _MISFIT / (2 * items))


def verdict(alpha: Estimate) -> str:
    """What may be done with such marks, by the key of the words that say it."""
    if alpha.low >= _GOOD:
        return "good"
    if alpha.high < _FAIR:
        return "too_little"
    return "together" if alpha.value < _GOOD else "likely"
