"""`her-study grade`."""

from __future__ import annotations

import os
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

import click

from builder.cli._course import FOLDER, written
from builder.diagnostics import BuilderError

if TYPE_CHECKING:
    from collections.abc import Sequence

    from builder.cli._graded import Marked
    from builder.grading.decisions import Decisions, Joined
    from builder.grading.marks import Given
    from builder.grading.rekey import Changes
    from builder.grading.sorting import Pile
    from builder.paper.record import Quiz

_NEEDED = ("zxingcpp", "pypdfium2", "PIL", "numpy")
_NEEDED_TO_PRINT = ("typst",)
_FILE = click.Path(path_type=Path)


class _Options(NamedTuple):
    """The options that say what is decided, given, changed and printed."""

    decided: tuple[Path, ...]
    marked: tuple[Path, ...]
    rekey: Path | None
    course: Path | None
    gradebooks: tuple[Path, ...]
    column: str | None
    feedback: bool
    roster: Path | None
    jobs: int | None


@click.command("grade")
@click.argument("scans", nargs=-1, type=_FILE)
@click.option("--quiz", "record", required=True, type=_FILE, help="quiz.json of the paper.")
@click.option("-o", "--output", type=_FILE, default="results", show_default=True, help="Folder to write to.")
@click.option(
    "--decisions",
    "decided",
    multiple=True,
    type=_FILE,
    help="What a marker decided about answers in doubt; once for each of several markers. decisions.yaml in the output "
    "folder is always read, and has the last word.",
)
@click.option(
    "--marks",
    "marked",
    multiple=True,
    type=_FILE,
    help="Marks that a marker gives, as CSV: student, item, marks; once for each of several markers.",
)
@click.option(
    "--rekey",
    type=_FILE,
    help="Changes of the key.  [default: rekey.yaml in the output folder, if it is there]",
)
@click.option(
    "--gradebook",
    "gradebooks",
    multiple=True,
    type=_FILE,
    help="A gradebook that Moodle, Canvas or Blackboard gave out as CSV, to fill the results in.",
)
@click.option(
    "--column", metavar="NAME", help="The column of --gradebook to fill in.  [default: the name of the paper]"
)
@click.option("--feedback", is_flag=True, help="Make a PDF for each student, with the own sheet and the marks on it.")
@click.option(
    "--course", type=FOLDER, metavar="COURSE", help="Whose questions, reasons and sources --feedback shows as well."
)
@click.option(
    "--roster",
    type=_FILE,
    help="Who sat the paper, where the record has no students: a class list, by whose ids candidate numbers are found.",
)
@click.option(
    "--jobs",
    type=click.IntRange(1),
    metavar="N",
    help="How many processes read pages.  [default: one for each processor, at most 4]",
)
def command(scans: tuple[Path, ...], record: Path, output: Path, **asked: Any) -> None:
    """Read scans of answer sheets, and mark them by the record of the paper.

    SCANS are PDF, TIFF, PNG and JPEG files, and folders of them: in any order,
    and turned in any way. Every page ends in one list: read, queue or refused.
    What is in doubt is put before a person: queue.html shows it, and saves
    what is typed as decisions.yaml for the next run. Marks come from quiz.json and
    the scans alone, and a page that was not read is never taken for 0 marks.

    Without SCANS the answers that an earlier run stored in the output folder are
    marked again, with --rekey by another key.

    The exit code is 1 as long as pages wait in the queue or were refused.
    """
    from builder.cli._graded import again, changes_of_call, feedback_of, filled_in
    from builder.cli._telling import tell

    options = _Options(**asked)
    _refuse_call(scans, options)
    quiz = _rostered(_record(record), options.roster)
    given, differing = _given(options.marked, quiz)
    changes = changes_of_call(options.rekey, output)
    if scans:
        pile, done = _read(quiz, scans, given, changes, options, output)
    else:
        pile, done = None, again(quiz, output, given, changes)
    books = filled_in(quiz, done, options.gradebooks, options.column)
    _write(output, done.files | books)
    if pile and options.feedback:
        _write(output, feedback_of(quiz, done, pile, scans, options.course))
    tell(quiz, pile, done, given, differing)
    if pile and any(page.list != "read" for page in pile.pages):
        sys.exit(1)


def _refuse_call(scans: tuple[Path, ...], options: _Options) -> None:
    """Refuse options that want others, and what the libraries that are installed can't do.

    Raises:
        BuilderError: such an option was given, or a library is missing.
    """
    if options.course and not options.feedback:
        message = "--course gives the texts of --feedback; give that as well"
        raise BuilderError(message)
    if options.column and not options.gradebooks:
        message = "--column is one of a gradebook; give the file as well: --gradebook FILE"
        raise BuilderError(message)
    if not scans and (options.feedback or options.decided):
        message = f"{'--feedback' if options.feedback else '--decisions'} is about scans; name them as well"
        raise BuilderError(message)
    if scans:
        _refuse_without_libraries(feedback=options.feedback)


