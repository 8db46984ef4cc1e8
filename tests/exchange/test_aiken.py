from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from builder.exchange import aiken, guessed
from tests.exchange.trip import taken
from tests.make.course import course_of
from tests.make.items import EXAMPLES

if TYPE_CHECKING:
    from builder.model import Mcq

_TWO = "Which?\nA. one\nB. two\nANSWER: B\nAnd which?\nA) three\nB) four\nC) five\nANSWER: A\n"


def test_choices_are_written_and_the_rest_is_named() -> None:
    """Of all kinds one can go; the report names each item that stays, and each thing that is lost of the one."""
    course = course_of(EXAMPLES)
    written = aiken.write(course, course.items)
    assert written.files == {
        "test-aiken.txt": b"Which single option is right?\nA. The first thing\nB. The second thing\n"
        b"C. None of these\nANSWER: A\n\n"
    }
    left = [finding for finding in written.losses if len(finding.at.keys) == 2]
    assert len(left) == len(EXAMPLES) - 1


def test_questions_come_with_dots_or_brackets_and_without_blank_lines() -> None:
    """The right option is the one that the last line names."""
    items: tuple[Mcq, ...] = taken(aiken.read("x.txt", _TWO.encode()))  # type: ignore[assignment]
    assert [[option.text for option in item.options if option.is_right] for item in items] == [["two"], ["three"]]
    assert [item.id for item in items] == ["which", "and-which"]


@pytest.mark.parametrize(
    "bad",
    [
        "Which?\nA. one\nB. two\nANSWER: A, B\n",
        "Which?\nA. one\nB. two\nANSWER: D\n",
        "Which?\nA. one\nof them\nB. two\nANSWER: A\n",
        "Which?\nA. one\nC. two\nANSWER: A\n",
        "Which?\nA. one\nB. two\n",
    ],
    ids=["several", "no such", "an option on two lines", "a gap", "no answer"],
)
def test_a_question_that_moodle_would_misread_is_named(bad: str) -> None:
    """It is left out with its line, and the others come."""
    found = aiken.read("x.txt", f"{_TWO}\n{bad}".encode())
    assert [(note.span.line, note.code) for note in found.notes] == [(11, "not-imported")]
    assert len(found.entries) == 2


def test_the_format_is_known_by_its_content() -> None:
    """A text with answer lines is Aiken."""
    assert guessed("quiz.txt", _TWO.encode()) == "aiken"


@pytest.mark.parametrize("prompt", ["U.S. law begins where?", "a) Which?", "J. Bowlby wrote what?", "?"])
def test_a_text_that_moodle_takes_for_an_option_or_skips_stays_here(prompt: str) -> None:
    """`U.` is the label of an option, with or without a space, and a line of one byte is none: the import would fail."""
    course = course_of([{"id": "one", "kind": "mcq", "prompt": prompt, "options": [{"right": "a"}, {"wrong": "b"}]}])
    written = aiken.write(course, course.items)
    assert (written.files, [loss.at.keys for loss in written.losses]) == ({"test-aiken.txt": b""}, [("items", 0)])


def test_a_label_needs_no_space_and_a_question_may_look_like_one() -> None:
    """Moodle reads `A)one`; what stands first is the question, though it begins with `U.S.`."""
    (item,) = taken(aiken.read("x.txt", b"U.S. law?\nwith e.g. this\nA)one\nB.two\nANSWER: B\n"))
    assert (item.prompt, [option.text for option in item.options]) == ("U.S. law? with e.g. this", ["one", "two"])  # type: ignore[union-attr]
