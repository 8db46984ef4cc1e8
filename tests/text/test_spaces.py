"""The spaces of French before signs, where no line may end."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from builder.cards.html import cloze_html, html, writer
from builder.text import spaces
from builder.wording import wording

NARROW, WIDE = "\u202f", "\u00a0"


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("Qui ?", "Qui_?"),
        ("Quoi ?! Non ; si : oui !", "Quoi_?! Non_; si~: oui_!"),
        ("« Qui ? » dit-il", "«~Qui_?~» dit-il"),
        ("(qui ?)", "(qui_?)"),
        ("Qui\n? «\nMoi »\net toi", "Qui_? «~Moi~»\net toi"),
        ("Qui? Non: si", "Qui? Non: si"),
        ("a ?b :-) x ::y", "a ?b :-) x ::y"),
        (f"déjà{NARROW}? et{WIDE}: «{WIDE}là{WIDE}»", "déjà_? et~: «~là~»"),
    ],
)
def test_plain_spaces_before_signs_hold(text: str, shown: str) -> None:
    """Narrow ones before `;`, `!` and `?`, others before `:` and within the marks; none is put in, and none changed twice."""
    expected = shown.replace("_", NARROW).replace("~", WIDE)
    assert spaces.spaced(text) == expected
    assert spaces.spaced(expected) == expected


@given(st.text(alphabet=f"ab ;!?:«»()\n{NARROW}{WIDE}"))
def test_nothing_but_spaces_changes(text: str) -> None:
    """All other signs stay where they are, and what was shown once stays as it is."""
    shown = spaces.spaced(text)
    assert [a for a, b in zip(text, shown, strict=True) if a != b and (a not in " \n" or b not in NARROW + WIDE)] == []
    assert spaces.spaced(shown) == shown


@pytest.mark.parametrize("language", ["fr", "fr-CH", "fr-CA"])
def test_cards_have_them_outside_code_formulas_and_links(language: str) -> None:
    """Also where markup stands between the word and its sign, in blanks, and in words that are marked as French elsewhere."""
    text = "**Qui** *?* $x ? y$ `a ? b` [Lien ?](https://a.b/c?d) ; non"
    assert html(text, math=True, language=language) == (
        f"<strong>Qui</strong>{NARROW}<em>?</em> \\(x ? y\\) <code>a ? b</code> "
        f'<a href="https://a.b/c?d">Lien ?</a>{NARROW}; non'
    )
    assert cloze_html("Est-ce {{c1::lui ?::qui ?}} ?", language=language) == (
        f"Est-ce {{{{c1::lui{NARROW}?::qui{NARROW}?}}}}{NARROW}?"
    )
    assert writer(language=language)("Qui ?") == f"Qui{NARROW}?"
    assert f"Qui{NARROW}?</span> ?" in html("[Qui ?]{lang=fr} ?", language="en")


def test_other_languages_keep_their_spaces() -> None:
    """An English or Frisian text is shown as it was typed."""
    for language in ("en", "fry", "frr-DE", ""):
        assert html("Who ? « x » é", language=language) == "Who ? « x » é"


def test_fixed_words_of_french_have_them() -> None:
    """No text of the table can be broken before a sign; an English one keeps its plain spaces."""
    words = wording("fr")
    said = [words.text, *words.cards.values(), *words.page.values(), *words.scoring.values()]
    assert [text for text in said if spaces.spaced(text) != text] == []
    assert NARROW in words.cards["why_others"]
    assert " " in wording("en").cards["why_others"]
