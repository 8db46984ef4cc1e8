from __future__ import annotations

from typing import TYPE_CHECKING

from tests.study.parity import compared

if TYPE_CHECKING:
    from playwright.sync_api import Browser


def test_page_and_terminal_have_one_schedule(browser: Browser) -> None:
    """For 240 random histories in three time zones, the script of the page gives the states that the terminal gives."""
    found = compared(browser, 240)
    assert found.other == []
    assert found.reviews > 1200
    assert found.digits <= 3
