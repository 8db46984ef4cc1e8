"""`her-study check`."""

from __future__ import annotations

import os
import sys
from functools import partial
from typing import TYPE_CHECKING, NoReturn

import click

from builder.cli._course import checked, course_argument, refuse_shipped, remembered, summed
from builder.cli._rules import asked, rule_options

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from builder.cli._kept import Kept
    from builder.cli._rules import Rules
    from builder.disk.trace import Trace
    from builder.loading.loaded import Loaded
    from builder.rules import Page


@click.command("check")
@course_argument
@rule_options
@click.option(
    "--format",
    "form",
    type=click.Choice(["text", "json", "github", "sarif"]),
    default="text",
    show_default=True,
    help="text: for people, on stderr. The others: for programs, on stdout.",
)
@click.option(
    "--statistics", is_flag=True, help="Count each rule in place of the findings, with the line that turns it off."
)
@click.option("--watch", is_flag=True, help="Check again whenever a file of the course is saved, until Ctrl-C.")
@click.option("--fix", is_flag=True, help="First mend in place what is safe to mend; comments and layout stay.")
@click.option("--diff", is_flag=True, help="Show what --fix would change, and change nothing.")
def command(
    folder: Path | None,
    form: str,
    *,
    statistics: bool,
    watch: bool,
    fix: bool,
    diff: bool,
) -> None:
    """Report every mistake in COURSE, each with its place, reason and remedy.

    Exit code 0: no error. 1: errors, or with --diff something to fix. 2: the
    call is wrong. `her-study explain` tells what the rules look for.
    """
    _refuse_mixed(folder, form, watch=watch, fix=fix, diff=diff)
    from builder.cli import _kept

    rules = asked()
    call = _kept.call("check", folder, lint=rules.lint, options=repr((str(rules), form, statistics)))
    if not (watch or fix or diff) and (kept := _kept.last(call)):
        kept.show()
        return
    shown = partial(_shown, folder=folder, form=form, select=rules.select, statistics=statistics)
    if watch:
        from builder.checking.memory import Memory

        _watch(folder, partial(checked, folder, rules, Memory()), lambda result: shown(result).show())
    if fix or diff:
        _mend(folder, rules, write=fix)
    result, _ = remembered(folder, rules)
    shown(result).show()
    if result.errors or result.course is None:
        sys.exit(1)
    _kept.keep(call, result.trace, shown(result))


def _refuse_mixed(folder: Path | None, form: str, *, watch: bool, fix: bool, diff: bool) -> None:
    """Refuse options that contradict each other, and mending a course that nobody named."""
    if (fix or diff) and (form != "text" or watch or fix == diff):
        message = "--fix and --diff go with neither each other nor --watch nor another --format than text"
        raise click.UsageError(message)
    if fix:
        refuse_shipped(folder, "--fix")


def _watch(folder: Path | None, look: Callable[[], Loaded], show: Callable[[Loaded], None]) -> NoReturn:
    """Check at once and after every save, until Ctrl-C; then exit with the code of the last check that was made."""
    from builder.cli._watch import watched

    errors = 0

    def once() -> Trace | None:
        nonlocal errors
        result = look()
        errors = result.errors  # before it is shown: who reads that all is well may send Ctrl-C at once
        show(result)
        return None if errors else result.trace

    watched(folder, once)
    sys.exit(1 if errors else 0)


def _mend(folder: Path | None, rules: Rules, *, write: bool) -> None:
    """Write the fixes into the banks (`write`); else show them as a diff, and exit with code 1 if there are any."""
    from builder import fixes
    from builder.cli._progress import Progress
    from builder.cli._rewriting import difference, rewrite
    from builder.loading.course import load, shipped
    from builder.report import counted

    with Progress({"reading": 1}) as progress:
        loaded = load(folder or shipped(), progress.stage("reading"))
    mended = fixes.fixed(loaded, select=rules.select, ignore=(rules.ignore or ()) if rules.lint else fixes.RULES)
    what = f"{counted(sum(new.fixes for new in mended.values()), 'fault')} in {counted(len(mended), 'file')}"
    if write:
        if loaded.course and mended:
            root = os.path.dirname(loaded.course.path)
            texts = {path: loaded.texts[path] for path in mended}
            rewrite(root, {path: new.text for path, new in mended.items()}, texts)
        click.echo(f"fixed {what}" if mended else "nothing to fix", err=True)
    elif mended:
        for path, new in mended.items():
            click.echo(difference(path, loaded.texts[path], new.text), nl=False)
        click.echo(f"would fix {what}", err=True)
        sys.exit(1)


def _shown(result: Loaded, folder: Path | None, form: str, *, select: frozenset[str] | None, statistics: bool) -> Kept:
    """What a check shows: findings and a line that counts them on stderr, data and statistics on stdout.

    Of the rules in `select` all findings are shown, of others the first ten.
    """
    from builder import report
    from builder.cli._kept import Kept

    if form != "text":
        return Kept("", {}, _data(result, form) + "\n" * (form != "github"))
    end = f"{summed(result, folder)}\n"
    if statistics:
        return Kept(end, {}, report.statistics(result.diagnostics, {page.code: page.name for page in _pages(result)}))
    return Kept(report.as_text(result.diagnostics, result.texts, whole=select or ()) + end, {})


def _pages(result: Loaded) -> tuple[Page, ...]:
    """The pages of all rules, those that the course brings among them."""
    from builder.rules import all_pages, own_rules

    return (*all_pages(), *(own_rules(result.course.lint) if result.course else ()))


def _data(result: Loaded, form: str) -> str:
    from builder import __version__, report

    match form:
        case "json":
            return report.as_json(result.diagnostics)
        case "github":
            return report.as_github(result.diagnostics)
        case _:
            rules = {page.code: page.summary for page in _pages(result)}
            return report.as_sarif(result.diagnostics, rules, __version__)
