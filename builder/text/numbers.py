"""Numbers as authors write them and as students type them, read exactly: `0.1` is one tenth and no binary fraction.

An author writes a number in one form alone, whatever the language: `9.81`, `-2.5e-3`, `1/3`. A student writes it
as the language of the course has it, or a calculator: `9,81`, `-2,5·10^-3`, `1.234.567,8`. The script
`numeric.js` of the cards reads what is typed by these rules too; `tests/cards/test_cards_numeric.py` holds the two
against each other.
"""

from __future__ import annotations

import re
import unicodedata
from fractions import Fraction
from functools import lru_cache
from typing import NamedTuple

MOST = 200  # characters that are read of what is typed

# As authors write them. Bounded, so that no number takes long to compute with.
NUMBER = r"^[+-]?(?:[0-9]{1,40}(?:\.[0-9]{1,40})?(?:[eE][+-]?[0-9]{1,3})?|[0-9]{1,40}/0*[1-9][0-9]{0,39})$"
_NUMBER = re.compile(NUMBER)
_TENS = re.compile(r"(?P<sign>[+-]?)(?P<body>[0-9.]+)(?:[eE](?P<minus>-?)\+?0*(?P<power>[0-9]+))?")

# Languages that write a comma, and their regions that write a point (Unicode CLDR 46, symbols of `latn`).
_COMMA = frozenset(
    "af az be bg bs ca cs da de el es et eu fi fo fr fy gl hr hu hy id is it ka kk kl ky lb lt lv mk mn nb nl nn no pl pt"
    " ro ru sk sl sq sr sv tk tr tt uk uz vi".split()
)
_POINT = frozenset("de-ch de-li es-419 es-cu es-do es-gt es-hn es-mx es-ni es-pa es-pe es-pr es-sv es-us it-ch".split())


def decimal_sign(language: str) -> str:
    """The sign before the decimals in a language, given as a course names it: `,` in `de`, `.` in `en` and `de-CH`."""
    return "," if language.split("-", maxsplit=1)[0].lower() in _COMMA and language.lower() not in _POINT else "."


def exact(text: str) -> Fraction:
    """The value of a number in the form of authors: `2.50` is 5/2, `1.2e3` is 1200."""
    return Fraction(text)


def is_number(text: str) -> bool:
    """Whether a text is a number in the form of authors."""
    return bool(_NUMBER.match(text))


def is_endless(value: Fraction) -> bool:
    """Whether a value has no end as a decimal, such as 1/3: its denominator has a factor other than 2 and 5."""
    rest = value.denominator
    for prime in (2, 5):
        while rest % prime == 0:
            rest //= prime
    return rest > 1


def shown(text: str, decimal: str) -> str:
    """A number of an author as readers of a language see it, as markup: `1.2e3` is `1,2·10^3^` with a decimal comma."""
    if "/" in text:
        return text.replace("-", "\u2212").removeprefix("+")
    found = _TENS.fullmatch(text)
    assert found, text  # noqa: S101 - the model lets nothing else through
    said = ("\u2212" if found["sign"] == "-" else "") + found["body"].replace(".", decimal)
    if found["power"] is None:
        return said
    return f"{said}·10^{chr(0x2212) if found['minus'] else ''}{found['power']}^"


