from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from builder.study.weights import DEFAULT, LEAST, MOST
from tests.study.parity import compared

if TYPE_CHECKING:
    from playwright.sync_api import Browser

    from builder.study.weights import Values


# Of a student who forgets fast, as fsrs-rs computed them; and the bounds, within which both libraries take all.
OWN = (0.0147, 0.0896, 0.1598, 0.5747, 6.5774, 0.6681, 3.1923, 0.001, 1.6996, 0.296, 0.6204, 1.4097, 0.0491, 0.1502,
       1.5878, 0.6014, 1.8729, 0.5425, 0.0912, 0.0658, 0.1)  # fmt: skip


@pytest.mark.slow
@pytest.mark.parametrize(("weights", "number"), [(DEFAULT, 240), (OWN, 60), (LEAST, 15), (MOST, 15)])
def test_page_and_terminal_have_one_schedule(browser: Browser, weights: Values, number: int) -> None:
    """For random histories in three time zones, the script of the page gives the states that the terminal gives."""
    found = compared(browser, number, weights=weights)
    assert found.other == []
    assert found.reviews > 5 * number
    assert found.digits <= 3
