from __future__ import annotations

import hashlib

from builder.rules.p06_source_overlap import shingles
from tests.rules.cases import Case, each_case
from tests.rules.frame import frame


@each_case("P06")
def test_source_overlap(case: Case) -> None:
    """The rule finds what a case holds, where it stands, and is silent on near misses."""
    assert case.found == case.hits


def test_a_shingle_is_the_hash_of_six_folded_words() -> None:
    """The published form: words in lower case, one space between them, SHA-256, its first five bytes."""
    expected = [hashlib.sha256(text.encode()).digest()[:5] for text in ("a b c d e f", "b c d e f client's")]
    assert shingles("*A* B-C, {{c1::D}}: e (f) Client\u2019s") == expected
    assert shingles("a b c d e") == []


def test_a_run_ends_at_a_word_that_no_source_has() -> None:
    """Two runs of six words with a word of the author's between them are not one of thirteen, nor are parts of hyphenated words skipped."""
    text = """
    shingles: [one two three four five six, seven eight nine ten eleven twelve]
    items:
      - {id: item, kind: basic, prompt: "Mine: one-two three four five six mine seven eight nine ten-eleven twelve", answer: x}
    """
    (found,) = frame(text).diagnostics(select={"P06"})
    assert "6 words" in found.message
    assert "one two three four five six" in found.message


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