def as_decimal(value: Fraction) -> str:
    """A value that has an end as a decimal, in the form of authors and without needless zeros: 39/2 is `19.5`.

    A very large or small one has powers of ten: 3/10^9 is `3e-9`. One without an end stays a fraction.
    """
    if is_endless(value):
        return str(value)
    tens = 0
    while (value * 10**tens).denominator > 1:
        tens += 1
    digits = str(abs(value.numerator * 10**tens // value.denominator))
    sign = "-" if value < 0 else ""
    if len(digits.strip("0")) < len(digits) - _LONG or tens > len(digits) + _LONG:
        lead = digits.rstrip("0") or "0"
        power = len(digits) - len(lead) - tens + len(lead) - 1
        return f"{sign}{lead[0]}{'.' * (len(lead) > 1)}{lead[1:]}e{power}"
    whole, part = (digits[:-tens] or "0", digits[-tens:].zfill(tens)) if tens else (digits, "")
    return f"{sign}{whole}{'.' * bool(part)}{part}"


_LONG = 6  # zeros in a row that a reader would have to count


class Figures(NamedTuple):
    """How many significant figures a number shows. Zeros at the end of `1200` may count or not: from 2 to 4 figures."""

    least: int
    most: int


class Typed(NamedTuple):
    """What a student typed: the value, the figures that it shows (a fraction shows none), and the unit with it."""

    value: Fraction
    figures: Figures
    unit: str


def figures_of(digits: str, decimals: str | None) -> Figures:
    """The figures of a number with these digits before its decimal sign, and these after it (None: it has no sign).

    `0` and `0123` have 3, `120` and none from 2 to 3, `120` and `0` have 4.
    """
    told = (digits + (decimals or "")).lstrip("0")
    if not told:
        return Figures(1, len(digits) + len(decimals or ""))
    return Figures(len(told if decimals else told.rstrip("0")), len(told))


def author_figures(text: str) -> Figures:
    """The figures that a number of an author shows."""
    if "/" in text:
        return Figures(0, 0)
    digits, point, decimals = re.split("[eE]", text.lstrip("+-"), maxsplit=1)[0].partition(".")
    return figures_of(digits, decimals if point else None)


_DASHES = re.compile("[\u2010-\u2015\u2212\ufe63\uff0d]")
_RAISED = re.compile("[\u2070\u00b9\u00b2\u00b3\u2074-\u2079\u207a\u207b]+")
_LOWERED = str.maketrans("⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻", "0123456789+-")
_ZEROS = (0x660, 0x6F0, 0x966, 0xFF10)  # Arabic, Persian, Devanagari, and wide digits
_DIGITS = {zero + digit: str(digit) for zero in _ZEROS for digit in range(10)}
_SIGNS = _DIGITS | str.maketrans(
    {"\u2019": "'", "\u066c": "'", "\u2044": "/", "\uff0b": "+", "\uff0e": ".", "\uff0c": ","}
)

_POWER = r"\(?([+-]?[0-9]{1,3})\)?(?![0-9])"
_TYPED = re.compile(
    r"([+-]?) ?([^0-9.,+-]*?) ?([+-]?) ?"  # a sign, a unit such as $, a sign
    r"(?=[.,]?[0-9])"  # a number, from here on
    rf"(?:10 ?(?:\^|\*\*) ?{_POWER}"  # a power of ten alone
    r"|(?:([0-9]{1,3}(?:([ '.,])[0-9]{3}(?![0-9]))(?:\6[0-9]{3}(?![0-9]))*)|([0-9]*))(?:([.,])([0-9]+))?"
    rf"(?: ?/ ?([0-9]+)(?![0-9]|[.,][0-9])|[eE]{_POWER}| ?[·⋅∙×xX*] ?10 ?(?:\^|\*\*) ?{_POWER})?"
    r")(?![.,]?[0-9]|[eE][+-]?[0-9]|[¼½¾⅐-⅞])(.*)"  # a unit is no rest of a number
)


def read(text: str, decimal: str) -> Typed | None:
    """What a student typed where `decimal` is the decimal sign of the language; None if it is no number.

    With a decimal comma, `1.234,5` and `1 234,5` are 1234.5. So is `1,234.5`, since the last sign is the decimal
    one where there are two. `1.234` is 1234, since the point parts thousands; `1.23` is 1.23, since there it can't.
    """
    if len(text) > MOST:
        return None
    text = " ".join(_DASHES.sub("-", text).translate(_SIGNS).replace("\u066b", decimal).split())
    found = _TYPED.fullmatch(_RAISED.sub(lambda it: f"^{it[0].translate(_LOWERED)}", text))
    if not found or (found[1] and found[3]):
        return None
    _, before, _, power, grouped, group, plain, point, decimals, below, e, ten, after = found.groups()
    unit = f"{before} {after}".strip()
    sign = -1 if "-" in (found[1], found[3]) else 1
    if power:
        return Typed(sign * Fraction(10) ** int(power), Figures(1, 1), unit)
    digits = plain or ""
    if grouped:
        parts = grouped.split(group)
        if not point and len(parts) == 2 and group in ".," and (group == decimal or parts[0].startswith("0")):  # noqa: PLR2004 - a whole number and its decimals
            digits, point, decimals = parts[0], group, parts[1]
        elif point == group or grouped.startswith("0"):
            return None
        else:
            digits = "".join(parts)
    return _valued(sign, digits, decimals, below, int(e or ten or 0), unit)


def _valued(sign: int, digits: str, decimals: str | None, below: str | None, power: int, unit: str) -> Typed | None:
    """The number of these parts: `digits` before the decimal sign, `below` the fraction bar a denominator."""
    if not digits and not decimals:
        return None
    if below is not None:
        if decimals or not int(below):
            return None
        return Typed(sign * Fraction(int(digits), int(below)), Figures(0, 0), unit)
    value = Fraction(int(digits + (decimals or ""))) / 10 ** len(decimals or "") * Fraction(10) ** power
    return Typed(sign * value, figures_of(digits, decimals), unit)


@lru_cache(maxsize=4096)
def unit_name(text: str) -> str:
    """A unit for comparison, since it can be typed in many ways: `m s⁻²`, `m·s^-2`, `m * s^-2^` are all `m·s-2`.

    Case counts: `mA` is no `MA`. Signs of markup go, so that an author's `m^2^` is the typed `m2`.
    """
    folded = _DASHES.sub("-", unicodedata.normalize("NFKC", text))
    plain = re.sub(r"[\^~\\(){}]", "", folded).strip().rstrip(".")
    return re.sub(r" */ *", "/", re.sub(r"\s*[·⋅∙*×]\s*|\s+", "·", plain.strip()).replace("·/", "/").replace("/·", "/"))
