"""Terms that share a response, and terms that case alone tells apart: from the bank to the card, the paper and its key."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from pydantic import ValidationError

from builder.cards import fields
from builder.paper.proof import refuse_changed
from builder.printing import papers
from tests import browser as web
from tests.make.course import course_of
from tests.make.papers import quiz_of

if TYPE_CHECKING:
    from tests.browser import Press, View

ANIMALS = {
    "id": "animals",
    "kind": "matching",
    "prompt": "Which class is each of them of?",
    "pairs": [["whale", "mammal"], ["cod", "fish"], ["bat", "mammal"], ["wren", "bird"]],
    "distractors": ["reptile"],
}
CURRENTS = {
    "id": "currents",
    "kind": "matching",
    "prompt": "Which symbol has each?",
    "pairs": [["a thousandth of an ampere", "mA"], ["a million amperes", "MA"], ["a millionth", "µA"]],
}


def test_a_response_stands_once_and_its_letter_as_often_as_it_is_right() -> None:
    """Paper and sheet list four responses; the key gives the two mammals one letter, and the reptile is left over."""
    course = course_of([ANIMALS])
    quiz = quiz_of(course, formats=("md", "html"))
    (entry,) = quiz.items
    assert sorted(entry.order) == [0, 1, 2, 3]
    whale, cod, bat, wren = entry.key
    assert whale == bat
    assert len({whale, cod, wren}) == 3
    assert entry.points == 4
    refuse_changed(course, quiz)
    files = papers.files(course, quiz)
    for name in ("paper-A.md", "paper-A.html"):
        paper = files[name].decode()
        assert paper.count("mammal") == 1
        assert "A response may be used more than once, or not at all." in paper
    assert files["key-A.md"].decode().count("mammal") == 2


def test_case_tells_symbols_apart() -> None:
    """`mA` and `MA` are two responses of one item, which has no classes and no note on them."""
    course = course_of([CURRENTS])
    quiz = quiz_of(course, formats=("md",))
    assert len(set(quiz.items[0].key)) == 3
    assert "more than once" not in papers.files(course, quiz)["paper-A.md"].decode()


@pytest.mark.parametrize(
    ("pairs", "distractors", "code"),
    [
        ([["a", "x"], ["a", "y"]], [], "twin-choice"),
        ([["a", "x"], ["b", "y"]], ["x"], "twin-choice"),
        ([["a", "e\u0301"], ["b", "y"]], ["\u00e9"], "twin-choice"),
        ([["a", "x"], ["b", "x"]], [], "lone-response"),
    ],
)
def test_what_has_no_one_key_is_refused(pairs: list[list[str]], distractors: list[str], code: str) -> None:
    """A term twice, a spare response that belongs to a term, and one response for all terms are told."""
    with pytest.raises(ValidationError, match=code):
        course_of([ANIMALS | {"pairs": pairs, "distractors": distractors}])


def test_a_card_gives_one_response_to_several_terms(press: Press, view: View) -> None:
    """A response stays with its term when another takes it too, shows both, and both count as right."""
    course = course_of([ANIMALS])
    note_type, values = fields.renderer(course, {})(course.items[0])
    (card,) = press.cards(note_type, **dict(zip(note_type.fields, values, strict=True)))
    viewer = view()
    page = viewer.show(card.question)
    assert page.get_by_text("A response may be used more than once").is_visible()
    mammal = page.locator(".responses button", has_text="mammal")
    for term, response in (("whale", "mammal"), ("bat", "mammal"), ("cod", "fish"), ("wren", "bird")):
        page.locator(".terms button", has_text=term).click()
        page.locator(".responses button", has_text=response).click()
    assert mammal.locator(".mate").inner_text() == "← 1, 3"
    page.get_by_role("button", name="Check").click()
    assert web.verdict(page) == "Right."
    viewer.show(card.answer)
    assert web.verdict(page) == "Right."