def _read(
    quiz: Quiz, scans: tuple[Path, ...], given: Given, changes: Changes, options: _Options, output: Path
) -> tuple[Pile, Marked]:
    """The pages of scans, and the results of what they say.

    Raises:
        BuilderError: a file is not there, or what people decided can't be so.
    """
    from builder.cli._telling import tell_gone, tell_strange

    last, decisions = _decisions(options.decided, output)
    pile = _sorted_out(quiz, scans, decisions, options.jobs)
    tell_strange(decisions, pile)
    done = _marked(quiz, pile, given, changes, last, decisions)
    tell_gone(quiz, output, done.before, has_marks=bool(options.marked))
    return pile, done


def _write(output: Path, files: dict[str, bytes]) -> None:
    """Write files into the folder, all or none, and name them."""
    for path in written(output, files):
        click.echo(path)


def _given(paths: Sequence[Path], quiz: Quiz) -> tuple[Given, dict[tuple[str, str], str]]:
    """The marks that markers give, and those that they differ about, with what each of them gave.

    Raises:
        BuilderError: a table can't be read, or gives marks that there are not.
    """
    from builder.cli._paper import bytes_of
    from builder.cli._telling import tell_taken
    from builder.grading.given import given_marks, merged

    tables = {str(path): given_marks(str(path), bytes_of(path), quiz) for path in paths}
    for name, table in tables.items():
        tell_taken(name, table.taken)
    return merged({name: table.marks for name, table in tables.items()})


def _decisions(paths: Sequence[Path], output: Path) -> tuple[Decisions, Joined]:
    """What was decided last, in the output folder, and with it what markers decided.

    Raises:
        BuilderError: a file can't be read, or holds no decisions.
    """
    from builder.cli._paper import read
    from builder.grading.decisions import FILE, Decisions, decisions_of, joined

    def at(path: Path) -> Decisions:
        return decisions_of(str(path), read(path))

    own = output / FILE
    last = at(own) if own.exists() else Decisions()
    others = [(path, at(path)) for path in paths if not (own.exists() and path.exists() and path.samefile(own))]
    markers = [one if one.by else one.model_copy(update={"by": path.stem}) for path, one in others]
    return last, joined(markers, last)


def _marked(quiz: Quiz, pile: Pile, given: Given, changes: Changes, last: Decisions, decisions: Joined) -> Marked:
    """The results of what was read, with all files.

    Raises:
        BuilderError: a student has marks for too many questions, or a change of the key can't be made.
    """
    from builder.cli._graded import marked
    from builder.grading import tables
    from builder.grading.audit import AUDIT, audit_page
    from builder.grading.marks import results
    from builder.grading.queue import queue_page

    made = marked(quiz, list(results(quiz, pile.by_student, given)), changes)
    pages = {
        **tables.of_pages(pile.pages),
        "queue.html": queue_page(quiz, pile.pages, last),
        AUDIT: audit_page(quiz, pile.pages, decisions),
    }
    return made._replace(files=made.files | pages)


def _refuse_without_libraries(*, feedback: bool) -> None:
    """Stop where an extra is not installed; PDFs for students want that for printing too.

    Raises:
        BuilderError: a library is missing.
    """
    from importlib.util import find_spec

    if not all(map(find_spec, _NEEDED)):
        message = "scans are read by libraries of the extra 'grade': pip install 'her-study[grade]'"
        raise BuilderError(message)
    if feedback and not all(map(find_spec, _NEEDED_TO_PRINT)):
        message = "feedback is printed by libraries of the extra 'print': pip install 'her-study[grade,print]'"
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
    """The paper with the students of a class list; notes about the list are shown on stderr.

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
    from builder.report import printable

    found = roster.read(str(path), bytes_of(path), [version.name for version in quiz.versions])
    for note in found.notes:
        click.echo(printable(f"note: {note}"), err=True)
    return quiz.model_copy(update={"students": found.students})


def _sorted_out(quiz: Quiz, paths: tuple[Path, ...], decisions: Joined, jobs: int | None) -> Pile:
    """The pages of all scans.

    Raises:
        BuilderError: a file or folder is not there or empty, or a decision names a circle that there is not.
    """
    # Sums of one thread come in one order; the processes share the work already.
    os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
    from builder.cli._progress import Progress
    from builder.grading.reading import read_all
    from builder.grading.sorting import sorted_out

    for path in paths:
        if not path.exists():
            message = f"{path}: there is no such file or folder"
            raise BuilderError(message)
    with Progress({"reading": 1}) as progress:
        pages = read_all(quiz, decisions, paths, jobs, progress.stage("reading"))
    if not pages:
        message = f"{', '.join(map(str, paths))}: no file in it; name the scans, or a folder of them"
        raise BuilderError(message)
    return sorted_out(quiz, pages, decisions)
