"""Values that another system draws for a question, and what it computes of them, as those of an item with `values:`.

Other systems draw a set of values from a list that was made once. Here each value is drawn by itself, from the range
that the list was made of. Where that range has too many values, is not drawn from evenly, or holds values with which a
formula comes to nothing, the values of the list stand for it.
"""

from __future__ import annotations

import ast
import keyword
import re
from fractions import Fraction
from itertools import islice
from math import ceil, floor, log10
from typing import TYPE_CHECKING, Any, NamedTuple

from pydantic_core import PydanticCustomError

from builder.exchange._decimals import decimals_of
from builder.exchange._formulas import Formula
from builder.exchange._frame import UnfitError
from builder.model.values import MOST_CHECKED, read_values, said_of
from builder.text.expressions import CONSTANTS, ExpressionError, bounded, computed
from builder.text.numbers import as_decimal, is_endless, is_number
from builder.text.placeholders import replaced, valued
from builder.text.rounding import rounded

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

_MOST_STEPS = 999  # of a range
_MOST_FIGURES = 12  # that a number may have without being rounded (`builder.text.placeholders`)
_FEWEST = 6  # figures that a number without a form of its own is rounded to
_PART = Fraction(1, 10)  # of a tolerance, by which rounding may move its middle
_PLACE = re.compile("\ufdd2(\\d+)\ufdd3")  # noncharacters around a number: what is computed there
_NO_NAME = re.compile(r"\W+|^(?=\d)")
_LONGEST = 28  # characters of a name


class Range(NamedTuple):
    """A value as the source has it: its ends, how many decimals it has, and the list that was drawn from it."""

    name: str
    least: str
    most: str
    decimals: int
    listed: tuple[str, ...] = ()
    is_even: bool = True


class Form(NamedTuple):
    """How the source shows what is computed: with so many decimals, or so many significant figures."""

    number: int
    is_figures: bool = False

    @property
    def said(self) -> str:
        """The form as it stands behind an expression."""
        least, letter = (1, "g") if self.is_figures else (0, "f")
        return f".{min(max(self.number, least), _MOST_FIGURES)}{letter}"

    def finer(self, results: Sequence[tuple[Fraction, Fraction]]) -> Form:
        """The form with as many more decimals or figures as keep the middles of tolerances in place.

        `results` are numbers with their tolerances: 6.1039 with 0.061 wants three decimals, as 6.10 is a sixteenth of
        the tolerance too low.
        """
        number = self.number
        for value, slack in results:
            while slack and number < _MOST_FIGURES and self._step(number, value) > 2 * slack * _PART:
                number += 1
        return self._replace(number=number)

    def _step(self, number: int, value: Fraction) -> Fraction:
        """What the last decimal or figure is worth."""
        return Fraction(10) ** (1 + _power(value) - number if self.is_figures else -number)


def names_for(ranges: Sequence[Range]) -> dict[str, str]:
    """A name for each value that can be one here: `v-0` is `v_0`, and `e`, which is a number here, is `e_`."""
    made: dict[str, str] = {}
    for each in ranges:
        base = _NO_NAME.sub("_", each.name)[:_LONGEST] or "_"
        while not base.isidentifier() or base in CONSTANTS or base in made.values() or keyword.iskeyword(base):
            base = f"{base}_" if base.isidentifier() else f"v{len(made)}"
        made[each.name] = base
    return made


