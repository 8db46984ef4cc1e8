"""The figures of an analysis as plain sentences."""

from __future__ import annotations

from statistics import NormalDist
from typing import TYPE_CHECKING

from builder.analysis.estimates import LEAST_TAKERS, mean
from builder.analysis.papers import GOAL
from builder.wording.exams import exam_words

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

    from builder.analysis.estimates import Estimate
    from builder.analysis.items import Flag, ItemReport
    from builder.analysis.linking import Link
    from builder.analysis.papers import PaperReport
    from builder.analysis.rasch import Calibrated

_ENGLISH = exam_words("en").board
_SURE, _FEW = 0.05, 5  # a version effect that chance rarely brings about
_GOOD, _FAIR = 0.8, 0.6  # of reliability
_MISFIT = 0.01

FLAGS: dict[Flag, str] = {
    "key": "another answer than the key looks like the right one",
    "negative": "the strong do worse here than the weak",
    "weak": "it does not tell the strong from the weak",
    "hard": "fewer are right than guessing would bring",
    "easy": "nearly everybody is right",
    "dead": "an option is chosen by nobody, or nearly so",
}


def number(value: float, decimals: int = 2) -> str:
    """A figure as it is printed, with a minus sign that is one, and never in front of nothing."""
    return f"{round(value, decimals) + 0.0:.{decimals}f}".replace("-", "\N{MINUS SIGN}")


def between(estimate: Estimate, decimals: int = 2) -> str:
    """`0.75 (0.59 to 0.86)`."""
    return f"{number(estimate.value, decimals)} ({number(estimate.low, decimals)} to {number(estimate.high, decimals)})"


def of_item(item: ItemReport, option: Callable[[int], str]) -> Iterator[str]:
    """What the figures of an item say; `option` names one of its options."""
    if item.p is None:
        yield f"{item.n} takers are too few for more than counts; from {LEAST_TAKERS} on there are figures."
        return
    yield from (sentence for flag in item.flags if (sentence := of_flag(item, flag, option)))
    part = f"{number(100 * item.p.value, 0)} % of its marks are earned"
    true = f"the true share lies between {number(100 * item.p.low, 0)} and {number(100 * item.p.high, 0)} %"
    yield f"{part} by {item.n} takers; {true}, most likely near {number(100 * (item.p_shrunk or 0), 0)} %."
    if item.r is None or item.r_shrunk is None:
        yield "All did alike, here or on the rest of the paper, so nothing can be said of who is right."
    else:
        way = "better" if item.r.low > 0 else "worse" if item.r.high < 0 else ""
        said = f"Who does well on the rest of the paper does {way} here" if way else _OPEN
        spread = f"from {number(item.r_shrunk.low)} to {number(item.r_shrunk.high)}"
        best = f"with what the other items show, {number(item.r_shrunk.value)}, {spread}"
        yield f"{said}: the correlation is {between(item.r)}; {best}."
    if item.d is not None:
        yield f"The share of the best 27 % less that of the weakest 27 % is {_points(item.d)}."


_OPEN = "Whether those who do well on the rest of the paper do better here is open"


def _points(difference: Estimate) -> str:
    value, low, high = (number(100 * it, 0) for it in difference)
    return f"{value} points of a hundred ({low} to {high})"


def of_flag(item: ItemReport, flag: Flag, option: Callable[[int], str], words: Mapping[str, str] = _ENGLISH) -> str:
    """A flag with what to do, in the words of a language."""
    if flag == "key":
        assert item.suspicion  # noqa: S101 - the flag stands for it
        return words["key"].format(option(item.suspicion.option))
    return words[flag]


def of_paper(paper: PaperReport) -> Iterator[str]:
    """What the figures of a paper say."""
    if paper.mean is None or paper.deviation is None:
        yield f"{paper.n} takers are too few for more than counts; from {LEAST_TAKERS} on there are figures."
        return
    yield f"The mean is {between(paper.mean, 1)} of {number(paper.most, 1)} marks, the standard deviation {between(paper.deviation, 1)}."
    if paper.alpha is None:
        yield "How reliable the marks are can't be said: it takes two questions that not all answer alike."
    else:
        kind = "KR-20" if paper.is_kr20 else "Cronbach's alpha"
        said = _ENGLISH[verdict(paper.alpha)]
        yield f"The reliability ({kind}) is {between(paper.alpha)}: {said[0].lower()}{said[1:]}"
        if paper.sem:
            reach = number(paper.sem.value, 1)
            yield f"A mark is known to about {reach} up or down (standard error of measurement {between(paper.sem, 1)})."
        if paper.wanted is not None:
            yield f"For {number(GOAL)} a paper of such questions would have to be {between(paper.wanted, 1)} times as long."
    if paper.version_chance is not None:
        yield of_chance(paper.version_chance)


def of_chance(chance: float, words: Mapping[str, str] = _ENGLISH) -> str:
    """What the versions of a paper show, by how often chance alone would bring as much, in the words of a language."""
    often = words["of_100"].format(number(100 * chance, 0)) if chance >= _SURE / _FEW else words["under_1"]
    return words["versions_differ" if chance < _SURE else "versions_alike"].format(often)


def of_model(paper: PaperReport) -> Iterator[str]:
    """What the Rasch model says of a paper; nothing where there are too few takers for it."""
    model = paper.rasch
    if model is None:
        return
    items = list(model.items.values())
    low, high = (number(end(it.difficulty.value for it in items), 1) for end in (min, max))
    error = number(mean([it.error for it in items]), 1)
    half = model.abilities[len(items) // 2]
    yield (
        f"By the Rasch model the {len(items)} questions that are right or wrong as a whole lie from {low} to {high} logits, "
        f"each with a standard error of about {error}; who has half of them right is at {number(half.value, 1)}, "
        f"with one of {number(half.error, 1)}."
    )
    told = [name for name, it in model.items.items() if is_misfit(it, len(items))]
    if told:
        yield f"Answers to {', '.join(told)} follow the ability less than the model says, and more so than chance would bring."


def of_link(
    link: Link, words: Mapping[str, str] = _ENGLISH, shown: Callable[[Estimate], str] = between
) -> Iterator[str]:
    """What two papers with questions in common tell, in the words of a language, with figures as it has them `shown`."""
    way = "link_more" if link.better.low > 0 else "link_less" if link.better.high < 0 else "link_alike"
    said = words[way].format(link.second, link.first)
    yield words["link"].format(link.first, link.second, len(link.common), said, shown(link.better))
    if link.drifted:
        yield words["link_drifted"].format(", ".join(link.drifted))


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
