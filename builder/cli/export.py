"""`her-study export`."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

import click

from builder.cli._course import FOLDER, clean, course_argument, output_option, written

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from builder.model import Course, Item


@click.command("export")
@course_argument
@click.option(
    "--format", "form", required=True, metavar="NAME", help="For which system: explain NAME tells of a format."
)
@click.option(
    "--quiz", "paper", metavar="FILE", type=FOLDER, help="Only the questions of a drawn paper: its quiz.json."
)
@output_option
@click.option("--kept", is_flag=True, help="With the items that are kept for exams (use: exam).")
@click.option("--strict", is_flag=True, help="Write nothing and exit 1 where the format can't hold all.")
def command(folder: Path | None, form: str, paper: Path | None, output: Path, *, kept: bool, strict: bool) -> None:
    """Write the items of COURSE, or of a drawn paper, for another system.

    What the format can't hold is listed on stderr, each with its place. Retired
    items stay here. So do items that are kept for exams, unless a paper has
    them or --kept asks for them.
    """
    from builder import exchange
    from builder.exchange._frame import LEFT_OUT, LOST, stand_alone
    from builder.report import counted

    module = exchange.named(form, "write")
    result = clean(folder)
    items = _of_paper(result.course, paper) if paper else _of_bank(result.course, kept=kept)
    items, lost = stand_alone(result.course, items)
    made = module.write(result.course, items)
    losses = [*lost, *made.losses]
    result.show(losses, whole={LOST})
    if left := len({loss.at for loss in losses if loss.message.startswith(LEFT_OUT)}):
        click.echo(f"note: {left} of {counted(len(items), 'item')} left out, as named above", err=True)
    if strict and losses:
        click.echo(f"nothing was written: {form} can't hold all of it, and --strict was given", err=True)
        sys.exit(1)
    for path in written(output, made.files):
        click.echo(path)


def _of_bank(course: Course, *, kept: bool) -> Sequence[Item]:
    """The items in use; how many are left out is said."""
    from builder.report import counted

    items = [item for item in course.active if kept or not item.is_kept]
    for left, why in (
        (len(course.items) - len(course.active), "retired"),
        (len(course.active) - len(items), "kept for exams, which --kept takes along"),
    ):
        if left:
            click.echo(f"note: {counted(left, 'item')} left out: {why}", err=True)
    return items


def _of_paper(course: Course, path: Path) -> Sequence[Item]:
    """The items of a drawn paper in its order, with its marks and rules."""
    from builder.cli._records import recorded
    from builder.model.scoring import Scored, Scoring
    from builder.paper.proof import refuse_changed
    from builder.paper.variants import variant_of

    quiz = recorded(course, path, ())
    refuse_changed(course, quiz)
    made = []
    for entry in quiz.items:
        item = variant_of(course, entry)
        changes: dict[str, object] = {"marks": entry.points}
        if isinstance(item, Scored) and entry.scoring:
            changes["scoring"] = Scoring(**entry.scoring.model_dump())
        made.append(item.model_copy(update=changes))
    return made
