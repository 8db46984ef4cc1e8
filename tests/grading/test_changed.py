"""The page that says what was changed in the key, and who moved."""

from __future__ import annotations

import re

import pytest

from builder.grading.changed import rekey_page
from builder.grading.rekey import Changes, rekeyed
from builder.paper.record import Edition
from builder.wording import languages, wording
from builder.wording.exams import exam_words
from tests.make.marked import answered, quiz_of_marks
from tests.make.spoken import english_on, said_on

CHANGES = [
    {"item": "choice-0", "key": "A", "version": "A", "reason": "§ 1", "by": "M. Rossi"},
    {"item": "choice-1", "also": "C", "version": "A", "reason": "§ 2"},
    {"item": "choice-2", "drop": True, "if_it_helps": True, "reason": "§ 3"},
    {"item": "both", "credit": True, "reason": "§ 4"},
    {"item": "say", "drop": True, "reason": "§ 5"},
    {"item": "so", "key": "False", "reason": "§ 6"},
    {"grades": {"A": 50, "F": 0}, "reason": "§ 7"},
]


def _page(language: str, *changes: object) -> str:
    quiz = quiz_of_marks().model_copy(update={"edition": Edition(language=language), "title": "§"})
    before = answered(quiz, "page")
    return rekey_page(quiz, before, rekeyed(quiz, before, Changes.model_validate({"changes": changes}))).decode()


@pytest.mark.parametrize("language", languages())
def test_changes_are_told_in_the_language_of_the_paper(language: str) -> None:
    """What was changed and who moves has the words, the signs and the numbers of the language, and no English phrase is left."""
    html = _page(language, *CHANGES)
    words, paper = exam_words(language).rekey, wording(language)
    assert f'<html lang="{language}" dir="{"rtl" if paper.is_leftward else "ltr"}">' in html
    texts = said_on(html)
    for told in (
        words["title"],
        words["version"].format(words["key"].format("A"), "A"),
        words["version"].format(words["also"].format("C"), "A"),
        words["if_it_helps"].format(words["drop"]),
        words["credit"],
        words["key"].format(paper.sign("false")),
        words["grades"],
        words["of"].format(paper.number(6.5), 15),
        exam_words(language).board["paper"],
        paper["grade"],
    ):
        assert any(told in text for text in texts), told
    assert bool(english_on(html, "de" if language == "en" else language)) == (language == "en")


def test_a_key_that_holds_is_told_as_well() -> None:
    """Without a change the page says so, and names nobody."""
    words = exam_words("it").rekey
    texts = said_on(_page("it"))
    assert words["unchanged"] in texts
    assert words["moves"] not in texts


def test_a_number_keeps_its_sign_in_front_where_text_runs_from_the_right() -> None:
    """What a student gains and loses is a number from left to right within Arabic."""
    html = _page("ar", *CHANGES)
    assert ">\N{LEFT-TO-RIGHT ISOLATE}+" in html
    assert ">\N{LEFT-TO-RIGHT ISOLATE}-" in html


def test_a_grade_on_a_line_has_the_decimal_sign_of_the_language() -> None:
    """Such as 1,7 in German, before and after."""
    change = {"grades": {"line": {0: 1, 100: 5}, "step": "0.1"}, "reason": "§ 1"}
    moved = [text for text in said_on(_page("de", change)) if re.fullmatch(r"\d,\d", text)]
    assert len(moved) == 24
