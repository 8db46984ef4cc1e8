from __future__ import annotations

import hashlib
import re
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from builder.rules import run
from builder.rules.p03_explanation_thin import MOST_ALIKE, _may_repeat
from builder.rules.p06_source_overlap import shingles
from builder.rules.p08_known_trap import _literals
from builder.text.words import jaccard, stems, words
from tests.rules.frame import frame
from tests.rules.vectors import Case, cases

WORDS = st.lists(
    st.sampled_from("studies study purposes tasks task mourned letters the of client's".split()), max_size=14
)


@pytest.mark.parametrize("case", cases("vectors_provenance.yaml"), ids=str)
def test_sources_and_citations(case: Case) -> None:
    """Rules P01 to P08 and C01 to C03 find what a case holds, where it stands, and are silent on near misses."""
    assert case.found == case.hits


@given(WORDS, WORDS)
def test_the_quick_look_at_an_explanation_hides_no_repetition(explanation: list[str], prompt: list[str]) -> None:
    """Where the quick look says that an explanation adds something, the likeness is below the limit."""
    said, asked = " ".join(explanation), stems(" ".join(prompt))
    if not _may_repeat(said, len(words(said)), asked):
        assert jaccard(stems(said), asked) < MOST_ALIKE


def test_a_shingle_is_the_hash_of_six_folded_words() -> None:
    """The published form: words in lower case, one space between them, SHA-256, its first five bytes."""
    expected = [hashlib.sha256(text.encode()).digest()[:5] for text in ("a b c d e f", "b c d e f client's")]
    assert shingles("*A* B-C, {{c1::D}}: e (f) Client\u2019s") == expected
    assert shingles("a b c d e") == []


def test_the_length_of_a_run_is_said() -> None:
    """The message of P06 gives the length of the longest run and its words."""
    text = """
    shingles: [one two three four five six seven eight nine ten]
    items:
      - {id: item, kind: basic, prompt: "one two three four five six, then two three four five six seven eight", answer: x}
    """
    (found,) = frame(text).diagnostics(select={"P06"})
    assert "7 words" in found.message
    assert "two three four five six seven eight" in found.message
    assert (found.span.line, found.span.column) == (3, 37)


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


def test_a_course_without_sources_does_not_drown() -> None:
    """Without outline, references, traps and hashed sources the rules on sources have nothing to say."""
    text = """
    outline: none
    references: []
    shingles: []
    items:
      - {id: item, kind: basic, basis: book, prompt: "Which drug thins the blood?", answer: Aspirin}
    """
    course = replace(frame(text).course, traps=())
    assert {f.code for f in run(course) if f.code[0] in "PC"} == {"P03"}
