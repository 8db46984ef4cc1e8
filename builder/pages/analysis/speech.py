"""Figures in the words and with the numbers of a language, as the page and the report for the board say them."""

from __future__ import annotations

from functools import reduce
from typing import TYPE_CHECKING

from builder.text.languages import from_the_left
from builder.text.numbers import decimal_sign
from builder.wording import wording
from builder.wording.exams import exam_words

if TYPE_CHECKING:
    from collections.abc import Iterable

    from builder.analysis.estimates import Estimate


class Speech:
    """Words and numbers of a language, or of English where that has no words for it.

    `words` are those of exams, `paper` those of papers. A key names a word of the page or of the report:
    no two have the same one.
    """

    def __init__(self, language: str) -> None:
        self.words = exam_words(language)
        self.language = self.words.language
        self.paper = wording(self.language)
        self._phrases = {**self.words.board, **self.words.analysis}
        self._decimal = decimal_sign(self.language)

    def __call__(self, key: str, *places: object) -> str:
        """A phrase with what stands in its places."""
        return self._phrases[key].format(*places)

    def number(self, value: float, decimals: int = 2) -> str:
        """A figure with the decimal sign of the language, and a minus sign that is one, and never in front of nothing."""
        said = f"{round(value, decimals) + 0.0:.{decimals}f}".replace("-", "\N{MINUS SIGN}").replace(".", self._decimal)
        is_turned = self.paper.is_leftward and said.startswith("\N{MINUS SIGN}")
        return from_the_left(said) if is_turned else said

    def percent(self, share: float) -> str:
        """A share of 1 without its sign of per cent: 0.5 is `50`."""
        return self.number(100 * share, 0)

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

    def questions(self, number: int) -> str:
        """A number of questions."""
        return self.paper.counted(number, "question")

    def name(self, text: str) -> str:
        """A name or a letter in a sentence: where text runs from the right, what stands behind a Latin one would go before it."""
        return f"\N{FIRST STRONG ISOLATE}{text}\N{POP DIRECTIONAL ISOLATE}" if self.paper.is_leftward else text

    def names(self, texts: Iterable[str]) -> str:
        """Several names in a sentence."""
        return self.listed(map(self.name, texts))

    def listed(self, parts: Iterable[str]) -> str:
        """Parts with commas between them."""
        return self.paper["comma"].join(parts)

    def flags(self, names: Iterable[str]) -> str:
        """What is wrong with an item, in short: at least one flag."""
        return reduce(lambda told, one: self("flags", told, one), (self(f"short_{name}") for name in names))
