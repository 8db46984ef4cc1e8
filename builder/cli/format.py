"""`her-study format`."""

from __future__ import annotations

import os
import sys
from typing import TYPE_CHECKING

import click

from builder.cli._course import FOLDER, nearest, refuse_shipped, translations
from builder.diagnostics import BuilderError

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from builder.diagnostics import Diagnostic


@click.command("format")
@click.argument("named", metavar="[COURSE|FILE]...", nargs=-1, type=FOLDER)
@click.option("--check", "only_check", is_flag=True, help="Name the banks that would change, and change nothing.")
@click.option("--diff", is_flag=True, help="Show what would change, and change nothing.")
def command(named: tuple[Path, ...], *, only_check: bool, diff: bool) -> None:
    """Put the banks of COURSE, or these FILEs, into one layout.

    Order of keys, quotes, line lengths and blank lines become the same in all
    banks. What they say stays, and so do comments. A bank in which a comment
    would lose its place is left as it is, and said.

    Exit code 0: all banks are in their layout. 1: a bank could not be, or with
    --check or --diff one is not. 2: the call is wrong.
    """
    folders: list[Path | None] = [*named] or [nearest()]
    if not (only_check or diff) and None in folders:
        refuse_shipped(None, "format")
    texts: dict[str, str] = {}
    roots: dict[str, str] = {}
    problems: list[Diagnostic] = []
    for path, root, text in _banks(folders):
        if isinstance(text, str):
            texts[path], roots[path] = text, root
        else:
            problems.append(text)
    from builder.fixes.layout import laid_out

    laid = {path: laid_out(path, text) for path, text in texts.items()}
    problems += [problem for it in laid.values() for problem in it.problems]
    changed = {path: it.text for path, it in laid.items() if it.text != texts[path]}
    if not (only_check or diff):
        _write(changed, texts, roots)
    elif diff:
        from builder.cli._rewriting import difference

        click.echo("".join(difference(path, texts[path], text) for path, text in changed.items()), nl=False)
    else:
        click.echo("".join(f"{path}\n" for path in changed), nl=False)
    _told(problems, texts, len(changed), wrote=not (only_check or diff))
    if problems or (changed and (only_check or diff)):
        sys.exit(1)


def _told(problems: list[Diagnostic], texts: dict[str, str], changed: int, *, wrote: bool) -> None:
    """Say on stderr what could not be laid out, and how many banks were, or would be."""
    from builder.report import as_text, counted

    click.echo(as_text(sorted(problems, key=lambda it: it.span), texts), err=True, nl=False)
    done = "changed" if wrote else "would change"
    left = f", {counted(len({it.span.path for it in problems}), 'bank')} left as it is" if problems else ""
    click.echo(f"{counted(len(texts), 'bank')}: {changed or 'none'} {done}{left}", err=True)


def _banks(named: list[Path | None]) -> Iterator[tuple[str, str, str | Diagnostic]]:
    """The path of each bank, once, the folder that its course or itself lies in, and its text or why it can't be read."""
    from builder.disk.reader import DISK
    from builder.loading.course import COURSE_FILE, load, shipped

    seen: set[str] = set()
    for given in named:
        place = given or shipped()
        if given and not os.path.isdir(given) and given.name != COURSE_FILE:
            banks = {str(given): _text(str(given))}
            root = os.path.dirname(given) or "."
        else:
            folder = place.parent if place.name == COURSE_FILE else place
            root, banks = str(folder), {}
            for course in (folder, *translations(folder)):
                loaded = load(course, read=DISK)
                banks |= {path: loaded.texts[path] for path in loaded.starts if path in loaded.texts}
                banks |= {it.span.path: it for it in loaded.diagnostics if it.span.path in loaded.unread}
        for path, text in banks.items():
            if (real := os.path.realpath(path)) not in seen:
                seen.add(real)
                yield path, root, text


def _text(path: str) -> str | Diagnostic:
    """The text of a file that was named.

    Raises:
        BuilderError: it can't be read.
    """
    from builder.disk.reader import DISK, decode

    try:
        if not DISK.status(path).is_file:
            message = f"{path}: no file and no folder; name banks, or the folder of a course"
            raise BuilderError(message)
        return decode(path, DISK.read(path))
    except (OSError, ValueError) as error:
        reason = getattr(error, "strerror", None) or error
        message = f"{path}: can't be read: {reason}; name banks, or the folder of a course"
        raise BuilderError(message) from error


def _write(news: dict[str, str], olds: dict[str, str], roots: dict[str, str]) -> None:
    """Write the banks below each folder, all of them or none."""
    from builder.cli._rewriting import rewrite

    for root in sorted({roots[path] for path in news}):
        mine = {path: text for path, text in news.items() if roots[path] == root}
        rewrite(root, mine, {path: olds[path] for path in mine})
