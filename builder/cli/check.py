"""`her-study check`."""

from __future__ import annotations

import gc
import sys
from typing import TYPE_CHECKING, NoReturn

import click

from builder.cli._course import checked, course_argument, lint_option
from builder.diagnostics import BuilderError

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from builder.loader import Loaded


def _codes(_: click.Context, __: click.Parameter, value: str | None) -> frozenset[str] | None:
    """`M01,X02` as codes; a letter stands for all its rules."""
    if value is None:
        return None
    from builder.diagnostics import did_you_mean
    from builder.rules import all_rules

    known = [rule.code for rule in all_rules()]
    out: set[str] = set()
    for name in filter(None, (part.strip().upper() for part in value.split(","))):
        matching = [code for code in known if code == name or (len(name) == 1 and code.startswith(name))]
        if not matching:
            message = f"'{name}' is no rule; {did_you_mean(name, known) or '`her-study explain` lists them'}"
            raise click.BadParameter(message)
        out.update(matching)
    return frozenset(out)


@click.command("check")
@course_argument
@lint_option
@click.option(
    "--select",
    callback=_codes,
    metavar="CODES",
    help="Run only these rules, such as M01,X (a letter: all of its rules).",
)
@click.option("--ignore", callback=_codes, metavar="CODES", help="Leave these rules out.")
@click.option(
    "--format",
    "form",
    type=click.Choice(["text", "json", "github", "sarif"]),
    default="text",
    show_default=True,
    help="text: for people, on stderr. The others: for programs, on stdout.",
)
@click.option("--statistics", is_flag=True, help="Show how often each code was found in place of the findings.")
@click.option("--watch", is_flag=True, help="Check again whenever a file of the course is saved, until Ctrl-C.")
def command(
    folder: Path | None,
    form: str,
    *,
    lint: bool,
    select: frozenset[str] | None,
    ignore: frozenset[str] | None,
    statistics: bool,
    watch: bool,
) -> None:
    """Report every mistake in COURSE, each with its place, reason and remedy.

    Exit code 0: no error. 1: errors. 2: the call is wrong. `her-study explain`
    tells what the rules look for.
    """

    def once() -> Loaded:
        result = checked(folder, lint=lint, select=select, ignore=ignore)
        if form == "text":
            _text(result, statistics=statistics)
        else:
            click.echo(_data(result, form), nl=form != "github")
        return result

    if watch:
        _watch(folder, once)
    sys.exit(1 if once().errors else 0)


def _watch(folder: Path | None, once: Callable[[], Loaded]) -> NoReturn:
    """Check at once and after every save, until Ctrl-C; then the exit code of the last check."""
    from builder.loader import shipped

    try:
        from watchfiles import watch
    except ImportError as error:
        message = "--watch needs watchfiles: pip install 'her-study[watch]'"
        raise BuilderError(message) from error
    gc.enable()  # this run is no short one
    result = once()
    for _ in watch(folder or shipped(), debounce=100, raise_interrupt=False):
        click.echo("", err=True)
        result = once()
    sys.exit(1 if result.errors else 0)


def _text(result: Loaded, *, statistics: bool) -> None:
    from builder import report

    if statistics:
        click.echo(report.statistics(result.diagnostics), nl=False)
    else:
        click.echo(report.as_text(result.diagnostics, result.texts), err=True, nl=False)
    size = f"{report.counted(len(result.course.items), 'item')}: " if result.course else ""
    click.echo(f"{size}{report.summary(result.diagnostics)}", err=True)


def _data(result: Loaded, form: str) -> str:
    from builder import __version__, report
    from builder.rules import all_rules

    match form:
        case "json":
            return report.as_json(result.diagnostics)
        case "github":
            return report.as_github(result.diagnostics)
    return report.as_sarif(result.diagnostics, {rule.code: rule.summary for rule in all_rules()}, __version__)
