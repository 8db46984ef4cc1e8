"""Canvas's formula questions: values that are drawn, a formula, and what it came to for each set that Canvas drew.

Those answers tell whether the formula was understood: a question with one that differs is not taken.
"""

from __future__ import annotations

import ast
import re
from fractions import Fraction
from typing import TYPE_CHECKING, Any, NamedTuple

from builder.exchange._drawn import Drawn, Form, Range, names_for
from builder.exchange._formulas import call, number
from builder.exchange._frame import UnfitError
from builder.exchange._qti.reading import refuse_unfit
from builder.exchange.qti12 import _formulas
from builder.model.values import said_of
from builder.text.expressions import ExpressionError, bounded, computed
from builder.text.numbers import as_decimal, is_number
from builder.text.placeholders import valued

if TYPE_CHECKING:
    from collections.abc import Sequence

    from builder.exchange._formulas import Formula
    from builder.exchange.qti12._into import Question

Value = dict[str, Any]
_TENS = re.compile(r"([-+]?[\d.]+)\s*\*\s*10\s*\^\s*([-+]?\d{1,3})")
_NEAR = Fraction(1, 10**9)  # by which numbers may differ that were computed in binary
_MOST_DECIMALS = 12


class _Set(NamedTuple):
    """One set of values that Canvas drew, and what the formula came to."""

    values: dict[str, str]
    answer: str


def is_computed(question: Question) -> bool:
    """Whether the file says how the answer is computed, as Canvas does; others leave that out."""
    return question.element.find(".//calculated/formulas/formula") is not None


def read(question: Question, html: str) -> Value:
    """The number that is asked for; `html` is that of the prompt, in which values stand in square brackets.

    Raises:
        UnfitError: the formula can't be said here, or comes to other numbers than Canvas wrote down.
    """
    told = question.element.find(".//calculated")
    head = told.find("formulas")
    places = head.get("decimal_places") or ""
    decimals = min(int(places), _MOST_DECIMALS) if places.isdecimal() and len(places) < len("100") else 0
    is_scientific = head.get("scientific_notation") == "true"
    sets = [_set(it) for it in told.iterfind("var_sets/var_set")]
    texts = [(it.text or "").strip() for it in head.iterfind("formula")]
    ranges = [it for it in map(_range, told.iterfind("vars/var")) if _is_used(it.name, html, texts)]
    ranges = [it._replace(listed=tuple(each.values.get(it.name, "") for each in sets)) for it in ranges]
    refuse_unfit("the file has no values for it", unless=ranges)
    formula = _understood(texts, names_for(ranges), sets, decimals, is_scientific=is_scientific)
    question.drawn = drawn = Drawn(ranges, [formula], question.lost)
    tree = formula.tree
    if is_scientific:
        answer = f"{{{{{formula.text} : {Form(decimals + 1, is_figures=True).said}}}}}"
    else:
        exact = drawn.decimals_of(tree)
        tree = tree if exact is not None and exact <= decimals else call("round", tree, number(decimals))
        answer = drawn.number(tree, Form(decimals))
    for name, ours in drawn.names.items():
        html = html.replace(f"[{name}]", drawn.place(ast.Name(ours)))
    made: Value = {"kind": "numeric", "prompt": question.prompt(html), "answer": answer}
    return made | _tolerance(question, told, drawn, tree)


def _is_used(name: str, html: str, texts: Sequence[str]) -> bool:
    """Whether a value stands in the prompt or in a formula."""
    return f"[{name}]" in html or any(re.search(rf"(?<!\w){re.escape(name)}(?!\w)", text) for text in texts)


def _range(element: Any) -> Range:
    least, most = ((element.findtext(name) or "").strip() for name in ("min", "max"))
    scale = element.get("scale") or ""
    return Range((element.get("name") or "").strip(), least, most, int(scale) if scale in _SCALES else 0)


_SCALES = frozenset(map(str, range(_MOST_DECIMALS + 1)))


def _set(element: Any) -> _Set:
    values = {(it.get("name") or "").strip(): (it.text or "").strip() for it in element.iterfind("var")}
    return _Set(values, (element.findtext("answer") or "").strip())


def _understood(
    texts: Sequence[str], names: dict[str, str], sets: Sequence[_Set], decimals: int, *, is_scientific: bool
) -> Formula:
    """The formula, by the reading of it that comes to all answers of the file."""
    problem = ""
    for reading in _formulas.READINGS:
        made = _formulas.last(texts, reading, {name: ast.Name(ours) for name, ours in names.items()})
        found = next(filter(None, (_differs(made, names, it, decimals, is_scientific) for it in sets)), "")
        if not found:
            return made
        problem = problem or found
    raise UnfitError(problem)


def _differs(made: Formula, names: dict[str, str], drawn: _Set, decimals: int, is_scientific: bool) -> str:  # noqa: FBT001 - private
    """Why the formula does not come to an answer of the file; empty where it does."""
    told = _number(drawn.answer)
    known = {ours: drawn.values[name] for name, ours in names.items() if name in drawn.values}
    try:
        with bounded():
            ours = computed(made.text, {name: valued(text) for name, text in known.items()})
    except ExpressionError as error:
        return f"its formula {error} with {said_of(known)}"
    if told is None or not isinstance(ours, Fraction):
        return f"the file has '{drawn.answer[:40]}' for an answer, which is no number"
    unit = Fraction(1, 10**decimals)
    if is_scientific:
        power = len(str(abs(told.numerator))) - len(str(told.denominator))
        unit *= Fraction(10) ** power
    if abs(ours - told) > unit / 2 + _NEAR * max(abs(told), Fraction(1)):
        return f"its formula comes to {float(ours):.6g} here with {said_of(known)}, and to {drawn.answer} in the file"
    return ""


def _number(text: str) -> Fraction | None:
    """A number of the file: `21.08`, or `1.5*10^3`."""
    if found := _TENS.fullmatch(text):
        return Fraction(found[1]) * Fraction(10) ** int(found[2]) if is_number(found[1]) else None
    return Fraction(text) if is_number(text) else None


def _tolerance(question: Question, told: Any, drawn: Drawn, tree: ast.expr) -> Value:
    """How far off an answer may be: a number, or a part in a hundred of the answer."""
    element = told.find("answer_tolerance")
    text = "" if element is None else (element.text or "").strip()
    is_part = text.endswith("%") or (element is not None and element.get("margin_type") == "percent")
    text = text.removesuffix("%").strip() or "0"
    if not is_number(text):
        question.lost(f"the tolerance {text[:40]} is no number, and is read as 0")
        return {}
    size = abs(Fraction(text))
    if not size:
        return {}
    if is_part:
        drawn.keep_from_zero(tree)
    return {"tolerance": as_decimal(size) + " %" * is_part}
