"""Answers that a student types or writes, beside what is right."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from builder.cards.notetypes import RECALL
from tests import browser as web
from tests.cards.test_cards_arrange import WAYS

if TYPE_CHECKING:
    from tests.browser import Press, View, Way


@pytest.mark.slow
@WAYS
def test_an_answer_of_ones_own_stands_beside_the_guide(press: Press, view: View, way: Way) -> None:
    """What was written on the front is shown on the back as plain text with its count of words, beside the points."""
    viewer, cards = view(way, width=900), web.samples(press)
    for kind in ("points", "rubric"):
        page = viewer.show(cards[kind].question)
        page.get_by_label("Your answer").fill("Two lines <b>here</b>\nand there")
        assert "(5 words)" in page.locator(".writing").inner_text()
        viewer.show(cards[kind].answer)
        assert page.locator(".own .text").inner_text() == "Two lines <b>here</b>\nand there"
        own, guide = (page.locator(css).bounding_box() for css in (".own", ".points, .rubric"))
        assert own
        assert guide
        assert (own["x"] < guide["x"]) == (kind == "points"), "a rubric has the whole width"
        viewer.show(cards[kind].question)
        assert page.locator("textarea").input_value() == "", "the next showing starts anew"
        viewer.show(cards[kind].answer)
        assert page.locator(".own").is_hidden()


def test_a_front_drawn_anew_keeps_what_was_written(press: Press, view: View) -> None:
    """Marking or editing the note while writing draws the side again, and the text is still there; on another card not."""
    viewer, cards = view(), web.samples(press)
    viewer.show(cards["points"].question).locator("textarea").fill("Half an essay")
    assert viewer.show(cards["points"].question).locator("textarea").input_value() == "Half an essay"
    viewer.show(web.choice(press, web.FOUR, Id="other").question)
    assert viewer.show(cards["points"].question).locator("textarea").input_value() == ""


SAME = [
    ("Worden's", "Worden’s"),
    ("Worden’s “tasks”", 'Worden\'s "tasks"'),
    ("1989–2001", "1989-2001"),
    ("1989–2001", "1989 — 2001"),
    ("the OS", "the   OS "),
    ("ABC 12", "ＡＢＣ　１２"),
    ("Café", "cafe\u0301"),
]


@pytest.mark.parametrize(("answer", "typed"), SAME)
def test_signs_that_look_alike_are_one(press: Press, view: View, answer: str, typed: str) -> None:
    """Curly and straight quotes, all dashes, spaces and wide letters are the same, and no letter is then called wrong."""
    card = press.cards(RECALL, Prompt="p", Answer=answer, Accept="<li>other</li>")[0]
    page = view().show(press.typed(card, answer, typed).answer)
    assert web.verdict(page) == "Right."
    assert page.locator(".typeBad, .typeMissed, #typearrow").count() == 0
    assert page.locator(".typed").is_visible()


@pytest.mark.parametrize(
    ("how", "typed", "right"),
    [
        ("", "cafe noir", False),
        ("", "CAFÉ NOIR", True),
        (' data-case="1"', "CAFÉ NOIR", False),
        (' data-case="1"', "Café Noir", True),
        (' data-accents="0"', "cafe\u0301 noir", True),
        (' data-accents="0"', "CAFE NOIR", True),
        (' data-case="1" data-accents="0"', "Cafe Noir", True),
        (' data-case="1" data-accents="0"', "cafe noir", False),
    ],
)
def test_case_and_accents_count_as_the_item_says(press: Press, view: View, how: str, typed: str, right: bool) -> None:  # noqa: FBT001 - a parameter
    """By default capitals don't count and accents do; an item may want both otherwise."""
    card = press.cards(RECALL, Prompt="p", Answer="Café Noir", Accept=f"<li{how}>other</li>")[0]
    page = view().show(press.typed(card, "Café Noir", typed).answer)
    assert (web.verdict(page) == "Right.") == right


def test_what_differs_is_still_shown_letter_by_letter(press: Press, view: View) -> None:
    """A wrong answer and one without an accent keep Anki's comparison, also without JavaScript."""
    card = press.cards(RECALL, Prompt="p", Answer="Café", Accept="<li>other</li>")[0]
    for typed in ("Cafe", "Cafés", "C-afé"):
        page = view().show(press.typed(card, "Café", typed).answer)
        assert web.verdict(page) == ""
        assert page.locator("#typearrow").count() == 1
    plain = view("android", java_script_enabled=False).show(press.typed(card, "Café", "cafe").answer)
    assert plain.locator("#typearrow").is_visible()
