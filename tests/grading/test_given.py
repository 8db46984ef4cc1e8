"""The marks that markers give, in tables and in decisions: what they may be, and what is refused with a remedy."""

from __future__ import annotations

import re
from fractions import Fraction

import pytest

from builder.diagnostics import BuilderError
from builder.grading.decided import decide
from builder.grading.decisions import Decision
from builder.grading.filled import resolve
from builder.grading.given import given_marks
from builder.grading.layouts import Layout
from builder.grading.pages import Page
from builder.grading.rows import Field, Row
from builder.paper.record import Student
from tests.marking import sheets

HEADS = "student,item,marks\n"


@pytest.mark.parametrize(
    ("typed", "marks"),
    [
        ("1.5", Fraction(3, 2)),
        ('"1,5"', Fraction(3, 2)),
        ("1/3", Fraction(1, 3)),
        (".5", Fraction(1, 2)),
        ("٣", Fraction(3)),
        ("0.30000000000000004", Fraction(3, 10)),  # as Excel holds 0.1 + 0.2
    ],
)
def test_marks_are_read_as_markers_and_spreadsheets_write_them(typed: str, marks: Fraction) -> None:
    """A point, a comma, a fraction, the digits of another script, and what a computation left behind."""
    given = given_marks("marks.csv", f"{HEADS}s1,essay-1,{typed}\n".encode(), sheets.paper().quiz)
    assert given.marks == {("s1", "essay-1"): marks}


@pytest.mark.parametrize("typed", ["1_0", "2.000000000000 or 9", "1e1", "-1", "nan", "1e-999999999", "12.5"])
def test_what_are_no_marks_is_refused(typed: str) -> None:
    """Nothing is read of a part of a cell, and no power of ten is computed that would take hours."""
    table = f"{HEADS}s1,essay-1,{typed}\n".encode()
    with pytest.raises(BuilderError, match=r"marks\.csv:2: .essay-1. is worth 0 to 12 marks, not "):
        given_marks("marks.csv", table, sheets.paper().quiz)


@pytest.mark.parametrize(
    ("table", "said"),
    [
        ("student,item,marks,Marks\ns1,essay-1,1,2\n", "the column 'marks' stands twice"),
        (f"{HEADS},essay-1,1\n", "marks.csv:2: no student is named"),
        (f"{HEADS}s1,sya,1\n", "marks.csv:2: no item 'sya' is on the paper; did you mean 'say'?"),
        (f"{HEADS}s1,essay-1,\ns1,essay-1,1\n", "marks.csv:3: s1 has marks for 'essay-1' already; delete one"),
        (f"{HEADS}s1,say,x\ns2,say,0,5\ns3,say,9\n", ", not 'x'; marks.csv:3: 4 cells, and 3 columns are named; write"),
        (f"{HEADS}s1,say,x\n" + "s2,say,x\n" * 6, "; and 2 more"),
        ("aluno;item;nota\n", "the columns student, item, marks, and it has 'aluno', 'item', 'nota'"),
    ],
)
def test_marks_of_which_some_would_be_lost_are_refused(table: str, said: str) -> None:
    """A second column of marks, and marks of nobody, would count nowhere."""
    with pytest.raises(BuilderError, match=re.escape(said)):
        given_marks("marks.csv", table.encode(), sheets.paper().quiz)


def test_an_empty_cell_is_not_marked_yet() -> None:
    """A table that names all students before they are marked is read while it fills."""
    table = f"{HEADS}s1,say,\ns2,say,1\n".encode()
    assert given_marks("marks.csv", table, sheets.paper().quiz).marks == {("s2", "say"): 1}


def test_zeros_that_a_spreadsheet_has_dropped_come_back() -> None:
    """An id is that of the roster but for its zeros, if it is only one's; an exact one always counts."""
    ids = ("0042", "007", "7", "s1")
    quiz = sheets.paper().quiz
    students = tuple(Student(id=it, name=it, version="A") for it in ids)
    table = f"{HEADS}42,say,1\n7,say,2\n07,say,3\n9,say,0\n".encode()
    given = given_marks("marks.csv", table, quiz.model_copy(update={"students": students}))
    assert given.marks == {("0042", "say"): 1, ("7", "say"): 2, ("07", "say"): 3, ("9", "say"): 0}
    assert given.taken == {"42": "0042"}


@pytest.mark.parametrize(
    ("typed", "said"),
    [("99", "99 are more than 3"), ("1.00000000000x", "are no marks"), ("1e-999999999", "are no marks")],
)
def test_decided_marks_are_those_that_a_question_can_earn(typed: str, said: str) -> None:
    """A slip of the hand, 99 for 9, does not become the result."""
    version = sheets.paper().quiz.version("A")
    say = next(item for item in version.items if item.id == "say")
    page = Page("scan.pdf", 1, "0" * 16, fields=[_marks(say.number, "")])
    with pytest.raises(BuilderError, match=f"marks {say.label}: .*{said}"):
        decide(page, Decision(marks={say.label: typed}), version, ".")


def test_a_decided_number_is_one() -> None:
    """A slip of the hand would be marked wrong; what a candidate wrote on the line, 1/2 or 3·10^5, is taken."""
    version = sheets.paper().quiz.version("A")
    number = next(item for item in version.items if item.section == "numeric")
    page = Page("scan.pdf", 1, "0" * 16, rows=[Row(number, ("1.1",), (), 0.0, "faint", (0.0,))])
    for typed, read in (("-12,5", ("-12.5",)), ("1/2", ("1/2",)), ("3·10^5", ("3·10^5",)), (" ", ())):
        decide(page, Decision(answers={number.label: typed}), version, ".")
        assert page.rows[0].answer == read
    with pytest.raises(BuilderError, match=f"question {number.label}: '12.5.3' is no number"):
        decide(page, Decision(answers={number.label: "12.5.3"}), version, ".")


def test_too_many_decided_marks_of_a_chosen_question_are_asked_about_again() -> None:
    """Which question it is, and so what it can earn, is known when all pages are read."""
    quiz = sheets.paper().quiz
    essay = next(item for item in quiz.version("A").items if item.id == "essay-1")
    choice = Field("chosen", -1, "", (str(essay.number),), str(essay.number), 1.0, "", (0.9,))
    page = Page("scan.pdf", 1, "0" * 16, fields=[choice, _marks(-1, "")])
    page.layout = Layout("0000", quiz.version("A"), "a4", 11, [])
    decide(page, Decision(marks={"choice 1": "99"}), quiz.version("A"), ".")
    resolve([page])
    assert page.fields[1].doubt == "99 are more than 12"


def _marks(question: int, answer: str) -> Field:
    """The circles of a marker."""
    return Field("marks", question, "", ("1.0", "1.1"), answer, 1.0, "", (0.0, 0.0))
