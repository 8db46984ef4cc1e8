"""The values of options: numbers and amounts of one unit, dates, versions and addresses, so that they can be put in order.

What a text is worth can depend on who wrote it: `1.500` is one and a half to some and fifteen hundred to others, and
`3.10` stands before `3.6` as a number and after it as a version. So texts have readings, all of which are looked at.

An example. `3.6, 3.9, 3.10` rises as versions, and neither rises nor falls as numbers. `3.9, 3.10, 3.6` is in no order
by either reading; put in order it becomes `3.6, 3.9, 3.10`, since nobody writes a number as 3.10 beside a 3.9.
"""

from __future__ import annotations

import re
from fractions import Fraction
from functools import cache, lru_cache
from itertools import pairwise
from typing import TYPE_CHECKING, NamedTuple

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
_DOTTED = re.compile(r"v?(\d{1,9}(?:\.\d{1,9})+)")
_ADDRESS = 4, 255  # parts of an IPv4 address, and the most that a part is

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
    """A number with what stands before and after it. It takes long to compile, and many courses have no amounts."""
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
    """What stands before the number, the number as typed with its sign, its factor, and its unit."""

    currency: str
    number: str
    factor: Fraction
    unit: str


def are_amounts(texts: Sequence[str], *, math: bool = False) -> bool:
    """Whether all texts are numbers or amounts of one unit, such as `-4`, `5 %` and `1,500 km`. Dates and addresses are not."""
    return bool(_amounts(tuple(texts), math=math))


def is_in_order(texts: Sequence[str], *, math: bool = False) -> bool:
    """Whether amounts rise or fall by some reading of them."""
    read = _readings(tuple(texts), math=math)
    return any(_rises(values) or _rises(values[::-1]) for values in read)


def by_value(texts: Sequence[str], *, math: bool = False) -> tuple[int, ...] | None:
    """The order of the texts in which their values rise, as indices; None where they have no values of one unit."""
    readings = _readings(tuple(texts), math=math)
    return tuple(sorted(range(len(texts)), key=readings[0].__getitem__)) if readings else None


def _rises(values: Values) -> bool:
    return all(a <= b for a, b in pairwise(values))  # type: ignore[operator] # all of one reading are of one type


@lru_cache(maxsize=1 << 12)
def _readings(texts: tuple[str, ...], *, math: bool) -> tuple[Values, ...]:
    """The values of the texts by each reading, the likeliest first: dates, amounts, versions and addresses."""
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
    """The values of amounts of one unit, with a point before the decimals and with a comma, as far as both can be.

    Those by which the texts rise or fall come first.
    """
    if not texts or not any(map(str.isdigit, texts[0])) or _are_addresses(texts):
        return ()
    parsed = [it for text in texts if (it := _parsed(text, math=math))]
    if len(parsed) < len(texts) or not _is_one_unit(parsed):
        return ()
    # Where three digits follow every sign, as in 900 and 1.500, it stands between thousands sooner than before decimals.
    is_grouped = all(re.fullmatch(r"-?\d+(?:\.\d{3})*", it.number) for it in parsed)
    read = ([_value(it, *signs) for it in parsed] for signs in ((".,", ",.") if is_grouped else (",.", ".,")))
    made = [tuple(value for value in values if value is not None) for values in read]
    readings = dict.fromkeys(values for values in made if len(values) == len(texts))
    return tuple(sorted(readings, key=lambda values: not (_rises(values) or _rises(values[::-1]))))


def _are_addresses(texts: tuple[str, ...]) -> bool:
    parts, most = _ADDRESS
    split = [text.strip().split(".") for text in texts]
    return all(len(it) == parts and all(p.isdecimal() and len(p) <= 3 and int(p) <= most for p in it) for it in split)  # noqa: PLR2004 - digits of 255


def _parsed(text: str, *, math: bool) -> _Amount | None:
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
    """A unit as a factor and what it is a multiple of: `km` is 1000 `m`, `days` is 1 `day`, `5 km/h` keeps its `km/h`."""
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
    """Whether all have the same unit and currency; nought may stand without."""
    named = {(it.currency, it.unit) for it in parsed}
    bare = {(it.currency, it.unit) for it in parsed if not it.number.strip("0.,")}
    return len(named) == 1 or len(named - (bare & {("", "")})) == 1


def _value(amount: _Amount, group: str, point: str) -> Fraction | None:
    """The value, where `group` stands between thousands and `point` before the decimals; None if it is typed otherwise."""
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
