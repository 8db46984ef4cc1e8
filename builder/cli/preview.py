"""`her-study preview`."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click
from click.core import ParameterSource

from builder.cli._course import clean, course_argument, output_option, written
from builder.cli._rules import asked, rule_options
from builder.diagnostics import BuilderError

if TYPE_CHECKING:
    from pathlib import Path


@click.command("preview")
@course_argument
@output_option
@click.option("--open", "opens", is_flag=True, help="Show the page in the browser.")
@click.option(
    "--watch", is_flag=True, help="Serve the author's desk on this machine, until Ctrl-C; it follows every save."
)
@click.option(
    "--editor",
    metavar="COMMAND",
    help="With --watch: opens an item, like 'code -g {file}:{line}'.  [default: that of $VISUAL or $EDITOR, if known]",
)
@click.option("--port", type=click.IntRange(1024, 65535), help="With --watch: of the page's address.  [default: any]")
@rule_options
def command(
    folder: Path | None, output: Path, *, opens: bool, watch: bool, editor: str | None, port: int | None
) -> None:
    """Write preview.html: every card of COURSE as Anki will show it.

    Front and back, by day and night, in the width of a phone or a desktop, by
    theme and kind. The page needs no server and loads nothing.

    With --watch nothing is written. The page that is printed shows one item at
    a time while you write: its cards, how it looks on paper, and what is wrong
    with it, for as long as the command runs. It is served to this machine
    alone, at an address that nobody can guess.
    """
    if watch:
        from builder.cli._desk import served

        if click.get_current_context().get_parameter_source("output") is ParameterSource.COMMANDLINE:
            message = "--watch serves a page and writes nothing; leave out -o"
            raise BuilderError(message)
        served(folder, asked(), editor=editor, port=port or 0, opens=opens)
        return
    for option in ("editor", "port", "lint", "select", "ignore"):
        if click.get_current_context().get_parameter_source(option) is ParameterSource.COMMANDLINE:
            message = f"--{option} is for the page of --watch; give --watch as well"
            raise BuilderError(message)
    from builder.pages import preview

    page = written(output, preview.files(clean(folder).course))[0]
    click.echo(page)
    if opens:
        click.launch(str(page))
