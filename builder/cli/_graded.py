"""What `grade` makes of answers, once they are read: marks by the key and its changes, and files."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import click

from builder.diagnostics import BuilderError

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path

    from builder.grading.marks import Given, Result
    from builder.grading.rekey import Changes, Rekeyed
    from builder.grading.sorting import Pile
    from builder.model import Course
    from builder.pages.feedback.sheets import Seen
    from builder.paper.record import Quiz

FEEDBACK = "feedback"


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
    from builder.cli._telling import NAMED
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
        missing = f"; not in it: {', '.join(book.missing[:NAMED])}" if book.missing else ""
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
    from builder.cli._telling import some
    from builder.report import counted, printable

    course = clean(folder).course
    if course.id != quiz.course:
        message = f"{folder}: the course '{course.id}', and the paper is of '{quiz.course}'; name that course"
        raise BuilderError(message)
    changed = [it.id for it in quiz.items if it.id not in course.by_id or course.by_id[it.id].digest != it.digest]
    if changed:
        said = (
            f"note: {counted(len(changed), 'item')} changed since the paper was drawn, "
            f"and shown without texts: {some(changed)}"
        )
        click.echo(printable(said), err=True)
    return course
