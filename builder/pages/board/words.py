"""The figures of a paper as an exam board reads them, in the language of the paper: a name, a value, an interval, and what that means."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING

from builder.analysis.cuts import cut_report
from builder.analysis.estimates import LEAST_TAKERS, Z
from builder.analysis.papers import GOAL
from builder.pages.analysis import sentences
from builder.text.languages import from_the_left
from builder.text.numbers import decimal_sign
from builder.wording import wording
from builder.wording.exams import exam_words

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from builder.analysis.estimates import Estimate
    from builder.analysis.items import Flag, ItemReport
    from builder.analysis.papers import PaperReport


@dataclass(frozen=True, slots=True)
class Figure:
    """A line of the table of figures."""

    name: str
    value: str
    interval: str
    says: str


class Speech:
    """Words and numbers of the report in a language, or in English where that has no words for it."""

    def __init__(self, language: str) -> None:
        self.board = exam_words(language).board
        self.language = exam_words(language).language
        self.paper = wording(self.language)
        self._decimal = decimal_sign(self.language)

    def __call__(self, key: str, *places: object) -> str:
        """A phrase with what stands in its places."""
        return self.board[key].format(*places)

    def number(self, value: float, decimals: int = 2) -> str:
        """A figure with the decimal sign of the language."""
        said = sentences.number(value, decimals).replace(".", self._decimal)
        is_turned = self.paper.is_leftward and said.startswith("\N{MINUS SIGN}")
        return from_the_left(said) if is_turned else said

    def range(self, estimate: Estimate, decimals: int = 2) -> str:
        """`0.59 to 0.86`."""
        return self("range", self.number(estimate.low, decimals), self.number(estimate.high, decimals))

    def between(self, estimate: Estimate, decimals: int = 2) -> str:
        """`0.75 (0.59 to 0.86)`."""
        return f"{self.number(estimate.value, decimals)} ({self.range(estimate, decimals)})"

    def takers(self, count: int) -> str:
        """A number of takers."""
        return self("taker_1" if count == 1 else "takers", count)

    def marks(self, number: float) -> str:
        """A number of marks."""
        return self.paper.counted(number, "mark")

    def figures(self, paper: PaperReport) -> Iterator[Figure]:
        """The figures of a paper; none for fewer than 15 takers."""
        if paper.mean is None or paper.deviation is None:
            return
        share = self.number(100 * paper.mean.value / paper.most, 0)
        yield self._figure(self("mean"), paper.mean, self("mean_says", share), 1)
        yield self._figure(self("deviation"), paper.deviation, self("deviation_says"), 1)
        if paper.alpha is None:
            return
        kind = "KR-20" if paper.is_kr20 else self("alpha")
        yield self._figure(self("reliability", kind), paper.alpha, self(sentences.verdict(paper.alpha)))
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
        return sentences.of_chance(paper.version_chance, self.board)

    def cut(self, paper: PaperReport, totals: Sequence[float], cut: float) -> str:
        """What a cut score does."""
        found = cut_report(paper, totals, cut)
        said = self("reach", found.reached, paper.n, self.marks(cut))
        if found.near is None or found.moved is None:
            return f"{said} {self('unsure')}"
        return f"{said} {self('near', found.near, self.between(found.moved, 0))}"

    def flag(self, item: ItemReport, flag: Flag, option: Callable[[int], str]) -> str:
        """What was found at a question; `option` names one of its options."""
        return sentences.of_flag(item, flag, option, self.board)

    def decision(self, item: ItemReport, option: Callable[[int], str]) -> str:
        """What a board can do about a question."""
        if item.suspicion:
            return self("do_key", option(item.suspicion.option))
        return self("do_hard" if {"hard", "negative"} & set(item.flags) else "do_weak")
