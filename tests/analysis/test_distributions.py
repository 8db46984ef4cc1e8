from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from builder.analysis.distributions import beta_share, f_quantile, f_tail, t_quantile


@pytest.mark.parametrize(
    ("share", "freedom", "value"), [(0.975, 10, 2.228), (0.975, 1, 12.706), (0.95, 30, 1.697), (0.995, 120, 2.617)]
)
def test_t_has_the_values_of_the_printed_tables(share: float, freedom: float, value: float) -> None:
    """Quantiles of t are those of the tables at the end of every textbook."""
    assert t_quantile(share, freedom) == pytest.approx(value, abs=5e-4)


@pytest.mark.parametrize(
    ("share", "above", "below", "value"), [(0.95, 3, 20, 3.098), (0.975, 10, 20, 2.774), (0.99, 1, 5, 16.258)]
)
def test_f_has_the_values_of_the_printed_tables(share: float, above: int, below: int, value: float) -> None:
    """Quantiles and tails of F are those of the tables, and each other's inverse."""
    assert f_quantile(share, above, below) == pytest.approx(value, abs=5e-4)
    assert f_tail(f_quantile(share, above, below), above, below) == pytest.approx(1 - share, abs=1e-9)


@given(st.integers(1, 12), st.integers(1, 12), st.floats(0.001, 0.999))
def test_the_beta_function_counts_as_the_binomial_does(a: int, b: int, x: float) -> None:
    """For whole numbers, I_x(a, b) is the chance of at least `a` hits in a + b - 1 tries."""
    from math import comb, fsum

    tries = a + b - 1
    hits = fsum(comb(tries, k) * x**k * (1 - x) ** (tries - k) for k in range(a, tries + 1))
    assert beta_share(a, b, x) == pytest.approx(hits, abs=1e-10)
