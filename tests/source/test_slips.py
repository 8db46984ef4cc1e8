"""Slips that are sound YAML, and in which a part of a text is lost or distorted."""

from __future__ import annotations

import pytest

from builder.diagnostics import Severity
from builder.source.blocks import dump
from builder.source.nodes import values


def _told(text: str) -> list[tuple[str, int, int]]:
    found = values("bank.yaml", text).problems
    assert all(it.severity is Severity.WARNING and it.help for it in found)
    return [(it.code, it.span.line, it.span.column) for it in found]


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("answer: Sonata #1\n", [("comment", 1, 16)]),
        ("a: b\nanswer: C major, F #-Dur\nc: d\n", [("comment", 2, 20)]),
        ("tags: [a #b\n]\n", [("comment", 1, 10)]),
        ("answer: Sonata # the first one\n", []),
        ("# yaml\n#no space\na: b\n", []),
        ("# see #12\na: b  # and #13\nc: d #14 #15\n", [("comment", 3, 6)]),
        ("a: 'Sonata #1'\nb: \"Sonata #1\"\nc: |\n  Sonata #1\nd: >-\n  Sonata #1\n", []),
        ("a: b#1\n", []),
    ],
)
def test_a_comment_that_was_meant_as_text_is_told(text: str, told: list[tuple[str, int, int]]) -> None:
    """A sign # behind a space ends a text; with a space behind it, it is a comment that was meant as one."""
    assert _told(text) == told


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("accept: [1,3-butadiene]\n", [("comma", 1, 10)]),
        ("pairs:\n  - [Diels, 1,3-diene]\n", [("comma", 2, 13)]),
        ("accept: [1,5]\n", [("comma", 1, 10)]),
        ("accept: [1, 3-butadiene]\n", []),
        ("accept: ['1,3-butadiene', \"2,4\"]\n", []),
        ("boxes:\n  share: [13,3,30.5,10]\n", []),
        ("values: {a: [1,2,3]}\n", []),
        ("prompt: Is [1,3-x] in it?\n", []),
        ("prompt: Is $[0,1]$ it?\ntags: [a, b, 2,4-x]\n", [("comma", 2, 14)]),
        ("- {prompt: '$[0,1]$ it', tags: [2,4-x]}\n", [("comma", 1, 33)]),
        ("pairs: [[1,3-x, a]]\n", [("comma", 1, 10)]),
    ],
)
def test_a_comma_that_parts_one_text_in_two_is_told(text: str, told: list[tuple[str, int, int]]) -> None:
    """A comma between two digits without a space is a part of a name or of a number, but in lists of numbers."""
    assert _told(text) == told


@pytest.mark.parametrize(
    "entries", ["- one\n  - two", "1. one\n  2. two", "1) one\n  2) two", "Or:\n\n  * one\n  * two"]
)
def test_a_list_in_a_folded_text_is_told(entries: str) -> None:
    """Lines of a list below `>` become one; below `|` they stay."""
    assert _told(f"prompt: >-\n  What holds?\n  {entries}\n") == [("folded-list", 1, 9)]
    assert _told(f"prompt: |\n  What holds?\n  {entries}\n") == []


def test_dashes_and_numbers_in_folded_prose_are_no_list() -> None:
    """What the layout has folded, and an author's prose in full lines, may begin lines with such signs."""
    words = "a" * 97
    text = dump({"prompt": f"{words} - b {words} - c {words} 1. d {words} 2. e {words}"})
    assert [text.count(f"\n  {sign} ") for sign in ("-", "1.", "2.")] == [2, 1, 1]
    assert _told(text) == []
    assert _told("prompt: >-\n  The first\n  - so it says -\n  was of 1. May\n") == []


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("a: S\ufffdure\n", [("lost-character", 1, 5)]),
        ("a: \uf0b7 Benzol\n", [("lost-character", 1, 4)]),
        ("a: die SÃ¤ure\n", [("misread", 1, 8)]),
        ("a: ÃŸ and 20 Â°C, donâ€™t\n", [("misread", 1, 4), ("misread", 1, 14), ("misread", 1, 19)]),
        ("a: die Säure, 20 °C, don’t, “MAÇÔ, ÃÂ, € 5\n", []),
        ("a: “IRMÔ, “IRMÃ”, GRÃ-BRETANHA, AMANHÃ – SIM, â, «Â»\n", []),
    ],
)
def test_characters_that_were_lost_on_the_way_are_told(text: str, told: list[tuple[str, int, int]]) -> None:
    """A text that was read in a wrong encoding, or has signs of one font, is told; letters that look like it are not."""
    assert _told(text) == told


def test_the_text_that_was_meant_is_in_the_remedy() -> None:
    """What was read in a wrong encoding is given back as it was."""
    (found,) = values("bank.yaml", "a: die SÃ¤ure\n").problems
    assert "'Säure'" in found.message
    assert found.help.startswith("write 'Säure'")
