"""AnkiDroid's two screens and AnkiMobile: a page that forgets, fingers, zoom, and rules of their own."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest

from builder.cards.notetypes import NOTE_TYPES, RECALL
from tests import browser as web
from tests.cards.test_cards_arrange import WAYS, matching, ordering, standing

if TYPE_CHECKING:
    from playwright.sync_api import Page

    from tests.browser import Press, View, Way


def test_a_screen_that_empties_its_session_keeps_the_answer(press: Press, view: View) -> None:
    """Where each side starts with an empty session storage, order, choice and pairs come from the second slot."""
    viewer = view("android")
    viewer.page.add_init_script("sessionStorage.clear()")
    card = web.choice(press, web.FOUR)
    page = viewer.show(card.question)
    order = web.texts(page)
    page.get_by_role("button", name="Beta").click()
    viewer.show(card.answer)
    assert (web.texts(page), web.chosen(page)) == (order, ["Beta"])
    page = viewer.show(matching(press).question)
    page.locator(".responses .part").nth(1).click()
    assert web.verdict(viewer.show(matching(press).answer)) == "1 of 3 right."


def test_an_old_answer_is_forgotten(press: Press, view: View) -> None:
    """The second slot outlives the app; what it kept of another day judges nobody."""
    viewer, card = view("android"), web.choice(press, web.FOUR)
    viewer.show(card.question).get_by_role("button", name="Beta").click()
    viewer.page.add_init_script("const now = Date.now; Date.now = () => now() + 25 * 3600e3;")
    page = viewer.show(card.answer)
    assert (web.chosen(page), web.verdict(page)) == ([], "")


@WAYS
def test_what_was_touched_lets_go_of_the_focus(press: Press, view: View, way: Way) -> None:
    """After a tap on a box or button the app has its keys again; after a key or the mouse the focus stays."""
    viewer, cards = view(way, width=360, has_touch=True, is_mobile=True), web.samples(press)
    active = "document.activeElement.tagName"
    for side, css in (
        (cards["points"].answer, ".points label"),
        (cards["rubric"].answer, ".rubric label"),
        (cards["several"].question, ".option"),
        (cards["matching"].question, ".responses .part"),
    ):
        page = viewer.show(side)
        page.locator(css).first.tap()
        assert page.evaluate(active) == "BODY", css
        assert page.locator(":checked, [aria-pressed=true]").count() >= 1, css
    page = viewer.show(cards["points"].answer)
    page.locator(".points input").first.focus()
    page.keyboard.press("Space")
    assert page.evaluate(active) == "INPUT"


def flick(page: Page, start: str, goal: str) -> None:
    """Drag a step's handle to another step with a single move, as a quick hand does."""
    boxes = [page.locator(f".steps li:has-text('{text}') .handle").bounding_box() for text in (start, goal)]
    (x, y), (to_x, to_y) = [(b["x"] + b["width"] / 2, b["y"] + b["height"] / 2) for b in boxes if b]
    page.mouse.move(x, y)
    page.mouse.down()
    page.mouse.move(to_x, to_y)
    page.mouse.up()


@pytest.mark.parametrize("zoom", ["1", "2", "0.6"])
def test_a_quick_drag_lands_where_it_is_dropped(press: Press, view: View, zoom: str) -> None:
    """One jump of the finger carries a step over several others, both ways and at any zoom of the card."""
    page = view().show(ordering(press).question)
    page.evaluate(f"document.body.style.zoom = '{zoom}'")
    flick(page, "third", "second")
    assert standing(page) == ["first", "fourth", "second", "third"]
    flick(page, "second", "first")
    assert standing(page) == ["second", "first", "fourth", "third"]
    flick(page, "second", "fourth")
    assert standing(page) == ["first", "fourth", "second", "third"]


def test_a_drag_past_a_tall_step_does_not_tremble(press: Press, view: View) -> None:
    """A step that has passed a taller one stays there while the finger trembles, until it really turns back."""
    page = view(width=360).show(web.samples(press, web.LONG)["ordering"].question)
    first = page.locator(".steps li").first
    handle, tall = first.locator(".handle").bounding_box(), page.locator(".steps li").nth(1).bounding_box()
    assert handle
    assert tall
    assert tall["height"] > 60
    words = standing(page)
    page.mouse.move(handle["x"] + 5, handle["y"] + 5)
    page.mouse.down()
    for y in (tall["y"] + 8, tall["y"] + 7, tall["y"] + 9, tall["y"] + 8):
        page.mouse.move(handle["x"] + 5, y)
        assert standing(page) == [words[1], words[0], words[2]]
    page.mouse.move(handle["x"] + 5, handle["y"])
    page.mouse.up()
    assert standing(page) == words


def test_a_centred_body_is_no_wider_than_the_screen(press: Press, view: View) -> None:
    """AnkiDroid's vertical centring takes the body out of the flow at full width: its padding stays inside."""
    viewer = view(width=412)
    for kind, card in web.samples(press).items():
        page = viewer.show(card.question)
        page.evaluate("document.body.style.cssText = 'position: absolute; width: 100%'")
        assert viewer.widest() == 412, kind


def test_addresses_can_be_read_beside_links(press: Press, view: View) -> None:
    """A link whose text hides its address shows it, since some screens open no link; one that shows it has it once."""
    link = 'See <a href="https://example.org/a?b=1&amp;c=2">the film</a>.'
    page = view().show(press.cards(RECALL, Prompt="p", Answer="a", **web.LAST | {"Explanation": link})[0].answer)
    assert page.locator(".explanation").inner_text() == "See the film (https://example.org/a?b=1&c=2)."
    page.locator("summary").click()
    assert page.locator(".references").inner_text().count("https://doi.org/") == 1


def test_templates_keep_clear_of_what_phones_take_otherwise() -> None:
    """No `href="#"` redraws a card, and nothing in script or style looks like a formula to AnkiDroid's loader."""
    for note_type in NOTE_TYPES:
        model = note_type.model(1)
        for text in (model["css"], *(side for t in model["tmpls"] for side in (t["qfmt"], t["afmt"]))):
            assert not re.search(r"""href=["']?#|\\\(|\\\[|\$\$""", text), note_type.name


@pytest.mark.slow
@WAYS
def test_every_control_is_spared_by_gestures(press: Press, view: View, way: Way) -> None:
    """All that can be tapped is a button, a box, a link or called `tappable`, on both sides of every kind."""
    viewer = view(way, width=360)
    spared = "(all) => all.filter((e) => !e.closest('a, button, input, summary, .tappable')).map((e) => e.outerHTML)"
    for kind, card in web.samples(press).items():
        for side in card:
            page = viewer.show(side)
            controls = page.locator("a, button, input, label:has(input), summary, textarea, select, [tabindex='0']")
            assert controls.evaluate_all(spared) == [], kind
