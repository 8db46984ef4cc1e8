"""How Moodle writes formulas: as PHP does, with its values in braces, `{a} * sin(deg2rad({b}))`.

Which functions there are is said by `qtype_calculated_find_formula_errors` of Moodle 4.5.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from builder.exchange._formulas import Dialect, Function, binary, call, constant, number, plain

if TYPE_CHECKING:
    import ast

_BITS = "reckons with bits"


def _exp_sum(sign: str) -> Function:
    """The hyperbolic sine, or with a plus the cosine."""

    def make(value: ast.expr) -> ast.expr:
        both = binary(call("exp", value), sign, call("exp", binary(number(0), "-", value)))
        return binary(both, "/", number(2))

    return Function(1, 1, make)


def _tanh(value: ast.expr) -> ast.expr:
    twice = call("exp", binary(number(2), "*", value))
    return binary(binary(twice, "-", number(1)), "/", binary(twice, "+", number(1)))


def _area(sign: str) -> Function:
    """The inverse of the hyperbolic sine, or with a minus that of the cosine."""

    def make(value: ast.expr) -> ast.expr:
        root = call("sqrt", binary(binary(value, "**", number(2)), sign, number(1)))
        return call("ln", binary(value, "+", root))

    return Function(1, 1, make)


def _area_tangent(value: ast.expr) -> ast.expr:
    ratio = binary(binary(number(1), "+", value), "/", binary(number(1), "-", value))
    return binary(call("ln", ratio), "/", number(2))


def _log(value: ast.expr, base: ast.expr | None = None) -> ast.expr:
    made = call("ln", value)
    return made if base is None else binary(made, "/", call("ln", base))


_FUNCTIONS = {
    **{name: plain(name) for name in ("abs", "acos", "asin", "atan", "ceil", "cos", "exp", "floor", "log10", "sin")},
    **{name: plain(name) for name in ("sqrt", "tan")},
    "round": plain("round", 1, 2),
    "min": plain("min", 2, 50),
    "max": plain("max", 2, 50),
    "deg2rad": Function(1, 1, lambda value: call("radians", value)),
    "rad2deg": Function(1, 1, lambda value: call("degrees", value)),
    "pi": Function(0, 0, lambda: constant("pi")),
    "pow": Function(2, 2, lambda base, power: binary(base, "**", power)),
    "log": Function(1, 2, _log),
    "log1p": Function(1, 1, lambda value: call("ln", binary(number(1), "+", value))),
    "expm1": Function(1, 1, lambda value: binary(call("exp", value), "-", number(1))),
    "fmod": Function(2, 2, lambda value, by: binary(value, "%", by), (0, 1)),
    "atan2": Function(2, 2, lambda up, along: call("atan", binary(up, "/", along)), (1,)),
    "sinh": _exp_sum("-"),
    "cosh": _exp_sum("+"),
    "tanh": Function(1, 1, _tanh),
    "asinh": _area("+"),
    "acosh": _area("-"),
    "atanh": Function(1, 1, _area_tangent),
}
PHP = Dialect(
    # A wildcard, as Moodle's own pattern has it, or the name of a function.
    name=re.compile(r"(\{[^\W\d_][^>} <`{\"']*\}|[A-Za-z_]\w*)"),
    strength={
        "?": 1, "||": 2, "&&": 3, "==": 4, "!=": 4, "<": 5, "<=": 5, ">": 5, ">=": 5,
        "+": 6, "-": 6, "*": 7, "/": 7, "%": 7, "**": 9,
    },
    minus=8,
    from_right=frozenset(["**", "?"]),
    functions=_FUNCTIONS,
    reasons={"^": f"has a '^', which is no power in Moodle but {_BITS}", **dict.fromkeys("&|~", _BITS)},
)  # fmt: skip
