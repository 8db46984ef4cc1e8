"""What the tests of cards and pages share: one browser, one press of cards, and viewers that end without trouble."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests import browser as web

if TYPE_CHECKING:
    from collections.abc import Iterator

    from playwright.sync_api import Browser

    from tests.browser import Press, View


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """One Chromium for all tests of a process."""
    yield from web.chromium()


@pytest.fixture(scope="session")
def press(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Press]:
    """One collection that renders all cards."""
    made = web.Press(tmp_path_factory.mktemp("collection"))
    yield made
    made.collection.close()


@pytest.fixture
def view(browser: Browser) -> Iterator[View]:
    """Opens viewers; in the end none may have met an error, a message on the console or a request."""
    made = web.View(browser)
    yield made
    made.close()
