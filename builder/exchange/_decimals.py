"""How many decimals the value of an expression may have, told by the expression alone."""

from __future__ import annotations

import ast
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence


def decimals_of(tree: ast.expr, known: Mapping[str, int]) -> int | None:
    """How many decimals the value of an expression has at most; None where it may have no end.

    `known` are the decimals of the values that are drawn: with 1 for `a` and 2 for `b`, `a * b + 1` has 3.
    """
    match tree:
        case ast.Constant(int() | float() as value):
            return len(f"{value:.20f}".rstrip("0").partition(".")[2]) if isinstance(value, float) else 0
        case ast.Name(name):
            return known.get(name)
        case ast.UnaryOp(ast.USub(), operand):
            return decimals_of(operand, known)
        case ast.BinOp(left, ast.Add() | ast.Sub(), right) | ast.IfExp(_, left, right):
            return _most((left, right), known)
        case ast.BinOp(left, ast.Mult(), right):
            both = decimals_of(left, known), decimals_of(right, known)
            return None if both[0] is None or both[1] is None else both[0] + both[1]
        case ast.BinOp(left, ast.Pow(), ast.Constant(int(power))):
            base = decimals_of(left, known)
            return None if base is None else base * power
        case ast.Call(ast.Name("abs" | "min" | "max"), values):
            return _most(values, known)
        case ast.Call(ast.Name("floor" | "ceil" | "factorial")):
            return 0
        case ast.Call(ast.Name("round"), values):
            return _rounding(values)
        case _:
            return None


def _most(trees: Iterable[ast.expr], known: Mapping[str, int]) -> int | None:
    """The most decimals of several values; None where one may have no end."""
    found = [decimals_of(each, known) for each in trees]
    return max((it for it in found if it is not None), default=0) if None not in found else None


def _rounding(values: Sequence[ast.expr]) -> int | None:
    """The decimals that `round` leaves."""
    match values:
        case [_]:
            return 0
        case [_, ast.Constant(int(places))]:
            return max(0, places)
        case _:
            return None
