"""`her-study build`."""

from __future__ import annotations

import os
import time
from typing import TYPE_CHECKING

import click

from builder.cli._course import clean, course_argument, lint_option, output_option
from builder.diagnostics import BuilderError

if TYPE_CHECKING:
    from pathlib import Path


@click.command("build")
@course_argument
@output_option
@lint_option
def command(folder: Path | None, output: Path, *, lint: bool) -> None:
    """Compile COURSE into one Anki package.

    Checks first, and stops at errors. Every note is stamped with the time of
    the newest file of the course, or with SOURCE_DATE_EPOCH where that is set:
    Anki updates a note it has when the stamp is newer.
    """
    course, changed = clean(folder, lint=lint)
    from builder.export import anki
    from builder.output import write

    for path in write(output, anki.files(course, _stamp(changed))):
        click.echo(path)


def _stamp(changed: int) -> int:
    """Seconds since 1970: SOURCE_DATE_EPOCH (reproducible-builds.org), else `changed`, never in the future."""
    given = os.environ.get("SOURCE_DATE_EPOCH")
    if given is None:
        return min(changed, int(time.time()))
    if not given.isdigit() or not 0 < int(given) <= time.time():
        message = (
            f"SOURCE_DATE_EPOCH is '{given}', not a time in the past in seconds since 1970; unset it or correct it"
        )
        raise BuilderError(message)
    return int(given)
