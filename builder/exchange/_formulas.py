"""Formulas of other systems as expressions of this one (`builder.text.expressions`).

A formula is read by the signs and functions that its system has, a `Dialect`, into a tree of Python's `ast`, the one
that expressions are written and computed by. What this system lacks ends the reading with the reason.
"""

from __future__ import annotations

import ast
import re
from typing import TYPE_CHECKING, NamedTuple

from builder.exchange._frame import UnfitError
from builder.text.expressions import CONSTANTS, MOST_SIGNS

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping

_MOST_DEPTH = 60  # of brackets in brackets
_MOST_SIGNS = 2000
_MOST_NODES = 400  # of a tree: more can't be written in the 200 characters of an expression
_SIGN = re.compile(r"\*\*|&&|\|\||[<>=!]=|[-+*/%^?:!<>(),=&|~]")
_OPERATORS: dict[str, type[ast.operator]] = {
    "+": ast.Add,
    "-": ast.Sub,
    "*": ast.Mult,
    "/": ast.Div,
    "%": ast.Mod,
    "**": ast.Pow,
    "^": ast.Pow,
}
_COMPARED: dict[str, type[ast.cmpop]] = {
    "<": ast.Lt, "<=": ast.LtE, ">": ast.Gt, ">=": ast.GtE, "==": ast.Eq, "!=": ast.NotEq,
}  # fmt: skip
_BOTH: dict[str, type[ast.boolop]] = {"&&": ast.And, "||": ast.Or}


class Function(NamedTuple):
    """A function of another system: how few and how many values it takes, and what it comes to.

    It is the same here as long as the values at the places `guarded` are 0 or more.
    """

    least: int
    most: int
    make: Callable[..., ast.expr]
    guarded: tuple[int, ...] = ()


class Dialect(NamedTuple):
    """How a system writes formulas.

    `strength` says how strongly each sign between two values binds, and `minus` how strongly the one before a value.
    Of signs in `from_right`, the last one is taken first: `2 ** 3 ** 2` is `2 ** 9`.
    """

    name: re.Pattern[str]  # of a value, its first group
    strength: Mapping[str, int]
    minus: int
    from_right: frozenset[str]
    functions: Mapping[str, Function]
    reasons: Mapping[str, str]  # why a sign can't be taken


class Formula(NamedTuple):
    """A formula that was read. It is the same here where all `guards` are 0 or more, and all `wholes` are whole."""

    tree: ast.expr
    guards: tuple[ast.expr, ...] = ()
    wholes: tuple[ast.expr, ...] = ()

    @property
    def text(self) -> str:
        """The expression as an author writes it."""
        return ast.unparse(self.tree)

    @property
    def names(self) -> frozenset[str]:
        """The names of values in it; those of functions and constants are none."""
        called = {id(node.func) for node in ast.walk(self.tree) if isinstance(node, ast.Call)}
        nodes = (node for node in ast.walk(self.tree) if isinstance(node, ast.Name) and id(node) not in called)
        return frozenset(node.id for node in nodes) - CONSTANTS.keys()


def formula(text: str, dialect: Dialect, names: Mapping[str, ast.expr]) -> Formula:
    """The formula that a text says; `names` are what stands for the names of its values.

    Raises:
        UnfitError: it is no formula, or one that can't be said here.
    """
    reader = _Reader(text, dialect, names)
    tree = reader.value(0)
    reader.end()
    _refuse_large(tree)
    _refuse("is too long for an expression", unless=len(ast.unparse(tree)) <= MOST_SIGNS)
    return Formula(_counted(tree), tuple(reader.guards), tuple(reader.wholes))


def call(name: str, *values: ast.expr) -> ast.expr:
    """A call of one of our functions."""
    return ast.Call(ast.Name(name), list(values), [])


def binary(left: ast.expr, sign: str, right: ast.expr) -> ast.expr:
    """Two values with a sign between them."""
    return ast.BinOp(left, _OPERATORS[sign](), right)


def number(value: float) -> ast.expr:
    """A number."""
    return ast.Constant(value)


def constant(name: str) -> ast.expr:
    """One of our constants, `pi` or `e`."""
    return ast.Name(name)


def plain(name: str, least: int = 1, most: int = 1) -> Function:
    """A function that has its like here, under that name."""
    return Function(least, most, lambda *values: call(name, *values))


