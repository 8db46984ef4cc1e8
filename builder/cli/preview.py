"""`her-study preview`."""

from __future__ import annotations

import gc
from contextlib import suppress
from typing import TYPE_CHECKING

import click

from builder.cli._course import changes, clean, course_argument, output_option, written

if TYPE_CHECKING:
    from pathlib import Path

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
    from builder.cli._course import checked

    saves = changes(folder) if watch else iter(())
    next(saves, None)  # from here on no save is missed
    page = _write(clean(folder, lint=False).course, output, watch=watch)
    click.echo(page)
    if opens:
        click.launch(str(page))
    if not watch:
        return
    gc.enable()  # this run is no short one
    with suppress(KeyboardInterrupt):
        for _ in saves:
            result = checked(folder, lint=False)
            if result.diagnostics:
                from builder.report import as_text

                click.echo(as_text(result.diagnostics, result.texts), err=True, nl=False)
            if result.course and not result.errors:
                click.echo(_write(result.course, output, watch=True))


def _write(course: Course, output: Path, *, watch: bool) -> Path:
    """The path of the page, written; with `watch` stamped with its own digest."""
    import hashlib

    from builder.pages import preview

    made = preview.files(course)
    if watch:
        made = preview.files(course, hashlib.sha256(made[preview.PAGE]).hexdigest()[:16])
    return written(output, made)[0]
