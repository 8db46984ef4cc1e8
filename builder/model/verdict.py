"""What a typed number earns: one pure function, which needs the answer and the decimal sign of the language alone.

The script of the cards says the same in `builder/cards/templates/numeric.js`.
"""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING, Literal, NamedTuple

from builder.text.numbers import read, unit_name

if TYPE_CHECKING:
    from builder.model.numeric import NumericAnswer

_WHOLE = Fraction(1)


class Verdict(NamedTuple):
    """What a typed answer earns, as a share of the item's marks, and why.

    `place` is the range that the number lies in, as `NumericAnswer.spans` counts them; None if it lies in none.
    `is_read` is false where no number was found in what was typed.
    """

    share: Fraction
    place: int | None
    unit: Literal["right", "missing", "wrong"]
    has_figures: bool
    is_read: bool = True


def judge(answer: NumericAnswer, typed: str, decimal: str) -> Verdict:
    """What a typed answer earns where `decimal` is the decimal sign of the language.

    An example: 19.6 m are right within 0.1, half the marks are for 18 to 21, a wrong unit costs a quarter. Then
    `19.7 m` earns 1, `1970 cm` too if one cm is 0.01 m, `20 m` earns 1/2, and `20` without a unit 1/4.
    """
    found = read(typed, decimal)
    if found is None:
        return Verdict(Fraction(0), None, "missing", has_figures=False, is_read=False)
    unit, factor, cost = _unit(answer, found.unit)
    value = found.value * factor
    spans = answer.spans
    within = [i for i, span in enumerate(spans) if span.least <= value <= span.most]
    place = max(within, key=lambda i: (spans[i].share, -i), default=None)
    figures = answer.figures
    has_figures = figures is None or found.figures.least <= figures.number <= found.figures.most
    if figures and not has_figures:
        cost += Fraction(figures.cost)
    earned = Fraction(0) if place is None else spans[place].share
    return Verdict(max(Fraction(0), earned - cost), place, unit, has_figures)


def _unit(answer: NumericAnswer, typed: str) -> tuple[Literal["right", "missing", "wrong"], Fraction, Fraction]:
    """Whether a typed unit is right, how many of the answer's unit one of it is, and the share of the marks that it costs."""
    unit = answer.unit
    if not typed:
        is_missing = unit is not None and unit.ask == "required"
        return ("missing", _WHOLE, Fraction(unit.cost)) if unit and is_missing else ("right", _WHOLE, Fraction(0))
    if unit is None:
        return "wrong", _WHOLE, _WHOLE
    factor = unit.factors.get(unit_name(typed))
    return ("wrong", _WHOLE, Fraction(unit.cost)) if factor is None else ("right", factor, Fraction(0))
