"""The tables of words for those who mark and decide on exams."""

from __future__ import annotations

import re

import pytest

from builder.wording import languages
from builder.wording.exams import ExamWords, exam_words

SECTIONS = ExamWords._fields[1:]


@pytest.mark.parametrize("language", languages())
def test_each_language_has_all_words_with_all_their_places(language: str) -> None:
    """A table has the keys of the English one, in each as many places for names and numbers, and nothing of English but what is alike."""
    own, english = exam_words(language), exam_words("en")
    for section in SECTIONS:
        words, model = getattr(own, section), getattr(english, section)
        assert list(words) == list(model)
        for key, phrase in words.items():
            assert sorted(re.findall(r"\{\d?\}", phrase)) == sorted(re.findall(r"\{\d?\}", model[key])), key
            assert phrase.strip()
            assert language == "en" or phrase != model[key] or not re.search(r"[a-z]{3} [a-z]{3}", phrase), key


def test_no_word_of_the_analysis_has_the_key_of_one_of_the_board() -> None:
    """The page has the words of both sections, by their keys alone."""
    words = exam_words("en")
    assert words.analysis.keys().isdisjoint(words.board)


def test_a_language_without_a_table_has_english_words() -> None:
    """A course may bring its own words for papers; a record has none of them."""
    assert exam_words("ca") == exam_words("en")
