"""What `grade` makes of answers, once they are read: marks by the key and its changes, files, and what it says on the screen."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import click

from builder.diagnostics import BuilderError

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence
    from pathlib import Path

    from builder.grading.decisions import Decisions
    from builder.grading.marks import Given, Result
    from builder.grading.pages import Page
    from builder.grading.rekey import Changes, Rekeyed
    from builder.grading.sorting import Pile
    from builder.model import Course
    from builder.pages.feedback.sheets import Seen
    from builder.paper.record import Quiz

FEEDBACK = "feedback"
_NAMED = 5  # pages of a list that are named on the screen; all of them are in pages.csv
_MOVED = 20  # students who are named on the screen; all of them are in moves.csv


class Marked(NamedTuple):
    """Results by the record's key (`before`), those after the changes, and the files that hold them."""

    before: Sequence[Result]
    done: Rekeyed
    files: dict[str, bytes]

    @property
    def results(self) -> list[Result]:
        """The results that count."""
        return self.done.results


def changes_of_call(path: Path | None, output: Path) -> Changes:
    """The changes of the key: those of --rekey, else of rekey.yaml in the folder of the results, else none.

    Results there that were made by changes, which are not given now, are told of: they are marked by the old key again.

    Raises:
        BuilderError: the file can't be read, or holds no changes.
    """
    from builder.cli._paper import read
    from builder.grading.rekey import FILE, Changes, changes_of

    source = path or (output / FILE if (output / FILE).exists() else None)
    if source:
        return changes_of(str(source), read(source))
    made = output / "rekey.csv"
    if made.is_file() and made.read_bytes().count(b"\n") > 1:  # a line of heads, and one for each change
        remedy = f"give --rekey again, or keep the changes as {output / FILE}"
        click.echo(f"note: the last run had changes of the key, and this one has none; {remedy}", err=True)
    return Changes()


def marked(quiz: Quiz, before: Sequence[Result], changes: Changes) -> Marked:
    """Results with the changes of the key, and all files that depend on it.

    Raises:
        BuilderError: a change can't be made.
    """
    from builder.grading import stored, tables
    from builder.grading.changed import REKEY, rekey_page
    from builder.grading.gradebooks import gradebooks
    from builder.grading.rekey import rekeyed

    done = rekeyed(quiz, before, changes)
    files = {
        **tables.of_results(quiz, done.results, done.grader),
        **stored.files(quiz, before),
        **gradebooks(quiz, done.results, done.grader),
        **tables.of_changes(before, done),
        REKEY: rekey_page(quiz, before, done),
    }
    return Marked(before, done, files)


def again(quiz: Quiz, folder: Path, given: Given, changes: Changes) -> Marked:
    """The answers that an earlier run stored in a folder, marked again.

    Raises:
        BuilderError: nothing is stored there, or a change can't be made.
    """
    from builder.cli._paper import read
    from builder.grading import stored

    if not (folder / stored.ANSWERS).exists():
        message = (
            f"{folder}: no answers are stored there; name the scans: her-study grade SCANS --quiz quiz.json -o {folder}"
        )
        raise BuilderError(message)
    if (folder / FEEDBACK).is_dir():
        click.echo(
            f"note: what is in {folder / FEEDBACK} stays as it was; give the scans and --feedback to make it anew",
            err=True,
        )
    answers, sheets = (read(folder / name) for name in (stored.ANSWERS, stored.SHEETS))
    return marked(quiz, stored.results(quiz, answers, sheets, given), changes)


def filled_in(quiz: Quiz, made: Marked, paths: Sequence[Path], column: str | None) -> dict[str, bytes]:
    """Gradebooks with the final results filled in, each by its own name behind `filled-`.

    Raises:
        BuilderError: a file can't be read, or has no such column; or two files have one name.
    """
    if not paths:
        return {}
    from builder.cli._paper import bytes_of
    from builder.grading.gradebook_filled import filled
    from builder.grading.gradebooks import totals
    from builder.report import counted, printable

    marks, points = totals(made.results, made.done.grader)
    waiting = len(made.results) - len(marks)
    found: dict[str, bytes] = {}
    for path in paths:
        name = f"filled-{path.name}"
        if name in found:
            message = f"{path}: another gradebook has that name too; name them apart"
            raise BuilderError(message)
        book = filled(str(path), bytes_of(path), column or quiz.heading or quiz.name, marks, points)
        found[name] = book.data
        missing = f"; not in it: {', '.join(book.missing[:_NAMED])}" if book.missing else ""
        open_ = f"; not final yet, and left as they were: {waiting}" if waiting else ""
        click.echo(printable(f"{path}: {counted(book.found, 'student')} filled in{open_}{missing}"), err=True)
        for note in book.notes:
            click.echo(printable(f"note: {path}: {note}"), err=True)
    return found


