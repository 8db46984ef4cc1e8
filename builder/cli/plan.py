"""`her-study plan`."""

from __future__ import annotations

import os
import sys
from typing import TYPE_CHECKING

import click

from builder.cli._course import clean, course_argument, rendered

if TYPE_CHECKING:
    from pathlib import Path


@click.command("plan")
@course_argument
@click.option(
    "--format",
    "form",
    type=click.Choice(["text", "markdown", "json"]),
    default="text",
    show_default=True,
    help="How to say it.",
)
def command(folder: Path | None, form: str) -> None:
    """Show what the next import of COURSE will do to a student.

    Compares the course with its last release: what is new, edited, retired,
    moved or untouched, word by word, and what that means for progress and for
    a student's own edits. Markdown is a section for the changelog.
    """
    course, lock, _, loaded, _ = clean(folder)
    from builder.loading.released import load_released
    from builder.release import plan, report

    found = plan(rendered(course), lock, load_released(loaded))
    if form == "json":
        click.echo(report.as_json(found))
    elif form == "markdown":
        click.echo(report.as_markdown(found))
    else:
        colours = sys.stdout.isatty() and not os.environ.get("NO_COLOR")
        click.echo(report.as_text(found, _coloured if colours else report.plain), nl=False)


def _coloured(text: str, what: str) -> str:
    return click.style(text, fg="green" if what == "new" else "red", strikethrough=what == "gone")
