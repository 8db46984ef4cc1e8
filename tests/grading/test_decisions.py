"""Two people decide: what they agree on counts, what they differ about waits for the last word."""

from __future__ import annotations

import re

import pytest

from builder.diagnostics import BuilderError
from builder.grading.decisions import Decision, Decisions, decisions_of, joined

PAGE, OTHER = "0" * 16, "f" * 16


def by(name: str, **said: object) -> Decisions:
    """What somebody decided about the page."""
    return Decisions(by=name, pages={PAGE: Decision.model_validate(said)})


def test_what_two_people_agree_on_counts() -> None:
    """What one alone says counts as well, and all names are kept."""
    anna = by("Anna", student="s1", answers={"1": "B", "2": ""})
    ben = by("Ben", use="yes", answers={"1": "B"})
    both = joined([anna, ben], Decisions())
    assert both.of(PAGE) == Decision(student="s1", use=True, answers={"1": "B", "2": ""})
    assert both.differing(PAGE) == []
    assert {it.label: it.text for it in both.said[PAGE] if it.what == "answer"} == {
        "1": "Anna says B, Ben says B",
        "2": "Anna says blank",
    }
    assert both.of(OTHER) == Decision()


def test_what_they_differ_about_is_open_until_the_last_word() -> None:
    """Neither counts, and who says what is told; the decision in the folder of the results settles that alone."""
    anna, ben = by("Anna", answers={"1": "B", "2": "C"}), by("Ben", answers={"1": "", "2": "A"})
    both = joined([anna, ben], Decisions())
    assert both.of(PAGE).answers == {}
    assert [it.text for it in both.differing(PAGE)] == ["Anna says B, Ben says blank", "Anna says C, Ben says A"]
    assert both == joined([ben, anna], Decisions())
    last = joined([anna, ben], by("Chief", answers={"1": "D"}))
    assert last.of(PAGE).answers == {"1": "D"}
    assert [it.label for it in last.differing(PAGE)] == ["2"]


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("pages:\n  3f0c: {use: no}\n", ":2: '3f0c' is not the hash of a page; take it from pages.csv"),
        (
            'pages:\n  "0123456789abcdef": {anwers: {}}\n',
            ":2: 'anwers' is not a key of a decision; did you mean 'answers'?",
        ),
        ("page: {}\n", ":1: 'page' is not a key of a file of decisions; did you mean 'pages'?"),
        ('pages:\n  "0123456789abcdef": {use: maybe}\n', ":2: 'use' must be yes or no; write yes or no"),
    ],
)
def test_what_is_wrong_with_a_file_has_its_line_and_a_remedy(text: str, said: str) -> None:
    """A hash that is none, and a mistyped key, are told in the words of `check`."""
    with pytest.raises(BuilderError, match=re.escape(f"decisions.yaml{said}")):
        decisions_of("decisions.yaml", text)


def test_a_slip_of_the_pen_is_no_fault_of_a_decision() -> None:
    """A remark without a space behind its sign is one all the same."""
    text = 'pages:\n  "0123456789abcdef": {use: no} #twice\n'
    assert decisions_of("decisions.yaml", text) == decisions_of("decisions.yaml", text.replace("#", "# "))
