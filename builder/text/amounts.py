"""The values of options, by which they can be put in order: numbers and amounts of one unit, dates, versions, addresses.

The value of a text can depend on its author: `1.500` is one and a half to some and fifteen hundred to others, and `3.10`
stands before `3.6` as a number and after it as a version. So a list of texts can have several readings, each with a
value for every text, and all readings are tried.

An example. `3.6, 3.9, 3.10` rises as versions, and neither rises nor falls as numbers. `3.9, 3.10, 3.6` is in no order
by either reading; put in order it becomes `3.6, 3.9, 3.10`, since nobody writes a number as 3.10 beside a 3.9.
"""

from __future__ import annotations

import re
from fractions import Fraction
from functools import cache, lru_cache
from itertools import pairwise
from typing import TYPE_CHECKING, NamedTuple

from builder.text.late import late

if TYPE_CHECKING:
    from collections.abc import Sequence

    Value = Fraction | tuple[int, ...]
    Values = tuple[Value, ...]

_MOST = 60  # characters; a longer text is no amount
_SPACE = "\u00a0\u202f\u2009 '’"  # between groups of three digits
_TEX = (
    (r"^\$([^$]*)\$|^\\\((.*)\\\)", r"\1\2"),
    (r"\\(?:text|mathrm|textrm|unit|si)\{([^{}]*)\}", r"\1"),
    (r"\\[dt]?frac\{(\d+)\}\{(\d+)\}", r"\1/\2"),
    (r"\\[,;:! ]|~|\\quad", " "),
    (r"\{([,.])\}", r"\1"),
    (r"\\(?:cdot|times) *10\^(?:\{(-?\d+)\}|(\d))", r"×10^\1\2"),
    (r"\^?\{?\\(?:circ|degree)\}?", "°"),
    (r"\\mu *", "µ"),
    (r"\\Omega", "Ω"),
    (r"\\([%$])", r"\1"),
)
_RAISED = str.maketrans("⁰¹²³⁴⁵⁶⁷⁸⁹⁻⁺\u2212", "0123456789-+-")
_DATES = (
    re.compile(r"(?P<y>\d{4})-(?P<m>\d\d?)-(?P<d>\d\d?)"),
    re.compile(r"(?P<d>\d\d?)\.\s?(?P<m>\d\d?)\.\s?(?P<y>\d{4})"),
)
_DOTTED = late(r"v?(\d{1,9}(?:\.\d{1,9})+)")
_ADDRESS = 4, 255  # an IPv4 address has four parts, of at most 255 each

_PREFIXES = {
    "k": 3,
    "M": 6,
    "G": 9,
    "T": 12,
    "P": 15,
    "h": 2,
    "d": -1,
    "c": -2,
    "m": -3,
    "µ": -6,
    "u": -6,
    "n": -9,
    "p": -12,
}
_BINARY = {"Ki": 10, "Mi": 20, "Gi": 30, "Ti": 40}
_BASES = frozenset("m g s A V W Hz Pa J N Ω F H C T K mol l L eV Bq Sv Gy B bit cal bar Wh".split())
_TIMES = {"min": 60, "h": 3600, "d": 86_400}


@cache
def _amount() -> re.Pattern[str]:
    """A pattern for a number with what stands before and after it.

    It is compiled when it is first asked for: that takes long, and many courses have no amounts.
    """
    return re.compile(
        r"""(?P<sign>[-+\u2212\u2013]?)\s?
        (?P<before>[$€£¥₹₽₺₩]|[A-Z]{3}(?=\s))?\s?
        (?P<signed>[-+\u2212\u2013]?)
        (?P<number>\d+/\d+|\d[\d.,\u00a0\u202f\u2009\x20'’]*)
        (?:[×x·*]\s?10(?:\^(?P<power>[-+\u2212]?\d{1,2})|(?P<raised>[⁻⁺]?[⁰¹²³⁴-⁹]{1,2})))?\s?
        (?P<unit>(?:[^\W\d_]|[%‰°′″$€£¥₹₽₺₩µ])[\w%°/·^²³⁻¹*~-]*(?:\x20[^\W\d_][\w/]*){0,2})?""",
        re.VERBOSE,
    )


class _Amount(NamedTuple):
    """An amount as typed: its currency, its number with sign, the factor of its prefix and power of ten, its unit."""

    currency: str
    number: str
    factor: Fraction
    unit: str


def are_amounts(texts: Sequence[str], *, math: bool = False) -> bool:
    """Whether all texts are numbers, or amounts of one unit: `5 %` and `7 %`, or `1,500 km` and `20 m`.

    Dates and addresses are neither.
    """
    return bool(texts) and _has_digits(texts[0]) and bool(_amounts(tuple(texts), math=math))


def is_in_order(texts: Sequence[str], *, math: bool = False) -> bool:
    """Whether there is a reading by which the values of the texts rise or fall from first to last."""
    read = _readings(tuple(texts), math=math)
    return any(_rises(values) or _rises(values[::-1]) for values in read)


def by_value(texts: Sequence[str], *, math: bool = False) -> tuple[int, ...] | None:
    """The indices of the texts in the order in which their values rise; None if they have no values that compare."""
    readings = _readings(tuple(texts), math=math)
    return tuple(sorted(range(len(texts)), key=readings[0].__getitem__)) if readings else None


def _rises(values: Values) -> bool:
    return all(a <= b for a, b in pairwise(values))  # type: ignore[operator] # all of one reading are of one type


