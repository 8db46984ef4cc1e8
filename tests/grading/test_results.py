"""What goes out: results by theme, and files for gradebooks, which class lists of the same systems tell apart."""

from __future__ import annotations

import csv
import io
from fractions import Fraction

import pytest

from builder.diagnostics import BuilderError
from builder.grading import tables
from builder.grading.gradebook_filled import filled
from builder.grading.gradebooks import gradebooks
from builder.grading.profiles import profile
from builder.grading.rekey import Change, Changes, grader_of, rekeyed
from builder.model.grades import GradeScale
from builder.paper import roster
from tests.make.marked import answered, quiz_of_marks

SCALE = GradeScale(steps={"A": "50", "B": "0"})
QUIZ = quiz_of_marks(grades=SCALE)
GRADER = grader_of(QUIZ)
NONE = GRADER._replace(scale=None)
RESULTS = answered(QUIZ, "class")


def rows(data: bytes) -> list[list[str]]:
    """The cells of a table."""
    return list(csv.reader(io.StringIO(data.decode("utf-8-sig"), newline="")))


def test_results_by_theme_and_level_add_up() -> None:
    """Each group sums the marks of its questions, for a student and for the class; what was dropped is in none."""
    for result in RESULTS:
        found = {(it.by, it.group): it for it in profile(QUIZ, [result])}
        for theme, title in QUIZ.themes.items():
            own = [it for it in result.answers if it.question.theme == theme]
            share = found["theme", theme]
            assert (share.title, share.questions) == (title, len(own))
            assert share.marks == sum((it.marks or Fraction(0) for it in own), Fraction(0))
            assert share.of == sum(Fraction(it.question.points) for it in own)
    whole = {(it.by, it.group): it for it in profile(QUIZ, RESULTS)}
    assert list(whole) == [("theme", "one"), ("theme", "two"), ("bloom", "remember"), ("bloom", "apply")]
    assert whole["bloom", "apply"].of == len(RESULTS)
    dropped = rekeyed(QUIZ, RESULTS, Changes(changes=(Change(item="both", drop=True, reason="So."),))).results
    assert ("bloom", "apply") not in {(it.by, it.group) for it in profile(QUIZ, dropped)}
    table = rows(tables.of_results(QUIZ, RESULTS, GRADER)["themes.csv"])
    assert ["", "theme", "one", "First"] in [row[:4] for row in table]


def test_gradebooks_are_lists_of_the_same_students() -> None:
    """Each file is read as a list of its own system, and has the total of each student out of one number."""
    files = gradebooks(QUIZ, RESULTS, GRADER)
    totals = {it.student: tables.shown(it.total) for it in RESULTS}
    for name, head in (("moodle.csv", "ID number"), ("canvas.csv", "SIS User ID"), ("blackboard.csv", "Username")):
        table = rows(files[name])
        place, column = table[0].index(head), table[0].index(QUIZ.name)
        lines = table[2:] if name == "canvas.csv" else table[1:]
        assert {line[place]: line[column] for line in lines} == totals
    assert rows(files["canvas.csv"])[:2] == [
        ["Student", "ID", "SIS User ID", "SIS Login ID", "Section", QUIZ.name],
        ["    Points Possible", "", "", "", "", tables.shown(Fraction(QUIZ.points))],
    ]
    read = roster.read("canvas.csv", files["canvas.csv"], ["A"], {})
    assert [(it.id, it.name) for it in read.students] == [(it.student, it.name) for it in RESULTS]


CANVAS = (
    "Student,ID,SIS User ID,SIS Login ID,Section,Final (101),Current Score\n"
    "    Points Possible,,,,,10.00,(read only)\n"
    '"Quill, Pat",77,U1,pquill,A,8.00,80\n"Rivera, Ana",78,77,arivera,A,,\n"Student, Test",99,,3f5,A,,\n'
)
MOODLE = '"First name",Surname,"ID number","Quiz: Final (Real)","Last downloaded"\r\nAna,Rivera,77,-,1567\r\n'
BLACKBOARD = '"Last Name"\t"Username"\t"Final [Total Pts: 2 Score] |5342"\n"Rivera"\t"77"\t""\n"Quill"\t"U1"\t"1"\n'


