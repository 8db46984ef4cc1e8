from __future__ import annotations

import re

import pytest

from builder.text.amounts import are_amounts, by_value, is_in_order


def _texts(line: str) -> list[str]:
    return re.split(r"\s*\|\s*", line)


@pytest.mark.parametrize(
    "line",
    [
        "1988 | 2009 | 2018",
        "-2 | 0 | 4",
        "−4 | +4",
        "5 % | 20 % | 71 %",
        "0 | 5 % | 10 %",
        "1,000 | 999.5 | 1,000.5",
        "1,5 | 2,25 | 10",
        "1 day | 2 days",
        "$2.50 | $5 | $10",
        "EUR 3 | EUR 20",
        "5 m | 200 m | 2 km",
        "5 µA | 5 mA | 5 MA",
        "12 min | 1 h",
        "4.5 × 10^6 | 4.5 × 10⁹",
        "1/3 | 1/2 | 3/4",
        "-5 °C | 20 °C",
        "3 m/s² | 9.81 m/s²",
    ],
)
def test_numbers_and_amounts_of_one_unit_have_an_order(line: str) -> None:
    """Signs, units, currencies, prefixes, powers of ten and fractions are read, a comma or a point before the decimals."""
    assert are_amounts(_texts(line))


@pytest.mark.parametrize(
    "line",
    [
        "192.168.0.9 | 8.8.4.4 | 224.0.0.5",
        "192.168.100.200 | 100.100.100.100",
        "20.7.1969 | 12.4.1961",
        "1969-07-20 | 1961-04-12",
        "1.2.3 | 1.2.4",
        "5 V | 5 A | 5 W",
        "3 apples | 4 pears",
        "mA | MA",
        "5 | many",
        "1-2 | 3-4",
        "10:30 | 11:00",
        "",
        "1/0 | 1/2",
        "1,00,0 | 2",
        "about 5 | about 6",
    ],
)
def test_addresses_dates_words_and_mixed_units_have_none(line: str) -> None:
    """Digits and dots alone make no number, and amounts of several units are no scale."""
    assert not are_amounts(_texts(line))


@pytest.mark.parametrize(
    ("line", "order"),
    [
        ("20 % | 5 % | 71 %", "5 % | 20 % | 71 %"),
        ("1 MHz | 2 kHz | 3 Hz", "3 Hz | 2 kHz | 1 MHz"),
        ("5 mA | 5 MA | 5 µA", "5 µA | 5 mA | 5 MA"),
        ("2 KiB | 2 kB", "2 kB | 2 KiB"),
        ("3.10 | 3.6 | 3.9", "3.6 | 3.9 | 3.10"),  # versions: nobody writes a number as 3.10 beside a 3.9
        ("3.25 | 3.6 | 3.05", "3.05 | 3.25 | 3.6"),  # numbers
        ("1.500 | 900 | 12.000", "900 | 1.500 | 12.000"),  # thousands
        ("1,5 | 0,25 | 1", "0,25 | 1 | 1,5"),
        ("20.7.1969 | 12.4.1961 | 4.10.1957", "4.10.1957 | 12.4.1961 | 20.7.1969"),
        ("1969-07-20 | 1961-04-12", "1961-04-12 | 1969-07-20"),
        ("192.168.0.9 | 8.8.4.4", "8.8.4.4 | 192.168.0.9"),
        ("1.10.0 | 1.9.0", "1.9.0 | 1.10.0"),
    ],
)
def test_values_put_in_order(line: str, order: str) -> None:
    """Amounts by value and unit, dates by day, versions and addresses part by part."""
    texts = _texts(line)
    found = by_value(texts)
    assert found is not None
    assert [texts[i] for i in found] == _texts(order)


@pytest.mark.parametrize(
    ("line", "is_ordered"),
    [
        ("3.6 | 3.9 | 3.10", True),  # as versions
        ("3.10 | 3.6", True),  # they fall
        ("3.05 | 3.1 | 3.10", True),  # as numbers
        ("3.6 | 3.10 | 3.9", False),
        ("10 % | 5 % | 1 %", True),
        ("5 % | 10 % | 1 %", False),
    ],
)
def test_any_reading_by_which_they_rise_or_fall_will_do(line: str, *, is_ordered: bool) -> None:
    """An order is jumbled only if it is by every way to read the texts."""
    assert is_in_order(_texts(line)) is is_ordered


def test_words_have_no_values() -> None:
    """Where nothing is to be compared there is no order."""
    assert by_value(["red", "green"]) is None
    assert by_value([]) is None


@pytest.mark.parametrize(
    "texts",
    [
        ["$-4$", "$0$", "$4$"],
        [r"$4.2\,\mathrm{m}$", r"$5\,\text{m}$"],
        [r"$3\cdot 10^{5}$", r"$3\times10^{8}$"],
        [r"$\frac{1}{3}$", r"\(\frac{1}{2}\)"],
        [r"$5^\circ$", r"$60^{\circ}$"],
        ["$1{,}5$", "$2$"],
    ],
)
def test_formulas_that_are_amounts_are_read(texts: list[str]) -> None:
    """With maths on, a dollar is no currency, and the usual ways to set an amount are known."""
    assert are_amounts(texts, math=True)
    assert by_value(texts[::-1], math=True) == tuple(reversed(range(len(texts))))


def test_a_long_text_is_no_amount() -> None:
    """Whatever its length, a text is judged at once."""
    assert not are_amounts(["9" * 100_000, "5"])
    assert not are_amounts(["1 " * 30_000 + "x", "5"])