class _Reader:
    """Reads one formula, sign by sign (precedence climbing)."""

    def __init__(self, text: str, dialect: Dialect, names: Mapping[str, ast.expr]) -> None:
        self.dialect, self.names = dialect, names
        self.signs = list(_signs(text, dialect))
        self.place = self.depth = 0
        self.guards: list[ast.expr] = []
        self.wholes: list[ast.expr] = []

    def value(self, least: int) -> ast.expr:
        """What stands here, up to a sign that binds less than `least`."""
        self.depth += 1
        _refuse("is nested too deep", unless=self.depth <= _MOST_DEPTH)
        made = self.before()
        while (sign := self.next) in self.dialect.strength and self.dialect.strength[sign] >= least:
            self.place += 1
            strength = self.dialect.strength[sign]
            if sign == "?":
                made = self.chosen(made)
            else:
                made = self.joined(made, sign, self.value(strength + (sign not in self.dialect.from_right)))
        self.depth -= 1
        return made

    @property
    def next(self) -> str:
        """The sign that stands here; empty at the end."""
        return self.signs[self.place] if self.place < len(self.signs) else ""

    def take(self, sign: str) -> None:
        """Go over a sign that has to be here."""
        _refuse(f"lacks a '{sign}'", unless=self.next == sign)
        self.place += 1

    def end(self) -> None:
        """Refuse what stands behind a whole formula."""
        if self.next in self.dialect.reasons:
            _refuse(self.dialect.reasons[self.next])
        _refuse(f"is no formula from '{''.join(self.signs[self.place :])[:20]}' on", unless=not self.next)

    def before(self) -> ast.expr:
        """A value with the signs before it."""
        sign = self.next
        if sign in {"-", "+"}:
            self.place += 1
            inner = self.value(self.dialect.minus)
            return ast.UnaryOp(ast.USub(), inner) if sign == "-" else inner
        if sign == "!" and "&&" in self.dialect.strength:
            self.place += 1
            return ast.UnaryOp(ast.Not(), _truth(self.value(self.dialect.minus)))
        if sign == "(":
            self.place += 1
            made = self.value(0)
            self.take(")")
            return made
        self.place += 1
        if found := self.dialect.name.fullmatch(sign):
            return self.named(found[1])
        if _NUMBER.fullmatch(sign):
            return _number(sign)
        _refuse(self.dialect.reasons.get(sign, f"has '{sign}' where a value has to be" if sign else "ends too soon"))
        raise AssertionError  # pragma: no cover - the line above has raised

    def named(self, name: str) -> ast.expr:
        """A value or a function."""
        if self.next != "(":
            _refuse(f"asks for '{name}', of which the file says no values", unless=name in self.names)
            return self.names[name]
        function = self.dialect.functions.get(name)
        _refuse(f"has the function '{name}', which has no counterpart", unless=function)
        assert function  # noqa: S101 - for the checker of types
        self.place += 1
        values: list[ast.expr] = []
        while self.next != ")":
            values.append(self.value(0))
            if self.next != ")":
                self.take(",")
        self.place += 1
        _refuse(
            f"gives the function '{name}' more or less than it takes",
            unless=function.least <= len(values) <= function.most,
        )
        values = [*map(_counted, values)]
        self.guards += [values[place] for place in function.guarded]
        made = function.make(*values)
        _refuse_large(made)  # some have a value twice: in each other, they would soon have it a million times
        return made

    def chosen(self, test: ast.expr) -> ast.expr:
        """`a > b ? c : d`, of which everything up to the question mark was read."""
        right = self.value(0)
        self.take(":")
        return ast.IfExp(_truth(test), _counted(right), _counted(self.value(self.dialect.strength["?"])))

    def joined(self, left: ast.expr, sign: str, right: ast.expr) -> ast.expr:
        """Two values with a sign between them."""
        if sign in _BOTH:
            return ast.BoolOp(_BOTH[sign](), [_truth(left), _truth(right)])
        left, right = _counted(left), _counted(right)
        if sign in _COMPARED:
            return ast.Compare(left, [_COMPARED[sign]()], [right])
        if sign == "%":
            self.guards += [left, right]
            self.wholes += [left, right]
        return binary(left, sign, right)


_NUMBER = re.compile(r"(?:\d+(?:\.\d*)?|\.\d+)(?:[eE][-+]?\d+)?")
_TEST = (ast.Compare, ast.BoolOp)


def _signs(text: str, dialect: Dialect) -> Iterable[str]:
    """The numbers, names and signs of a formula."""
    _refuse(f"has more than {_MOST_SIGNS} characters", unless=len(text) <= _MOST_SIGNS)
    place = 0
    while place < len(text):
        if text[place].isspace():
            place += 1
            continue
        found = dialect.name.match(text, place) or _NUMBER.match(text, place) or _SIGN.match(text, place)
        if not found:
            _refuse(f"has '{text[place]}', which is no sign of a formula")
        else:
            yield found[0]
            place = found.end()


def _number(text: str) -> ast.expr:
    _refuse(f"has '{text}', which is a number in base 8", unless=not re.match(r"0\d", text))
    value = float(text)
    return ast.Constant(int(text) if text.isdecimal() else int(value) if value.is_integer() else value)


def _truth(tree: ast.expr) -> ast.expr:
    """A condition: a number is one if it is not 0."""
    is_test = isinstance(tree, _TEST) or (isinstance(tree, ast.UnaryOp) and isinstance(tree.op, ast.Not))
    return tree if is_test else ast.Compare(tree, [ast.NotEq()], [ast.Constant(0)])


def _counted(tree: ast.expr) -> ast.expr:
    """A number: a condition is 1 if it holds."""
    is_test = isinstance(tree, _TEST) or (isinstance(tree, ast.UnaryOp) and isinstance(tree.op, ast.Not))
    return ast.IfExp(tree, ast.Constant(1), ast.Constant(0)) if is_test else tree


def _refuse_large(tree: ast.expr) -> None:
    """Refuse a tree of which some parts may stand in several places, before it is written out."""
    left, seen = [tree], 0
    while left:
        seen += 1
        _refuse("is too long for an expression", unless=seen <= _MOST_NODES)
        left += [it for it in ast.iter_child_nodes(left.pop()) if isinstance(it, ast.expr)]


def _refuse(reason: str, *, unless: object = False) -> None:
    if not unless:
        message = f"its formula {reason}"
        raise UnfitError(message)
