"""What a key, a guide and the back of a card say of a number that is asked for: texts in the markup of authors.

Numbers stand in them as readers of the language see them, so that every format writes these texts like any other.
"""

from __future__ import annotations

import re
from fractions import Fraction
from typing import TYPE_CHECKING, NamedTuple

from builder.model.numeric import around
from builder.text.numbers import as_decimal, is_endless, shown

if TYPE_CHECKING:
    from collections.abc import Iterator

    from builder.model.numeric import Accepted, NumericAnswer, Unit
    from builder.wording import Wording

_BESIDE = {"°", "\u2032", "\u2033", "'", '"'}  # units that stand right after the number (SI Brochure 2019, 5.4.3)
_RAISED = str.maketrans("0123456789-+\u2212", "⁰¹²³⁴⁵⁶⁷⁸⁹⁻⁺⁻")
_LOWERED = str.maketrans("0123456789", "₀₁₂₃₄₅₆₇₈₉")
_POWER, _INDEX = re.compile(r"\^([-+\u2212]?[0-9]+)\^"), re.compile(r"~([0-9]+)~")


class Row(NamedTuple):
    """A line of the key: which answers, why, and the share of the marks that they earn; what costs marks has one below 0."""

    text: str
    why: str
    share: Fraction


def quantity(answer: NumericAnswer, decimal: str) -> str:
    """The answer with its unit: `19.6 m`."""
    return _with(answer.unit, shown(answer.answer, decimal), decimal)


def given_unit(answer: NumericAnswer, *, raised: bool = False) -> str:
    """The unit, if a paper prints it after the line to write on; `raised` is without markup."""
    unit = answer.unit.symbol if answer.unit and answer.unit.ask == "given" else ""
    return plain(unit) if raised else unit


def plain(text: str) -> str:
    """A number or unit without markup: `2·10^3^ m^2^` is `2·10³ m²`."""
    text = _POWER.sub(lambda it: it[1].translate(_RAISED), text)
    return _INDEX.sub(lambda it: it[1].translate(_LOWERED), text)


def rows(answer: NumericAnswer, words: Wording, decimal: str) -> Iterator[Row]:
    """What is accepted for how much, and what costs marks: the answer first."""
    main, *others = answer.spans
    yield Row(_near(answer.unit, answer.answer, answer.tolerance, words, decimal), "", main.share)
    for entry, span in zip(answer.accept, others, strict=True):
        yield Row(_accepted(answer, entry, words, decimal), span.why, span.share)
    unit, figures = answer.unit, answer.figures
    if unit and unit.ask != "given" and Fraction(unit.cost):
        said = words["unit_missing" if unit.ask == "required" else "unit_wrong"]
        yield Row(said, "", -Fraction(unit.cost))
    if figures and Fraction(figures.cost):
        yield Row(words["figures_wrong"], "", -Fraction(figures.cost))


def units(answer: NumericAnswer, decimal: str) -> str:
    """How the unit may be spelled, and other units: `m, metre; 1 km = 1000 m`. Nothing where that is one spelling."""
    unit = answer.unit
    if not unit or not (unit.accept or unit.convert):
        return ""
    spelled = ", ".join((unit.symbol, *unit.accept))
    factors = [
        f"{_with(unit, '1', decimal, name)} = {_with(unit, shown(it, decimal), decimal)}"
        for name, it in unit.convert.items()
    ]
    return "; ".join((spelled, *factors))


def asks(answer: NumericAnswer, words: Wording, *, is_printed: bool) -> str:
    """What the question asks of the number beside its value: the unit to answer in, unless it is printed, and the figures."""
    unit = "" if is_printed else given_unit(answer)
    said = [words["in_unit"].format(unit)] if unit else []
    return " ".join([*said, *([words.counted(answer.figures.number, "figures")] if answer.figures else [])])


def _accepted(answer: NumericAnswer, entry: Accepted, words: Wording, decimal: str) -> str:
    if entry.between:
        low, high = (shown(end, decimal) for end in entry.between)
        return _with(answer.unit, words["range"].format(low, high), decimal)
    return _near(answer.unit, entry.value or "", entry.tolerance, words, decimal)


def _near(unit: Unit | None, value: str, tolerance: str | None, words: Wording, decimal: str) -> str:
    """A value and how far off it may be: `19.5 to 19.7 m`, or `1/3 ± 0.01` where the ends are no decimals."""
    low, high = around(value, tolerance)
    if low == high:
        said = shown(value, decimal)
    elif is_endless(low) or is_endless(high):
        slack = (tolerance or "").removesuffix(" %")
        if slack != tolerance:
            return f"{_with(unit, shown(value, decimal), decimal)} ± {shown(slack, decimal)}\u00a0%"
        said = f"{shown(value, decimal)} ± {shown(slack, decimal)}"
    else:
        said = words["range"].format(shown(as_decimal(low), decimal), shown(as_decimal(high), decimal))
    return _with(unit, said, decimal)


def _with(unit: Unit | None, number: str, decimal: str, symbol: str = "") -> str:
    """A number and a unit, which stay on one line. Degrees stand at the number, and per cent where English is written."""
    symbol = symbol or (unit.symbol if unit else "")
    is_beside = not symbol or symbol in _BESIDE or (symbol == "%" and decimal == ".")
    return f"{number}{'' if is_beside else chr(0xA0)}{symbol}"
