"""Numbers as authors write them and as students type them, read exactly: `0.1` is one tenth, not a binary fraction.

Authors write numbers in one form, whatever the language: `9.81`, `-2.5e-3`, `1/3`. Students write them as is usual in
the language of the course, or on a calculator: `9,81`, `-2,5·10^-3`, `1.234.567,8`. On cards, the script `numeric.js`
reads what students type, by the rules of this module; `tests/cards/test_cards_numeric.py` compares the two.
"""

from __future__ import annotations

import re
import unicodedata
from fractions import Fraction
from functools import lru_cache
from typing import NamedTuple

from builder.text.late import late

MOST = 200  # characters; a longer answer is no number

# The form in which authors write numbers. Their length is bounded, so that none takes long to compute with.
NUMBER = r"^[+-]?(?:[0-9]{1,40}(?:\.[0-9]{1,40})?(?:[eE][+-]?[0-9]{1,3})?|[0-9]{1,40}/0*[1-9][0-9]{0,39})$"
_NUMBER = late(NUMBER)
_TENS = late(r"(?P<sign>[+-]?)(?P<body>[0-9.]+)(?:[eE](?P<minus>-?)\+?0*(?P<power>[0-9]+))?")

# Languages that write a decimal comma, and regions of these that write a point (Unicode CLDR 46, symbols of `latn`).
_COMMA = frozenset(
    "af az be bg bs ca cs da de el es et eu fi fo fr fy gl hr hu hy id is it ka kk kl ky lb lt lv mk mn nb nl nn no pl pt"
    " ro ru sk sl sq sr sv tk tr tt uk uz vi".split()
)
_POINT = frozenset("de-ch de-li es-419 es-cu es-do es-gt es-hn es-mx es-ni es-pa es-pe es-pr es-sv es-us it-ch".split())


def decimal_sign(language: str) -> str:
    """The decimal sign of a language, which is given by its code: `,` in `de`, `.` in `en` and `de-CH`."""
    return "," if language.split("-", maxsplit=1)[0].lower() in _COMMA and language.lower() not in _POINT else "."


def exact(text: str) -> Fraction:
    """The value of a number that an author has written: `2.50` is 5/2, `1.2e3` is 1200."""
    return Fraction(text)


def is_number(text: str) -> bool:
    """Whether a text is a number in the one form in which authors write numbers."""
    return bool(_NUMBER.match(text))


_GIVEN = late(r"[0-9]{1,6}(?:[.,][0-9]{0,20})?|[.,][0-9]{1,20}|[0-9]{1,6}/0*[1-9][0-9]{0,5}")
_PLACES = 9  # of marks: a spreadsheet computes 0.1 + 0.2 as 0.30000000000000004


def marks_given(text: str) -> Fraction | None:
    """Marks as a marker writes them, `3`, `1.5`, `1,5` or `1/2`; None where a text is no such number."""
    text = text.translate(_DIGITS)
    if not _GIVEN.fullmatch(text):
        return None
    value = Fraction(text.replace(",", "."))
    return value if "/" in text else round(value, _PLACES)


def is_endless(value: Fraction) -> bool:
    """Whether a value has no end as a decimal, such as 1/3: its denominator has a factor other than 2 and 5."""
    rest = value.denominator
    for prime in (2, 5):
        while rest % prime == 0:
            rest //= prime
    return rest > 1


def shown(text: str, decimal: str) -> str:
    """An author's number as markup for readers, with the decimal sign of their language: `1.2e3` is `1,2·10^3^`."""
    if "/" in text:
        return text.replace("-", "\u2212").removeprefix("+")
    found = _TENS.fullmatch(text)
    assert found, text  # noqa: S101 - the model lets nothing else through
    said = ("\u2212" if found["sign"] == "-" else "") + found["body"].replace(".", decimal)
    if found["power"] is None:
        return said
    return f"{said}·10^{chr(0x2212) if found['minus'] else ''}{found['power']}^"


