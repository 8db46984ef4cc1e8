from __future__ import annotations

import pytest

from builder.model import KINDS, Reversed, kind_of
from builder.wording import languages, wording


@pytest.mark.parametrize("language", languages())
def test_every_kind_has_its_words(language: str) -> None:
    """A table has the texts of a part for each kind; a reversed item stands in the part of the basic ones."""
    assert set(wording(language).sections) == set(KINDS) - {kind_of(Reversed)}


def test_how_many_to_choose_is_said_in_words() -> None:
    """Numbers to ten are words of the language, larger ones digits; without a number all that apply are chosen."""
    assert wording("en").to_choose(3) == "Choose exactly three."
    assert wording("de").to_choose(2) == "Wählen Sie genau zwei Antworten."
    assert wording("fr").to_choose(12) == "Choisissez exactement 12 réponses."
    assert wording("es").to_choose(None) == "Elija todas las respuestas correctas."
