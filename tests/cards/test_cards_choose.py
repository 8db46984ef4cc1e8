"""A choice of exactly so many options, made from an item and seen in a browser."""

from __future__ import annotations

from typing import TYPE_CHECKING

from builder.cards import fields
from tests import browser as web
from tests.make.course import course_of

if TYPE_CHECKING:
    from tests.browser import Card, Press, View


def _card(press: Press, language: str) -> Card:
    options = [{"right": "3 km/h"}, {"right": "5 km/h"}, {"wrong": "50 km/h"}, {"wrong": "none", "pin": "last"}]
    item = {"id": "w", "kind": "mcq", "prompt": "Which speeds?", "choose": 2, "options": options}
    course = course_of([item], language=language)
    note_type, values = fields.renderer(course, {})(course.items[0])
    return press.cards(note_type, **dict(zip(note_type.fields, values, strict=True)))[0]


def test_exactly_so_many_are_chosen(press: Press, view: View) -> None:
    """The card says how many, and shows the verdict once as many are marked; amounts stand in order, in German too."""
    page = view().show(_card(press, "en").question)
    assert page.get_by_text("Choose exactly two.").is_visible()
    assert web.texts(page) == ["3 km/h", "5 km/h", "50 km/h", "none"]
    check = page.get_by_role("button", name="Check")
    page.get_by_role("button", name="3 km/h").click()
    check.click()
    assert web.verdict(page) == "Choose exactly two."
    assert page.locator(".feedback").count() == 0
    for name in ("50 km/h", "none"):
        page.get_by_role("button", name=name).click()
    check.click()
    assert page.locator(".feedback").count() == 0, "three are one too many"
    page.get_by_role("button", name="50 km/h").click()
    check.click()
    assert web.verdict(page) == "Not quite: 1 of 2 right options chosen, and 1 wrong."
    assert view().show(_card(press, "de").question).get_by_text("Wählen Sie genau zwei Antworten.").is_visible()
