"""`her-study page`."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from builder.cli._course import clean, course_argument, output_option, written
from builder.diagnostics import BuilderError

if TYPE_CHECKING:
    from pathlib import Path


@click.command("page")
@course_argument
@output_option
@click.option("--open", "opens", is_flag=True, help="Show the page in the browser.")
def command(folder: Path | None, output: Path, *, opens: bool) -> None:
    """Write study.html: COURSE to study in a browser, without Anki and without a network.

    The page asks as Anki does, and keeps progress in the browser. Give it to
    students as a file, or put all files on a web host, where it can be
    installed as an app. Items kept for exams are not in it, nor are ones whose
    review is open.
    """
    from builder.pages import study
    from builder.report import counted

    course = clean(folder).course
    asked = study.asked(course)
    if not asked.course.items:
        message = f"{course.id} has no item to study: all are kept for exams, retired or not approved"
        raise BuilderError(message)
    paths = written(output, study.files(course))
    if asked.unapproved:
        click.echo(f"{counted(asked.unapproved, 'item')} left out: their review is open", err=True)
    for path in paths[:1] + [path for path in paths[1:] if path.parent == output]:
        click.echo(path)
    if opens:
        click.launch(str(paths[0]))
