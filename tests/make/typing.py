"""Numbers as students type them: a table of cases, and strategies that write a number in one way of many.

The table and the strategies serve the judge in Python and the script of the cards.
"""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction
from typing import TYPE_CHECKING, Any, NamedTuple

from hypothesis import strategies as st

from builder.model import Numeric

if TYPE_CHECKING:
    from collections.abc import Iterator


class Case(NamedTuple):
    """What is typed as an answer to an item in a course of a language, and the share of the marks that it earns."""

    item: Numeric
    language: str
    typed: str
    share: str


def number(**fields: Any) -> Numeric:
    """An item that asks for a number."""
    return Numeric.model_validate({"id": "n", "kind": "numeric", "prompt": "How much?"} | fields)


_PLAIN = number(answer="1234.5")
_WHOLE = number(answer="1234")
_SMALL = number(answer="0.1")
_THIRD = number(answer="1/3", tolerance="0")
_NEAR = number(answer="1/3", tolerance="1 %")
_FALL = number(
    answer="19.6",
    tolerance="0.1",
    unit={"symbol": "m", "accept": ["metre"], "convert": {"cm": "0.01", "km": "1000"}, "cost": "1/4"},
    accept=[
        {"between": ["18", "21"], "share": "1/2", "why": "Roughly"},
        {"value": "39.2", "tolerance": "1 %", "share": "0", "why": "Twice too far"},
    ],
)
_STRICT = number(answer="5", unit="m/s^2^")
_CURRENT = number(answer="5", unit={"symbol": "mA", "ask": "optional", "cost": "1/2"})
_GIVEN = number(answer="-40", unit={"symbol": "°C", "ask": "given"})
_FIGURES = number(answer="19.6", tolerance="0.1", figures={"number": "3", "cost": "1/4"})
_ROUND = number(answer="1200", figures="3")
_LARGE = number(answer="6.02e23", tolerance="1 %", unit={"symbol": "1/mol", "ask": "optional"})
_MONEY = number(answer="5", unit={"symbol": "$", "accept": ["USD"]})
_BOTH = number(answer="2", tolerance="0", unit={"symbol": "m", "cost": "3/4"}, figures={"number": "1", "cost": "3/4"})

# An item, a language, what is typed and earns the share; several of these a line.
_TABLE: list[tuple[Numeric, str, dict[str, str]]] = [
    (
        _PLAIN,
        "en",
        {"1": "1234.5 1,234.5 1234,5 1'234.5 1.2345e3 1.2345E+3 1.2345*10^3 12345e-1 1234.50 +1234.5 2469/2"},
    ),
    (_PLAIN, "en", {"0": "1.234,51 12345 -1234.5 1234.5.0 1234.5e 1,23,4.5 x ½ 1234½ 1e9999 1234.5m"}),
    (_PLAIN, "de", {"1": "1234,5 1.234,5 1234.5 1,234.5 1,2345·10^3 1,2345×10³ 1.234,50"}),
    (
        _WHOLE,
        "en",
        {"1": "1234 1,234 1,234.0 1.234,0 1.234e3 １２３４ ١٢٣٤ ۱۲۳۴ १२३४ ١٬٢٣٤٫٠", "0": "1.234 01,234 12,34 1,2345"},
    ),
    (_WHOLE, "de", {"1": "1234 1.234 1,234e3 1.234,0 ١٢٣٤٫٠", "0": "1,234 0.1234"}),
    (
        _SMALL,
        "en",
        {
            "1": "0.1 .1 0,1 1/10 10^-1 1e-1 1*10**-1 1×10⁻¹ 10⁻¹ 00.1",
            "0": "1 0.10000000000000000001 -0.1 0.1% 1/0 0/10",
        },
    ),
    (_SMALL, "de", {"1": "0,1 ,1 0.1 0.100 1⁄10"}),
    (_THIRD, "en", {"1": "1/3 2/6", "0": "0.333 -1/3 1/3.0"}),
    (_NEAR, "fr", {"1": "1/3 0,333 0.333 0,3366", "0": "0,34 0,3"}),
    (_FALL, "en", {"1": "19.6m 19.7metre 19.5m 1960cm 0.0196km", "3/4": "19.6 19.6kg 19.6M", "1/2": "18m 21m 2000cm"}),
    (_FALL, "en", {"1/4": "20 18.0kg", "0": "39.2m 39.2 17.9m 21.1m 19.6km 9"}),
    (_STRICT, "en", {"1": "5m/s^2 5m/s² 5m/s2 5m/s^2. 5e0m/s²", "0": "5 5m 5M/s² 5m/s^3"}),
    (_CURRENT, "en", {"1": "5 5mA", "1/2": "5MA 5A"}),
    (_GIVEN, "de", {"1": "-40 −40 -40°C –40℃", "0": "40 -40K +-40 --40"}),
    (_FIGURES, "de", {"1": "19,6 19,7 1,96e1 0,196·10^2", "3/4": "19,60 19,6000 98/5", "0": "20 2e1 20,0"}),
    (_ROUND, "en", {"1": "1200 1.20e3 1,200", "0": "1.2e3 1.200e3 1200.0"}),
    (_LARGE, "en", {"1": "6.02e23 6.02×10^23 602e21 6.0e23", "0": "6.02e22 6.02"}),
    (_MONEY, "en", {"1": "$5 5$ 5USD $5.00 USD5", "0": "5 €5 -$5 $-5 $5USD"}),
    (_BOTH, "en", {"1": "2m", "1/4": "2 2.0m", "0": "2.0"}),
]
# What has spaces in it.
_SPACED: list[tuple[Numeric, str, str, str]] = [
    (_PLAIN, "en", "1 234.5", "1"),
    (_PLAIN, "de", "1\u00a0234,5", "1"),
    (_PLAIN, "de", "1\u202f234,5", "1"),
    (_PLAIN, "en", "  1.2345 x 10 ^ 3  ", "1"),
    (_PLAIN, "en", "1.2345 × 10^(3)", "1"),
    (_PLAIN, "en", "1 2345", "0"),
    (_PLAIN, "en", "", "0"),
    (_THIRD, "en", "1 / 3", "1"),
    (_THIRD, "en", "1/3 m", "0"),
    (_FALL, "en", "19.6 m", "1"),
    (_FALL, "en", "19.6  METRE", "3/4"),
    (_FALL, "de", "19,6 metre.", "1"),
    (_STRICT, "en", "5 m / s ^ 2", "0"),
    (_STRICT, "en", "5 m / s^2", "1"),
    (_GIVEN, "en", "− 40 °C", "1"),
    (_LARGE, "en", "6.02 · 10²³ 1/mol", "1"),
    (_MONEY, "en", "- $ 5", "0"),
    (_MONEY, "en", "$ 5", "1"),
    (_PLAIN, "en", "1234.5" + "0" * 190, "1"),
    (_PLAIN, "en", "1234.5" + "0" * 200, "0"),
]