def feedback_of(quiz: Quiz, made: Marked, pile: Pile, scans: Sequence[Path], course: Path | None) -> dict[str, bytes]:
    """A PDF for each student, by its name in the folder of the results.

    Raises:
        BuilderError: the libraries that set PDFs are missing, or the course is none or another one.
    """
    from builder.cli._progress import Progress
    from builder.pages.feedback import feedback
    from builder.pages.feedback.sheets import flat, seen

    texts = _course(quiz, course) if course else None
    pages = pile.by_student
    wanted = {page.digest: page for own in pages.values() for page in own.values()}
    pictures = dict(flat(scans, wanted))

    def own(result: Result) -> Iterator[tuple[Seen, bytes]]:
        return seen(quiz, result, pages[result.student], pictures)

    with Progress({"setting": 1}) as progress:
        return dict(feedback(quiz, made.results, made.done.grader, texts, own, progress.stage("setting")))


def _course(quiz: Quiz, folder: Path) -> Course:
    """The course whose texts are shown; what has changed since the paper was drawn is told.

    Raises:
        BuilderError: it is another course than that of the paper.
    """
    from builder.cli._course import clean
    from builder.report import counted, printable

    course = clean(folder).course
    if course.id != quiz.course:
        message = f"{folder}: the course '{course.id}', and the paper is of '{quiz.course}'; name that course"
        raise BuilderError(message)
    changed = [it.id for it in quiz.items if it.id not in course.by_id or course.by_id[it.id].digest != it.digest]
    if changed:
        said = (
            f"note: {counted(len(changed), 'item')} changed since the paper was drawn, "
            f"and shown without texts: {_some(changed)}"
        )
        click.echo(printable(said), err=True)
    return course


def tell_strange(decisions: Decisions, pile: Pile) -> None:
    """Say which decisions are about pages that are not among the scans: they change nothing."""
    from builder.report import counted, printable

    strange = sorted(decisions.pages.keys() - {page.digest for page in pile.pages})
    if strange:
        said = f"note: decisions are about {counted(len(strange), 'page')} that {'is' if len(strange) == 1 else 'are'} "
        click.echo(printable(f"{said}not among these scans: {_some(strange)}"), err=True)


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
            text = f"note: marks are given for {counted(len(students), 'student')} {said}: {_some(students)}"
            click.echo(printable(text), err=True)


def tell_taken(name: str, taken: Mapping[str, str]) -> None:
    """Say which ids of a table of marks are taken for others, since zeros are missing in front of them."""
    from builder.report import printable

    if taken:
        said = _some([f"{typed} for {student}" for typed, student in taken.items()])
        click.echo(
            printable(f"note: {name}: ids are taken for those of the roster with zeros in front: {said}"), err=True
        )


def _tell_twins(quiz: Quiz, results: Sequence[Result]) -> None:
    """Name the students who share a name: whoever goes by names takes the marks of one for the other's."""
    from builder.paper.roster.twins import twins
    from builder.report import printable

    named = {it.id: it.name for it in quiz.students} | {it.student: it.name for it in results}
    if found := twins((name, student) for student, name in named.items()):
        said = _some([f"{name} ({', '.join(ids)})" for name, ids in found.items()])
        remedy = "go by the ids, as the files for Moodle, Canvas and Blackboard do"
        click.echo(printable(f"note: several students have one name: {said}; {remedy}"), err=True)


def _some(names: Sequence[str]) -> str:
    """The first names of a list."""
    return ", ".join(names[:_NAMED]) + (" and so on" if len(names) > _NAMED else "")


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
        for page in lists[name][:_NAMED]:
            click.echo(printable(f"{name}: {page.file}, page {page.number}: {page.reason}"), err=True)
        if len(lists[name]) > _NAMED:
            click.echo(f"{name}: {len(lists[name]) - _NAMED} more, in pages.csv", err=True)
    for note in dict.fromkeys(f"note: {page.file}: {note}" for page in pile.pages for note in page.notes):
        click.echo(printable(note), err=True)
    final = sum(not result.open for result in results)
    click.echo(f"{counted(len(results), 'result')}: {final} final, {len(results) - final} provisional", err=True)
    waiting = {(page.owner, page.stamp.page) for page in lists["queue"] if page.stamp}
    lost = {it.student: [number for number in it.missing if (it.student, number) not in waiting] for it in results}
    lacking = [f"{student} ({_pages(numbers)})" for student, numbers in lost.items() if numbers]
    if lacking:
        click.echo(printable(f"pages are missing of {counted(len(lacking), 'student')}: {_some(lacking)}"), err=True)
    absent = [student.id for student in quiz.students if student.id not in pile.by_student]
    if absent:
        click.echo(printable(f"no page of {counted(len(absent), 'student')}: {_some(absent)}"), err=True)


def _pages(numbers: Sequence[int]) -> str:
    """Pages of a sheet in words: `page 2`, `pages 2, 3`."""
    return f"page{'s' * (len(numbers) > 1)} {', '.join(map(str, numbers))}"