@lru_cache(maxsize=1 << 12)
def _readings(texts: tuple[str, ...], *, math: bool) -> tuple[Values, ...]:
    """The readings of the texts (dates, amounts, versions and addresses), the likeliest first, each with all values.

    Texts with points, such as `3.6`, are read as versions first if one of them can't be meant as a number: `3.10`
    beside `3.9` ends in a zero, and has another number of decimals.
    """
    if dates := _dates(texts):
        return (dates,)
    dotted = [found for text in texts if (found := _DOTTED.fullmatch(text.strip()))]
    if len(dotted) < len(texts) or not texts:
        return _amounts(texts, math=math)
    versions = tuple(tuple(map(int, found[1].split("."))) for found in dotted)
    decimals = [found[1].rpartition(".")[2] for found in dotted]
    is_version = len(set(map(len, decimals))) > 1 and any(it.endswith("0") for it in decimals)
    amounts = _amounts(texts, math=math)
    if amounts and any(it.startswith("0") and it != "0" for it in decimals):
        return amounts  # no version is 3.05
    return (versions, *amounts) if is_version else (*amounts, versions)


def _dates(texts: tuple[str, ...]) -> Values:
    for form in _DATES:
        found = [form.fullmatch(text.strip()) for text in texts]
        if found and all(found):
            return tuple((int(it["y"]), int(it["m"]), int(it["d"])) for it in found if it)
    return ()


@lru_cache(maxsize=1 << 12)
def _amounts(texts: tuple[str, ...], *, math: bool) -> tuple[Values, ...]:
    """The readings of amounts of one unit: once with a point before the decimals, once with a comma, if that can be.

    A reading by which the texts rise or fall comes first.
    """
    if not texts or not _has_digits(texts[0]) or _are_addresses(texts):
        return ()
    parsed = [it for text in texts if (it := _parsed(text, math=math))]
    if len(parsed) < len(texts) or not _is_one_unit(parsed):
        return ()
    # If three digits follow every point, as in 900 and 1.500, the point more likely stands between thousands.
    is_grouped = all(re.fullmatch(r"-?\d+(?:\.\d{3})*", it.number) for it in parsed)
    read = ([_value(it, *signs) for it in parsed] for signs in ((".,", ",.") if is_grouped else (",.", ".,")))
    made = [tuple(value for value in values if value is not None) for values in read]
    readings = dict.fromkeys(values for values in made if len(values) == len(texts))
    return tuple(sorted(readings, key=lambda values: not (_rises(values) or _rises(values[::-1]))))


def _has_digits(text: str) -> bool:
    return not text.isalpha() and any(map(str.isdigit, text))


def _are_addresses(texts: tuple[str, ...]) -> bool:
    parts, most = _ADDRESS
    split = [text.strip().split(".") for text in texts]
    return all(len(it) == parts and all(p.isdecimal() and len(p) <= 3 and int(p) <= most for p in it) for it in split)  # noqa: PLR2004 - digits of 255


def _parsed(text: str, *, math: bool) -> _Amount | None:
    r"""The amount in a text, None if it is none: `$5\,\mathrm{km}$` (with `math`) is 5 with the factor 1000 and `m`."""
    plain = text.strip()
    for pattern, said in _TEX if math and len(plain) <= 2 * _MOST else ():
        plain = re.sub(pattern, said, plain)
    found = _amount().fullmatch(plain.strip()) if len(plain) <= _MOST else None
    if not found or (found["sign"] and found["signed"]):
        return None
    sign = "-" if (found["sign"] or found["signed"]) in {"-", "\u2212", "\u2013"} else ""
    power = int((found["power"] or found["raised"] or "0").translate(_RAISED))
    factor, unit = _unit(found["unit"] or "")
    return _Amount(found["before"] or "", sign + found["number"].strip(_SPACE), factor * Fraction(10) ** power, unit)


def _unit(typed: str) -> tuple[Fraction, str]:
    """A unit as a factor and a basic unit: `km` is 1000 and `m`, `days` is 1 and `day`.

    A compound unit, such as `km/h`, stays as it is, with the factor 1.
    """
    unit = typed.replace("\u03bc", "µ")
    if unit in _TIMES:
        return Fraction(_TIMES[unit]), "s"
    if unit in _BASES:
        return Fraction(1), unit
    for size in (1, 2):
        prefix, base = unit[:size], unit[size:]
        if base in _BASES and size == 1 and prefix in _PREFIXES:
            return Fraction(10) ** _PREFIXES[prefix], base
        if base in {"B", "bit"} and prefix in _BINARY:
            return Fraction(2) ** _BINARY[prefix], base
    return Fraction(1), unit[:-1] if len(unit) > 3 and unit.endswith("s") else unit  # noqa: PLR2004 - "hrs" is a word, "ms" is not


def _is_one_unit(parsed: Sequence[_Amount]) -> bool:
    """Whether all amounts have one unit and one currency; a zero may be without them."""
    named = {(it.currency, it.unit) for it in parsed}
    bare = {(it.currency, it.unit) for it in parsed if not it.number.strip("0.,")}
    return len(named) == 1 or len(named - (bare & {("", "")})) == 1


def _value(amount: _Amount, group: str, point: str) -> Fraction | None:
    """The value of an amount, with `group` between thousands and `point` before decimals; None if it is typed otherwise."""
    sign, digits = (-1, amount.number[1:]) if amount.number.startswith("-") else (1, amount.number)
    above, _, below = digits.partition("/")
    if below:
        return sign * Fraction(int(above), int(below)) * amount.factor if int(below) else None
    if not re.fullmatch(
        rf"\d{{1,3}}(?:[{re.escape(group)}{_SPACE}]\d{{3}})+(?:{re.escape(point)}\d+)?|\d+(?:{re.escape(point)}\d+)?",
        digits,
    ):
        return None
    plain = "".join(c for c in digits if c.isdigit() or c == point).replace(point, ".")
    return sign * Fraction(plain) * amount.factor
