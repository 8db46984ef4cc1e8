"""Arithmetic expressions of authors, such as `m * t / 2`: computed exactly, with fractions, and within bounds.

simpleeval walks the tree of an expression and computes what it has a handler for. Here that is arithmetic, comparisons,
`a if m > t else b` and the functions below: no attribute, no index, no other call. It loads with the first expression.
"""

from __future__ import annotations

import ast
import math
import threading
from contextlib import contextmanager
from contextvars import ContextVar
from fractions import Fraction
from functools import lru_cache
from typing import TYPE_CHECKING, Any

from builder.text.rounding import rounded

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping

    from simpleeval import SimpleEval

Value = Fraction | str | bool

MOST_SIGNS = 200  # of an expression
_MOST_DEPTH = 65  # of what is nested in what
_MOST_BITS = 2048  # of a number: more than 600 digits
_MOST_POWER = 100
_MOST_DECIMALS = 12
_MOST_FACTORIAL = 50


class ExpressionError(Exception):
    """An expression that can't be computed; the message says why."""


class TooMuchError(ExpressionError):
    """More is to be computed than `bounded` allows."""


_LEFT: ContextVar[list[int] | None] = ContextVar("left", default=None)
MOST_WORK = 200_000  # characters of expressions: at worst a second of a processor


@contextmanager
def bounded(work: int = MOST_WORK) -> Iterator[None]:
    """Let what is computed inside take no longer than a bank may: a stranger's bank could make it take for ever."""
    token = _LEFT.set([work])
    try:
        yield
    finally:
        _LEFT.reset(token)


def charge(work: int) -> None:
    """Count work in characters, and refuse to go on where there was too much of it."""
    left = _LEFT.get()
    if left is not None:
        left[0] -= work
        if left[0] < 0:
            message = "takes too long, with all else that is computed in its file"
            raise TooMuchError(message)


def names_in(text: str) -> frozenset[str]:
    """The names that an expression asks for; a name that is called is a function's.

    Raises:
        ExpressionError: it is no expression.
    """
    charge(len(text))
    nodes = [*ast.walk(_parsed(text))]
    called = {id(node.func) for node in nodes if isinstance(node, ast.Call)}
    return frozenset(node.id for node in nodes if isinstance(node, ast.Name) and id(node) not in called)


def computed(text: str, names: Mapping[str, Value]) -> Value:
    """The value of an expression: `m * t` is 6 where `m` is 2 and `t` is 3.

    Raises:
        ExpressionError: it is no expression, asks for a name that is not there, or comes to no value.
    """
    charge(len(text))
    machine = _machine()
    machine.names = {**CONSTANTS, **names}
    try:
        return _within(machine.eval(text, previously_parsed=_parsed(text)))
    except ExpressionError:
        raise
    except ZeroDivisionError:
        message = "divides by zero"
        raise ExpressionError(message) from None
    except (ArithmeticError, ValueError):
        message = "has no value"
        raise ExpressionError(message) from None
    except Exception as error:
        message = f"can't be computed: {type(error).__name__}"
        raise ExpressionError(message) from error


@lru_cache(maxsize=1 << 10)
def _parsed(text: str) -> ast.Expr:
    if len(text) > MOST_SIGNS:
        message = f"has more than {MOST_SIGNS} characters"
        raise ExpressionError(message)
    try:
        found = ast.parse(text.strip(), mode="eval").body
    except (SyntaxError, ValueError, RecursionError, MemoryError):
        message = "is no expression"
        raise ExpressionError(message) from None
    if _is_deeper(found, _MOST_DEPTH):
        message = "is nested too deep"
        raise ExpressionError(message)
    for node in ast.walk(found):
        _refuse_unknown(node)
    return ast.Expr(found)


def _is_deeper(node: ast.AST, most: int) -> bool:
    layer = [node]
    while layer and most:
        layer = [child for each in layer for child in ast.iter_child_nodes(each)]
        most -= 1
    return bool(layer)


def _refuse_unknown(node: ast.AST) -> None:
    """Refuse what is no arithmetic, so that it is told of without a value being computed."""
    is_said = isinstance(node, ast.expr_context | ast.operator | ast.unaryop | ast.cmpop | ast.boolop)
    if isinstance(node, ast.Call):
        if not isinstance(node.func, ast.Name) or node.func.id not in FUNCTIONS or node.keywords:
            message = f"calls what is no function; the functions are {', '.join(FUNCTIONS)}"
            raise ExpressionError(message)
    elif isinstance(node, ast.Constant):
        if type(node.value) not in {int, float, str} or len(repr(node.value)) > MOST_SIGNS:
            message = "holds what is neither a number nor a word"
            raise ExpressionError(message)
    elif isinstance(node, ast.operator | ast.unaryop | ast.cmpop):
        if type(node) not in _OPERATORS:
            message = f"has an operator that is none of arithmetic: {type(node).__name__}"
            raise ExpressionError(message)
    elif not is_said and not isinstance(
        node, ast.Name | ast.BinOp | ast.UnaryOp | ast.Compare | ast.BoolOp | ast.IfExp
    ):
        message = "is more than arithmetic"
        raise ExpressionError(message)


_LOCAL = threading.local()  # each thread has an evaluator of its own: it holds the names of what it computes


