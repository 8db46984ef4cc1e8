"""What `grade` says on the screen: how pages were read, what counts nowhere, what differs, and what a new key did.

What the last run knew and this one does not is told before its files are written over.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from builder.diagnostics import BuilderError

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from pathlib import Path

    from builder.cli._graded import Marked
    from builder.grading.decisions import Decisions
    from builder.grading.marks import Given, Result
    from builder.grading.pages import Page
    from builder.grading.sorting import Pile
    from builder.paper.record import Quiz

NAMED = 5  # of a list, such as pages: so many are named on the screen, and all of them in the tables
_MOVED = 20  # students who are named on the screen; all of them are in moves.csv


def tell_strange(decisions: Decisions, pile: Pile) -> None:
    """Say which decisions are about pages that are not among the scans: they change nothing."""
    from builder.report import counted, printable

    strange = sorted(decisions.pages.keys() - {page.digest for page in pile.pages})
    if strange:
        said = f"note: decisions are about {counted(len(strange), 'page')} that {'is' if len(strange) == 1 else 'are'} "
        click.echo(printable(f"{said}not among these scans: {some(strange)}"), err=True)


def _tell_differing(differing: Mapping[tuple[str, str], str]) -> None:
    """Name the marks that two markers gave otherwise: they stay open."""
    from builder.report import printable

    for (student, item), said in differing.items():
        click.echo(printable(f"markers differ: {student}, {item}: {said}; left open"), err=True)


def _tell_lost(quiz: Quiz, results: Sequence[Result], given: Given) -> None:
    """Name the students for whom a table has marks which count nowhere: of whom no page is read, or who are nobody."""
    from builder.grading.given import for_nobody
    from builder.report import counted, printable

    lost, known = for_nobody(given, results), {student.id for student in quiz.students}
    groups = {
        "of whom no page is read": [it for it in lost if it in known or not known],
        "not on the roster, so that they count nowhere": [it for it in lost if known and it not in known],
    }
    for said, students in groups.items():
        if students:
            text = f"note: marks are given for {counted(len(students), 'student')} {said}: {some(students)}"
            click.echo(printable(text), err=True)


def tell_taken(name: str, taken: Mapping[str, str]) -> None:
    """Say which ids of a table of marks are taken for others, since zeros are missing in front of them."""
    from builder.report import printable

    if taken:
        said = some([f"{typed} for {student}" for typed, student in taken.items()])
        click.echo(
            printable(f"note: {name}: ids are taken for those of the roster with zeros in front: {said}"), err=True
        )


def _tell_twins(quiz: Quiz, results: Sequence[Result]) -> None:
    """Name the students who share a name: whoever goes by names takes the marks of one for the other's."""
    from builder.paper.roster.twins import twins
    from builder.report import printable

    named = {it.id: it.name for it in quiz.students} | {it.student: it.name for it in results}
    if found := twins((name, student) for student, name in named.items()):
        said = some([f"{name} ({', '.join(ids)})" for name, ids in found.items()])
        remedy = "go by the ids, as the files for Moodle, Canvas and Blackboard do"
        click.echo(printable(f"note: several students have one name: {said}; {remedy}"), err=True)


def some(names: Sequence[str]) -> str:
    """The first `NAMED` names of a list."""
    return ", ".join(names[:NAMED]) + (" and so on" if len(names) > NAMED else "")


def _tell_changes(made: Marked) -> None:
    """Say a line for each change of the key, and who moves by all of them."""
    from builder.grading.tables import moved, shown
    from builder.report import counted, printable

    for number, audit in enumerate(made.done.audit, 1):
        click.echo(printable(f"change {number}: {audit.line}"))
    if not made.done.audit:
        return
    moves = moved(made.before, made.done)
    for old, new in moves[:_MOVED]:
        by = new.total - old.total
        grades = dict.fromkeys((made.done.first.grade(old), made.done.grader.grade(new)))
        said = [
            f"{new.student} {new.name}".strip(),
            f"{shown(old.total)} of {shown(old.of)} -> {shown(new.total)} of {shown(new.of)}",
            f"({'+' if by > 0 else ''}{shown(by)}, {float(new.percent - old.percent):+.2f} %)",
            " -> ".join(it for it in grades if it),
        ]
        click.echo(printable("  ".join(it for it in said if it)))
    if len(moves) > _MOVED:
        click.echo(f"{len(moves) - _MOVED} more, in moves.csv")
    click.echo(f"{counted(len(moves), 'student')} of {len(made.results)} moved")


def tell(quiz: Quiz, pile: Pile | None, made: Marked, given: Given, differing: Mapping[tuple[str, str], str]) -> None:
    """Say how the pages were read, if any were; what of the markers' marks is open; and what the changes of the key did."""
    if pile:
        _tell_pages(quiz, pile, made.results)
    _tell_lost(quiz, made.results, given)
    _tell_twins(quiz, made.results)
    _tell_differing(differing)
    _tell_changes(made)


def _tell_pages(quiz: Quiz, pile: Pile, results: Sequence[Result]) -> None:
    """Say on stderr how many pages are in which list, and what is not final."""
    from builder.report import counted, printable

    lists: dict[str, list[Page]] = {"read": [], "queue": [], "refused": []}
    for page in pile.pages:
        lists[page.list].append(page)
    sums = ", ".join(f"{len(pages)} {name}" for name, pages in lists.items())
    click.echo(f"{counted(len(pile.pages), 'page')}: {sums}", err=True)
    for name in ("queue", "refused"):
        for page in lists[name][:NAMED]:
            click.echo(printable(f"{name}: {page.file}, page {page.number}: {page.reason}"), err=True)
        if len(lists[name]) > NAMED:
            click.echo(f"{name}: {len(lists[name]) - NAMED} more, in pages.csv", err=True)
    for note in dict.fromkeys(f"note: {page.file}: {note}" for page in pile.pages for note in page.notes):
        click.echo(printable(note), err=True)
    final = sum(not result.open for result in results)
    click.echo(f"{counted(len(results), 'result')}: {final} final, {len(results) - final} provisional", err=True)
    waiting = {(page.owner, page.stamp.page) for page in lists["queue"] if page.stamp}
    lost = {it.student: [number for number in it.missing if (it.student, number) not in waiting] for it in results}
    lacking = [f"{student} ({_pages(numbers)})" for student, numbers in lost.items() if numbers]
    if lacking:
        click.echo(printable(f"pages are missing of {counted(len(lacking), 'student')}: {some(lacking)}"), err=True)
    absent = [student.id for student in quiz.students if student.id not in pile.by_student]
    if absent:
        click.echo(printable(f"no page of {counted(len(absent), 'student')}: {some(absent)}"), err=True)


def _pages(numbers: Sequence[int]) -> str:
    """Pages of a sheet in words: `page 2`, `pages 2, 3`."""
    return f"page{'s' * (len(numbers) > 1)} {', '.join(map(str, numbers))}"


def tell_gone(quiz: Quiz, folder: Path, results: Sequence[Result], *, has_marks: bool) -> None:
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
        click.echo(printable(f"{said}: {some(gone)}; name all scans of the paper in one call"), err=True)
    other = [
        it.student
        for it in before
        if it.student in now
        and any(a.state == "marked" and a.marks != now[it.student][a.question.id].marks for a in it.answers)
    ]
    if other and not has_marks:
        said = f"note: the last run had other marks of people for {counted(len(other), 'student')}: {some(other)}"
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
