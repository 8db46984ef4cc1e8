r"""Places of a text where a drawn value or what is computed from it goes: `{{m}}`, `{{m * t}}`, `{{m / 3 : .2f}}`.

A blank of a cloze, `{{c1::hidden}}`, is none, and may hold some: `{{c1::{{m}}}}`. In code and formulas, whose braces
are their own (`\frac{{a}}{b}`), a place is what names a value; elsewhere every pair of double braces is one, unless a
backslash stands before it.
"""

from __future__ import annotations

import re
from fractions import Fraction
from typing import TYPE_CHECKING, Literal, NamedTuple

from builder.text import code
from builder.text.expressions import ExpressionError, charge, computed, names_in
from builder.text.late import late
from builder.text.numbers import as_decimal, is_endless, is_number, shown
from builder.text.rounding import fixed, to_figures

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

Around = Literal["text", "formula", "code"]

_BRACES = late(r"\{\{([^{}]+)\}\}")
_BLANK = late(r"c\d+::")
_FORMULA = late(
    r"\$\$(?:\\.|[^\\$])+?\$\$|\$(?![\s$])(?:\\.|[^\\$`])+?(?<!\s)\$(?![\d$])|\\\(.+?\\\)|\\\[.+?\\\]", re.DOTALL
)
_FORM = late(r"\.(\d{1,2})([fg])")
_MOST = 12  # decimals or figures
_A_PLACE = 10  # what a place costs, in characters of expressions (`bounded`)


class Asked(NamedTuple):
    """What a place asks for: an expression, and the decimals (`f`) or significant figures (`g`) to show it with."""

    expression: str
    number: int | None = None
    form: str = ""

    @property
    def is_name(self) -> bool:
        """Whether it is a name and nothing else, so that its value is shown as it was typed."""
        return self.number is None and self.expression.isidentifier()


def asked(text: str) -> Asked:
    """What stands between the braces.

    Raises:
        ExpressionError: the form after the colon is none.
    """
    expression, colon, form = text.rpartition(":")
    if not colon:
        return Asked(text.strip())
    found = _FORM.fullmatch(form.strip())
    if not found or int(found[1]) > _MOST or found.groups() == ("0", "g"):
        message = f"has '{form.strip()}' for a form: write .2f for two decimals, .3g for three significant figures"
        raise ExpressionError(message)
    return Asked(expression.strip(), int(found[1]), found[2])


def replaced(text: str, known: frozenset[str], put: Callable[[str, Around], str], *, math: bool) -> str:
    """The text with what `put` says in each place; `known` are the names of values, `math` is as in `markup.parse`."""
    if "{{" not in text:
        return text
    codes = code.places(text)
    formulas = [found.span() for found in _FORMULA.finditer(text)] if math else []

    def one(found: re.Match[str]) -> str:
        start = found.start()
        if _BLANK.match(found[1]) or _is_escaped(text, start):
            return found[0]
        around: Around = "text"
        if code.is_inside(codes, start):
            around = "code"
        elif code.is_inside(formulas, start):
            around = "formula"
        return put(found[1], around) if around == "text" or _names(found[1]) & known else found[0]

    return _BRACES.sub(one, text)


def _is_escaped(text: str, place: int) -> bool:
    """Whether an odd number of backslashes stands before a place."""
    start = place
    while start and text[start - 1] == "\\":
        start -= 1
    return (place - start) % 2 == 1


def _names(text: str) -> frozenset[str]:
    """The names between braces in code or a formula; none where no expression stands there."""
    try:
        return names_in(asked(text).expression)
    except ExpressionError:
        return frozenset()


def said(text: str, around: Around, values: Mapping[str, str], decimal: str) -> str:
    """What stands between braces, computed and written for where it stands: `m / 4` is `0,75` where m is 3, in German.

    Raises:
        ExpressionError: it can't be computed, or read.
    """
    charge(_A_PLACE)
    what = asked(text)
    if what.is_name and what.expression in values:
        value = values[what.expression]
        return _written(value, around, decimal) if is_number(value) else value
    found = computed(what.expression, {name: valued(each) for name, each in values.items()})
    if isinstance(found, bool):
        message = "says true or false, and no number: write 'yes' if ... else 'no'"
        raise ExpressionError(message)
    if isinstance(found, str):
        if what.number is not None:
            message = "is a word, which has neither decimals nor figures"
            raise ExpressionError(message)
        return found
    return _written(_number(found, what), around, decimal)


def _number(value: Fraction, what: Asked) -> str:
    if what.number is None:
        return _decimal(value)
    return fixed(value, what.number) if what.form == "f" else to_figures(value, what.number)


def _decimal(value: Fraction) -> str:
    """A value in the form of authors: 5/2 is `2.5`.

    Raises:
        ExpressionError: it has no end as a decimal, or too many figures to be read.
    """
    if is_endless(value):
        message = f"comes to {to_figures(value, 6)}…, which has no end as a decimal"
        raise ExpressionError(message)
    text = as_decimal(value)
    if len(text.split("e")[0].strip("-").replace(".", "").strip("0")) > _MOST:
        message = f"comes to {to_figures(value, 6)}…, with more than {_MOST} figures"
        raise ExpressionError(message)
    return text


def valued(text: str) -> Fraction | str:
    """A value as expressions compute with it: a number, or a word as it is."""
    return Fraction(text) if is_number(text) else text


def _written(number: str, around: Around, decimal: str) -> str:
    """A number of authors as it stands in a text, a formula or code: `-2.5` is `-2{,}5` in a German formula."""
    match around:
        case "text":
            return shown(number, decimal)
        case "formula":
            body, power, exponent = number.lower().partition("e")
            sign = "{,}" if decimal == "," else "."
            tens = rf" \cdot 10^{{{int(exponent)}}}" if power else ""
            return body.removeprefix("+").replace(".", sign) + tens
        case "code":
            return number


def expressions(text: str, known: frozenset[str], *, math: bool) -> Iterator[str]:
    """What stands in the places of a text, in order."""
    found: list[str] = []

    def put(inner: str, _: Around) -> str:
        found.append(inner)
        return ""

    replaced(text, known, put, math=math)
    yield from found
