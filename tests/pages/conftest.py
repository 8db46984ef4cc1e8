"""A page of cards opened as a file."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from builder.pages import preview
from tests.pages.students import Student

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from playwright.sync_api import Browser, Page

    from builder.model import Course


class Site:
    """A page opened as a file, and what it tried."""

    def __init__(self, browser: Browser, folder: Path, **context: Any) -> None:
        self.folder = folder
        self.page = browser.new_context(**context).new_page()
        self.page.set_default_timeout(30_000)
        self.trouble: list[str] = []
        self.page.on("pageerror", lambda error: self.trouble.append(f"error: {error}"))
        self.page.on("console", lambda message: self.trouble.append(f"console: {message.text}"))
        self.page.on("request", lambda request: self._asked(request.url))

    def _asked(self, url: str) -> None:
        if not url.startswith((self.folder.as_uri(), "data:", "about:")):
            self.trouble.append(f"request: {url[:90]}")

    def open(self, course: Course, hash_: str = "") -> Page:
        """Write the page and show it."""
        for name, data in preview.files(course).items():
            (self.folder / name).write_bytes(data)
        self.page.goto((self.folder / preview.PAGE).as_uri() + hash_)
        return self.page


@pytest.fixture
def site(browser: Browser, tmp_path: Path) -> Iterator[Site]:
    """A browser window on a file; in the end it has met no error and asked nobody for anything."""
    made = Site(browser, tmp_path, viewport={"width": 1280, "height": 900})
    yield made
    made.page.context.close()
    assert made.trouble == []


@pytest.fixture
def student(browser: Browser, tmp_path: Path) -> Iterator[Callable[..., Student]]:
    """Makes students, each with a device of their own; in the end none has met an error."""
    made: list[Student] = []

    def make(name: str = "one", **context: Any) -> Student:
        made.append(Student(browser, tmp_path / name, **context))
        return made[-1]

    yield make
    for one in made:
        one.page.context.close()
    assert [one.trouble for one in made] == [[]] * len(made)


def scrolling(page: Page) -> list[str]:
    """The titles of the frames of a page that are smaller than what is in them, after some time to grow.

    A frame outside of the window is laid out late: its own idea of its height is not asked.
    """
    size = "() => [document.documentElement.scrollWidth, document.documentElement.scrollHeight]"
    frames = [(frame, frame.content_frame()) for frame in page.locator("iframe").element_handles()]
    cut = ["no frame at all"]
    for _ in range(100 if frames else 0):
        cut = []
        for frame, within in frames:
            box = frame.bounding_box()
            assert within
            assert box
            width, height = within.evaluate(size)
            if width > box["width"] + 1 or height > box["height"] + 1:
                cut.append(str(frame.get_attribute("title")))
        if not cut:
            break
        page.wait_for_timeout(100)
    return cut
