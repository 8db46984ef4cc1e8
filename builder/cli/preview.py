"""`her-study preview`."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from builder.cli._course import checked, clean, course_argument, output_option, written

if TYPE_CHECKING:
    from pathlib import Path

    from builder.disk.trace import Trace
    from builder.model import Course


@click.command("preview")
@course_argument
@output_option
@click.option("--open", "opens", is_flag=True, help="Show the page in the browser.")
@click.option("--watch", is_flag=True, help="Write the page again at every save, until Ctrl-C; an open page follows.")
def command(folder: Path | None, output: Path, *, opens: bool, watch: bool) -> None:
    """Write preview.html: every card of COURSE as Anki will show it.

    Front and back, by day and night, in the width of a phone or a desktop, by
    theme and kind. The page needs no server and loads nothing.
    """
    if watch:
        _watch(folder, output, opens=opens)
        return
    page = _write(clean(folder).course, output, watch=False)
    click.echo(page)
    if opens:
        click.launch(str(page))


def _watch(folder: Path | None, output: Path, *, opens: bool) -> None:
    """Write the page at once and after every save that leaves the course without errors, until Ctrl-C."""
    from builder.checking.memory import Memory
    from builder.cli._watch import watched

    course: Course | None = None
    memory = Memory()

    def look() -> Trace | None:
        nonlocal course
        is_first = course is None
        loaded = clean(folder, memory=memory).loaded if is_first else checked(folder, memory=memory)
        if loaded.diagnostics and not is_first:
            from builder.report import as_text

            click.echo(as_text(loaded.diagnostics, loaded.texts), err=True, nl=False)
        if loaded.errors or loaded.course is None:
            return None
        course = loaded.course
        page = _write(course, output, watch=True)
        click.echo(page)
        if opens and is_first:
            click.launch(str(page))
        return loaded.trace

    watched(folder, look)


def _write(course: Course, output: Path, *, watch: bool) -> Path:
    """Write the page, and return its path.

    With `watch` the page holds the digest of its content, by which an open page notices that it has changed.
    """
    import hashlib

    from builder.pages import preview

    made = preview.files(course)
    if watch:
        made = preview.files(course, hashlib.sha256(made[preview.PAGE]).hexdigest()[:16])
    return written(output, made)[0]