class Drawn:
    """The values of a question, with as many combinations of them as a course looks at.

    Raises:
        UnfitError: there are none with which all formulas come to a number.
    """

    def __init__(self, ranges: Sequence[Range], formulas: Sequence[Formula], lost: Callable[[str], None]) -> None:
        self.names = names_for(ranges)
        self.decimals = {self.names[it.name]: _decimals(it) for it in ranges}
        self.where: list[str] = []
        self._places: list[str] = []
        wide = {self.names[it.name]: it for it in ranges}
        typed = {name: _typed(it) for name, it in wide.items()}
        narrow = {name: list(_distinct(it.listed)) or typed[name] for name, it in wide.items()}
        first = {name: said or narrow[name] for name, said in typed.items()}
        for name, said in first.items():
            if not said:
                message = f"'{wide[name].name}' has neither a range nor values"
                raise UnfitError(message)
        problem = ""
        for tried in (first, narrow) if narrow != first else (first,):
            problem = self._settle(tried, formulas)
            if not problem:
                break
        if problem:
            message = f"its formula {problem}"
            raise UnfitError(message)
        listed = [wide[name].name for name, said in self.values.items() if said is not first[name] or not typed[name]]
        if listed:
            lost(f"only the values that the file lists are drawn for {', '.join(listed)}: the range holds others")

    def _settle(self, values: Mapping[str, Any], formulas: Sequence[Formula]) -> str:
        """Take these values, and say what is wrong with a formula for some of them."""
        self.values = dict(values)
        try:
            drawn = read_values({"id": "", "values": self.values})
        except PydanticCustomError as error:
            raise UnfitError(error.message()) from None
        self.sample = [*islice(drawn.combinations(), MOST_CHECKED)]
        self.is_all = drawn.number <= MOST_CHECKED
        with bounded():
            for combination in self.sample:
                known = {name: valued(text) for name, text in combination.items()}
                for each in formulas:
                    if problem := _problem(each, known):
                        return f"{problem} with {said_of(combination)}"
        return ""

    def results(self, tree: ast.expr) -> list[Fraction]:
        """What an expression comes to, for each combination that is looked at."""
        text = ast.unparse(tree)
        try:
            with bounded():
                found = [computed(text, {name: valued(it) for name, it in drawn.items()}) for drawn in self.sample]
        except ExpressionError as error:
            message = f"its formula {error}"
            raise UnfitError(message) from None
        return [it for it in found if isinstance(it, Fraction)]

    def number(self, tree: ast.expr, form: Form, slack: Callable[[Fraction], Fraction] | None = None) -> str:
        """A number that is asked for: an expression, rounded where it may have no end.

        It is rounded to the `form`, or to more, where that would move the middle of the tolerance, which `slack` says.
        """
        text, results = ast.unparse(tree), self.results(tree)
        if not Formula(tree).names:
            results, text = results[:1], ""
        if self.decimals_of(tree) is not None and all(_figures(it) <= _MOST_FIGURES for it in results):
            return text or as_decimal(results[0])
        form = form.finer([(it, slack(it)) for it in results] if slack else [])
        room = _MOST_FIGURES - max((_power(it) + 1 for it in results), default=1)
        if form.is_figures or form.number > room:
            return f"{{{{{text or as_decimal(results[0])} : {form.said}}}}}"
        return f"round({text}, {form.number})" if text else as_decimal(rounded(results[0], form.number))

    def decimals_of(self, tree: ast.expr) -> int | None:
        """How many decimals an expression has at most; None where it may have no end."""
        results = self.results(tree) if self.is_all else []
        if results and not any(map(is_endless, results)):
            return max(len(as_decimal(it).partition("e")[0].partition(".")[2]) for it in results)
        return decimals_of(tree, self.decimals)

    def keep_from_zero(self, tree: ast.expr) -> None:
        """Keep out values with which a number is 0, of which no part is a tolerance."""
        condition = f"{ast.unparse(tree)} != 0"
        if not all(self.results(tree)) and condition not in self.where:
            self.where.append(condition)

    def place(self, tree: ast.expr, form: Form | None = None) -> str:
        """The sign of a place in a text where an expression is computed, which `put` takes out again."""
        text = ast.unparse(tree)
        if form and not isinstance(tree, ast.Name):
            text = f"{text} : {form.said}"
        elif self.decimals_of(tree) is None:
            results = self.results(tree)
            most, least = (max(map(_power, results), default=0), min(map(_power, results), default=0))
            text = f"round({text}, {max(0, min(_FEWEST - 1 - least, _MOST_FIGURES - 1 - max(most, 0)))})"
        self._places.append(f"{{{{{text}}}}}")
        return f"\ufdd2{len(self._places) - 1}\ufdd3"

    def put(self, value: dict[str, Any]) -> dict[str, Any]:
        """The keys of an item that is typed, with what is computed in its places, and the values themselves."""
        is_math = str(value.get("math", False)).lower() == "true"
        known = frozenset(self.names.values())

        def keep(inner: str, around: str) -> str:
            return f"\\{{{{{inner}}}}}" if around == "text" else f"{{{{{inner}}}}}"

        def said(it: Any, key: str = "") -> Any:
            if key in bare or not isinstance(it, str | dict | list):
                return it
            if isinstance(it, dict):
                return {name: said(inner, name) for name, inner in it.items()}
            if isinstance(it, list):
                return [said(inner) for inner in it]
            kept = replaced(it, known, keep, math=is_math)
            return _PLACE.sub(lambda found: self._places[int(found[1])], kept)

        # What has no places but expressions of its own.
        bare = {"answer", "tolerance", "value", "between", "share"} if value["kind"] == "numeric" else set()
        made: dict[str, Any] = said(value)
        return made | {"values": self.values} | ({"where": self.where} if self.where else {})


def _decimals(each: Range) -> int:
    """The most decimals that a value may have."""
    return max([each.decimals, *(len(text.partition(".")[2]) for text in each.listed)])


def _typed(each: Range) -> str:
    """A range as an author types it; empty where its list stands for it, or there is none."""
    if not (each.is_even and is_number(each.least) and is_number(each.most) and 0 <= each.decimals <= _MOST_FIGURES):
        return ""
    step = Fraction(1, 10**each.decimals)
    least, most = ceil(Fraction(each.least) / step) * step, floor(Fraction(each.most) / step) * step
    listed = [Fraction(text) for text in each.listed if is_number(text)]
    is_within = all(least <= it <= most and not it % step for it in listed)
    if not (least <= most and (most - least) / step <= _MOST_STEPS and is_within):
        return ""
    return f"{as_decimal(least)}..{as_decimal(most)}" + (f" step {as_decimal(step)}" if each.decimals else "")


def _distinct(listed: Sequence[str]) -> list[str]:
    """The numbers of a list, each once, in their order by size."""
    known: dict[Fraction, str] = {}
    for text in listed:
        if is_number(text):
            known.setdefault(Fraction(text), text)
    return [known[value] for value in sorted(known)]


def _problem(formula: Formula, known: Mapping[str, Fraction | str]) -> str:
    """Why a formula comes to no number, or another one than in its own system; empty where it does not."""
    try:
        found = computed(formula.text, known)
        if not isinstance(found, Fraction):
            return "comes to no number"
        if any(computed(ast.unparse(it), known) < Fraction(0) for it in formula.guards):  # type: ignore[operator]
            return "has a remainder or an angle that is another one here"
        if any(Fraction(computed(ast.unparse(it), known)).denominator > 1 for it in formula.wholes):
            return "has a '%' of what are no whole numbers"
    except ExpressionError as error:
        return str(error)
    return ""


def _figures(value: Fraction) -> int:
    """The significant figures of a value; of one without an end, more than there may be."""
    if is_endless(value):
        return _MOST_FIGURES + 1
    return len(as_decimal(value).split("e")[0].strip("-").replace(".", "").strip("0"))


def _power(value: Fraction) -> int:
    """The power of ten of a value: 2 for 345, and 0 for 0."""
    return floor(log10(abs(value.numerator)) - log10(value.denominator)) if value else 0
