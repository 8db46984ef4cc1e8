"""What a page says, piece by piece, and what of it is an English phrase of those who mark."""

from __future__ import annotations

import re
from html import unescape
from typing import TYPE_CHECKING

from builder.wording.exams import ExamWords, exam_words

if TYPE_CHECKING:
    from collections.abc import Iterator

_ENGLISH = re.compile(r"\b(?:the|takers?|marks?|with|than|nobody|share|down)\b", re.IGNORECASE)
_WORD = re.compile("[a-z]{4}")
_PLACE = re.compile(r"\\\{\d?\\\}")


def said_on(html: str) -> list[str]:
    """Each text between two tags, and each text for those who see none, without names that have a direction of their own."""
    body = html.partition("<body")[2]
    labels = re.findall(r'aria-label="([^"]*)"', body)
    return [told for text in [*re.sub(r"<[^>]*>", "\n", body).split("\n"), *labels] if (told := unescape(text).strip())]


def english_on(html: str, language: str) -> list[str]:
    """The texts of a page in another language that are an English phrase, or have an English word that no other language has."""
    english = [re.compile(pattern) for pattern in _patterns(language)]
    return [text for text in said_on(html) if _ENGLISH.search(text) or any(it.fullmatch(text) for it in english)]


def _patterns(language: str) -> Iterator[str]:
    """The English phrases that the language says otherwise, with anything in their places: `{} in {}` alone tells nothing."""
    for section in ExamWords._fields[1:]:
        own, words = getattr(exam_words(language), section), getattr(exam_words("en"), section)
        for key, phrase in words.items():
            if own[key] != phrase and phrase not in own.values() and _WORD.search(phrase):
                yield _PLACE.sub(".*", re.escape(phrase))
