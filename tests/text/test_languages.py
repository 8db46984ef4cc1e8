from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from builder.text import cloze, languages
from builder.text.markup import inline, parse
from builder.text.tree import Paragraph, Run
from tests.make.strategies import texts


def spoken(text: str, course: str, around: str) -> list[tuple[str, str]]:
    """The pieces of a line and the language of each."""
    said = languages.speech(text, course, around).line(inline(text))
    return [(node.text, node.lang) for node in said if isinstance(node, Run)]


@pytest.mark.parametrize(
    ("language", "expected"),
    [("ar", True), ("fa-IR", True), ("he", True), ("az-Arab", True), ("ar-Latn", False), ("en", False)],
)
def test_language_says_the_direction(language: str, expected: bool) -> None:  # noqa: FBT001 - a parameter of a test
    """Script subtags go before the usual script of a language."""
    assert languages.is_leftward(language) is expected


@pytest.mark.parametrize(
    ("typed", "runs"),
    [
        ("a [le *mot*]{lang=fr}", (Run("a "), Run("le ", lang="fr"), Run("mot", em=True, lang="fr"))),
        ('[x]{ lang="pt-BR" }', (Run("x", lang="pt-BR"),)),
        ("[a [b]{lang=el} c]{lang=de}", (Run("a ", lang="de"), Run("b", lang="el"), Run(" c", lang="de"))),
        (
            "[le [mot]{lang=fr}](https://a.b)",
            (Run("le ", href="https://a.b"), Run("mot", href="https://a.b", lang="fr")),
        ),
        ("[[mot](https://a.b)]{lang=fr}", (Run("mot", href="https://a.b", lang="fr"),)),
        ("[`x` y]{lang=fr}", (Run("x", code=True), Run(" y", lang="fr"))),
        ("[x]{lang=french}", (Run("[x]{lang=french}"),)),
        ("[]{lang=fr}", (Run("[]{lang=fr}"),)),
        ("[a](https://a.b){lang=fr}", (Run("a", href="https://a.b"), Run("{lang=fr}"))),
    ],
)
def test_an_author_names_the_language_of_words(typed: str, runs: tuple[Run, ...]) -> None:
    """As pandoc writes it, within links, emphasis and each other; code has none, and what is no code of a language is text."""
    assert parse(typed) == (Paragraph(runs),)


def test_blanks_keep_the_language_that_they_stand_in() -> None:
    """A blank in French words is French, and one may hold words of another language."""
    (line,) = [
        block.runs
        for block in cloze.read("[le {{c1::chat}}]{lang=fr} {{c2::[x]{lang=el}}}")
        if isinstance(block, Paragraph)
    ]
    gaps = [node for node in line if isinstance(node, cloze.Gap)]
    assert [gap.content for gap in gaps] == [(Run("chat", lang="fr"),), (Run("x", lang="el"),)]


@pytest.mark.parametrize(
    ("text", "course", "pieces"),
    [
        ("so שלום עליכם (3) is", "en", [("so ", ""), ("שלום עליכם", "he"), (" (3) is", "")]),
        ("so שלום is", "yi", [("so שלום is", "")]),
        ("so سلام is", "en", [("so ", ""), ("سلام", "ar"), (" is", "")]),
        ("so سلام is", "fa", [("so سلام is", "")]),
        ("漢字", "en", [("漢字", "zh")]),
        ("漢字", "zh-TW", [("漢字", "")]),
        ("「漢字」と。ok", "en", [("「漢字」と。", "ja"), ("ok", "")]),
        ("漢字 と", "zh", [("漢字 ", ""), ("と", "ja")]),
        ("漢字 と", "ja", [("漢字 と", "")]),
        ("한국어 x", "en", [("한국어", "ko"), (" x", "")]),
        ("ไทย, हिन्दी", "en", [("ไทย", "th"), (", ", ""), ("हिन्दी", "hi")]),
        ("मराठी", "mr", [("मराठी", "")]),
        ("α-helix, λόγος", "en", [("α-helix, ", ""), ("λόγος", "el")]),
        ("привет", "en", [("привет", "")]),
    ],
)
def test_letters_tell_the_language(text: str, course: str, pieces: list[tuple[str, str]]) -> None:
    """Where they tell one that is not the course's; a single Greek letter is a sign, and Cyrillic tells nothing."""
    assert spoken(text, course, course) == pieces


@pytest.mark.parametrize(
    ("text", "course", "language"),
    [
        ("かな", "ja", "ja"),
        ("漢字", "ja-JP", "ja-JP"),
        ("سلام", "fa", "fa"),
        ("λόγος", "el", "el"),
        ("привет", "uk", "uk"),
    ],
)
def test_on_cards_words_of_the_course_say_its_language(text: str, course: str, language: str) -> None:
    """Around them there is none that is known."""
    assert spoken(text, course, "") == [(text, language)]


@given(
    st.one_of(texts, st.text(alphabet="aé 1.،かカ漢ー「」ש한นαλ्ह", max_size=20)),
    st.sampled_from(["en", "ja", "zh", "ar"]),
)
def test_no_sign_is_lost_whatever_the_language(text: str, course: str) -> None:
    """The pieces in a row are the text."""
    for around in ("", course):
        assert "".join(piece for piece, _ in spoken(text, course, around)) == "".join(
            node.text for node in inline(text) if isinstance(node, Run)
        )


def test_every_language_that_is_told_is_a_code() -> None:
    """What the table of letters names could be typed by an author."""
    told = {tongue for course in ("en", "ja") for tongue in languages.speech("漢と", course, "").tongues}
    assert {"ar", "el", "he", "hi", "ja", "ko", "th"} <= told
    assert all(re.fullmatch(languages.TAG, tongue) for tongue in told)
