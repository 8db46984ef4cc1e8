from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from builder.text.words import asks, exact, jaccard, normal, prose, signs, stems, words
from tests.make import strategies


def test_words_are_runs_of_letters_with_inner_marks() -> None:
    """Hyphen and apostrophe inside a word hold it together; Markdown and cloze braces are no part of it."""
    assert words("*Her* is {{c1::well-known::hint}}, isn't it?") == ("Her", "is", "well-known", "isn't", "it")


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("studies", {"study"}),
        ("relating related relates", {"relat", "relate"}),
        ("the cat and 2009", {"cat"}),
        ("less Grief, grief's GRIEF", {"grief"}),
        ("us", set()),
    ],
)
def test_stems_are_content_words_without_common_endings(text: str, expected: set[str]) -> None:
    """Stop words, short words and numerals go; endings are cut where four letters remain."""
    assert stems(text) == expected


def test_jaccard_is_shared_over_all() -> None:
    """Half of four stems shared is one third of six; nothing shares nothing."""
    assert jaccard(frozenset("abcd"), frozenset("cdef")) == pytest.approx(1 / 3)
    assert jaccard(frozenset(), frozenset()) == 0


def test_normal_text_forgets_case_width_and_punctuation() -> None:
    """Texts that read the same compare the same."""
    assert normal("“Her”, *it’s*   ＴＲＵＥ!") == normal("her it's true") == "her it's true"


@given(st.text(st.characters(max_codepoint=127), max_size=40))
def test_the_short_way_to_words_is_the_long_one(text: str) -> None:
    """Plain ASCII text has the words that the pattern finds."""
    from builder.text import words as module

    assert words(text) == tuple(module._WORD.findall(prose(text)))


@given(strategies.text)
def test_measures_never_fail(text: str) -> None:
    """Any text has words, stems and a normal form, and is like itself; what is all prose keeps its normal form."""
    assert all(words(text))
    if prose(text) == text and not exact(text):  # what is exact keeps its signs, which a second reading drops
        assert normal(normal(text)) == normal(text)
    assert jaccard(stems(text), stems(text)) in (0.0, 1.0)


def test_code_and_formulas_are_no_prose() -> None:
    """Each is one word in a line; a program, none; pictures have theirs; what is exact is told apart."""
    text = "What is `3 * [0]` in $x$?\n\n```c\nint y;\n```\n\n![a cat](c.png) H~2~O"
    assert prose(text) == "What is x in x? a cat H2O"
    assert exact(text) == ("3 * [0]", "x", "int y;", "c.png", "2")
    assert signs("`x` + C++ < -5") == ("x", "+", "+", "+", "<", "-")
    assert normal("`List`") != normal("`list`")
    assert normal("List!") == normal("list")


def test_chinese_and_japanese_words_are_counted_by_two_signs() -> None:
    """No space parts them; other words beside them are whole."""
    assert words("東京都は big-city です") == ("東京", "都は", "big-city", "です")


@pytest.mark.parametrize(
    ("text", "is_asked"),
    [
        ("What is it?", True),
        ("What is it? Say so.", False),
        ('Who said *"so?"*', True),
        ("What is it? `x`", True),
        ("What is it?\n\n```\nx\n```", True),
        ("What is it?\n\nSay so.", False),
        ("`x`", False),
        ("What is it?\n\n- a\n- b", True),
        ("What is it? ![a](b.png)", True),
        ("What is it?\n\n![a](b.png)", True),
        ("![a](b.png)", False),
        ("Which are so? (Select all that apply.)", True),
        ("Welche stimmen? (Mehrere Antworten)", True),
        ("Which are so? *Select all that apply.*", True),
        ("Which are so? **[Choose two]**", True),
        ("It is so (is it?)", True),
        ("It is so. (Select all that apply.)", False),
        ("It is so. *Select all that apply.*", False),
    ],
)
def test_a_question_may_stand_before_what_it_is_about(text: str, is_asked: bool) -> None:  # noqa: FBT001
    """Code, programs, lists, pictures and how to answer may follow, another sentence may not."""
    assert asks(text) is is_asked
