from __future__ import annotations

import time
from typing import Any

import pytest

from builder.exchange import amc, guessed
from tests.exchange.trip import taken

_PAPER = r"""# a comment
Title: Geography
DefaultScoringS: b=2,m=-1

*[id=capital]{b=3,m=-1} Which city is the
capital of [*Italy*], [[$x_1^2$]] & 5 $?
- Paris
+[B] Rome

**[ordered,columns=2]{mz=2} Which are even?
+ 2
+ [|4|]
- [_5_]

*([group=sums]
* Two plus two?
+ 4
- 5
*)

*<lines=4> Explain.
-[W]{0} wrong
+[A]{2.5} all
"""


def said(text: str) -> list[dict[str, Any]]:
    """What the items of a text say."""
    return [item.model_dump(mode="json", exclude_defaults=True) for item in taken(amc.read("x.txt", text.encode()))]


def test_questions_come_with_their_options_and_scoring() -> None:
    """Lines go on, marks and penalties are those of the question, else of the file; an open question is a draft."""
    one, several, grouped, open_ = said(_PAPER)
    assert one == {
        "id": "capital",
        "kind": "mcq",
        "prompt": r"Which city is the capital of **Italy**, $x_1^2$ & 5 \$?",
        "options": [{"wrong": "Paris"}, {"right": "Rome"}],
        "marks": 3,
        "scoring": {"penalty": "1/3"},
        "math": True,
    }
    assert (several["multiple"], several["order"], several["marks"]) == (True, "author", 2)
    assert several["scoring"] == {}  # rule: all, as said
    assert [option.get("right") or option["wrong"] for option in several["options"]] == ["2", "`4`", "*5*"]
    assert (grouped["tags"], grouped["marks"], grouped["scoring"]["penalty"]) == (["sums"], 2, "1/2")
    assert (open_["kind"], open_["status"], open_["key_points"][0]["marks"]) == ("short", "draft", 2.5)


def test_what_is_dropped_is_named_with_its_line() -> None:
    """Settings, texts of groups, scoring without a counterpart, pictures, LaTeX, other files."""
    text = (
        "Title: T\n* A [[\\textbf{b}]] !{center}[width=2cm]a.png!\n+{b=1} x\n- y\n*( Read.\n**{b=1,m=-1} B\n+ x\n- y\n*)\n"
        "IncludeFile: b.txt\n"
    )
    notes = {(note.span.line, note.message.partition(":")[0]) for note in amc.read("x.txt", text.encode()).notes}
    assert notes == {
        (1, "settings of the paper are dropped"),
        (2, "LaTeX that is more than a formula stays as it is typed"),
        (2, "the picture a.png is not in the file"),
        (2, "marks of single choices are dropped"),
        (5, "the text above a group is dropped"),
        (6, "the scoring {b=1,m=-1} has no counterpart, and is dropped"),
        (10, "the file 'b.txt' is not in this one"),
    }


def test_latex_is_read_anywhere_where_the_file_says_so() -> None:
    """Formulas alone: dollars are signs else."""
    text = "LaTeX: 1\n* Is $a<b$?\n+\n[verbatim]x := 1\n\ny[/verbatim]\n- $5\n"
    (item,) = said(text)
    assert item["prompt"] == "Is $a<b$?"
    assert item["options"][0]["right"] == "```\nx := 1\n\ny\n```"


@pytest.mark.parametrize(
    "bad",
    ["* Q\n+ a\n+ b\n", "** Q\n- a\n- b\n", "*[indicative] Q\n+ a\n- b\n", "*\n+ a\n- b\n"],
    ids=["two of one", "none of several", "indicative", "no text"],
)
def test_a_question_that_can_not_be_marked_is_left_out(bad: str) -> None:
    """It is named with its line, and the others come."""
    read = amc.read("x.txt", f"* P\n+ a\n- b\n\n{bad}".encode())
    assert [(note.span.line, note.code) for note in read.notes] == [(5, "not-imported")]
    assert [entry.wish for entry in read.entries] == ["P"]


@pytest.mark.slow
@pytest.mark.parametrize(
    "text",
    [
        "* Q\n+ a\n- " + "[verbatim]" * 20_000,
        "* Q\n+ a\n- " + "[[" * 50_000,
        "LaTeX: 1\n* Q\n+ a\n- " + "$x" * 30_000,
        "* Q\n+ a\n- " + "!{a}[b" * 30_000,
        "* Q\n+ a\n- " + "[*[_" * 30_000,
        "*[" * 100_000,
        "*( " * 10_000 + "*(\n" * 50_000,
        "* Q\n" * 20_000,
        "* Q\n+ a\n- b\n" * 5_000,
    ],
    ids=["verbatim", "latex", "dollars", "pictures", "styles", "brackets", "groups", "starts", "questions"],
)
def test_a_hostile_text_is_read_in_time(text: str) -> None:
    """However its signs are repeated."""
    start = time.process_time()
    amc.looks_like("x.txt", text.encode())
    amc.read("x.txt", text.encode())
    assert time.process_time() - start < 5


def test_the_format_is_known_by_stars_and_signs() -> None:
    """In a text."""
    assert guessed("x.txt", _PAPER.encode()) == "amc"
