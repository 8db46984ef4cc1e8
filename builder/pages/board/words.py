"""The figures of a paper as an exam board reads them: a name, a value, an interval, and what that means."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING

from builder.analysis.cuts import cut_report
from builder.analysis.estimates import LEAST_TAKERS, Z
from builder.analysis.papers import GOAL
from builder.pages.analysis import sentences
from builder.report import counted

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from builder.analysis.estimates import Estimate
    from builder.analysis.items import ItemReport
    from builder.analysis.papers import PaperReport


@dataclass(frozen=True, slots=True)
class Figure:
    """A line of the table of figures."""

    name: str
    value: str
    interval: str
    says: str


def figures(paper: PaperReport) -> Iterator[Figure]:
    """The figures of a paper; none for fewer than 15 takers."""
    if paper.mean is None or paper.deviation is None:
        return
    share = sentences.number(100 * paper.mean.value / paper.most, 0)
    yield _figure("Mean", paper.mean, f"{share} % of the marks were earned.", 1)
    yield _figure("Standard deviation", paper.deviation, "How far marks lie apart.", 1)
    if paper.alpha is None:
        return
    kind = "KR-20" if paper.is_kr20 else "Cronbach's alpha"
    verdict = sentences.verdict(paper.alpha)
    yield _figure(f"Reliability ({kind})", paper.alpha, f"{verdict[0].upper()}{verdict[1:]}.")
    if paper.sem:
        apart = sentences.number(Z * math.sqrt(2) * paper.sem.value, 1)
        says = f"Two students' marks have to differ by {apart} before it is sure who knows more."
        yield _figure("Standard error of a mark", paper.sem, says, 1)
    if paper.wanted:
        says = f"So many times as long would a paper of such questions have to be for a reliability of {GOAL:.2f}."
        yield _figure("Length wanted", paper.wanted, says, 1)


def _figure(name: str, estimate: Estimate, says: str, decimals: int = 2) -> Figure:
    low, high = (sentences.number(it, decimals) for it in estimate[1:])
    return Figure(name, sentences.number(estimate.value, decimals), f"{low} to {high}", says)


def of_versions(paper: PaperReport) -> str:
    """What the versions of a paper did; empty where there is one."""
    if not paper.versions:
        return ""
    if paper.version_chance is None:
        return f"Whether the versions are equally hard can't be said of fewer than {LEAST_TAKERS} takers."
    return sentences.of_chance(paper.version_chance)


def of_cut(paper: PaperReport, totals: Sequence[float], cut: float) -> str:
    """What a cut score does."""
    found = cut_report(paper, totals, cut)
    said = f"{found.reached} of {counted(paper.n, 'taker')} reach {cut:g} marks."
    if found.near is None or found.moved is None:
        return f"{said} How sure that is can't be said of this paper."
    moved = sentences.between(found.moved, 0)
    return (
        f"{said} {found.near} lie within one standard error of that mark. On another paper like this one, about {moved} "
        "takers would be on its other side."
    )


def decision(item: ItemReport, option: Callable[[int], str]) -> str:
    """What a board can do about a question."""
    if item.suspicion:
        other = option(item.suspicion.option)
        return f"Keep the key; take {other} for the key; take both for right; or give every taker the marks."
    if "hard" in item.flags or "negative" in item.flags:
        return "Keep the question; take a second answer for right; give every taker the marks; or leave it out."
    return "Keep the question, or leave it out; in either case have it revised before it is asked again."
