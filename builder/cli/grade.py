"""`her-study grade`."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING

import click

from builder.cli._course import written
from builder.diagnostics import BuilderError

if TYPE_CHECKING:
    from builder.grading.decisions import Decisions
    from builder.grading.marks import Result
    from builder.grading.pages import Page
    from builder.grading.sorting import Pile
    from builder.paper.record import Quiz

_NEEDED = ("zxingcpp", "pypdfium2", "PIL", "numpy")
_NAMED = 5  # pages of a list that are named on the screen; all of them are in pages.csv


@click.command("grade")
@click.argument("scans", nargs=-1, required=True, type=click.Path(path_type=Path))
@click.option("--quiz", "record", required=True, type=click.Path(path_type=Path), help="quiz.json of the paper.")
@click.option(
    "-o",
    "--output",
    type=click.Path(path_type=Path),
    default="results",
    show_default=True,
    help="Folder to write to.",
)
@click.option(
    "--decisions",
    "decided",
    type=click.Path(path_type=Path),
    help="What people decided about answers in doubt.  [default: decisions.yaml in the output folder, if it is there]",
)
@click.option(
    "--marks",
    "marked",
    type=click.Path(path_type=Path),
    help="Marks that markers give, as CSV: student, item, marks.",
)
@click.option(
    "--roster",
    type=click.Path(path_type=Path),
    help="Who sat the paper, where the record has no students: a class list, by whose ids candidate numbers are found.",
)
def command(
    scans: tuple[Path, ...],
    record: Path,
    output: Path,
    decided: Path | None,
    marked: Path | None,
    roster: Path | None,
) -> None:
    """Read scans of answer sheets, and mark them by the record of the paper.

    SCANS are PDF, TIFF, PNG and JPEG files, and folders of them: in any order,
    and turned in any way. Every page ends in one list: read, queue or refused.
    What is in doubt is put before a person: queue.html shows it, and saves
    what is typed as decisions.yaml for the next run. Nothing but quiz.json and
    the scans is read, and a page that was not read is never taken for 0 marks.

    The exit code is 1 as long as pages wait in the queue or were refused.
    """
    _refuse_without_libraries()
    from builder.cli._paper import read
    from builder.grading.decisions import FILE, Decisions, decisions_of
    from builder.grading.marks import given_marks, results
    from builder.grading.queue import queue_page
    from builder.grading.tables import tables

    quiz = _rostered(_record(record), roster)
    given = given_marks(str(marked), read(marked).removeprefix("\ufeff"), quiz) if marked else {}
    source = decided or (output / FILE if (output / FILE).exists() else None)
    decisions = decisions_of(str(source), read(source)) if source else Decisions()
    pile = _sorted_out(quiz, scans, decisions)
    found = list(results(quiz, pile.by_student, given))
    files = tables(quiz, found, pile.pages) | {"queue.html": queue_page(quiz, pile.pages, decisions)}
    for path in written(output, files):
        click.echo(path)
    _tell(quiz, pile, found)
    if any(page.list != "read" for page in pile.pages):
        sys.exit(1)


def _refuse_without_libraries() -> None:
    """Stop where the extra is not installed.

    Raises:
        BuilderError: a library is missing.
    """
    from importlib.util import find_spec

    if not all(map(find_spec, _NEEDED)):
        message = "scans are read by libraries of the extra 'grade': pip install 'her-study[grade]'"
        raise BuilderError(message)


def _record(path: Path) -> Quiz:
    """The paper that a quiz.json records.

    Raises:
        BuilderError: the file is no record, or answers are given on the paper itself.
    """
    from builder.cli._records import record

    quiz = record(path)
    if quiz.edition.answers == "inline":
        message = f"{path}: answers to this paper are written on the paper itself; there is no sheet to read"
        raise BuilderError(message)
    return quiz


def _rostered(quiz: Quiz, path: Path | None) -> Quiz:
    """The paper with the students of a class list.

    Raises:
        BuilderError: the record has students of its own, or the list can't be read.
    """
    if path is None:
        return quiz
    if quiz.students:
        message = f"{path}: the record has its own students, whose sheets bear their numbers; leave out --roster"
        raise BuilderError(message)
    from builder.cli._paper import bytes_of
    from builder.paper import roster

    found = roster.read(str(path), bytes_of(path), [version.name for version in quiz.versions])
    return quiz.model_copy(update={"students": found.students})


def _sorted_out(quiz: Quiz, paths: tuple[Path, ...], decisions: Decisions) -> Pile:
    """The pages of all scans.

    Raises:
        BuilderError: a file or folder is not there.
    """
    from builder.grading.scans import scans
    from builder.grading.sorting import sorted_out

    for path in paths:
        if not path.exists():
            message = f"{path}: there is no such file or folder"
            raise BuilderError(message)
    return sorted_out(quiz, scans(paths), decisions)


def _tell(quiz: Quiz, pile: Pile, results: list[Result]) -> None:
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
    absent = [student.id for student in quiz.students if student.id not in pile.by_student]
    if absent:
        some = ", ".join(absent[:_NAMED]) + (" and so on" if len(absent) > _NAMED else "")
        click.echo(printable(f"no page of {counted(len(absent), 'student')}: {some}"), err=True)
