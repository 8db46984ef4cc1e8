from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest

from builder.cards import words
from builder.cards.notetypes import CHOICE, NOTE_TYPES
from builder.wording import languages, wording
from tests import browser as web

if TYPE_CHECKING:
    from tests.browser import Press, View


def test_an_english_note_has_no_words_of_its_own() -> None:
    """The templates have the English ones, so that notes of older releases show them too."""
    assert {words.field(wording("en"), note_type.said) for note_type in NOTE_TYPES} == {""}


@pytest.mark.parametrize("language", languages())
def test_words_end_neither_an_attribute_nor_a_field(language: str) -> None:
    """The field of each language holds no quote but those around its texts, and nothing that Anki or HTML acts on."""
    for note_type in NOTE_TYPES:
        field = words.field(wording(language), note_type.said)
        assert not re.search(r'["<>&{}\[\]]', field)
        assert field.count("'") == 2 * field.count("--say-")
        assert field.startswith("direction:rtl;") is (language in {"ar", "he"})


def test_a_card_says_its_own_words(press: Press, view: View) -> None:
    """Labels, marks, verdicts and names of controls come from the note, whatever signs they hold."""
    own = "--say-keys_one:'Hilfe';--say-answer_is:'Nein\\3a  \\3c b\\3e %1\\27 ';--say-sources:'Quellen';--say-right_mark:'Ja';"
    card = web.choice(press, web.FOUR, Words=own)
    viewer = view()
    page = viewer.show(card.question)
    assert page.locator(".keys p").inner_text() == "Hilfe"
    page.get_by_role("button", name="Beta").click()
    letter = "ABCD"[web.texts(page).index("Alpha")]
    assert web.verdict(page) == f"Nein: <b>{letter}'"
    viewer.show(card.answer)
    assert {"Quellen", " ✓ Ja"} <= set(re.split(r" \| ", web.heard(page))) or "Quellen" in web.heard(page)
    assert "Sources" not in web.heard(page)


def test_a_card_from_right_to_left_has_its_letters_on_the_right(press: Press, view: View) -> None:
    """The letter of an option stands right of its text, the mark of a verdict at the right side."""
    page = view().show(web.choice(press, web.FOUR, Words=words.field(wording("ar"), CHOICE.said)).question)
    left = page.locator(".option .text").first.bounding_box()
    whole = page.locator(".option").first.bounding_box()
    assert left
    assert whole
    assert whole["x"] + whole["width"] - left["x"] - left["width"] > 20
    assert page.locator(".face").evaluate("(face) => getComputedStyle(face).direction") == "rtl"


def test_arabic_words_alone_begin_on_the_right(press: Press, view: View) -> None:
    """A text that is marked as Arabic from end to end leaves its room on the left, in a course of any language."""
    prompt = '<span lang="ar" dir="rtl">ما هي عاصمة فرنسا؟</span>'
    page = view().show(web.choice(press, web.FOUR, Prompt=prompt).question)
    whole = page.locator(".prompt").bounding_box()
    typed = page.locator(".prompt span[lang=ar]").bounding_box()
    assert whole
    assert typed
    assert whole["x"] + whole["width"] - typed["x"] - typed["width"] < 1 < typed["x"] - whole["x"]


def test_a_withdrawn_question_says_so_in_its_language(press: Press) -> None:
    """A card that is none any more shows no word of its note: it says it in each language but English, or in English."""
    card = web.choice(press, web.FOUR, Retired="2026-01-01: alt", Words=words.field(wording("de"), CHOICE.said))
    assert "zurückgezogen" in card.question
    assert "This question" not in card.question
    plain = web.choice(press, web.FOUR, Retired="2026-01-01: old")
    assert "This question has been withdrawn. Delete the note (More &gt; Delete Note, Ctrl+Delete)" in plain.question
    assert "zurückgezogen" not in plain.question
