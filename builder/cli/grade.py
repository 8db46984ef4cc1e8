"""`her-study grade`."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING

import click

from builder.cli._course import written
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
_FILE = click.Path(path_type=Path)


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
@click.option("--feedback", is_flag=True, help="Make a PDF for each student, with the own sheet and the marks on it.")
@click.option(
    "--course", type=_FILE, metavar="COURSE", help="Whose questions, reasons and sources --feedback shows as well."
)
def command(
    scans: tuple[Path, ...],
    *,
    record: Path,
    output: Path,
    decided: tuple[Path, ...],
    marked: tuple[Path, ...],
    rekey: Path | None,
    course: Path | None,
    feedback: bool,
) -> None:
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
    from builder.cli._graded import again, feedback_of, tell, tell_changes, tell_differing

    if course and not feedback:
        message = "--course gives the texts of --feedback; give that as well"
        raise BuilderError(message)
    quiz = _record(record)
    given, differing = _given(marked, quiz)
    changes = _changes(rekey, output)
    if not scans:
        if feedback or decided:
            message = f"{'--feedback' if feedback else '--decisions'} is about scans; name them as well"
            raise BuilderError(message)
        done = again(quiz, output, given, changes)
        _write(output, done.files)
        tell_differing(differing)
        tell_changes(quiz, done)
        return
    _refuse_without_libraries()
    last, decisions = _decisions(decided, output)
    pile = _sorted_out(quiz, scans, decisions)
    done = _marked(quiz, pile, given, changes, last, decisions)
    _write(output, done.files)
    if feedback:
        _write(output, feedback_of(quiz, done, pile, scans, course))
    tell(quiz, pile, done.results)
    tell_differing(differing)
    tell_changes(quiz, done)
    if any(page.list != "read" for page in pile.pages):
        sys.exit(1)


def _write(output: Path, files: dict[str, bytes]) -> None:
    """Write files into the folder, all or none, and name them."""
    for path in written(output, files):
        click.echo(path)


def _given(paths: Sequence[Path], quiz: Quiz) -> tuple[Given, dict[tuple[str, str], str]]:
    """The marks that markers give, and those that they differ about, with what each of them gave.

    Raises:
        BuilderError: a table can't be read, or gives marks that there are not.
    """
    from builder.cli._paper import read
    from builder.grading.marks import given_marks, merged

    tables = {str(path): given_marks(str(path), read(path).removeprefix("\ufeff"), quiz) for path in paths}
    return merged(tables)


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


def _changes(path: Path | None, output: Path) -> Changes:
    """The changes of the key.

    Raises:
        BuilderError: the file can't be read, or holds no changes.
    """
    from builder.cli._paper import read
    from builder.grading.rekey import FILE, Changes, changes_of

    source = path or (output / FILE if (output / FILE).exists() else None)
    return changes_of(str(source), read(source)) if source else Changes()


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


def _sorted_out(quiz: Quiz, paths: tuple[Path, ...], decisions: Joined) -> Pile:
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
