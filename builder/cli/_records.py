"""What `quiz` does with papers that were drawn before: printing a record again, and taking a paper down in the history."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from builder.cli._course import written
from builder.diagnostics import BuilderError

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime
    from pathlib import Path

    from builder.model import Course
    from builder.paper.record import Quiz

RECORD = "quiz.json"
_ATTEMPTS = 20  # to add a paper to the history while other calls add theirs


def record(path: Path) -> Quiz:
    """The paper that a quiz.json records.

    Raises:
        BuilderError: the file can't be read, or is no record.
    """
    from pydantic import ValidationError

    from builder.cli._paper import read
    from builder.paper.record import Quiz

    try:
        return Quiz.model_validate_json(read(path))
    except ValidationError as error:
        first = error.errors(include_url=False)[0]
        where = ".".join(map(str, first["loc"]))
        message = f"{path}: no record of a paper: {where + ': ' if where else ''}{first['msg']}"
        raise BuilderError(message) from error


def recorded(course: Course, path: Path, given: Sequence[str]) -> Quiz:
    """The paper that a quiz.json records. Printing it compares it with the course, not this function.

    `given` are the names of options that say which paper to draw: a record leaves nothing to draw.

    Raises:
        BuilderError: `given` names an option, the file is no record, or its paper is of another course.
    """
    from builder import __version__

    if given:
        message = f"--{given[0].replace('_', '-')} draws a paper, --from prints one that is drawn; give one of the two"
        raise BuilderError(message)
    quiz = record(path)
    if quiz.course != course.id:
        message = f"{path}: a paper of the course '{quiz.course}', not of '{course.id}'; name its course"
        raise BuilderError(message)
    if quiz.tool != __version__:
        click.echo(f"note: drawn by her-study {quiz.tool}, printed by {__version__}: the layout may differ", err=True)
    return quiz


def refuse_other_places(folder: Path, quiz: Quiz) -> None:
    """Refuse to write over the record of the same paper for other students, whose sheets may be printed.

    A sheet says the place of its student on the roster and no name. Ada is the first of a list and Bo the second; with
    Al in front of both, Ada's sheet would be marked as Al's. Students who come to the end of the list do no harm, nor
    do those who leave it there.

    Raises:
        BuilderError: a student of the record in the folder has another place now, or another version.
    """
    path = folder / RECORD
    if not quiz.students or not path.exists():
        return
    try:
        before = record(path)
    except BuilderError:
        return  # no record, so no sheets
    if before.identity != quiz.identity or before.edition.answers == "inline":
        return  # sheets of another paper are told by their code, and a paper with answers on it has none
    for number, (was, now) in enumerate(zip(before.students, quiz.students, strict=False), 1):
        if (was.id, was.version) != (now.id, now.version):
            moved = "with another version" if was.id == now.id else f"and now {now.id}"
            message = (
                f"{path}: place {number} of its roster is {was.id}, {moved}. Sheets say places, not names, so that those "
                "printed before would be marked as others': put new students at the end of the list and keep all other "
                "lines, or write to another folder with -o; delete the file if none of its papers is printed"
            )
            raise BuilderError(message)


def take_down(course: Course, quiz: Quiz, date: datetime | None) -> None:
    """Add the paper to the course's history.yaml, with the day of `date`, or else today's.

    Raises:
        BuilderError: history.yaml can't be read, extended or written; or other calls changed it in each attempt.
    """
    from datetime import UTC, datetime
    from pathlib import Path

    from builder.cli._paper import read
    from builder.diagnostics import ChangedError
    from builder.drawing.history import taken_down
    from builder.model.history import HISTORY_FILE

    folder = Path(course.path).parent
    day = f"{date or datetime.now(UTC):%Y-%m-%d}"
    for attempt in range(_ATTEMPTS):  # another call may change the file between reading and writing it
        before = read(folder / HISTORY_FILE) if (folder / HISTORY_FILE).exists() else None
        try:
            after = taken_down(before or "", quiz, day)
            if after is None:
                click.echo(f"'{quiz.name}' is in the history already", err=True)
                return
            for path in written(folder, {HISTORY_FILE: after.encode()}, before={HISTORY_FILE: before}):
                click.echo(path)
        except ChangedError:
            if attempt + 1 == _ATTEMPTS:
                raise
        except BuilderError as error:
            message = f"'{quiz.name}' is printed and not recorded: {error}"
            raise BuilderError(message) from error
        else:
            return
