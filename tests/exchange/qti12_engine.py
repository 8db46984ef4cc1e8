"""A small engine for QTI 1.2: what a response earns by the conditions of an item, of the 100 that there are."""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Mapping


def earned(item: Any, given: Mapping[str, set[str]]) -> Fraction:
    """What an item without namespaces gives for a response: the values of each of its parts."""
    score = Fraction(0)
    for condition in item.iterfind("resprocessing/respcondition"):
        if not all(_holds(part, given) for part in condition.find("conditionvar")):
            continue
        for action in condition.iterfind("setvar"):
            value = Fraction(action.text)
            score = value if action.get("action") == "Set" else score + value
        if condition.get("continue") == "No":
            break
    return score


def _holds(part: Any, given: Mapping[str, set[str]]) -> bool:
    values = given.get(part.get("respident"), set())
    match part.tag:
        case "and":
            return all(_holds(it, given) for it in part)
        case "or":
            return any(_holds(it, given) for it in part)
        case "not":
            return not all(_holds(it, given) for it in part)
        case "other":
            return True
        case "varequal":
            return part.text in values
        case "vargte":
            return any(Fraction(it) >= Fraction(part.text) for it in values)
        case "varlte":
            return any(Fraction(it) <= Fraction(part.text) for it in values)
        case _:
            raise AssertionError(part.tag)
