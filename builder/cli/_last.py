"""What the last run of `grade` knew and this one does not: told before its files are written over."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from builder.diagnostics import BuilderError

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from builder.grading.marks import Result
    from builder.paper.record import Quiz

_NAMED = 5  # students in one note


def tell_lost(quiz: Quiz, folder: Path, results: Sequence[Result], *, has_marks: bool) -> None:
    """Say which students and which marks of people the results in a folder have, and those of these scans lack.

    A page that was missing is scanned later, and named alone: all other students would go. A run without `--marks`
    (`has_marks`) goes by the circles of markers, if there are any.
    """
    from builder.report import counted, printable

    now = {it.student: {answer.question.id: answer for answer in it.answers} for it in results}
    before = _last(quiz, folder)
    gone = [it.student for it in before if it.student not in now]
    if gone:
        said = f"note: the last run had results of {counted(len(gone), 'student')} of whom these scans have none"
        click.echo(printable(f"{said}: {_some(gone)}; name all scans of the paper in one call"), err=True)
    other = [
        it.student
        for it in before
        if it.student in now
        and any(a.state == "marked" and a.marks != now[it.student][a.question.id].marks for a in it.answers)
    ]
    if other and not has_marks:
        said = f"note: the last run had other marks of people for {counted(len(other), 'student')}: {_some(other)}"
        click.echo(printable(f"{said}; if they come from a table, give --marks again"), err=True)


def _last(quiz: Quiz, folder: Path) -> list[Result]:
    """The results that are stored in a folder; none where there are none of this paper."""
    from builder.cli._paper import read
    from builder.grading import stored

    paths = [folder / name for name in (stored.ANSWERS, stored.SHEETS)]
    if not all(path.exists() for path in paths):
        return []
    try:
        answers, sheets = map(read, paths)
        return stored.results(quiz, answers, sheets, {})
    except BuilderError:
        return []


def _some(names: Sequence[str]) -> str:
    return ", ".join(names[:_NAMED]) + (" and so on" if len(names) > _NAMED else "")
