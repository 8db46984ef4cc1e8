from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest

from builder.analysis.sittings import sitting
from builder.model import Mcq
from builder.pages import analysis as page_of
from builder.pages.analysis.speech import Speech
from builder.paper.responses import read
from builder.wording import languages
from tests import browser as web
from tests.make.classes import answered, class_of, quiz_of_choices
from tests.make.course import course_of
from tests.make.items import EXAMPLES
from tests.make.papers import quiz_of
from tests.make.spoken import english_on, said_on

if TYPE_CHECKING:
    from playwright.sync_api import Browser

    from builder.analysis.sittings import Sitting
    from builder.paper.record import Quiz


def _page(quiz: Quiz, sat: Sitting, title: str = "Final") -> str:
    return page_of.files(page_of.analysed([quiz], [sat]), [sat], title)[page_of.PAGE].decode()


def _of_class(n: int, language: str = "en") -> str:
    sat = class_of(n, 7)
    return _page(quiz_of_choices([question.key[0] for question in sat.questions], language=language), sat)


# What is written in a plot beyond the card that holds it.
_BEYOND = """() => [...document.querySelectorAll("svg text")].filter((text) => {
  const own = text.getBoundingClientRect(), card = text.closest(".card").getBoundingClientRect();
  return own.left < card.left || own.right > card.right;
}).map((text) => text.textContent)"""


@pytest.mark.parametrize(("n", "language"), [(10, "en"), (60, "en"), (60, "de"), (140, "ar")])
def test_the_page_is_readable_and_fits(browser: Browser, n: int, language: str) -> None:
    """By day and night all text has a contrast of 4.5, no width scrolls, no text of a plot is cut off, and neither scripts nor the network are wanted."""
    trouble: list[str] = []
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.on("console", lambda message: trouble.append(message.text))
    page.on("request", lambda request: trouble.append(request.url))
    page.set_content(_of_class(n, language).replace("<details>", "<details open>"))
    for width in (360, 1280):
        page.set_viewport_size({"width": width, "height": 800})
        assert page.evaluate("document.documentElement.scrollWidth") == width
        assert page.evaluate(_BEYOND) == []
        for scheme in ("light", "dark"):
            page.emulate_media(color_scheme="light" if scheme == "light" else "dark")
            assert page.evaluate(web.LOW_CONTRAST) == [], (width, scheme)
    assert page.locator("svg").count() == (30 if n >= 15 else 0)
    context.close()
    assert trouble == []


def test_each_figure_has_its_interval() -> None:
    """Every correlation, share and reliability on the page is followed by the two ends of its interval."""
    html = _of_class(60)
    figures = re.findall(r"(?:correlation is|KR-20\) is|measurement|mean is|deviation) (\S+)( \(\S+ to \S+\))?", html)
    assert len(figures) > 30
    assert all(interval for _, interval in figures)
    cells = re.findall(r"<td>(\N{MINUS SIGN}?\d\.\d\d)(.*?)</td>", html)
    assert len(cells) > 200
    assert all(re.fullmatch(r" \(\N{MINUS SIGN}?\d\.\d\d to \N{MINUS SIGN}?\d\.\d\d\)", end) for _, end in cells)


@pytest.mark.parametrize("language", [it for it in languages() if it != "en"])
def test_the_page_is_in_the_language_of_the_paper(language: str) -> None:
    """Headings, sentences, flags, heads and plots have the words and the decimal sign of the language; no English phrase is left."""
    first, second = class_of(140, 7), class_of(140, 8)
    quiz = quiz_of_choices([question.key[0] for question in first.questions], language=language)
    sittings = [first._replace(name="Mai"), second._replace(name="Juli")]
    files = page_of.files(page_of.analysed([quiz, quiz], sittings), sittings, "")
    html = files[page_of.PAGE].decode()
    assert f'<html lang="{language}" dir="{"rtl" if language in {"ar", "he"} else "ltr"}">' in html
    say, texts = Speech(language), said_on(html)
    for told in (
        say("page_title"),
        say("flagged", 2, 30),
        say("infit"),
        say("chooses", "q01"),
        say("strongest"),
        say("is_key", say("option", 1)),
        say(
            "wanted", say.number(0.8), f"{say.number(1.9, 1)} ({say('range', say.number(1.3, 1), say.number(2.6, 1))})"
        ),
    ):
        assert any(told.replace(" %", "\N{NO-BREAK SPACE}%") in text for text in texts), told
    assert english_on(html, language) == []
    assert english_on(_of_class(10, language), language) == []
    assert english_on(_of_class(10), language) != []
    heads = files["items.csv"].decode("utf-8-sig").partition("\r")[0].split(",")
    assert {"item", "omitted", "p_shrunk", "flags"} <= set(heads)


