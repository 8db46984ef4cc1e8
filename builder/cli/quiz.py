"""`her-study quiz`."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from builder.cli._course import clean, course_argument, lint_option, output_option

if TYPE_CHECKING:
    from pathlib import Path


@click.command("quiz")
@course_argument
@click.option("--items", "count", type=click.IntRange(1), default=12, show_default=True, help="How many questions.")
@click.option("--seed", default="1", show_default=True, help="Any text: the same seed draws the same paper.")
@output_option
@lint_option
def command(folder: Path | None, count: int, seed: str, output: Path, *, lint: bool) -> None:
    """Draw a paper from COURSE: the paper and its key as PDF, and quiz.json.

    Checks first, and stops at errors. Retired items, two of one group and
    declared enemies are left out.
    """
    course = clean(folder, lint=lint).course
    from builder.export import paper
    from builder.output import write
    from builder.quiz import draw

    for path in write(output, paper.files(course, draw(course, count, seed))):
        click.echo(path)
