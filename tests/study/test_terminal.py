from __future__ import annotations

import re
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from builder.model import Cloze, Course, Item, readings
from builder.study.faces import lines
from builder.study.terminal import Writer, cleaned, columns
from builder.text import markup
from builder.text.cloze import filled
from builder.text.markup import parse
from tests.make.course import cards_of, course_of
from tests.make.items import EXAMPLES
from tests.make.strategies import items

PLAIN = Writer(10_000, has_styles=False)


def sides(course: Course, writer: Writer) -> dict[str, tuple[str, str]]:
    """What is asked and what is told of each item: all its cards together."""
    made: dict[str, tuple[str, str]] = {}
    for card in cards_of(course):
        sheet = card.sheet
        order = card.order(sheet, "study")
        asked, told = made.get(card.item, ("", ""))
        fresh = "\n".join(lines(sheet.front, order, writer)), "\n".join(lines(sheet.back, order, writer))
        made[card.item] = asked + "\n" + fresh[0], told + "\n" + fresh[1]
    return made


@pytest.mark.parametrize("item", EXAMPLES, ids=lambda item: item.id)
def test_the_question_does_not_tell_the_answer(item: Item) -> None:
    """What stands in the key alone is on the other side alone; a cloze hides the blanks of its card, and only these."""
    course = course_of([item])
    for card in cards_of(course):
        sheet = card.sheet
        asked, told = (
            re.findall("SECRET[a-z]+", "\n".join(lines(side, card.order(sheet, "study"), PLAIN)))
            for side in (sheet.front, sheet.back)
        )
        if isinstance(item, Cloze):
            assert {blank.text for blank in item.blanks if blank.number != card.number} == set(asked)
            assert {blank.text for blank in item.blanks} == set(told)
        else:
            assert set(asked) == ({"SECRETback"} if card.number == 2 and item.kind == "reversed" else set())
    _, everything = sides(course, PLAIN)[item.id]
    hidden = set(re.findall("SECRET[a-z]+", item.model_dump_json())) - {"SECRETback"}
    assert hidden <= set(re.findall("SECRET[a-z]+", everything))


@given(items())
def test_every_text_of_an_item_is_shown(values: dict[str, Any]) -> None:
    """Of any item of any kind, each text that it teaches is on one of its two sides, whole."""
    course = course_of([values])
    (item,) = course.items
    ((asked, told),) = sides(course, PLAIN).values()
    shown = re.sub(r"\s+", "", asked + told)
    for keys, text in readings.texts(item):
        if keys[0] != "word_bank":
            for word in markup.plain(filled(text) if item.kind == "cloze" else text, math=item.math).split():
                assert re.sub(r"\s+", "", cleaned(word)) in shown


@given(st.text(max_size=200), st.integers(20, 80))
def test_no_text_steers_a_terminal_or_leaves_its_width(text: str, width: int) -> None:
    """Whatever an author writes, lines hold no control character; only a word that is too long is longer than a line."""
    for line in Writer(width).lines(parse(text)):
        without = re.sub("\x1b\\[[0-9;]*m", "", line)
        assert without.isprintable() or set(re.sub("[\u200c\u200d\xa0]", "", without)) <= {
            c for c in without if c.isprintable()
        }
        assert (
            columns(line) <= width
            or max(map(columns, without.split(" "))) > width - 10
            or "    " in line
            or "  " in line
        )


def test_blocks_are_laid_out() -> None:
    """Lists hang, programs keep their lines, quotes and verse are set in, a table that is too wide becomes lines."""
    text = "Say *so*:\n\n- one two three four five six\n- two\n\n```\na  b\n  c\n```\n\n> quoted\n\n| x | y |\n|---|---|\n| 1 | 22 |"
    assert Writer(20, has_styles=False).lines(parse(text)) == [
        "Say so:",
        "",
        "• one two three four",
        "  five six",
        "• two",
        "",
        "    a  b",
        "      c",
        "",
        "│ quoted",
        "",
        "x  y",
        "─  ──",
        "1  22",
    ]
    assert Writer(6, has_styles=False).lines(parse("| x | y |\n|---|---|\n| 1 | 22 |")) == [
        "  x: 1",
        "  y:",
        "  22",
        "",
    ]


def test_signs_are_shown_as_far_as_a_terminal_can() -> None:
    """Small signs are raised and lowered; a picture is its words and its file; wide letters take two columns."""
    writer = Writer(80, has_styles=False, file=lambda name: f"/course/{name}")
    assert writer.lines(parse("H~2~O, 10^3^, I^er^ and x^AB^; ![A dot](media/dot.png)", math=False)) == [
        "H₂O, 10³, Iᵉʳ and x^AB; [picture: A dot: /course/media/dot.png]"
    ]
    assert columns("\x1b[1m日本\x1b[0me\u0301") == 5
    assert cleaned("a\x1b[2Jb\u202ec\u00a0d") == "a\\x1b[2Jb\\u202ec\u00a0d"


def test_a_space_that_holds_words_together_ends_no_line() -> None:
    """French puts one before a question mark: the sign does not stand alone on the next line."""
    writer = Writer(20, has_styles=False)
    assert writer.lines(parse("Où fut sacré ce roi\u00a0?", math=False)) == ["Où fut sacré ce", "roi\u00a0?"]
    assert writer.lines(parse("Où fut sacré ce roi\u202f!", math=False)) == ["Où fut sacré ce", "roi\u00a0!"]