def test_names_and_letters_keep_their_places_where_text_runs_from_the_right() -> None:
    """In Arabic, the Latin name of a paper and the number behind it are not one run from the left; nor are A and the C of "D in A, C in B"."""
    sat = class_of(60, 7)
    quiz = quiz_of_choices([question.key[0] for question in sat.questions], language="ar")
    assert "\N{FIRST STRONG ISOLATE}made\N{POP DIRECTIONAL ISOLATE} 0.7" in _page(quiz, sat)
    letters = page_of.Name("1", (("D", "A"), ("C", "B")), "").letters_in(Speech("ar"))
    apart = [f"\N{FIRST STRONG ISOLATE}{letter}\N{POP DIRECTIONAL ISOLATE}" for letter in "DACB"]
    assert letters == "{} في {}، {} في {}".format(*apart)


def test_a_curve_is_as_high_as_the_share() -> None:
    """Three fifths of a class choose the key, and the weakest two don't: the curve rises from the floor to the top."""
    rows = [["A" if n >= 40 else "B", *("A" if n >= k else "C" for k in range(10, 100, 10))] for n in range(100)]
    quiz = quiz_of_choices(["A"] * len(rows[0]))
    sat = answered(quiz, rows)
    key = page_of.analysed([quiz], [sat]).lines[0].curves[0]
    assert (key.name, key.is_right, key.dashes) == ("Option A", True, "")
    assert [point.y for point in key.points] == [150, 150, 0, 0, 0]


@pytest.mark.parametrize("text", web.HOSTILE)
def test_texts_show_as_typed(text: str) -> None:
    """A title, an exam's name and an item's prompt are text, whatever is typed."""
    made = course_of(EXAMPLES)
    quiz = quiz_of(made, name=text or "x", versions=1)
    given = read("a.csv", b"student,version,essay\n7,A,2", quiz)
    sat = sitting(quiz, given)
    html = _page(quiz, sat, text)
    assert "<script" not in html
    assert html.count("<h1") == html.count("<main>") == 1


def test_the_scale_of_the_rasch_model_is_shown_where_there_are_takers_for_it() -> None:
    """From 100 takers on the page has difficulties and abilities, the tables a line for each; a class of sixty has none."""
    sat = class_of(120, 7)
    quiz = quiz_of_choices([question.key[0] for question in sat.questions])
    found = page_of.analysed([quiz], [sat])
    files = page_of.files(found, [sat], "Final")
    model = found.papers[0].report.rasch
    assert model is not None
    assert "By the Rasch model the" in files[page_of.PAGE].decode()
    assert files["rasch.csv"].count(b"\r\n") == 1 + len(model.items)
    assert files["abilities.csv"].count(b"\r\n") == 1 + 120
    assert "Rasch" not in _of_class(60)


def test_code_and_formulas_of_a_question_are_shown() -> None:
    """A question on `a & b` is known by it; so are the options, of which nothing else may be left."""
    asked = Mcq.model_validate(
        {
            "id": "code",
            "kind": "mcq",
            "prompt": "What is `a & b`, with $n^2$?",
            "math": True,
            "options": [{"right": "`x[0]`"}, {"wrong": "`x[1]`"}],
        }
    )
    quiz = quiz_of(made := course_of([asked]))
    sat = sitting(quiz, read("a.csv", b"student,version,code\n7,A,A", quiz))
    (line,) = page_of.analysed([quiz], [sat], made).lines
    assert line.prompt == "What is a & b, with n^2?"
    assert {name.text for name in line.names} == {"x[0]", "x[1]"}
