"""Numbers that are asked for in Moodle: values with tolerances and grades, and units."""

from __future__ import annotations

import re
from fractions import Fraction
from typing import TYPE_CHECKING, Any

from builder.exchange._frame import UnfitError
from builder.exchange._rich import Rich
from builder.exchange.moodle._values import answers_of, child, share, text_of
from builder.text.numbers import as_decimal, is_number, unit_name

if TYPE_CHECKING:
    from builder.exchange.moodle._into import Question

Value = dict[str, Any]
_COMMA = re.compile(r"\A(-?\d+),(\d+)\Z")  # as some write a decimal point


def number(question: Question) -> Value:
    """A numerical question: values with tolerances, and units."""
    values = []
    for answer in answers_of(question):
        text, tolerance = (text_of(child(answer, path)) for path in ("text", "tolerance"))
        text, tolerance = (_COMMA.sub(r"\1.\2", said) for said in (text, tolerance or "0"))
        if is_any(question, answer):
            continue
        if not is_number(tolerance):
            question.lost(f"the tolerance {tolerance[:40]} is no number, and is read as 0")
        if not is_number(text):
            question.lost(f"the answer {text[:40]} is no number, and is dropped")
            continue
        entry: Value = {"value": text, "tolerance": tolerance if is_number(tolerance) else "0"}
        values.append(entry | earned(question, answer))
    return asked(question, values)


def is_any(question: Question, answer: Any) -> bool:
    """Whether an answer is what any other number gets; its feedback is noted as dropped."""
    if text_of(child(answer, "text")) != "*" or share(answer):
        return False
    if question.rich(child(answer, "feedback")).text:
        question.lost("the feedback for every other number is dropped")
    return True


def earned(question: Question, answer: Any) -> Value:
    """The share of the marks that an answer earns, unless it is all of them, and its feedback."""
    found = share(answer)
    part: Value = {"share": str(max(found, Fraction(0)))} if found != 1 else {}
    return part | {"why": question.rich(child(answer, "feedback"))}


def asked(question: Question, values: list[Value]) -> Value:
    """The numeric item of these values, of which the first that earns all marks is the answer.

    Raises:
        UnfitError: none of them earns all marks.
    """
    first = next((entry for entry in values if "share" not in entry), None)
    if first is None:
        message = "no number earns all marks"
        raise UnfitError(message)
    made: Value = {"kind": "numeric", "prompt": question.prompt(), "answer": first["value"]}
    if "tolerance" in first:
        made["tolerance"] = first["tolerance"]
    made["accept"] = [{k: it for k, it in entry.items() if it != Rich(())} for entry in values if entry is not first]
    if first["why"].text:
        made["explanation"] = first["why"]
    return made | units(question)


def units(question: Question) -> Value:
    """The units of a question, and whether one has to be typed."""
    units = [
        (text_of(child(unit, "unit_name")), _number_of(text_of(child(unit, "multiplier"))))
        for unit in question.element.iterfind("units/unit")
    ]
    if not units or not all(factor for _, factor in units):
        return {}
    known: dict[str, tuple[str, Fraction]] = {}  # `m^2`, `m2` and `m²` are one unit here: the first spelling stays
    for name, factor in units:
        known.setdefault(unit_name(name), (name, factor))
    (symbol, first), *others = known.values()
    made: Value = {"symbol": symbol}
    made["accept"] = [name for name, factor in others if factor == first]
    made["convert"] = {name: as_decimal(first / factor) for name, factor in others if factor != first}
    made = {key: value for key, value in made.items() if value}
    grading = text_of(question.part("unitgradingtype"))
    if grading in {"1", "2"}:
        cost = _number_of(text_of(question.part("unitpenalty")))
        return {"unit": made | ({"cost": as_decimal(cost)} if cost != 1 else {})}
    return {"unit": made | {"ask": "optional"}}


def _number_of(text: str) -> Fraction:
    """The number of a unit; 1 where there is none."""
    said = _COMMA.sub(r"\1.\2", text.strip())
    return Fraction(said) if is_number(said) else Fraction(1)
