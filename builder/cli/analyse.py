"""`her-study analyse`."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from builder.cli._course import FOLDER, clean, output_option, written
from builder.diagnostics import BuilderError

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from datetime import datetime
    from pathlib import Path

    from builder.analysis.sittings import Sitting
    from builder.model import Course
    from builder.pages.analysis import Analysis
    from builder.paper.record import Quiz
    from builder.paper.responses import Responses


@click.command("analyse")
@click.argument("answers", metavar="ANSWERS...", nargs=-1, required=True, type=FOLDER)
@click.option(
    "--quiz",
    "records",
    multiple=True,
    required=True,
    type=FOLDER,
    metavar="FILE",
    help="The record of the paper, quiz.json. Once for all ANSWERS, or once for each of them in their order.",
)
@click.option(
    "--course", type=FOLDER, metavar="COURSE", help="Whose texts the page shows for items that have not changed."
)
@click.option(
    "--record",
    "takes_down",
    is_flag=True,
    help="Take the figures of the items down in COURSE's usage.jsonl, for rules S01 to S05 and `history`.",
)
@click.option(
    "--date", type=click.DateTime(["%Y-%m-%d"]), metavar="YYYY-MM-DD", help="Of the exam, with --record; today without."
)
@click.option(
    "--board", "reports", is_flag=True, help="Write board.pdf as well, one to three pages for the exam board."
)
@click.option(
    "--cut",
    "cuts",
    multiple=True,
    type=click.FloatRange(min=0, min_open=True),
    metavar="MARKS",
    help="A mark that decides something, such as the pass mark: board.pdf says how sure it is. May be given several times. "
    "Without it: where the grades of the paper begin.",
)
@output_option
def command(
    answers: tuple[Path, ...],
    records: tuple[Path, ...],
    course: Path | None,
    date: datetime | None,
    output: Path,
    *,
    takes_down: bool,
    reports: bool,
    cuts: tuple[float, ...],
) -> None:
    """Say what the answers to papers tell of their questions, with an interval for each figure.

    ANSWERS are tables: `student,version,` and a column for each item id (or
    number), or a line for each answer, `student,version,item,answer`. All
    versions and sittings of one text count together. An item is flagged only
    where the figures leave no other reading; fewer than 15 takers give counts.
    --record takes down what leads to no person, and no group under five.
    """
    from builder.analysis.sittings import sitting
    from builder.pages import analysis as page
    from builder.report import as_line

    _refuse_lone(
        (takes_down and course is None, "--record takes figures down in a course; name it as well: --course COURSE"),
        (bool(date) and not takes_down, "--date is that of an exam in usage.jsonl; give --record as well"),
        (bool(cuts) and not reports, "--cut is for board.pdf; give --board as well"),
    )
    quizzes, responses = _read(answers, records)
    sittings = [sitting(quiz, given) for quiz, given in zip(quizzes, responses, strict=True)]
    texts = clean(course).course if course else None
    found = page.analysed(quizzes, sittings, texts)
    title = ", ".join(dict.fromkeys(quiz.heading or quiz.title for quiz in quizzes))
    board = _board(found, quizzes, sittings, cuts) if reports else {}
    for path in written(output, page.files(found, sittings, title) | board):
        click.echo(path)
    if takes_down and texts:
        _take_down(texts, quizzes, sittings, date)
    for line in _told(found):
        click.echo(as_line(line))


def _refuse_lone(*checks: tuple[bool, str]) -> None:
    """Refuse options that lack another one: each check says whether it does, and which.

    Raises:
        BuilderError: one lacks another.
    """
    for message in (message for is_alone, message in checks if is_alone):
        raise BuilderError(message)


def _board(
    found: Analysis, quizzes: Sequence[Quiz], sittings: Sequence[Sitting], cuts: Sequence[float]
) -> dict[str, bytes]:
    """The report for the exam board.

    Raises:
        BuilderError: the extra `print` is not installed, or a cut is more than the marks of every paper.
    """
    from importlib.util import find_spec

    if find_spec("typst") is None:
        message = "board.pdf is set by a library of the extra 'print': pip install 'her-study[print]'"
        raise BuilderError(message)
    most = max(sat.most for sat in sittings)
    beyond = [cut for cut in cuts if cut > most]
    if beyond:
        message = f"--cut {beyond[0]:g}: the paper has {most:g} marks; give marks, not per cent"
        raise BuilderError(message)
    from builder.pages.board import board

    return board(found, quizzes, sittings, sorted(set(cuts or _bounds(quizzes, sittings))))


def _bounds(quizzes: Sequence[Quiz], sittings: Sequence[Sitting]) -> list[float]:
    """The marks at which the grades of the papers begin; none unless all papers have one scale and equal marks."""
    from fractions import Fraction

    scales = [quiz.grades for quiz in quizzes]
    most = {sat.most for sat in sittings}
    if scales[0] is None or any(scale != scales[0] for scale in scales) or len(most) > 1:
        return []
    return [float(bound) for bound in scales[0].cuts(Fraction(most.pop()))]


def _take_down(course: Course, quizzes: Sequence[Quiz], sittings: Sequence[Sitting], date: datetime | None) -> None:
    """Add the figures of the items to the course's usage.jsonl, with the day of `date`, or else today's.

    Raises:
        BuilderError: a paper is of another course, or usage.jsonl can't be read, extended or written.
    """
    from datetime import UTC, datetime
    from pathlib import Path

    from builder.analysis.usage import taken_down
    from builder.cli._paper import read
    from builder.model.usage import USAGE_FILE

    others = [quiz for quiz in quizzes if quiz.course != course.id]
    if others:
        message = f"nothing was recorded: '{others[0].name}' is a paper of the course '{others[0].course}', not of '{course.id}'"
        raise BuilderError(message)
    folder = Path(course.path).parent
    path = folder / USAGE_FILE
    before = read(path) if path.exists() else None
    after = taken_down(before or "", sittings, f"{date or datetime.now(UTC):%Y-%m-%d}")
    if after == (before or ""):
        click.echo("nothing new to record: it is in usage.jsonl already, or fewer than five have sat it", err=True)
        return
    for done in written(folder, {USAGE_FILE: after.encode()}, before={USAGE_FILE: before}):
        click.echo(done)


def _read(answers: Sequence[Path], records: Sequence[Path]) -> tuple[list[Quiz], list[Responses]]:
    """The papers and the answers to each of them; what was left out is told on stderr."""
    from builder.cli._paper import bytes_of
    from builder.cli._records import record
    from builder.paper import responses
    from builder.paper.responses.several import joined
    from builder.report import counted, printable

    if len(records) not in (1, len(answers)):
        message = (
            f"{counted(len(answers), 'file')} of answers and {len(records)} --quiz: give one for all, or one for each"
        )
        raise BuilderError(message)
    files = list(zip(answers, records if len(records) > 1 else [records[0]] * len(answers), strict=True))
    quizzes = {path: record(path) for path in records}
    found: dict[Path, list[Responses]] = {path: [] for path in records}
    for path, of in files:
        given = responses.read(str(path), bytes_of(path), quizzes[of])
        for note in given.notes:
            click.echo(printable(f"note: {note}"), err=True)
        found[of].append(given)
    answers_of = [joined(quizzes[path], parts) for path, parts in found.items()]
    return _named_apart([quizzes[path] for path in found]), answers_of


def _named_apart(quizzes: Sequence[Quiz]) -> list[Quiz]:
    """The papers, each with a name of its own: the second `final` is `final (2)`."""
    names: list[str] = []
    for quiz in quizzes:
        number = sum(name == quiz.name or name.startswith(f"{quiz.name} (") for name in names)
        names.append(f"{quiz.name} ({number + 1})" if quiz.name in names else quiz.name)
    return [quiz.model_copy(update={"name": name}) for quiz, name in zip(quizzes, names, strict=True)]


def _told(found: Analysis) -> Iterator[str]:
    """The items that want a look, and how many there are: in English, as all that the terminal says."""
    from builder.pages.analysis.speech import Speech
    from builder.report import counted

    say = Speech("en")
    for line in found.flagged:
        yield f"{line.item.id}: {say.flags(line.item.flags)}"
    takers = sum(paper.report.n for paper in found.papers)
    number = len(found.flagged)
    verdict = "none is flagged" if not number else f"{number} {'is' if number == 1 else 'are'} flagged"
    yield f"{counted(takers, 'taker')}, {counted(len(found.lines), 'item')}: {verdict}"