def _machine() -> SimpleEval:
    """The evaluator of simpleeval, with handlers for arithmetic alone."""
    if made := getattr(_LOCAL, "machine", None):
        return made
    from simpleeval import SimpleEval

    _LOCAL.machine = made = SimpleEval(operators=_OPERATORS, functions=FUNCTIONS, names={})
    known = (ast.Expr, ast.Name, ast.UnaryOp, ast.BinOp, ast.BoolOp, ast.Compare, ast.IfExp, ast.Call)
    made.nodes = {node: made.nodes[node] for node in known} | {ast.Constant: _constant}
    return made


def _constant(node: ast.Constant) -> Value:
    """A number as it was typed: `0.1` is one tenth."""
    return node.value if isinstance(node.value, str) else _within(Fraction(repr(node.value)))


def _within(value: Any) -> Value:
    """A value that a function or an operator came to, if it is small enough."""
    if isinstance(value, bool | str):
        return value
    if isinstance(value, float):
        if not math.isfinite(value):
            raise ArithmeticError
        return Fraction(f"{value:.15g}")
    made = Fraction(value)
    if max(made.numerator.bit_length(), made.denominator.bit_length()) > _MOST_BITS:
        message = "comes to a number that is too large"
        raise ExpressionError(message)
    return made


def _refuse_words(given: Iterable[Value]) -> None:
    for value in given:
        if not isinstance(value, Fraction):
            message = "computes with what is no number" + (f": '{value}'" if isinstance(value, str) else "")
            raise ExpressionError(message)


def _compared(make: Callable[..., bool]) -> Callable[..., bool]:
    """A comparison that takes numbers alone."""

    def made(*given: Value) -> bool:
        _refuse_words(given)
        return make(*given)

    return made


def _numbers(make: Callable[..., Any]) -> Callable[..., Value]:
    """A function that takes numbers alone."""

    def made(*given: Value) -> Value:
        _refuse_words(given)
        try:
            return _within(make(*given))
        except TypeError:
            message = "gives a function more or less than it takes"
            raise ExpressionError(message) from None

    return made


def _powered(base: Fraction, power: Fraction) -> Fraction | float:
    if abs(power) > _MOST_POWER:
        message = f"has a power above {_MOST_POWER}"
        raise ExpressionError(message)
    if power.denominator > 1:
        if base < 0:
            raise ArithmeticError
        return math.pow(base, power)
    if max(base.numerator.bit_length(), base.denominator.bit_length()) * abs(power) > _MOST_BITS:
        message = "comes to a number that is too large"
        raise ExpressionError(message)
    return Fraction(base ** int(power))


def _root(value: Fraction) -> Fraction | float:
    """The square root, exact where it is a fraction: that of 9/4 is 3/2."""
    if value < 0:
        raise ArithmeticError
    top, below = math.isqrt(value.numerator), math.isqrt(value.denominator)
    is_exact = (top * top, below * below) == (value.numerator, value.denominator)
    return Fraction(top, below) if is_exact else math.sqrt(value)


def _round(value: Fraction, decimals: Fraction = Fraction(0)) -> Fraction:
    if decimals.denominator > 1 or abs(decimals) > _MOST_DECIMALS:
        message = f"rounds to decimals that are no whole number up to {_MOST_DECIMALS}"
        raise ExpressionError(message)
    return rounded(value, int(decimals))


def _factorial(value: Fraction) -> int:
    if value.denominator > 1 or not 0 <= value <= _MOST_FACTORIAL:
        message = f"wants the factorial of what is no whole number up to {_MOST_FACTORIAL}"
        raise ExpressionError(message)
    return math.factorial(int(value))


CONSTANTS: dict[str, Value] = {"pi": Fraction(f"{math.pi:.15g}"), "e": Fraction(f"{math.e:.15g}")}
_MADE: dict[str, Callable[..., Any]] = {
    "round": _round,
    "sqrt": _root,
    "abs": lambda value: max(value, -value),
    "min": min,
    "max": max,
    "floor": math.floor,
    "ceil": math.ceil,
    "exp": math.exp,
    "ln": math.log,
    "log10": math.log10,
    "sin": math.sin,
    "cos": math.cos,
    "tan": math.tan,
    "asin": math.asin,
    "acos": math.acos,
    "atan": math.atan,
    "radians": math.radians,
    "degrees": math.degrees,
    "factorial": _factorial,
}
FUNCTIONS = {name: _numbers(make) for name, make in _MADE.items()}
_OPERATORS: dict[type[ast.AST], Callable[..., Any]] = {
    ast.Add: _numbers(lambda a, b: a + b),
    ast.Sub: _numbers(lambda a, b: a - b),
    ast.Mult: _numbers(lambda a, b: a * b),
    ast.Div: _numbers(lambda a, b: a / b),
    ast.FloorDiv: _numbers(lambda a, b: a // b),
    ast.Mod: _numbers(lambda a, b: a % b),
    ast.Pow: _numbers(_powered),
    ast.USub: _numbers(lambda a: -a),
    ast.UAdd: _numbers(lambda a: a),
    ast.Not: lambda a: not a,
    ast.Eq: lambda a, b: a == b,
    ast.NotEq: lambda a, b: a != b,
    ast.Lt: _compared(lambda a, b: a < b),
    ast.LtE: _compared(lambda a, b: a <= b),
    ast.Gt: _compared(lambda a, b: a > b),
    ast.GtE: _compared(lambda a, b: a >= b),
}
