"""The backs of clozes: what else is right in the gap that is asked, and nothing of other gaps."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from builder.cards.fields import renderer
from tests.make.course import course_of

if TYPE_CHECKING:
    from tests.browser import Card, Press, View

COLOURS: dict[str, Any] = {
    "id": "colours",
    "kind": "cloze",
    "prompt": "It is {{c1::*azure* blue}} or {{c2::green::a colour}}, {{c3::red}} and {{c4::blue}}.",
    "accept": {"c1": ["sky blue"], "c2": ["vert: pale"], "c4": ["azul"]},
    "explanation": "They are colours.",
}
SUM: dict[str, Any] = {
    "id": "sum",
    "kind": "cloze",
    "math": True,
    "prompt": "$x = {{c1::4}}$ and {{c2::half}} and {{c3::double}}",
    "accept": {"c1": ["four"], "c2": ["0.5"]},
}


def _pressed(press: Press, item: dict[str, Any], language: str = "en") -> list[Card]:
    """The cards of an item, one for each gap."""
    course = course_of([item], language=language)
    note_type, values = renderer(course, {})(course.items[0])
    return press.cards(note_type, **dict(zip(note_type.fields, values, strict=True)))


@pytest.mark.parametrize("language", ["en", "fr", "zh"])
def test_the_back_lists_what_is_accepted_in_the_gap_asked_alone(press: Press, view: View, language: str) -> None:
    """Each card has the lines of its own gap; where that has none, the list and its head are gone."""
    viewer = view()
    shown = []
    for card in _pressed(press, COLOURS, language):
        page = viewer.show(card.answer)
        shown.append([line.split(" ", 2)[-1] for line in page.locator(".also li:visible").all_inner_texts()])
        assert page.locator(".also:visible").count() == bool(shown[-1])
        assert page.get_by_text("They are colours.").is_visible()
    assert [len(lines) for lines in shown] == [1, 1, 0, 1]
    assert ["sky blue" in shown[0][0], "pale" in shown[1][0], "azul" in shown[3][0]] == [True] * 3


def test_a_gap_in_a_formula_keeps_its_line(press: Press, view: View) -> None:
    """Where a formula has the gap, which is no element of the page, its line stays and those of the other gaps go."""
    viewer = view()
    shown = [viewer.show(card.answer).locator(".also li:visible").all_inner_texts() for card in _pressed(press, SUM)]
    assert shown == [["4: four"], ["half: 0.5"], []]


def test_without_scripts_all_lines_stay(press: Press, view: View) -> None:
    """Whoever has JavaScript off reads the lines of all gaps, since the page alone can't tell them apart."""
    page = view("android", java_script_enabled=False).show(_pressed(press, COLOURS)[0].answer)
    assert page.locator(".also li:visible").count() == 3
