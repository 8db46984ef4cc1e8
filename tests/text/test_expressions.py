from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from builder.text.expressions import ExpressionError, TooMuchError, Value, bounded, computed, names_in
from builder.text.rounding import fixed, to_figures

NAMES: dict[str, Value] = {"m": Fraction(3), "t": Fraction(5, 2), "w": "iron"}


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("m * t", Fraction(15, 2)),
        ("m / 7", Fraction(3, 7)),
        ("0.1 + 0.2", Fraction(3, 10)),
        ("m ** -2", Fraction(1, 9)),
        ("sqrt(9 / 4)", Fraction(3, 2)),
        ("round(2.5)", 3),
        ("round(-m / 7, 2)", Fraction(-43, 100)),
        ("max(m, t) % 2", 1),
        ("t if m < t else m", 3),
        ("'hot' if w == 'iron' else 'cold'", "hot"),
        ("m > t and not t > m", True),
        ("factorial(5) // 7", 17),
    ],
)
def test_arithmetic_is_exact(text: str, value: object) -> None:
    """Fractions are computed with, not binary numbers, and halves are rounded away from zero."""
    assert computed(text, NAMES) == value


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("m / (t - 2.5)", "divides by zero"),
        ("9**9**9", "power"),
        ("10**99 * 10**99 * 10**99 * 10**99 * 10**99 * 10**99 * 10**99", "too large"),
        ("1e999", "no value"),
        ("ln(0)", "no value"),
        ("(-8) ** (1 / 3)", "no value"),
        ("m +", "no expression"),
        ("m.numerator", "more than arithmetic"),
        ("().__class__.__bases__", "more than arithmetic"),
        ("[m][0]", "more than arithmetic"),
        ("f'{m}'", "more than arithmetic"),
        ("(lambda: 1)()", "calls what is no function"),
        ("__import__('os')", "calls what is no function"),
        ("round(m, ndigits=1)", "calls what is no function"),
        ("m << 3", "operator"),
        ("m is t", "operator"),
        ("None", "neither a number nor a word"),
        ("w * 3", "no number: 'iron'"),
        ("w > 3", "no number: 'iron'"),
        ("max()", "more or less than it takes"),
        ("factorial(51)", "factorial"),
        ("-" * 90 + "m", "nested too deep"),
        ("m + " * 60 + "m", "more than 200 characters"),
    ],
)
def test_what_is_no_arithmetic_is_refused(text: str, why: str) -> None:
    """Nothing but bounded arithmetic is computed, and the reason says what is wrong."""
    with pytest.raises(ExpressionError, match=why.replace("(", r"\(")):
        computed(text, NAMES)


def test_a_name_that_is_called_is_a_function() -> None:
    """`round` is a function where it is called, and may be the name of a value beside."""
    assert names_in("round(round * m)") == {"round", "m"}


def test_work_is_bounded() -> None:
    """Inside `bounded` so much is computed and no more; outside there is no bound."""
    long = " * ".join("m" * 40)
    with bounded(), pytest.raises(TooMuchError):
        all(computed(long, NAMES) for _ in range(100_000))
    assert computed("m", NAMES) == 3


@given(st.fractions(max_denominator=10_000), st.integers(0, 8))
def test_decimals_are_the_nearest(value: Fraction, decimals: int) -> None:
    """A number with so many decimals is no further off than half of the last one, and shows them all."""
    said = fixed(value, decimals)
    assert abs(Fraction(said) - value) <= Fraction(1, 2 * 10**decimals)
    assert len(said.partition(".")[2]) == decimals


@given(st.fractions(min_value=Fraction(1, 10**6), max_value=10**9), st.integers(1, 8))
def test_figures_are_the_nearest(value: Fraction, figures: int) -> None:
    """A number with so many significant figures is no further off than half of the last one."""
    said = to_figures(value, figures)
    shown = said.replace(".", "").lstrip("0")
    assert len(shown) >= figures
    assert set(shown[figures:]) <= {"0"}
    assert abs(Fraction(said) - value) <= value * Fraction(1, 2 * 10 ** (figures - 1))
