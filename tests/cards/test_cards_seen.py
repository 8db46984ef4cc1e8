"""What a student sees of a card, by pixels and by the places of things."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest

from builder.deck import apkg
from builder.loading.course import load, shipped
from tests import anki_collection
from tests import browser as web

if TYPE_CHECKING:
    from playwright.sync_api import Page

    from tests.browser import Card, Press, View

# The signs that stand before the entries of a front, as plain text in place of counters.
LITERAL = """([css, signs]) => {
  const sheet = document.createElement("style");
  document.querySelectorAll(css).forEach((e, i) => { e.dataset.sign = signs[i]; });
  sheet.textContent = `[data-sign]::before { content: attr(data-sign) !important; }`;
  document.body.append(sheet);
}"""
SIGNS = {
    "choice": [(".option", ["A ", "B ", "C ", "D "])],
    "several": [(".option", ["A ", "B ", "C ", "D "])],
    "matching": [(".terms .part", ["1.", "2.", "3."]), (".responses .part", ["A", "B", "C"])],
}


@pytest.mark.slow
@pytest.mark.parametrize("night", [False, True], ids=["day", "night"])
@pytest.mark.parametrize("width", [360, 1280])
def test_letters_and_numbers_are_seen(press: Press, view: View, width: int, night: bool) -> None:  # noqa: FBT001 - a parameter
    """The pixels of every front are those of the same front with its letters and numbers written out."""
    viewer = view(night=night, width=width)
    cards = web.samples(press)
    for kind, signs in SIGNS.items():
        page = viewer.show(cards[kind].question)
        before = page.locator(".face").screenshot()
        for css, wanted in signs:
            assert page.locator(css).count() <= len(wanted)
            page.evaluate(LITERAL, [css, wanted])
        assert page.locator(".face").screenshot() == before, kind
        css, wanted = signs[-1]
        page.evaluate(LITERAL, [css, ["0 "] * len(wanted)])
        assert page.locator(".face").screenshot() != before, "the comparison notices another sign"


@pytest.fixture(scope="module")
def choices(tmp_path_factory: pytest.TempPathFactory) -> list[web.Card]:
    """All choice cards of the shipped course, as Anki renders them after an import."""
    folder = tmp_path_factory.mktemp("choices")
    course = load(shipped()).course
    assert course
    collection = anki_collection.new(folder)
    (package,) = apkg.files(course, 1_750_000_000).values()
    anki_collection.bring_in(collection, package, folder)
    kinds = [item for item in course.active if item.kind in {"mcq", "truefalse"}]
    cards = [anki_collection.note(collection, f"{course.id}:{item.id}").cards()[0] for item in kinds]
    sides = [web.Card(card.question(), card.answer()) for card in cards]
    collection.close()
    return sides


def in_sight(page: Page, css: str) -> bool:
    """Whether all that is so named stands inside the window, wholly."""
    script = "(all) => all.length > 0 && all.every((e) => { const b = e.getBoundingClientRect(); return b.top >= 0 && b.bottom <= innerHeight; })"
    return bool(page.locator(css).evaluate_all(script))


@pytest.mark.slow
def test_verdict_and_answer_are_seen_on_a_phone(view: View, choices: list[Card]) -> None:
    """On a window of 360 x 560 nearly all choice cards of the course show both after a tap, without scrolling; all have letters."""
    viewer = view(width=360, has_touch=True, is_mobile=True)
    viewer.page.set_viewport_size({"width": 360, "height": 560})
    seen = 0
    for card in choices:
        page = viewer.show(card.question)
        page.evaluate("scrollTo(0, 0)")
        options = page.locator(".option")
        signs = [said for said in web.heard(page).split(" | ") if re.fullmatch("[A-Z0-9]", said)]
        assert signs[-options.count() :] == list("ABCDEFGH"[: options.count()])
        options.first.tap()
        if page.locator(".check").count():
            page.locator(".check").tap()
        page.evaluate("scrollTo(0, 0)")  # as if the script had not scrolled either
        seen += in_sight(page, ".verdict") and in_sight(page, ".feedback > .right > .text")
    assert len(choices) == 100
    assert seen >= 90


def test_a_verdict_below_the_window_is_scrolled_to(press: Press, view: View) -> None:
    """After a long question the verdict and the answer are brought into sight, on the card that was answered only."""
    page = view(width=360).show(web.choice(press, web.FOUR, Prompt="A long question. " * 60).question)
    page.get_by_role("button", name="Beta").click()
    assert in_sight(page, ".verdict")
    assert in_sight(page, ".feedback > .right")


def test_the_verdict_stands_on_top(press: Press, view: View) -> None:
    """On both sides the verdict stands above all that was answered, with a mark, in the colour of its sense."""
    viewer, cards = view(width=360), web.samples(press)
    for kind in ("choice", "matching", "ordering"):
        page = viewer.show(cards[kind].question)
        page.locator(".option, .responses .part, .arrow").nth(1).click()
        while page.locator(".check").count():
            page.locator(".check").click()
        for side in ("front", "back"):
            tops = [page.locator(css).first.bounding_box() for css in (".verdict", ".feedback > li, .key")]
            assert tops[0], (kind, side)
            assert tops[1], (kind, side)
            assert tops[0]["y"] < tops[1]["y"], (kind, side)
            assert page.locator(".verdict.good, .verdict.bad").count() == 1, (kind, side)
            viewer.show(cards[kind].answer)


def test_only_the_chosen_wrong_option_is_red(press: Press, view: View) -> None:
    """The mark of a wrong option is quiet grey where nobody chose it."""
    page = view().show(web.choice(press, web.FOUR, ' data-fixed="1"').question)
    page.get_by_role("button", name="Beta").click()
    colours = [
        text.evaluate("(e) => getComputedStyle(e, '::after').color") for text in page.locator(".feedback .text").all()
    ]
    red = page.locator(".verdict").evaluate("(e) => getComputedStyle(e).color")
    grey = page.locator(".verdict").evaluate("(e) => { e.className = 'label'; return getComputedStyle(e).color; }")
    assert colours[1:] == [red, grey, grey]


def test_reasons_against_the_others_wait_behind_a_button(press: Press, view: View) -> None:
    """On a phone the reasons of what was chosen and of what is right are shown, the others on demand; on a desk all."""
    for width, hidden in ((360, True), (1280, False)):
        viewer, card = view(width=width), web.choice(press, web.FOUR)
        page = viewer.show(card.question)
        page.get_by_role("button", name="Beta").click()
        for side in ("front", "back"):
            assert page.get_by_text("Why alpha").is_visible(), side
            assert page.get_by_text("Why beta").is_visible(), side
            assert page.get_by_text("Why delta").is_hidden() == hidden, side
            viewer.show(card.answer)
        if hidden:
            page.get_by_role("button", name="Why not the others?").click()
            assert page.get_by_text("Why delta").is_visible()
            assert page.locator(".more").count() == 0


def test_parts_as_asked_are_left_out_on_a_phone(press: Press, view: View) -> None:
    """A matching card turned at once shows its key, and beside it what was asked where there is room."""
    for width, shown in ((360, False), (900, True)):
        page = view(width=width).show(web.samples(press)["matching"].answer)
        assert page.get_by_text("As asked").is_visible() == shown
        assert page.locator("table.key").is_visible()
