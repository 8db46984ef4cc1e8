"""How Canvas writes formulas: names as they are, `^` for a power, and earlier formulas that give names to what they come to.

What each function comes to is said by `calcCmd.js` of Canvas. Its reader takes powers from the left, and a minus before
a value before any power: `-x^2` is the square of `-x`. New Quizzes reckon as is usual, so that both readings are tried.
"""

from __future__ import annotations

import re
from functools import reduce
from typing import TYPE_CHECKING

from builder.exchange._formulas import Dialect, Formula, Function, binary, call, constant, formula, number, plain

if TYPE_CHECKING:
    import ast
    from collections.abc import Mapping, Sequence

_MOST = 50  # values of a function that takes any number of them
_LET = re.compile(r"\s*([a-zA-Z][a-zA-Z0-9_.]*)\s*=(?!=)(.*)", re.DOTALL)


def _one_by(name: str) -> Function:
    return Function(1, 1, lambda value: binary(number(1), "/", call(name, value)))


def _log(value: ast.expr, base: ast.expr | None = None) -> ast.expr:
    return call("log10", value) if base is None else binary(call("ln", value), "/", call("ln", base))


def _sum(*values: ast.expr) -> ast.expr:
    return reduce(lambda left, right: binary(left, "+", right), values)


def _ways(total: ast.expr, taken: ast.expr) -> ast.expr:
    return binary(call("factorial", total), "/", call("factorial", binary(total, "-", taken)))


_FUNCTIONS = {
    **{
        name: plain(name)
        for name in ("abs", "asin", "acos", "atan", "sin", "cos", "tan", "ln", "sqrt", "ceil", "floor")
    },
    "round": plain("round"),
    "min": plain("min", 2, _MOST),
    "max": plain("max", 2, _MOST),
    "log": Function(1, 2, _log),
    "rad_to_deg": Function(1, 1, lambda value: call("degrees", value)),
    "deg_to_rad": Function(1, 1, lambda value: call("radians", value)),
    "sec": _one_by("cos"),
    "cosec": _one_by("sin"),
    "cotan": _one_by("tan"),
    "pi": Function(0, 0, lambda: constant("pi")),
    "e": Function(0, 1, lambda power=None: constant("e") if power is None else call("exp", power)),
    "exp": plain("exp"),
    "fact": Function(1, 1, lambda value: call("factorial", value)),
    "perm": Function(2, 2, _ways),
    "comb": Function(2, 2, lambda total, taken: binary(_ways(total, taken), "/", call("factorial", taken))),
    "sum": Function(1, _MOST, _sum),
    "mean": Function(1, _MOST, lambda *values: binary(_sum(*values), "/", number(len(values)))),
    "range": Function(1, _MOST, lambda *values: binary(call("max", *values), "-", call("min", *values))),
    "count": Function(1, _MOST, lambda *values: number(len(values))),
    "length": Function(1, _MOST, lambda *values: number(len(values))),
}
_NAME = re.compile(r"([a-zA-Z][a-zA-Z0-9_.]*)")
_SUMS = {"+": 6, "-": 6, "*": 7, "/": 7}
_CLASSIC = Dialect(_NAME, {**_SUMS, "^": 8}, 9, frozenset(), _FUNCTIONS, {})
_USUAL = Dialect(_NAME, {**_SUMS, "^": 9}, 8, frozenset("^"), _FUNCTIONS, {})
READINGS = (_CLASSIC, _USUAL)


def last(texts: Sequence[str], reading: Dialect, names: Mapping[str, ast.expr]) -> Formula:
    """The last of some formulas, in which those before it stand where it has their names.

    Raises:
        UnfitError: one of them is no formula, or one that can't be said here.
    """
    known = {**names, "pi": constant("pi"), "e": constant("e")}
    made = Formula(number(0))
    for text in texts:
        found = _LET.fullmatch(text)
        made = formula(found[2] if found else text, reading, known)
        if found:
            known[found[1]] = made.tree
    return made
