"""`her-study history`."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from builder.cli._course import clean, course_argument

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping
    from pathlib import Path

    from builder.analysis.usage import Measured
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
    `--avoid` leave out what was on the last ones. Where `analyse --record` has
    taken down how an item did, its share of right answers and its correlation
    with the rest of the papers are shown.
    """
    course = clean(folder).course
    from builder.analysis.usage import measured
    from builder.drawing.history import usage

    used = list(usage(course))
    figures = {item.id: found for item, found in measured(course)}
    shown = [use for use in used if use.papers or use.id in figures or every]
    if form == "json":
        from builder.report import json_text

        click.echo(json_text(_data(course.history.papers, shown, figures)))
        return
    for line in _lines(course.history.papers, shown, figures):
        click.echo(line)
    if shown:
        click.echo(f"\n{sum(bool(use.papers) for use in used)} of {len(used)} items have been on a paper")


def _lines(papers: Iterable[GivenPaper], shown: list[Use], figures: Mapping[str, Measured]) -> Iterator[str]:
    from builder.report import counted, printable

    for paper in papers:
        seed = f"seed {paper.seed}, {counted(len(paper.items), 'item')}"
        yield f"{paper.date}  {printable(paper.paper)}  ({printable(seed)})"
    yield "" if shown else "no paper is recorded yet: `her-study quiz --record` takes one down"
    width = max((len(use.id) for use in shown), default=0)
    for use in shown:
        times = f"{len(use.papers)} x" if use.papers else "  -"
        nowhere = "on no recorded paper" if use.id in figures else "never used"
        last = f"last {use.papers[-1].date} on {printable(use.papers[-1].paper)}" if use.papers else nowhere
        found = f"; {_told(figures[use.id])}" if use.id in figures else ""
        yield f"{times:>5}  {use.id:<{width}}  {last}{', changed since' if use.changed else ''}{found}"


def _told(found: Measured) -> str:
    """How an item did: `p 0.62 (0.54 to 0.70), r 0.31 (0.17 to 0.44), 140 takers in 2 exams`."""
    from builder.report import counted

    p, r = (f"{it.value:.2f} ({it.low:.2f} to {it.high:.2f})" if it else "-" for it in (found.p, found.r))
    return f"p {p}, r {r}, {counted(found.n, 'taker')} in {counted(len(found.uses), 'exam')}"


def _data(papers: Iterable[GivenPaper], shown: list[Use], figures: Mapping[str, Measured]) -> object:
    return {
        "papers": [paper.model_dump(mode="json", exclude_none=True) for paper in papers],
        "items": [
            {"id": use.id, "uses": len(use.papers), "papers": [p.paper for p in use.papers], "changed": use.changed}
            | ({"measured": _measured(figures[use.id])} if use.id in figures else {})
            for use in shown
        ],
    }


def _measured(found: Measured) -> object:
    return {
        "n": found.n,
        "p": found.p._asdict(),
        "r": found.r._asdict() if found.r else None,
        "exams": [use.model_dump(mode="json", exclude={"item", "digest"}) for use in found.uses],
    }
