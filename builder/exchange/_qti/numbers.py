"""Numbers that were read: values with tolerances as the answer of a numeric item and what else it accepts."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

from builder.exchange._frame import UnfitError
from builder.text.numbers import as_decimal

if TYPE_CHECKING:
    from collections.abc import Sequence
    from fractions import Fraction

    from builder.exchange._rich import Rich


class Bounds(NamedTuple):
    """The numbers that are accepted, the share of the marks that they earn, and the value as the source wrote it."""

    least: Fraction
    most: Fraction
    share: Fraction
    value: str = ""


def numeric(found: Sequence[tuple[Bounds, Rich]]) -> dict[str, Any]:
    """The keys of a numeric item; the first number that earns all marks is the answer.

    Raises:
        UnfitError: none earns all marks.
    """
    first = next((one for one in found if one[0].share == 1), None)
    if first is None:
        message = "no number earns all marks"
        raise UnfitError(message)
    made = _valued(first[0]) | {"explanation": first[1]}
    made["answer"] = made.pop("value")
    others = []
    for bounds, why in found:
        if bounds is not first[0]:
            share = {"share": str(max(bounds.share, type(bounds.share)(0)))} if bounds.share != 1 else {}
            others.append(_valued(bounds) | share | ({"why": why} if why.text else {}))
    return made | {"accept": others}


def _valued(bounds: Bounds) -> dict[str, Any]:
    middle, slack = (bounds.least + bounds.most) / 2, (bounds.most - bounds.least) / 2
    return {"value": bounds.value or as_decimal(middle), "tolerance": as_decimal(slack)}
