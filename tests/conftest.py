"""Hypothesis without a stopwatch (these machines are noisy), the same examples each time in CI; a released course; one browser."""

from __future__ import annotations

import os
import signal
from typing import TYPE_CHECKING

import pytest
from hypothesis import settings

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from playwright.sync_api import Browser

    from tests.browser import Press, View
    from tests.make.folder import Author

settings.register_profile("her-study", deadline=None, derandomize="CI" in os.environ)
settings.register_profile("brief", settings.get_profile("her-study"), max_examples=10)
# BRIEF is for tests that were passed before, under other dependencies or as they were packed: few examples will do.
settings.load_profile("brief" if "BRIEF" in os.environ else "her-study")


def pytest_configure() -> None:
    """A shell lets what runs in the background ignore Ctrl-C, and with it all that it starts: here it is heard."""
    signal.signal(signal.SIGINT, signal.default_int_handler)


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """What looks into a browser is marked `chromium`, so that a machine without one can leave it out."""
    for item in items:
        if "browser" in getattr(item, "fixturenames", ()):
            item.add_marker("chromium")


@pytest.fixture(scope="session", autouse=True)
def _own_cache(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """Tests keep what they built, and what they studied, in folders of their own, not in those of whoever runs them."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("XDG_CACHE_HOME", str(tmp_path_factory.mktemp("cache")))
        patch.setenv("XDG_DATA_HOME", str(tmp_path_factory.mktemp("data")))
        yield


@pytest.fixture
def author(tmp_path: Path) -> Author:
    """A course of every kind, released as 1.0.0."""
    from tests.make.folder import FIRST, Author

    author = Author(tmp_path / "course")
    author.release("1.0.0", FIRST)
    return author


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """One Chromium for all tests of a process."""
    from tests import browser as web

    yield from web.chromium()


@pytest.fixture(scope="session")
def press(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Press]:
    """One collection that renders all cards."""
    from tests import browser as web

    made = web.Press(tmp_path_factory.mktemp("collection"))
    yield made
    made.collection.close()


@pytest.fixture
def view(browser: Browser) -> Iterator[View]:
    """Opens viewers; in the end none may have met an error, a message on the console or a request."""
    from tests import browser as web

    made = web.View(browser)
    yield made
    made.close()
