"""The words for those who mark and decide: every language says all of it."""

from __future__ import annotations

from string import Formatter

import pytest

from builder.wording import languages
from builder.wording.exams import exam_words


def _places(language: str) -> dict[str, list[str]]:
    """The phrases of a language by section and key, each with the places that something is put into."""
    _, *sections = exam_words(language)
    return {
        f"{number}.{key}": sorted(name for _, name, _, _ in Formatter().parse(phrase) if name is not None)
        for number, section in enumerate(sections)
        for key, phrase in section.items()
    }


@pytest.mark.parametrize("language", languages())
def test_every_phrase_is_there_with_its_places(language: str) -> None:
    """A place that a table forgets would leave out a figure without a word, and one too many would end `grade`."""
    assert _places(language) == _places("en")
    assert exam_words(language).language == language
