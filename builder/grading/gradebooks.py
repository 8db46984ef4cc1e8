"""Results as the gradebooks of Moodle, Canvas and Blackboard take them in. Only final results go out.

Moodle (Grades, Import, CSV file) maps columns by hand: `ID number` to the
student, the second column to a grade item. Canvas wants its five columns in
their order, then one for the assignment, and a second line with its points;
whose `ID` is empty is found by `SIS User ID`. Blackboard (Work Offline, Upload)
knows students by `Username`; a column that it has not yet becomes one of text.
The id of the roster must be the one that the system knows: the ID number, the
SIS user id, the user name.
"""

from __future__ import annotations

import csv
import io
from typing import TYPE_CHECKING

from builder.grading.tables import shown
from builder.text.cells import guarded

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from fractions import Fraction

    from builder.grading.marks import Result
    from builder.grading.rekey import Grader
    from builder.paper.record import Quiz

_BOM = b"\xef\xbb\xbf"
NAMES = ("moodle.csv", "canvas.csv", "blackboard.csv")


def totals(results: Iterable[Result], grader: Grader) -> tuple[dict[str, Fraction], Fraction]:
    """The totals of final results by student, all out of one number of marks, and that number.

    Where a question was dropped for some students alone, the marks of these are put in proportion: 9 of 18 are 10 of 20.
    """
    final = [result for result in results if not result.open]
    out_of = {result.of for result in final}
    points = out_of.pop() if len(out_of) == 1 else grader.points
    return {it.student: it.total * points / it.of if it.of else it.total for it in final}, points


def gradebooks(quiz: Quiz, results: Sequence[Result], grader: Grader) -> dict[str, bytes]:
    """A file for each system, with marks as `totals` has them."""
    marks, points = totals(results, grader)
    title = quiz.heading or quiz.name
    lines = [(it, shown(marks[it.student]), grader.grade(it)) for it in results if it.student in marks]
    moodle: list[Sequence[str]] = [("ID number", title, *(["Feedback"] if grader.scale else []))]
    moodle += [(guarded(it.student), marks, *([said] if grader.scale else [])) for it, marks, said in lines]
    canvas: list[Sequence[str]] = [
        ("Student", "ID", "SIS User ID", "SIS Login ID", "Section", title),
        ("    Points Possible", "", "", "", "", shown(points)),
    ]
    canvas += [(guarded(it.name), "", guarded(it.student), "", "", marks) for it, marks, _ in lines]
    blackboard: list[Sequence[str]] = [("Username", title)]
    blackboard += [(guarded(it.student), marks) for it, marks, _ in lines]
    return {
        "moodle.csv": _table(moodle),
        "canvas.csv": _table(canvas),
        "blackboard.csv": _BOM + _table(blackboard, csv.QUOTE_ALL),
    }


def _table(rows: Iterable[Sequence[str]], quoting: int = csv.QUOTE_MINIMAL) -> bytes:
    out = io.StringIO()
    csv.writer(out, lineterminator="\r\n", quoting=quoting).writerows(rows)  # type: ignore[arg-type]
    return out.getvalue().encode()