@pytest.mark.parametrize(
    ("before", "changes", "encoding", "notes"),
    [
        (CANVAS, {"A,8.00": "A,7.5", "77,arivera,A,,": "77,arivera,A,3,"}, "utf-8", 0),
        (
            CANVAS.replace(",", ";").replace("l; P", "l, P").replace("a; A", "a, A").replace("t; T", "t, T"),
            {"A;8.00": "A;7,5", "77;arivera;A;;": "77;arivera;A;3;"},
            "utf-8-sig",
            0,
        ),
        (MOODLE, {"77,-": "77,3"}, "utf-8", 0),
        (BLACKBOARD, {'"77"\t""': '"77"\t"3"', '"U1"\t"1"': '"U1"\t"7.5"'}, "utf-16", 1),
    ],
)
def test_a_gradebook_is_filled_in_and_else_stays_as_it_was(
    before: str, changes: dict[str, str], encoding: str, notes: int
) -> None:
    """Students are told apart by one column, Canvas's own ids are nobody's numbers, and another maximum is told."""
    marks = {"U1": Fraction(15, 2), "77": Fraction(3), "gone": Fraction(1)}
    done = filled("book.csv", before.encode(encoding), "Final", marks, Fraction(10))
    after = before
    for old, new in changes.items():
        assert after.count(old) == 1
        after = after.replace(old, new)
    text = done.data.decode(encoding)
    delimiter = next(sign for sign in "\t;," if sign in before)
    cells = (list(csv.reader(io.StringIO(it, newline=""), delimiter=delimiter)) for it in (text, after))
    assert next(cells) == next(cells)
    assert (done.found, len(done.notes)) == (len(changes), notes)
    assert done.missing == tuple(sorted({"U1", "77", "gone"} - ({"U1", "77"} if len(changes) > 1 else {"77"})))


@pytest.mark.parametrize(
    ("text", "said"),
    [
        (CANVAS.replace("Final", "Other"), "has no column 'Final'"),
        (MOODLE.replace("ID number", "Nothing").replace("First name", "X"), "no line names a column of students"),
        (MOODLE + MOODLE.splitlines()[1], "twice"),
        ("PK\x03\x04", "an Excel workbook"),
    ],
)
def test_what_is_no_gradebook_is_refused(text: str, said: str) -> None:
    """A column or students that are not there, a student who stands there twice, and workbooks are told of."""
    with pytest.raises(BuilderError, match=said):
        filled("book.csv", text.encode(), "Final", {"77": Fraction(1)}, Fraction(10))


@pytest.mark.parametrize("column", ["Final", "Final (Real)", "final"])
def test_a_gradebook_in_an_unknown_language_is_told_by_the_column(column: str) -> None:
    """One column of students is enough where the paper's own stands beside it, named with or without what Moodle adds."""
    text = 'Förnamn,Efternamn,"ID number","Final (Real)"\nAna,Rivera,77,-\n'
    done = filled("book.csv", text.encode(), column, {"77": Fraction(3)}, Fraction(10))
    assert done.data.decode().endswith("Ana,Rivera,77,3\n")


def test_provisional_results_go_to_no_gradebook() -> None:
    """What is not final has no line; where a question counts for some alone, all are out of the marks of the paper."""
    waiting = [*answered(QUIZ, "class", is_marked=False)[:1], *RESULTS[1:]]
    assert [row[0] for row in rows(gradebooks(QUIZ, waiting, NONE)["moodle.csv"])] == [
        "ID number",
        *(it.student for it in RESULTS[1:]),
    ]
    helped = rekeyed(
        QUIZ, RESULTS, Changes(changes=(Change(item="both", drop=True, if_it_helps=True, reason="So."),))
    ).results
    assert len({it.of for it in helped}) == 2
    lines = {row[0]: row[1] for row in rows(gradebooks(QUIZ, helped, NONE)["moodle.csv"])[1:]}
    for it in helped:
        assert lines[it.student] == tables.shown(it.total * Fraction(QUIZ.points) / it.of)
