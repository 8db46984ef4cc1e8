"""What a key prints of a number that is asked for, with the marks of each range."""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING, Literal, NamedTuple

from builder.paper import numbers
from builder.printing.text import read, read_number
from builder.text.numbers import decimal_sign
from builder.text.tree import Run, joined

if TYPE_CHECKING:
    from builder.model import Numeric
    from builder.paper.record import QuizItem
    from builder.printing.text import Text
    from builder.wording import Wording


class SolvedPoint(NamedTuple):
    """One thing that an answer is marked by, and its marks in words."""

    text: Text
    points: str


class NumericKey(NamedTuple):
    """The number, then what is accepted and what costs marks, line by line, then the spellings of the unit or nothing."""

    answer: Text
    rows: tuple[SolvedPoint, ...]
    units: Text
    kind: Literal["numeric"] = "numeric"


def number_brief(words: Wording, item: Numeric) -> str:
    """The number with its unit, without markup."""
    return numbers.plain(numbers.quantity(item, decimal_sign(words.language)))


def number_key(words: Wording, language: str, entry: QuizItem, item: Numeric) -> NumericKey:
    """The key of a number in the language of these words; the course's own may be `pt-BR` where the words are in `pt`."""
    decimal = decimal_sign(words.language)
    rows = []
    for row in numbers.rows(item, words, decimal):
        said = read_number(item, row.text)
        why = joined(said, (Run(": "),), read(item, language, row.why)) if row.why else said
        rows.append(SolvedPoint(why, _portion(words, row.share, entry.points)))
    answer = read_number(item, numbers.quantity(item, decimal))
    return NumericKey(answer, tuple(rows), read_number(item, numbers.units(item, decimal)))


def _portion(words: Wording, share: Fraction, points: float) -> str:
    """A share of the marks in words, with a minus if it is taken off: 1/4 of 2 marks is `0.5 marks`."""
    return ("\u2212" if share < 0 else "") + words.amount(abs(share) * Fraction(points))
