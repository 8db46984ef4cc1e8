"""Numbers as they are typed and printed: `builder.text.numbers`."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from builder.text import numbers
from tests.make import typing

# Authors have at most forty digits before the point, and behind it.
decimals = st.decimals(allow_nan=False, allow_infinity=False, min_value=-(10**12), max_value=10**12).filter(
    lambda value: len(value.as_tuple().digits) <= 40
)


@pytest.mark.parametrize(
    ("language", "sign"),
    [
        ("en", "."),
        ("en-GB", "."),
        ("de", ","),
        ("de-AT", ","),
        ("de-CH", "."),
        ("es", ","),
        ("es-MX", "."),
        ("pt-BR", ","),
        ("ja", "."),
        ("FR", ","),
    ],
)
def test_each_language_has_its_decimal_sign(language: str, sign: str) -> None:
    """Regions that write otherwise than their language are told apart."""
    assert numbers.decimal_sign(language) == sign


@given(st.data(), st.decimals(-(10**9), 10**9, places=4), st.sampled_from(".,"))
def test_a_number_is_read_however_it_is_written(data: st.DataObject, value: Decimal, decimal: str) -> None:
    """Grouped, signed and with a power of ten, it is the number that was meant."""
    text = data.draw(typing.written(value, decimal))
    found = numbers.read(f"{text} km", decimal)
    assert found
    assert (found.value, found.unit) == (Fraction(value), "km")


@given(st.text(max_size=30), st.sampled_from(".,"))
def test_any_text_is_read_or_not(text: str, decimal: str) -> None:
    """Whatever is typed, nothing but a number or None comes out, and a unit holds what is left."""
    found = numbers.read(text, decimal)
    assert found is None or (isinstance(found.value, Fraction) and found.unit == found.unit.strip())


@example(Decimal("0.00009766653392514400282810176349898648216"))
@example(Decimal(f"{'1234567890' * 4}1"))
@given(decimals)
def test_a_value_is_written_without_loss(value: Decimal) -> None:
    """What `as_decimal` writes is a number of authors of the same value, and so is what readers see of it."""
    text = numbers.as_decimal(Fraction(value))
    assert numbers.is_number(text)
    assert numbers.exact(text) == Fraction(value)
    for decimal in ".,":
        seen = numbers.shown(text, decimal)
        found = numbers.read(seen.removesuffix("^"), decimal)  # the `^` before a power is read too
        assert found
        assert found.value == Fraction(value)


@pytest.mark.parametrize(
    ("value", "text"),
    [
        ("39/2", "19.5"),
        ("1200", "1200"),
        ("3/1000000000", "3e-9"),
        ("1/3", "1/3"),
        ("0", "0"),
        ("-1/8", "-0.125"),
        ("12000000000", "1.2e10"),
    ],
)
def test_values_are_written_without_needless_zeros(value: str, text: str) -> None:
    """Long rows of zeros are a power of ten, and what has no end stays a fraction."""
    assert numbers.as_decimal(Fraction(value)) == text


@pytest.mark.parametrize(
    ("typed", "least", "most"),
    [
        ("0.0123", 3, 3),
        ("120", 2, 3),
        ("120.0", 4, 4),
        ("1.20e5", 3, 3),
        ("0", 1, 1),
        ("0.00", 1, 3),
        ("1/3", 0, 0),
        ("-7", 1, 1),
    ],
)
def test_significant_figures_are_counted(typed: str, least: int, most: int) -> None:
    """Zeros before the first other digit never count, those at the end of a whole number may."""
    found = numbers.read(typed, ".")
    assert found is not None
    assert found.figures == (least, most)
    assert numbers.author_figures(typed) == (least, most)


@pytest.mark.parametrize("spelled", ["m s⁻²", "m·s^-2", "m * s^-2^", "m⋅s−2", "m s-2."])
def test_a_unit_has_one_name_however_it_is_spelled(spelled: str) -> None:
    """Dots, spaces, powers and dashes make no difference."""
    assert numbers.unit_name(spelled) == "m·s-2"


def test_units_that_differ_have_different_names() -> None:
    """Capitals and what stands between two letters count."""
    units = ["mA", "MA", "m s", "ms", "m/s", "s/m", "µm", "%", "°C"]
    assert len({numbers.unit_name(unit) for unit in units}) == len(units)
    assert numbers.unit_name("\u2126") == numbers.unit_name("\u03a9")  # ohm
    assert numbers.unit_name("\u00b5m") == numbers.unit_name("\u03bcm")  # micro


@pytest.mark.parametrize(
    ("text", "decimal", "seen"),
    [
        ("19.60", ".", "19.60"),
        ("19.60", ",", "19,60"),
        ("-1.2e-3", ",", "\u22121,2·10^\u22123^"),
        ("+5E07", ".", "5·10^7^"),
        ("-1/3", ",", "\u22121/3"),
    ],
)
def test_readers_see_a_number_in_their_own_way(text: str, decimal: str, seen: str) -> None:
    """The zeros of the author stay, signs and powers are as in print."""
    assert numbers.shown(text, decimal) == seen
