"""What the tests of cards and pages share: one browser, started when the first of them wants it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests import browser as web

if TYPE_CHECKING:
    from collections.abc import Iterator

    from playwright.sync_api import Browser


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """One Chromium for all tests of a process."""
    yield from web.chromium()
