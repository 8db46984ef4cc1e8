from __future__ import annotations

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from builder.analysis import estimates
from builder.analysis.estimates import Estimate, Spread
from builder.analysis.papers import longer


def _near(found: Estimate, *expected: float) -> bool:
    return list(found) == pytest.approx(list(expected), abs=5e-4)


def test_a_share_has_wilsons_interval() -> None:
    """The worked values of Newcombe 1998 (Statistics in Medicine 17, 857) for 81 of 263, 15 of 148 and 0 of 20."""
    assert _near(estimates.share(81, 263), 0.3080, 0.2553, 0.3662)
    assert _near(estimates.share(15, 148), 0.1014, 0.0624, 0.1605)
    assert _near(estimates.share(0, 20), 0, 0, 0.1611)


def test_a_difference_has_newcombes_interval() -> None:
    """The worked values of Newcombe 1998 (17, 873), method 10, for 56 of 70 against 48 of 80, and 9 of 10 against 3 of 10."""
    share = estimates.share
    assert _near(estimates.difference(share(56, 70), share(48, 80)), 0.2000, 0.0524, 0.3339)
    assert _near(estimates.difference(share(9, 10), share(3, 10)), 0.6000, 0.1705, 0.8090)


def test_a_correlation_has_fishers_interval() -> None:
    """For .50 among 28 pairs, z is .5493 and its standard error 1/5: from .157 to .736."""
    assert _near(estimates.correlation(0.5, 25), 0.5, 0.1560, 0.7358)


def test_a_mean_has_students_interval() -> None:
    """Of 1, 2, 3, 4 and 5 the mean is 3, give or take 2.776 times the square root of 2.5/5."""
    assert _near(estimates.average([1, 2, 3, 4, 5]), 3, 3 - 1.9632, 3 + 1.9632)


def test_alpha_has_feldts_interval() -> None:
    """For .80 of 10 items and 41 takers: 1 - .2 x 1.5273 and 1 - .2 x .5998, quantiles of F with 40 and 360 degrees."""
    assert _near(estimates.reliability(0.8, 10, 41), 0.8, 0.6945, 0.8800)


def test_the_spearman_brown_formula() -> None:
    """A paper of reliability .60 has .75 at twice its length, and .43 at half of it."""
    assert longer(0.6, 2) == pytest.approx(0.75)
    assert longer(0.6, 0.5) == pytest.approx(3 / 7)


def test_few_takers_say_less_than_the_bank() -> None:
    """Of twenty takers' .00, in a bank around .26 with a deviation of .10, .22 is left: 17 against 100 parts."""
    found = estimates.shrunk(0.0, 17, Spread(0.2661, 0.1))
    assert found.value == pytest.approx(0.2236, abs=1e-3)
    assert found.high - found.low == pytest.approx(2 * 1.96 / math.sqrt(117), rel=0.1)


def test_items_that_differ_by_chance_alone_have_the_least_spread() -> None:
    """Ten items of one correlation leave no spread of their own, and two of .0 and .6 among many takers do."""
    assert estimates.spread_of([(0.25, 30.0)] * 10).deviation == pytest.approx(0.05)
    assert estimates.spread_of([(0.0, 500.0), (0.6, 500.0)] * 5).deviation > 0.3


@given(st.lists(st.tuples(st.integers(0, 40), st.integers(40, 60)), min_size=1, max_size=20))
def test_shares_are_drawn_inwards(found: list[tuple[int, int]]) -> None:
    """A share that is drawn towards the mean stays between 0 and 1, and never leaves the range of all the shares."""
    shares = [right / n for right, n in found]
    for drawn in estimates.shrunk_shares([(float(right), float(n)) for right, n in found]):
        assert 0 <= drawn <= 1
        assert len(found) < 5 or min([*shares, 0.01]) - 1e-9 <= drawn <= max([*shares, 0.01]) + 1e-9


@given(st.floats(0, 1), st.integers(1, 500))
def test_an_interval_holds_its_figure(part: float, n: int) -> None:
    """The interval of a share holds the share, and lies between 0 and 1."""
    found = estimates.share(part * n, n)
    assert 0 <= found.low <= found.value + 1e-9
    assert found.value - 1e-9 <= found.high <= 1
