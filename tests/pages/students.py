"""A student with a browser: the page of a course opened as a file, at a time that the test sets."""

from __future__ import annotations

from copy import copy
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Any

from builder.pages import study
from builder.study.progress import Entry, read
from tests.make.course import course_of

if TYPE_CHECKING:
    from pathlib import Path

    from playwright.sync_api import Browser, FrameLocator, Page

    from builder.model import Course

FIRST = datetime(2026, 11, 29, 12, tzinfo=UTC)
ITEMS: list[dict[str, Any]] = [
    {
        "id": "capital",
        "kind": "basic",
        "prompt": "What is the capital of France?",
        "answer": "Paris",
        "accept": ["paree"],
    },
    {
        "id": "colour",
        "kind": "mcq",
        "prompt": "Which colour is it?",
        "options": [{"right": "red", "why": "so it is"}, {"wrong": "blue"}, {"wrong": "green"}],
        "theme": "love",
    },
    {
        "id": "pair",
        "kind": "reversed",
        "prompt": "Who?",
        "answer": "Worden",
        "reverse_prompt": "What?",
        "reverse_answer": "Tasks",
    },
    {"id": "gap", "kind": "cloze", "prompt": "It {{c1::is}} not {{c2::so}}."},
    {"id": "sky", "kind": "truefalse", "prompt": "The sky is green.", "answer": False, "correction": "It is blue."},
    {"id": "plain", "kind": "basic", "prompt": "What is plain?", "answer": "This"},
    {"id": "secret", "kind": "basic", "prompt": "What comes in the exam?", "answer": "Hidden", "use": "exam"},
    {"id": "begun", "kind": "basic", "prompt": "What is begun?", "answer": "Unripe", "status": "draft"},
]


class Student:
    """A device of a student: a window of its own storage, whose clock stands still until it is moved."""

    def __init__(self, browser: Browser, folder: Path, **context: Any) -> None:
        self.folder = folder
        folder.mkdir(exist_ok=True)
        self.trouble: list[str] = []
        self.time = FIRST
        self._take(browser.new_context(timezone_id="Europe/Berlin", **context).new_page())

    def _take(self, page: Page) -> None:
        self.page = page
        page.set_default_timeout(10_000)
        page.on("pageerror", lambda error: self.trouble.append(f"error: {error}"))
        page.on("console", lambda message: self.trouble.append(f"console: {message.text}"))

    def beside(self) -> Student:
        """The same student in a second window on the same page, which shares the storage."""
        other = copy(self)
        other._take(self.page.context.new_page())
        other.open()
        return other

    def open(self, course: Course | None = None) -> None:
        """Write the page of a course and open it."""
        for name, data in study.files(course or course_of(ITEMS)).items():
            (self.folder / name).parent.mkdir(exist_ok=True)
            (self.folder / name).write_bytes(data)
        self.at(self.time)
        self.page.goto((self.folder / study.PAGE).as_uri())
        self.page.locator("html[data-ready]").wait_for(state="attached")

    def at(self, time: datetime) -> None:
        """Move the clock of the device."""
        self.time = time
        self.page.clock.set_fixed_time(time)

    def later(self, **by: float) -> None:
        """Let time pass, and look at the page again."""
        self.at(self.time + timedelta(**by))
        self.page.get_by_role("button", name="Study", exact=True).click()

    def until(self, script: str) -> None:
        """Wait until a condition holds; the page's policy lets no other text be evaluated inside it."""
        for _ in range(200):
            if self.page.evaluate(script):
                return
            self.page.wait_for_timeout(20)
        raise AssertionError(script)

    @property
    def card(self) -> FrameLocator:
        """The inside of the card that is shown."""
        return self.page.frame_locator("#frame iframe")

    def asked(self) -> str:
        """The item and the number of the card that is asked, or nothing."""
        return str(self.page.evaluate("study.card ? study.card.place : ''"))

    def turn(self) -> None:
        """Show the answer of the card."""
        self.page.locator("#turn").click()
        self.card.locator("hr#answer").wait_for()

    def rate(self, rating: int) -> None:
        """Rate the card; its answer is shown first, unless it is seen already."""
        if self.page.evaluate("study.side") == "front":
            self.turn()
        before = self.lines()
        self.page.locator(f"#rate-{rating}").click()
        self.until(f"memory.lines.size > {len(before)} && study.side !== 'rated'")
        self.time += timedelta(seconds=7)
        self.page.clock.set_fixed_time(self.time)

    def lines(self) -> list[str]:
        """The lines that the page holds."""
        return sorted(self.page.evaluate("[...memory.lines]"))

    def stored(self) -> list[str]:
        """The lines in the browser's storage."""
        return sorted(self.page.evaluate("store.lines()"))

    def saved(self) -> list[Entry]:
        """The progress that the student saves as a file, as the terminal reads it."""
        self.page.get_by_role("button", name="Progress", exact=True).click()
        with self.page.expect_download() as download:
            self.page.locator("#export").click()
        download.value.save_as(self.folder / "progress.jsonl")
        return read("progress.jsonl", (self.folder / "progress.jsonl").read_bytes())

    def take_over(self, file: Path) -> str:
        """Take a file over; what the page says of it."""
        self.page.get_by_role("button", name="Progress", exact=True).click()
        self.page.locator("#told").evaluate("(told) => (told.textContent = '')")
        self.page.locator("#import").set_input_files(file)
        self.until("document.getElementById('told').textContent !== ''")
        return self.page.locator("#told").inner_text()
