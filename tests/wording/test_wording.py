from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from builder.cards.notetypes import NOTE_TYPES
from builder.model import KINDS, Reversed, kind_of
from builder.wording import languages, raw, wording, words_on_cards
from builder.wording.own import read
from builder.wording.tongue import forms

if TYPE_CHECKING:
    from collections.abc import Mapping

each_language = pytest.mark.parametrize("language", languages())


@each_language
def test_every_kind_has_its_words(language: str) -> None:
    """A table has the texts of a part for each kind and for passages; a reversed item stands in the part of the basic ones."""
    assert set(wording(language).sections) == set(KINDS) - {kind_of(Reversed)} | {"passage"}


def shape(table: Mapping[str, object], number: int) -> dict[str, object]:
    """The keys of a table, with the number of forms of its lists."""
    return {
        key: shape(value, number) if isinstance(value, dict) else number if isinstance(value, list) else ""
        for key, value in table.items()
    }


@each_language
def test_every_language_is_complete(language: str) -> None:
    """Each table has the keys of the English one and no other, in its order, and the forms that the language counts by."""
    number = forms(language)
    assert shape(raw(language), number) == shape(raw("en"), number)
    assert {len(each) for each in raw(language)["counted"].values()} == {number}


@each_language
def test_words_on_cards_can_be_read_alone(language: str) -> None:
    """The section that is read alone holds what the whole file says there."""
    assert words_on_cards(language) == raw(language)["cards"]


@each_language
def test_every_phrase_has_the_places_of_the_english_one(language: str) -> None:
    """A table of ours is what a course's own has to be."""
    from importlib.resources import files

    text = (files("builder.wording") / f"{language}.toml").read_text("utf-8")
    assert read(language, text) == (wording(language), ())


# What reads the same in English and in another language.
SHARED = {
    "de": {"F", "Name", "Text", "Version"},
    "es": {"F", "Total"},
    "fr": set(
        "F|Version|Versions|Date|Places|{} minutes|Questions|Question|Source|Sources|Total|Item|Explanation|Correction|place {}"
        "|{} question|{} questions".split("|")
    ),
    "it": {"F", "par."},
    "nl": {"Item", "Later"},
    "pl": {"F"},
    "pt": {"F", "Total", "Item", "par.", "pars."},
    "tr": {"no.", "par."},
}


@each_language
def test_no_language_has_english_words(language: str) -> None:
    """No text of two words and more is the English one, and single words only where both languages have them."""
    if language == "en":
        return
    own, english = dict(leaves(raw(language))), dict(leaves(raw("en")))
    same = {text for key, text in own.items() if text == english[key] and any(c.isalpha() for c in text)}
    assert same <= SHARED.get(language, set())


def leaves(table: Mapping[str, object], path: str = "") -> list[tuple[str, str]]:
    """Every text of a table with the keys that lead to it."""
    found: list[tuple[str, str]] = []
    for key, value in table.items():
        if isinstance(value, dict):
            found += leaves(value, f"{path}{key}.")
        else:
            found += [(path + key, text) for text in ([value] if isinstance(value, str) else value)]  # type: ignore[attr-defined]
    return found


def test_cards_use_every_word_of_theirs() -> None:
    """A template, a style, a script or a field asks for each word of the cards' section."""
    shown = {key for note_type in NOTE_TYPES for key in note_type.said}
    assert set(raw("en")["cards"]) - shown == {"transcript", "passage", "levels", "withdrawn"}


def test_how_many_to_choose_is_said_in_words() -> None:
    """Numbers to ten are words of the language, larger ones digits; without a number all that apply are chosen."""
    assert wording("en").to_choose(3) == "Choose exactly three."
    assert wording("de").to_choose(2) == "Wählen Sie genau zwei Antworten."
    assert wording("pl").to_choose(5) == "Proszę wybrać dokładnie pięć odpowiedzi."
    assert wording("fr").to_choose(12) == "Choisissez exactement 12 réponses."
    assert wording("es").to_choose(None) == "Elija todas las respuestas correctas."


@each_language
def test_every_language_counts_from_two_to_ten(language: str) -> None:
    """A table's words for the options to choose are nine."""
    assert len(wording(language)["numerals"].split()) == 9
