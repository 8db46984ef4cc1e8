"""The figures of a paper as an exam board reads them, in the language of the paper: a name, a value, an interval, and what that means."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING

from builder.analysis.cuts import cut_report
from builder.analysis.estimates import LEAST_TAKERS, Z
from builder.analysis.papers import GOAL
from builder.pages.analysis import sentences
from builder.pages.analysis.speech import Speech

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


class BoardSpeech(Speech):
    """What the report says in a language."""

    def figures(self, paper: PaperReport) -> Iterator[Figure]:
        """The figures of a paper; none for fewer than 15 takers."""
        if paper.mean is None or paper.deviation is None:
            return
        share = self.number(100 * paper.mean.value / paper.most, 0)
        yield self._figure(self("mean"), paper.mean, self("mean_says", share), 1)
        yield self._figure(self("deviation"), paper.deviation, self("deviation_says"), 1)
        if paper.alpha is None:
            return
        name = self("reliability", sentences.coefficient(paper, self))
        yield self._figure(name, paper.alpha, self(sentences.verdict(paper.alpha)))
        if paper.sem:
            apart = self.number(Z * math.sqrt(2) * paper.sem.value, 1)
            yield self._figure(self("sem"), paper.sem, self("sem_says", apart), 1)
        if paper.wanted:
            yield self._figure(self("length"), paper.wanted, self("length_says", self.number(GOAL)), 1)

    def _figure(self, name: str, estimate: Estimate, says: str, decimals: int = 2) -> Figure:
        return Figure(name, self.number(estimate.value, decimals), self.range(estimate, decimals), says)

    def versions(self, paper: PaperReport) -> str:
        """What the versions of a paper did; empty where there is one."""
        if not paper.versions:
            return ""
        if paper.version_chance is None:
            return self("versions_unsure", LEAST_TAKERS)
        return sentences.of_chance(paper.version_chance, self)

    def cut(self, paper: PaperReport, totals: Sequence[float], cut: float) -> str:
        """What a cut score does."""
        found = cut_report(paper, totals, cut)
        said = self("reach", found.reached, paper.n, self.marks(cut))
        if found.near is None or found.moved is None:
            return f"{said} {self('unsure')}"
        return f"{said} {self('near', found.near, self.between(found.moved, 0))}"

    def decision(self, item: ItemReport, option: Callable[[int], str]) -> str:
        """What a board can do about a question."""
        if item.suspicion:
            return self("do_key", option(item.suspicion.option))
        return self("do_hard" if {"hard", "negative"} & set(item.flags) else "do_weak")
