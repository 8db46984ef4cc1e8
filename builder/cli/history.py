"""`her-study history`."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from builder.cli._course import clean, course_argument

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from pathlib import Path

    from builder.drawing.history import Use
    from builder.model import GivenPaper


@click.command("history")
@course_argument
@click.option("--all", "every", is_flag=True, help="Items that were on no paper as well.")
@click.option(
    "--format",
    "form",
    type=click.Choice(["text", "json"]),
    default="text",
    show_default=True,
    help="JSON for programs.",
)
def command(folder: Path | None, form: str, *, every: bool) -> None:
    """Show the papers that COURSE has given, and how often each item was on one.

    `quiz --record` takes a paper down in history.yaml; `quiz --avoid-last` and
    `--avoid` leave out what was on the last ones.
    """
    course = clean(folder).course
    from builder.drawing.history import usage

    used = list(usage(course))
    shown = [use for use in used if use.papers or every]
    if form == "json":
        from builder.report import json_text

        click.echo(json_text(_data(course.history.papers, shown)))
        return
    for line in _lines(course.history.papers, shown, sum(bool(use.papers) for use in used), len(used)):
        click.echo(line)


def _lines(papers: Iterable[GivenPaper], shown: list[Use], used: int, items: int) -> Iterator[str]:
    from builder.report import counted, printable

    for paper in papers:
        seed = f"seed {paper.seed}, {counted(len(paper.items), 'item')}"
        yield f"{paper.date}  {printable(paper.paper)}  ({printable(seed)})"
    yield "" if shown else "no paper is recorded yet: `her-study quiz --record` takes one down"
    width = max((len(use.id) for use in shown), default=0)
    for use in shown:
        times = f"{len(use.papers)} x" if use.papers else "  -"
        last = f"last {use.papers[-1].date} on {printable(use.papers[-1].paper)}" if use.papers else "never used"
        yield f"{times:>5}  {use.id:<{width}}  {last}{', changed since' if use.changed else ''}"
    if shown:
        yield f"\n{used} of {items} items have been on a paper"


def _data(papers: Iterable[GivenPaper], shown: list[Use]) -> object:
    return {
        "papers": [paper.model_dump(mode="json", exclude_none=True) for paper in papers],
        "items": [
            {"id": use.id, "uses": len(use.papers), "papers": [p.paper for p in use.papers], "changed": use.changed}
            for use in shown
        ],
    }