def cases() -> Iterator[Case]:
    """Every case of the tables."""
    for item, language, told in _TABLE:
        yield from (Case(item, language, typed, share) for share, several in told.items() for typed in several.split())
    yield from (Case(*spaced) for spaced in _SPACED)


@st.composite
def written(draw: st.DrawFn, value: Decimal, decimal: str) -> str:
    """A decimal number in one of the ways to write it where `decimal` is the decimal sign."""
    sign = "-" if value < 0 else ""
    whole, _, part = f"{abs(value):f}".partition(".")
    group = draw(st.sampled_from(["", "", " ", "'", "\u00a0", "." if decimal == "," else ","]))
    grouped = f"{int(whole):,}".replace(",", group)
    plain = f"{grouped}{decimal * bool(part)}{part}"
    power = draw(st.integers(-5, 5))
    moved = f"{abs(value).scaleb(-power):f}".replace(".", decimal)
    tens = draw(st.sampled_from([f"e{power}", f"E{power:+}", f"·10^{power}", f" × 10^{power}", f"*10**{power}"]))
    dash = draw(st.sampled_from(["-", "\u2212", "\u2013"])) if sign else draw(st.sampled_from(["", "", "+"]))
    return dash + draw(st.sampled_from([plain, f"{moved}{tens}"]))


class Drawn(NamedTuple):
    """A drawn item, what was typed for it, and the number that was typed with its unit."""

    item: Numeric
    language: str
    typed: str
    value: Decimal
    unit: str


_UNITS = {"": Fraction(1), "m": Fraction(1), "km": Fraction(1000), "cm": Fraction(1, 100), "kg": Fraction(1)}
_DECIMALS = st.decimals(-5000, 5000, places=3).map(lambda it: it + 0)  # no -0


@st.composite
def drawn(draw: st.DrawFn) -> Drawn:
    """An item with a tolerance, two ranges around each other and costs, and an answer near one of its ends."""
    answer = draw(_DECIMALS.filter(bool))
    tolerance = abs(answer) * draw(st.sampled_from([Decimal(0), Decimal("0.01"), Decimal("0.125")]))
    wide = abs(answer) + draw(st.sampled_from([Decimal(1), Decimal("2.5")]))
    unit = draw(st.sampled_from(["required", "optional", "given"]))
    cost = draw(st.sampled_from(["0", "1/4", "1"]))
    item = number(
        answer=f"{answer:f}",
        tolerance=f"{tolerance:f}",
        accept=[
            {
                "between": [f"{answer - wide:f}", f"{answer + wide:f}"],
                "share": draw(st.sampled_from(["0", "1/2", "2/3"])),
            }
        ],
        unit={"symbol": "m", "convert": {"km": "1000", "cm": "1/100"}, "ask": unit, "cost": cost},
    )
    edges = [answer, answer + tolerance, answer - tolerance, answer + wide, answer - wide, Decimal(0)]
    step = draw(st.sampled_from([Decimal(0), Decimal("0.0001"), Decimal("-0.0001"), Decimal(1)]))
    symbol = draw(st.sampled_from(list(_UNITS)))
    scale = {"km": Decimal("0.001"), "cm": Decimal(100)}.get(symbol, Decimal(1))
    value = (draw(st.sampled_from(edges)) + step) * scale
    language = draw(st.sampled_from(["en", "de"]))
    typed = draw(written(value, "," if language == "de" else "."))
    return Drawn(item, language, f"{typed} {symbol}".strip(), value, symbol)


def earned(case: Drawn) -> Fraction:
    """The rules once more, from what was drawn and not from what was typed: the answer first, then the wide range, then the cost."""
    unit = case.item.unit
    assert unit
    meant = Fraction(case.value) * _UNITS[case.unit]
    answer, tolerance = Fraction(case.item.answer), Fraction(case.item.tolerance or 0)
    low, high = map(Fraction, case.item.accept[0].between or ())
    share = Fraction(0)
    if low <= meant <= high:
        share = Fraction(case.item.accept[0].share)
    if abs(meant - answer) <= tolerance:
        share = Fraction(1)
    if case.unit == "kg" or (not case.unit and unit.ask == "required"):
        share -= Fraction(unit.cost)
    return max(share, Fraction(0))
