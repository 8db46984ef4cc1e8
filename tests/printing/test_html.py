"""Papers as HTML, shown and printed by Chromium."""

from __future__ import annotations

import io
import re
from types import SimpleNamespace
from typing import TYPE_CHECKING, Any

import pytest
from jinja2 import UndefinedError
from pypdf import PdfReader

from builder.model import Mcq
from builder.paper import sheet as layout
from builder.printing import papers
from builder.printing import questions as documents
from tests.make.course import course_of
from tests.make.items import EXAMPLES, Fixed, fields
from tests.make.papers import quiz_of, squeezed
from tests.pictures import png

if TYPE_CHECKING:
    from pathlib import Path

    from playwright.sync_api import Browser, Page

    from builder.model import Item

MEAN = "</style><script>alert(1)</script> &lt; \" ' `x` {c} مرحبا 👩‍👩‍👧 </title> \\a @import url(http://x.test)"
EDITIONS: tuple[dict[str, Any], ...] = (
    {},
    {"columns": 2},
    {"size": 18, "paper": "letter"},
    {"size": 24},
    {"answers": "inline"},
    {"font": "hyperlegible", "paper": "letter", "answers": "inline", "columns": 2},
)
# Every piece of text that is cut at the right edge of the page.
CUT = """() => Array.from(document.querySelectorAll("body *")).filter((e) => e.getBoundingClientRect().right >
  document.documentElement.clientWidth + 1).map((e) => e.outerHTML.slice(0, 80))"""


def questions(count: int) -> tuple[Item, ...]:
    """Choices whose options name their question, of uneven length."""
    return tuple(
        Mcq.model_validate(
            {
                "id": f"q{n}",
                "kind": "mcq",
                "prompt": f"Start{n}q " + "words of a prompt " * (n % 5),
                "options": [
                    {"right": f"one{n}o " + "and more " * (n % 13)},
                    {"wrong": f"two{n}o"},
                    {"wrong": f"last{n}o", "pin": "last"},
                ],
            }
        )
        for n in range(count)
    )


def files(items: tuple[Item, ...] = EXAMPLES, title: str = "A test", **fields: Any) -> dict[str, bytes]:
    """The HTML files of a quiz of these items."""
    made = course_of(items, title=title)
    return papers.files(made, quiz_of(made, formats=("html",), **fields))


class Shown:
    """Opens pages from files and records what went wrong: errors, messages, requests."""

    def __init__(self, browser: Browser, folder: Path) -> None:
        self.browser, self.folder = browser, folder
        self.trouble: list[str] = []

    def __call__(self, page: bytes, width: int = 800, **context: Any) -> Page:
        """The page in a window of that width."""
        file = self.folder / "page.html"
        file.write_bytes(page)
        shown = self.browser.new_context(viewport={"width": width, "height": 700}, **context).new_page()
        shown.on("pageerror", lambda error: self.trouble.append(f"error: {error}"))
        shown.on("console", lambda message: self.trouble.append(f"console: {message.text}"))
        shown.on("dialog", lambda dialog: self.trouble.append(f"dialog: {dialog.message}"))
        shown.on("request", lambda request: self._asked(request.url, file.as_uri()))
        shown.goto(file.as_uri())
        return shown

    def _asked(self, url: str, own: str) -> None:
        if url != own and not url.startswith("data:"):
            self.trouble.append(f"request: {url[:100]}")


@pytest.fixture
def shown(browser: Browser, tmp_path: Path) -> Any:
    """Shows pages; in the end none may have met an error, a message on the console or a request."""
    made = Shown(browser, tmp_path)
    yield made
    for context in list(browser.contexts):
        context.close()
    assert made.trouble == []


def printed(page: Page) -> PdfReader:
    """The page as Chromium prints it, on the paper that it asks for."""
    return PdfReader(io.BytesIO(page.pdf(prefer_css_page_size=True)))


