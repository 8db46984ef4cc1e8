from __future__ import annotations

import re
import unicodedata
from typing import TYPE_CHECKING, Any

import pytest

from builder.coverage import cover
from builder.loading.course import load, shipped
from builder.model import Outline, Place, Specification
from builder.pages import coverage as coverage_page
from tests import browser as web
from tests.make.course import course_of

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from playwright.sync_api import Browser, Page

    from builder.model import Course

    Show = Callable[[Course], Page]


@pytest.fixture
def show(browser: Browser) -> Iterator[Show]:
    """Opens the page of a course in a tab without scripts; a request or a message of the console fails the test."""
    trouble: list[str] = []
    contexts = []

    def opened(course: Course) -> Page:
        context = browser.new_context(viewport={"width": 1280, "height": 800}, java_script_enabled=False)
        contexts.append(context)
        page = context.new_page()
        page.set_default_timeout(10_000)
        page.on("console", lambda message: trouble.append(message.text))
        page.on("request", lambda request: trouble.append(request.url))
        page.set_content(_html(course))
        return page

    yield opened
    for context in contexts:
        context.close()
    assert trouble == []


def _html(course: Course) -> str:
    (page,) = coverage_page.files(course, cover(course)).values()
    return page.decode()


def _course(text: str, *, themes: int = 3, weight: int = 1) -> Course:
    """A course with `text` wherever an author's text reaches the page, and with misses of every sort."""
    names = [f"theme-{n}" for n in range(themes)]
    paragraphs = [{"id": f"s/a/p{n}", "gist": text, "weight": weight} for n in range(3)]
    section = {"id": "s/a", "title": text, "paragraphs": paragraphs}
    outline = Outline.model_validate({"sources": [{"id": "s", "title": text, "sections": [section]}]})
    source = outline.sources[0]
    places = {p.id: Place(source, source.sections[0], p, n) for n, p in enumerate(source.sections[0].paragraphs, 1)}
    items = [
        {"id": f"i{n}", "kind": "basic", "prompt": "p", "answer": "a", "theme": names[n % 2], "locator": ["s/a/p0"]}
        | {"cites": ["worden2009"]}
        for n in range(6)
    ]
    work: dict[str, Any] = {"type": "book", "author": [{"family": "Worden"}], "title": text}
    return course_of(
        items,
        title=text,
        themes=dict.fromkeys(names, text),
        places=places,
        references={key: {"id": key, **work} for key in ("worden2009", "bowlby1988", "old-rec")},
        specification=Specification.model_validate({"themes": {names[0]: {"basic": "1", "essay": "2"}}}),
    )


def _shipped() -> Course:
    course = load(shipped()).course
    assert course
    return course


@pytest.mark.parametrize("which", ["shipped", "plain", "long", "full", "wide"])
def test_the_page_is_readable_and_fits(show: Show, which: str) -> None:
    """By day and night all text has a contrast of 4.5 at least, and only boxes scroll sideways, never the page."""
    texts = {"plain": "A text of some length, as they are.", "long": web.LONG, "full": web.LONG, "wide": web.LONG}
    themes = {"full": 11, "wide": 30}.get(which, 3)
    page = show(_course(texts[which], themes=themes) if which in texts else _shipped())
    for width in (360, 768, 1280):
        page.set_viewport_size({"width": width, "height": 800})
        assert page.evaluate("document.documentElement.scrollWidth") == width
        page.emulate_media(color_scheme="light")
        assert page.evaluate(web.LOW_CONTRAST) == [], (width, "day")
        page.emulate_media(color_scheme="dark")
        assert page.evaluate(web.LOW_CONTRAST) == [], (width, "night")


@pytest.mark.parametrize("text", web.HOSTILE)
def test_text_shows_as_typed(show: Show, text: str) -> None:
    """Titles and gists are text, in elements and in attributes, whatever an author types."""
    text = unicodedata.normalize("NFC", text)
    page = show(_course(text))
    shown = page.locator("main").inner_text()
    assert shown.count(text) >= 9, "course, source, section, three gists, three themes"
    assert page.locator("h1").inner_text() == text
    assert page.locator(".gist").all_inner_texts() == [text] * 3
    assert page.title() == f"Coverage: {text}"
    assert page.locator(".map tbody th[title]").first.get_attribute("title") == text
    assert page.locator("script, template, img").count() == 0


def test_the_map_shows_what_each_paragraph_has(show: Show) -> None:
    """A cell holds its number on a tint, says its theme and gist, and the row ends in what there is and is wanted."""
    page = show(_course("The gist"))
    assert page.locator(".map thead th").all_inner_texts()[1:] == ["theme-0", "theme-1", "theme-2", "all/wanted"]
    first = page.locator(".map tbody tr:not([class])").first.locator("td")
    assert first.all_inner_texts() == ["3", "3", "", "6/1"]
    assert first.first.get_attribute("title") == "3 on theme-0: The gist"
    colours = "(cells) => cells.slice(0, 3).map((e) => getComputedStyle(e).backgroundColor)"
    tinted, same, empty = first.evaluate_all(colours)
    assert tinted == same != empty


def test_a_miss_has_a_sign_and_a_word(show: Show) -> None:
    """Paragraphs, works and cells that are missed say so to eyes without colour and to a screen reader."""
    page = show(_course("The gist"))
    assert page.locator(".map .off").all_inner_texts() == ["▼ 0/1\ntoo few"] * 2
    assert page.locator(".works .off").all_inner_texts() == ["▼ 0/1\ntoo few"]
    assert "▲ 3/1\ntoo many" in page.locator(".table .off").all_inner_texts()
    told = page.locator(".missed").inner_text()
    assert re.match(r"✗ \d+ targets are missed\n", told)
    assert "paragraph s/a/p1: has 0, wants 1 or more" in told
    assert "theme-0, essay: has 0, wants 2" in told


def test_a_course_that_meets_its_targets_is_told_so(show: Show) -> None:
    """One line stands in place of the list of misses; works of which nothing is wanted stand apart."""
    references = {key: {"id": key, "type": "book", "title": "T"} for key in ("b", "a-rec")}
    item = {"id": "i", "kind": "basic", "prompt": "p", "answer": "a", "cites": ["b"]}
    page = show(course_of([item], references=references))
    assert page.locator(".all-met").inner_text() == "✓ All targets are met (1)."
    assert page.locator(".missed, .off").count() == 0
    assert page.locator(".works").all_inner_texts() == ["1/1\nT. (n.d.).\nb, wants 1 or more", "0\nT. (n.d.).\na-rec"]


def test_a_course_of_which_nothing_is_wanted_has_a_page_too(show: Show) -> None:
    """Without outline, references and items in use there are the tables of themes and kinds, and no verdict."""
    item = {"id": "i", "kind": "basic", "prompt": "p", "answer": "a", "retired": {"since": "2026-01-01", "reason": "x"}}
    page = show(course_of([item]))
    assert page.locator("h2").all_inner_texts() == ["Themes by kind", "Kinds by Bloom level", "Kinds by difficulty"]
    assert page.locator(".told, .off").count() == 0


def test_on_paper_it_is_day(show: Show) -> None:
    """Print has dark ink on white and no box that hides what scrolls, whatever the screen shows."""
    page = show(_shipped())
    page.emulate_media(media="print", color_scheme="dark")
    assert page.evaluate("getComputedStyle(document.body).backgroundColor") == "rgb(255, 255, 255)"
    assert page.evaluate(web.LOW_CONTRAST) == []
    assert page.evaluate("getComputedStyle(document.querySelector('.scroll')).overflowX") == "visible"
