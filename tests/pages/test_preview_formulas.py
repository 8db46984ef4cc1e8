"""Formulas and sounds, which in Anki come from elsewhere and which the page has in itself."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import expect

from tests.cards.test_cards_blocks import items
from tests.make.course import course_of

if TYPE_CHECKING:
    from tests.pages.conftest import Site

MATHS = [
    {
        "id": "sum",
        "kind": "basic",
        "math": True,
        "prompt": r"What is $\frac{1}{2} < x$?",
        "answer": r"$$\text{<b>} & 1$$",
    },
    {
        "id": "gap",
        "kind": "cloze",
        "math": True,
        "prompt": r"$x^2 = {{c1::4::a number}}$ and $y = {{c2::\href{http://a.b}{z}}}$",
    },
    {"id": "odd", "kind": "basic", "math": True, "prompt": r"Is $\left( x$ whole?", "answer": "No"},
]

WIDE = r"$$\frac{a_1 + a_2 + a_3 + a_4 + a_5 + a_6}{b} + c_1 + c_2 + c_3 + c_4 + c_5 + c_6 + c_7 + c_8 + c_9 = d$$"
# What is wrong with each box of a formula: that all of it fits, or that its end is still out of the box after scrolling.
REACHED = """(all) => all.flatMap((box) => {
  const fits = box.scrollWidth <= box.clientWidth;
  box.scrollLeft = 1e4;
  const end = Math.max(...[...box.querySelectorAll("mi")].map((letter) => letter.getBoundingClientRect().right));
  return fits || end > box.getBoundingClientRect().right + 1 ? [box.textContent] : [];
})"""


def test_formulas_are_typeset(site: Site) -> None:
    """Formulas are MathML, with what is asked in brackets and without links; what can't be read stays TeX."""
    page = site.open(course_of(MATHS))
    frames = [card.frame_locator("iframe") for card in page.locator("article").all()]
    assert frames[0].locator("math mfrac").count() == 1
    assert str(frames[1].locator("math").first.text_content()).endswith("[anumber]")
    assert frames[1].locator("math").count() == 2
    assert str(frames[2].locator("math").first.text_content()).endswith("4")
    assert page.get_by_text("pip install").count() == 0
    page.get_by_label("Backs").check()
    expect(page.locator("article").nth(0).frame_locator("iframe").locator("math[display=block]")).to_have_count(1)
    assert "href" not in page.locator("article").nth(1).frame_locator("iframe").locator(".prompt").inner_html()


def test_chemistry_is_read_and_signs_stand_close(site: Site) -> None:
    r"""`\\ce` becomes upright letters with their numbers, as on paper, and a sign of a number has no spaces around it."""
    page = site.open(
        course_of(
            [
                {"id": "salt", "kind": "basic", "math": True, "prompt": r"$\ce{2H2O}$", "answer": r"$\mathrm{d}x$"},
                {
                    "id": "minus",
                    "kind": "basic",
                    "math": True,
                    "prompt": "$-3$ $3$ $x=-3$ $x=3$ $0{,}3$ $03$",
                    "answer": "$3$",
                },
            ]
        )
    )
    water, minus = (card.frame_locator("iframe") for card in page.locator("article").all())
    assert "".join(str(water.locator("math").text_content()).split()) == "2H2O"
    assert water.locator("math msub mi").get_attribute("mathvariant") == "normal"
    width = "(all) => all.map((it) => it.getBoundingClientRect().width)"
    signed, bare, after, equal, decimal, digits = minus.locator("math").evaluate_all(width)
    assert after - equal < signed - bare + 1
    assert decimal - digits < 0.7 * bare
    assert "\\ce" not in water.locator("body").inner_text()


@pytest.mark.parametrize("wide", [WIDE, f"Say {WIDE[1:-1]} so"], ids=["displayed", "inline"])
def test_a_wide_formula_scrolls_within_its_card(site: Site, wide: str) -> None:
    """At 360 px no card with a wide formula in each of its texts is wider than its frame, and the end of each can be reached."""
    page = site.open(course_of([item | {"math": True} for item in items(wide)]), "#width=360")
    page.set_viewport_size({"width": 360, "height": 900})
    for side in ("front", "back"):
        for card in page.locator("article").all():
            inside = card.frame_locator("iframe")
            inside.locator(".formula").first.wait_for(state="attached")
            title = card.locator("iframe").get_attribute("title")
            room = inside.locator("html").evaluate("(html) => [html.scrollWidth, innerWidth]")
            assert room[0] == room[1] <= 360, (title, side)
            assert inside.locator(".formula:visible").evaluate_all(REACHED) == [], (title, side)
        page.get_by_label("Backs").check()


def test_a_wide_formula_in_a_line_scrolls_too(site: Site) -> None:
    """Its end, which may be what is asked, can be reached at 360 px; where there is room it stands in its line."""
    wide = r"It is $\ce{HNO3 + 2H2SO4 -> NO2+ + H3O+ + {{c1::2HSO4-}}}$ in $x^2$ steps."
    page = site.open(course_of([{"id": "acid", "kind": "cloze", "math": True, "prompt": wide}]), "#width=360")
    page.set_viewport_size({"width": 360, "height": 900})
    inside = page.locator("article").first.frame_locator("iframe")
    inside.locator(".formula").first.wait_for(state="attached")
    assert inside.locator("html").evaluate("(html) => html.scrollWidth - innerWidth") == 0
    assert inside.locator(".formula:visible").first.evaluate_all(REACHED.replace("'mi'", "'mi, mo'")) == []
    assert inside.locator("math").count() == 2
    page.set_viewport_size({"width": 1000, "height": 900})
    page.get_by_label("Width").select_option("900")
    first = inside.locator(".formula").first
    assert first.evaluate("(own) => own.scrollWidth - own.clientWidth") <= 1
    assert first.evaluate("(own) => own.getBoundingClientRect().height") < 60  # no line of its own


def test_without_the_extra_formulas_are_tex_and_the_page_says_what_to_install(
    site: Site, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Where latex2mathml is missing, the page shows the TeX and names the extra."""
    monkeypatch.setitem(sys.modules, "latex2mathml", None)
    page = site.open(course_of(MATHS))
    assert page.get_by_text("pip install her-study[math]").is_visible()
    assert "\\frac{1}{2}" in page.locator("article").first.frame_locator("iframe").locator(".prompt").inner_text()


def test_a_sound_is_played_by_the_page(site: Site) -> None:
    """A sound of the course has the browser's own button, and its bytes are in the page."""
    item = {"id": "a", "kind": "basic", "prompt": "Hear ![said](a.mp3)", "answer": "Yes"}
    page = site.open(course_of([item], media={"a.mp3": b"sound"}))
    source = page.locator("article").frame_locator("iframe").locator("audio").get_attribute("src")
    assert source == "data:audio/mpeg;base64,c291bmQ="
