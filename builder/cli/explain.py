"""`her-study explain`."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from builder.cli._course import course_argument
from builder.diagnostics import BuilderError, did_you_mean

if TYPE_CHECKING:
    from pathlib import Path

    from builder.rules import Rule


@click.command("explain")
@click.argument("code", required=False)
@course_argument
def command(code: str | None, folder: Path | None) -> None:
    """Show the page of the rule CODE, what may be written in a TEXT, or the table of all rules.

    CODE is a code or a name: M01, m01 or key-longest; or the word `text`. Rules that COURSE brings, L00 to L99, are
    shown too.
    """
    from builder.rules import all_pages, rendered

    if code is not None and code.lower() == "text":
        click.echo(written())
        return
    pages = all_pages()
    found = next((page for page in pages if code and code.lower() in {page.code.lower(), page.name}), None)
    if found is None:
        own = _own(folder)
        pages = (*pages, *own)
        found = next((page for page in own if code and code.lower() in {page.code.lower(), page.name}), None)
    if code is None:
        width = max(len(page.name) for page in pages)
        for page in pages:
            click.echo(f"{page.code}  {page.severity!s:7}  {page.name:{width}}  {page.summary}")
        return
    if found is None:
        near = did_you_mean(code, [name for page in pages for name in (page.code, page.name)])
        message = f"'{code}' is no rule; {near or 'without a code, explain lists them all'}"
        raise BuilderError(message)
    click.echo(rendered(found))


def _own(folder: Path | None) -> tuple[Rule, ...]:
    """The rules that the course in a folder brings, if its course.yaml is sound; only that file is read."""
    from builder.diagnostics import Finding
    from builder.disk.folder import Folder
    from builder.disk.reader import DISK
    from builder.loading.course import COURSE_FILE
    from builder.loading.part import modelled
    from builder.model import CourseFile
    from builder.rules import own_rules

    if folder is None:
        return ()
    course = Folder(folder.parent if folder.name == COURSE_FILE else folder, DISK)
    path = course.beside(COURSE_FILE)
    if path is None or isinstance(path, Finding):
        message = f"{folder}: no {COURSE_FILE} in this folder; name the folder of a course"
        raise BuilderError(message)
    text = course.text(path)
    head = modelled(CourseFile, path, text).value if isinstance(text, str) else None
    return own_rules(head.lint) if head else ()


def written() -> str:
    """The page of all that may be written in a text."""
    from importlib.resources import files

    return (files("builder.data") / "text.md").read_text("utf-8").strip()