def as_decimal(value: Fraction) -> str:
    """A value as a decimal in the form of authors, without needless zeros: 39/2 is `19.5`.

    A very large or small value has a power of ten: 3/10^9 is `3e-9`. A value that has no end as a decimal, such as 1/3,
    stays a fraction.
    """
    if is_endless(value):
        return str(value)
    tens = 0
    while (value * 10**tens).denominator > 1:
        tens += 1
    digits = str(abs(value.numerator * 10**tens // value.denominator))
    sign = "-" if value < 0 else ""
    is_far = len(digits.strip("0")) < len(digits) - _LONG or tens > len(digits) + _LONG
    if is_far or max(tens, len(digits) - tens) > _MOST_PLACES:
        lead = digits.rstrip("0") or "0"
        power = len(digits) - len(lead) - tens + len(lead) - 1
        return f"{sign}{lead[0]}{'.' * (len(lead) > 1)}{lead[1:]}e{power}"
    whole, part = (digits[:-tens] or "0", digits[-tens:].zfill(tens)) if tens else (digits, "")
    return f"{sign}{whole}{'.' * bool(part)}{part}"


_MOST_PLACES = 40  # that an author may write on either side of the point
_LONG = 6  # zeros in a row; of more, a reader would have to count them, so a power of ten is written


class Figures(NamedTuple):
    """How many significant figures a number shows, as a range: in `1200` the zeros may count or not, so it has 2 to 4."""

    least: int
    most: int


class Typed(NamedTuple):
    """A number that a student typed: its value, its significant figures (none for a fraction), and its unit."""

    value: Fraction
    figures: Figures
    unit: str


def figures_of(digits: str, decimals: str | None) -> Figures:
    """The significant figures of a number, by its digits before and behind the decimal sign (None: it has no sign).

    `0.0123` has 3, `120` has 2 to 3, and `120.0` has 4.
    """
    told = (digits + (decimals or "")).lstrip("0")
    if not told:
        return Figures(1, len(digits) + len(decimals or ""))
    return Figures(len(told if decimals else told.rstrip("0")), len(told))


def author_figures(text: str) -> Figures:
    """The significant figures of an author's number; a fraction has none."""
    if "/" in text:
        return Figures(0, 0)
    digits, point, decimals = re.split("[eE]", text.lstrip("+-"), maxsplit=1)[0].partition(".")
    return figures_of(digits, decimals if point else None)


_DASHES = late("[\u2010-\u2015\u2212\ufe63\uff0d]")
_RAISED = late("[\u2070\u00b9\u00b2\u00b3\u2074-\u2079\u207a\u207b]+")
_LOWERED = str.maketrans("⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻", "0123456789+-")
_ZEROS = (0x660, 0x6F0, 0x966, 0xFF10)  # Arabic, Persian, Devanagari, and wide digits
_DIGITS = {zero + digit: str(digit) for zero in _ZEROS for digit in range(10)}
_SIGNS = _DIGITS | str.maketrans(
    {"\u2019": "'", "\u066c": "'", "\u2044": "/", "\uff0b": "+", "\uff0e": ".", "\uff0c": ","}
)

_POWER = r"\(?([+-]?[0-9]{1,3})\)?(?![0-9])"
_TYPED = (
    r"([+-]?) ?([^0-9.,+-]*?) ?([+-]?) ?"  # a sign, a unit such as $, a sign
    r"(?=[.,]?[0-9])"  # a number, from here on
    rf"(?:10 ?(?:\^|\*\*) ?{_POWER}"  # a power of ten alone
    r"|(?:([0-9]{1,3}(?:([ '.,])[0-9]{3}(?![0-9]))(?:\6[0-9]{3}(?![0-9]))*)|([0-9]*))(?:([.,])([0-9]+))?"
    rf"(?: ?/ ?([0-9]+)(?![0-9]|[.,][0-9])|[eE]{_POWER}| ?[·⋅∙×xX*] ?10 ?(?:\^|\*\*) ?{_POWER})?"
    r")(?![.,]?[0-9]|[eE][+-]?[0-9]|[¼½¾⅐-⅞])(.*)"  # a unit is no rest of a number
)


def read(text: str, decimal: str) -> Typed | None:
    """The number in a text that a student typed; None if it is no number.

    `decimal` is the decimal sign of the language. With a decimal comma, `1.234,5` and `1 234,5` are 1234.5. So is
    `1,234.5`, since of two different signs the last is the decimal sign. `1.234` is 1234, since the point may stand
    before thousands. `1.23` is 1.23, since there it can't.
    """
    if len(text) > MOST:
        return None
    text = " ".join(_DASHES.sub("-", text).translate(_SIGNS).replace("\u066b", decimal).split())
    found = re.fullmatch(_TYPED, _RAISED.sub(lambda it: f"^{it[0].translate(_LOWERED)}", text))
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
    """The number made of its parts: `digits` and `decimals`, a denominator `below` or None, and a `power` of ten."""
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
    """A unit in one spelling, by which units are compared: `m s⁻²`, `m·s^-2` and `m * s^-2^` are all `m·s-2`.

    Case counts: `mA` is not `MA`. Signs of markup are left out, so that an author's `m^2^` equals a student's `m2`.
    """
    folded = _DASHES.sub("-", unicodedata.normalize("NFKC", text))
    plain = re.sub(r"[\^~\\(){}]", "", folded).strip().rstrip(".")
    return re.sub(r" */ *", "/", re.sub(r"\s*[·⋅∙*×]\s*|\s+", "·", plain.strip()).replace("·/", "/").replace("/·", "/"))