@pytest.mark.slow
@pytest.mark.parametrize("edition", EDITIONS, ids=str)
def test_pages_fit_every_screen_and_ask_for_nothing(shown: Shown, edition: dict[str, Any]) -> None:
    """Nothing is wider than a phone or a window, by day and by night, and no page makes a request."""
    for name, page in files(title="A" * 90, **edition).items():
        if name.endswith(".html"):
            for width, scheme in ((360, "light"), (800, "dark")):
                tab = shown(page, width, color_scheme=scheme)
                assert tab.evaluate("document.documentElement.scrollWidth") <= width
                assert tab.evaluate(CUT) == []
                colours = tab.evaluate("[getComputedStyle(document.body)].map((s) => [s.color, s.backgroundColor])[0]")
                assert colours == ["rgb(0, 0, 0)", "rgb(255, 255, 255)"]


@pytest.mark.parametrize("edition", EDITIONS, ids=str)
def test_prints_on_its_paper_with_questions_whole(shown: Shown, edition: dict[str, Any]) -> None:
    """No page cuts a question from its options, no heading ends a page, and each page bears its number."""
    pdf = printed(shown(files(questions(24), **edition)["paper-A.html"]))
    width, height = (side / 25.4 * 72 for side in layout.PAPERS[edition.get("paper", "a4")])
    assert len(pdf.pages) > 1
    for number, page in enumerate(pdf.pages, 1):
        text = page.extract_text()
        assert [float(side) for side in page.mediabox[2:]] == pytest.approx([width, height], abs=1)
        assert f"{number}/{len(pdf.pages)}" in squeezed(text)
        starts = re.findall(r"Start(\d+)q", text)
        for word in ("one", "two", "last"):
            assert sorted(re.findall(rf"{word}(\d+)o", text)) == sorted(starts)


@pytest.mark.parametrize("edition", EDITIONS, ids=str)
def test_no_part_begins_at_the_foot_of_a_page(shown: Shown, edition: dict[str, Any]) -> None:
    """With kinds mixed, a part's heading and note stand on the page of its first question, and so does the end."""
    pdf = printed(shown(files((*questions(6), *EXAMPLES), **edition)["paper-A.html"]))
    for page in pdf.pages:
        text = squeezed(page.extract_text())
        parts = text.split("Part")
        assert all(re.search(r"\[\d+marks?\]", part) for part in parts[1:])
    last = squeezed(pdf.pages[-1].extract_text())
    assert "Endofthepaper" in last
    assert edition.get("answers") == "inline" or re.search(r"\[\d+marks?\]", last)


def test_hostile_text_is_text(shown: Shown) -> None:
    """Title, heading, cover and item show what was typed, on screen and in the printed foot; no script runs."""
    item = Mcq.model_validate(
        {"id": "m", "kind": "mcq", "prompt": MEAN, "options": [{"right": MEAN}, {"wrong": "x"}], "explanation": MEAN}
    )
    made = files((item,), title=MEAN, heading=MEAN, cover=MEAN, instructions=MEAN)
    typed = squeezed(MEAN.replace("&lt;", "<").replace("`x`", "x"))
    for name in ("paper-A.html", "key-A.html"):
        tab = shown(made[name])
        text = squeezed(tab.locator("body").inner_text())
        assert text.count(typed) >= 2
        assert squeezed(MEAN) in text  # title and heading hold no markup
        assert squeezed(tab.title()).startswith(squeezed(MEAN))
        assert tab.locator("script").count() == 0
        assert printed(tab).pages


def test_screen_reader_finds_headings_and_lists(shown: Shown) -> None:
    """The page says its language, one title, a heading for each part and question, and lettered lists."""
    tab = shown(files()["paper-A.html"])
    assert tab.locator("html").get_attribute("lang") == "en-GB"
    levels = tab.locator("h1, h2, h3").evaluate_all("(all) => all.map((e) => e.tagName)")
    assert (levels.count("H1"), levels.count("H2"), levels.count("H3")) == (1, 10, len(EXAMPLES))
    assert levels[:3] == ["H1", "H2", "H3"]
    assert tab.locator("main").count() == 1
    letters = tab.locator("article ol.letters")
    assert letters.evaluate_all("(all) => all.map((e) => e.type)") == ["A"] * 4
    assert tab.locator("h3").all_inner_texts() == [str(n) for n in range(1, len(EXAMPLES) + 1)]


