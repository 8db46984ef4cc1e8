"""What goes out: results by theme, and files for gradebooks, which class lists of the same systems tell apart."""

from __future__ import annotations

import csv
import io
from fractions import Fraction

from builder.grading import tables
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
