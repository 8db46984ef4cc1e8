"""`her-study coverage`."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

import click
from click.core import ParameterSource

from builder.cli._course import clean, course_argument, output_option, refuse_shipped, written

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence
    from pathlib import Path

    from builder.analysis.usage import Known
    from builder.coverage import Cell, Coverage, Table

_COLUMNS = 100  # of a line, in characters
_MOST_NAME = 32  # characters of a row's name; ids may be as long as their author likes
_MARK = "!"  # behind a number that misses its target


@click.command("coverage")
@course_argument
@click.option(
    "--format",
    "form",
    type=click.Choice(["text", "json", "html"]),
    default="text",
    show_default=True,
    help="text and json: on stdout. html: a page with a heat map, coverage.html.",
)
@output_option
@click.option(
    "--next",
    "number",
    type=click.IntRange(1, 100),
    metavar="N",
    help="In place of the report: the N items most worth writing for the targets and the blueprints.",
)
@click.option(
    "--write", "bank", metavar="BANK", help="With --next: put them into that bank, as comments to write over."
)
@click.option("--strict", is_flag=True, help="Exit 1 where a target is missed; the misses are listed on stderr.")
@click.pass_context
def command(
    ctx: click.Context,
    folder: Path | None,
    form: str,
    output: Path,
    number: int | None,
    bank: str | None,
    *,
    strict: bool,
) -> None:
    """Show what the items of COURSE cover, against what they are meant to.

    Paragraphs have a least number of items in the outline; works, themes,
    kinds, Bloom levels and difficulties in the specification that course.yaml
    names. Retired items don't count.
    """
    if form != "html" and ctx.get_parameter_source("output") is ParameterSource.COMMANDLINE:
        message = "-o goes with --format html; text and json are written to stdout"
        raise click.UsageError(message)
    if number is not None or bank is not None:
        _next(folder, form, number, bank, strict=strict)
        return
    course = clean(folder).course
    from builder.analysis.usage import known
    from builder.coverage import cover

    coverage, told = cover(course), known(course)
    match form:
        case "html":
            from builder.pages import coverage as coverage_page

            for path in written(output, coverage_page.files(course, coverage)):
                click.echo(path)
        case "json":
            click.echo(_json(coverage, told))
        case _:
            _echo(_report(coverage, told, with_misses=not (strict and coverage.misses)))
    if strict and coverage.misses:
        _echo(_missed(coverage), err=True)
        sys.exit(1)


def _echo(lines: Iterable[str], *, err: bool = False) -> None:
    from builder.report import as_line

    for line in lines:
        click.echo(as_line(line), err=err)


def _next(folder: Path | None, form: str, number: int | None, bank: str | None, *, strict: bool) -> None:
    """Show the items most worth writing, and put them into a bank if one is named."""
    if number is None:
        message = "--write goes with --next, such as --next 10"
        raise click.UsageError(message)
    if strict or form == "html":
        message = "--next goes with text and json, and without --strict"
        raise click.UsageError(message)
    if bank is not None:
        refuse_shipped(folder, "--write")
    from builder.cli import _next as proposals
    from builder.starting.wanted import wanted

    result = clean(folder)
    found = wanted(result.course, number)
    if bank is None or form == "json":
        click.echo(proposals.shown(found, form))
    if bank is not None:
        proposals.write(bank, found, result.loaded)


def _json(coverage: Coverage, told: Known | None) -> str:
    from builder.coverage import as_data
    from builder.report import json_text

    return json_text(as_data(coverage) | ({"measured": told._asdict()} if told else {}))


def _report(coverage: Coverage, told: Known | None, *, with_misses: bool) -> Iterator[str]:
    """The lines of the report: the tables, and last the missed targets.

    Lines have at most 100 characters, unless a table has very many columns.
    """
    from builder.report import counted

    kept = f", {coverage.kept} of them kept for exams" if coverage.kept else ""
    yield f"{coverage.title}: {counted(coverage.items, 'item')} in use{kept}"
    if coverage.review:
        yield f"(review: {', '.join(f'{number} {state}' for state, number in coverage.review.items())})"
    if told:
        yield f"(measured in exams: {told.items} of them, on average {told.mean_p:.0%} of the marks earned)"
    yield f"(items there are/wanted; {_MARK} marks a missed target)"
    if coverage.paragraphs:
        yield from ("", "Paragraphs (wanted: at least)", *_paragraphs(coverage))
    if coverage.works:
        yield from ("", "Works cited (wanted: at least)", *_works(coverage))
    for table in coverage.tables:
        yield from ("", table.title, *_rows(table))
    if with_misses:
        yield from ("", *_missed(coverage))


def _missed(coverage: Coverage) -> Iterator[str]:
    from builder.report import counted

    misses, targets = coverage.misses, counted(len(coverage.targets), "target")
    if not misses:
        yield f"Of {targets}, none is missed."
        return
    yield f"Of {targets}, {len(misses)} {'is' if len(misses) == 1 else 'are'} missed:"
    yield from (f"  {miss}" for miss in misses)


def _paragraphs(coverage: Coverage) -> Iterator[str]:
    from builder.report import printable

    names = _clipped(covered.place.paragraph.id for covered in coverage.paragraphs)
    cells = [_marked(covered.cell) for covered in coverage.paragraphs]
    name, number = (max(map(len, column)) for column in (names, cells))
    source = section = ""
    for covered, own, cell in zip(coverage.paragraphs, names, cells, strict=True):
        if covered.place.source.title != source:
            source = covered.place.source.title
            yield f"  {source}"
        if covered.place.section.title != section:
            section = covered.place.section.title
            yield f"    {section}"
        head = f"      {own:{name}} {cell:>{number}} "
        yield head + _clip(printable(covered.place.paragraph.gist), _COLUMNS - len(head))


def _works(coverage: Coverage) -> Iterator[str]:
    """The works in columns, read downwards, with as many columns as fit into a line."""
    names = _clipped(line.head.name for line in coverage.works)
    cells = [_marked(line.cells[0]) for line in coverage.works]
    name, number = (max(map(len, column)) for column in (names, cells))
    entries = [f"  {own:{name}} {cell:>{number}}" for own, cell in zip(names, cells, strict=True)]
    fitting = max(1, _COLUMNS // len(entries[0]))
    rows = -(-len(entries) // fitting)
    for row in range(rows):
        yield "".join(entries[row::rows]).rstrip()


def _rows(table: Table) -> Iterator[str]:
    """The lines of a table: its heads, then its rows. The numbers of a column are aligned at their ends.

    Columns that don't fit into a line follow in a second table with the names of the rows.
    """
    heads = _clipped(column.name for column in table.columns)
    body = [[_marked(cell) for cell in line.cells] for line in table.lines]
    widths = [max(len(head) + 1, *(len(row[i]) for row in body)) for i, head in enumerate(heads)]
    names = _clipped(line.head.name for line in table.lines)
    first = max(map(len, names))
    done = 0
    while done < len(widths):
        last = done + 1
        while last < len(widths) and 2 + first + sum(width + 1 for width in widths[done : last + 1]) <= _COLUMNS:
            last += 1
        if done:
            yield ""
        yield _line("", first, [f"{head} " for head in heads[done:last]], widths[done:last])
        for name, row in zip(names, body, strict=True):
            yield _line(name, first, row[done:last], widths[done:last])
        done = last


def _line(name: str, first: int, cells: Sequence[str], widths: Sequence[int]) -> str:
    numbers = "".join(f" {cell:>{width}}" for cell, width in zip(cells, widths, strict=True))
    return f"  {name:{first}}{numbers}".rstrip()


def _marked(cell: Cell) -> str:
    return f"{cell if cell.have or cell.want else '-'}{_MARK if cell.verdict else ' '}"


def _clipped(names: Iterable[str]) -> list[str]:
    return [_clip(name, _MOST_NAME) for name in names]


def _clip(text: str, most: int) -> str:
    return text if len(text) <= most else f"{text[: most - 1]}…"