@pytest.mark.parametrize("size", [11, 18, 24])
def test_text_has_the_size_of_the_edition(shown: Shown, size: int) -> None:
    """Large print has no small print; ordinary print none below nine points."""
    for name in ("paper-A.html", "key-A.html"):
        tab = shown(files(size=size)[name])
        sizes = tab.evaluate(
            "[...document.querySelectorAll('main *')].map((e) => parseFloat(getComputedStyle(e).fontSize))"
        )
        assert min(sizes) >= (size if size > 11 else 9) * 4 / 3 - 0.01


def test_hyperlegible_font_is_inside_the_page(shown: Shown) -> None:
    """The font is loaded from the page itself and used for all its text."""
    tab = shown(files(font="hyperlegible")["paper-A.html"])
    assert tab.evaluate("document.fonts.ready.then(() => document.fonts.check('bold 12px Hyperlegible'))")
    loaded = tab.evaluate("[...document.fonts].filter((f) => f.status === 'loaded').length")
    assert loaded >= 2
    resources: Any = printed(tab).pages[0]["/Resources"]
    fonts = [str(font.get_object()["/BaseFont"]) for font in resources["/Font"].values()]
    assert sum("Atkinson" in font for font in fonts) >= 2  # text and headings; other fonts set the page's foot


def test_two_columns_stand_side_by_side_on_a_wide_page_alone(shown: Shown) -> None:
    """Two columns on a desktop, one on a phone."""
    page = files(questions(12), columns=2)["paper-A.html"]
    for width, count in ((1000, 2), (360, 1)):
        lefts = (
            shown(page, width)
            .locator("article")
            .evaluate_all("(all) => all.map((e) => e.getBoundingClientRect().left)")
        )
        assert len({round(left) for left in lefts}) == count


def test_a_kind_that_the_template_does_not_name_is_an_error(monkeypatch: pytest.MonkeyPatch) -> None:
    """A question is never printed without that which it is answered with."""
    monkeypatch.setattr(documents, "_task", lambda *_: SimpleNamespace(kind="poem"))
    with pytest.raises(UndefinedError, match="'poem'"):
        files()


BLOCKS = (
    "Read ![a square](a.png){width=40%}:\n\n```python\nprint('a line of a program that is longer than a phone is wide')\n```\n\n"
    "3. three\n4. - four\n\n| a | b |\n|---|--:|\n| long words | 2 |\n\n> quoted\n\n| roses\n|   are"
)


@pytest.mark.slow
@pytest.mark.parametrize("edition", EDITIONS, ids=str)
def test_blocks_are_shown_in_every_field(shown: Shown, edition: dict[str, Any]) -> None:
    """Programs, lists, tables, quotes, verses and pictures stand on paper and key as what they are, and nothing is cut."""
    examples = {example.kind: example for example in EXAMPLES}
    shared = {"prompt": BLOCKS, "explanation": BLOCKS}
    items = [{"id": k, "kind": k} | shared | fields(it, Fixed(BLOCKS)) for k, it in examples.items()]
    made = course_of(items, media={"a.png": png()})
    pages = papers.files(made, quiz_of(made, formats=("html",), cover=BLOCKS, instructions=BLOCKS, **edition))
    for name in ("paper-A.html", "key-A.html"):
        for width in (360, 800):
            tab = shown(pages[name], width)
            assert tab.evaluate("document.documentElement.scrollWidth") <= width
            assert tab.evaluate(CUT) == []
            for css in ("pre > code", "ol[start='3'] > li", "table.text td", "blockquote", "p.verse br", "img.inline"):
                assert tab.locator(css).count() >= len(items), (name, css)
            assert tab.locator("pre .code-string").count() >= len(items)
            assert tab.locator("p p, p pre, p table, span pre").count() == 0


def test_same_quiz_gives_the_same_page() -> None:
    """Nothing of the time or the machine is in the page."""
    assert files() == files()
