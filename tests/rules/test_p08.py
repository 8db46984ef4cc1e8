from __future__ import annotations

import re

import pytest

from builder.rules.p08_known_trap import _literals
from tests.rules.cases import Case, each_case
from tests.rules.frame import frame


@each_case("P08")
def test_known_trap(case: Case) -> None:
    """The rule finds what a case holds, where it stands, and is silent on near misses."""
    assert case.found == case.hits


@pytest.mark.parametrize(
    ("pattern", "text"),
    [
        ("Masi.*\\blist(s|ed)?\\b|\\blist\\b.*Masi", "a list of MASI"),
        ("colou?r", "color"),
        ("grey{0}gray", "gregray"),
        ("abc*d", "abd"),
        ("(?:stage|phase)s? of grief", "Phases of grief"),
        ("[a|b]cde", "|CDE"),
        (r"\x41bcd", "abcd"),
        ("(?x) a b c d", "abcd"),
        ("a(b(c|d)e|f)ghi|jkl", "xxAFGHIxx"),
        ("abc|", "nothing of it"),
    ],
)
def test_looking_for_letters_first_hides_no_trap(pattern: str, text: str) -> None:
    """A text that a pattern matches holds one of the pattern's letters, if any were singled out."""
    assert re.search(pattern, text, re.IGNORECASE)
    literals = _literals(pattern)
    assert not literals or any(literal in text.lower() for literal in literals)


def test_a_trap_tells_what_to_write_instead() -> None:
    """The remedy of P08 is that of the trap, and the trap is named."""
    text = "- {id: item, kind: basic, prompt: 'Who is the ex-wife?', answer: Catherine}"
    (found,) = frame(text).diagnostics(select={"P08"})
    assert "t05" in found.message
    assert found.help == "write 'the end of his marriage'"
