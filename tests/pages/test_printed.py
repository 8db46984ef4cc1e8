"""The printed pages of a quiz in the browser."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest

from builder.pages import printed
from builder.printing import papers
from tests.make.course import course_of
from tests.make.items import EXAMPLES
from tests.make.papers import quiz_of, reader

if TYPE_CHECKING:
    from tests.pages.conftest import Site


def test_every_page_of_every_pdf_is_shown() -> None:
    """There are as many pictures as the PDFs have pages, each named in words of the edition."""
    made = course_of(EXAMPLES)
    quiz = quiz_of(made, versions=2, language="de", size=18)
    page = printed.page(made, quiz).decode()
    pages = {name: len(reader(data).pages) for name, data in papers.files(made, quiz).items() if name.endswith(".pdf")}
    assert page.count("<img ") == sum(pages.values())
    last = f"{pages['key-B.pdf']}/{pages['key-B.pdf']}"
    assert f'alt="Lösungen, Fassung B, {last}"' in page
    assert f"({pages['versions.pdf']})</a>" in page


def test_page_holds_all_that_it_shows() -> None:
    """No script, and no address but those of its own parts and of pictures inside it; hostile titles show as typed."""
    made = course_of(EXAMPLES[:1], title="</title><script>x</script> & more")
    page = printed.page(made, quiz_of(made)).decode()
    assert "<script" not in page
    assert {it.partition(",")[0] for it in re.findall(r'(?:src|href)="([^"]*)', page) if it[0] != "#"} == {
        "data:image/svg+xml;base64"
    }
    assert "img-src data:" in page


def test_a_browser_shows_the_pages(site: Site) -> None:
    """Each picture is drawn, as wide as a page looks, and fits a phone; nothing is asked for."""
    made = course_of(EXAMPLES[:3])
    (site.folder / "quiz.html").write_bytes(printed.page(made, quiz_of(made)))
    site.page.goto((site.folder / "quiz.html").as_uri())
    shown = "[...document.images].map(it => it.complete && it.naturalHeight / it.naturalWidth)"
    site.page.wait_for_function(f"{shown}.every(Boolean)")
    assert site.page.evaluate(shown) == pytest.approx([297 / 210] * site.page.locator("img").count(), abs=0.01)
    site.page.set_viewport_size({"width": 360, "height": 700})
    assert site.page.evaluate("document.documentElement.scrollWidth") == 360
