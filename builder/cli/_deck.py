"""The cards of a course to study in a terminal, kept from one start to the next as long as nothing has changed."""

from __future__ import annotations

from contextlib import suppress
from typing import TYPE_CHECKING

import click
from click.core import ParameterSource

from builder.cli import _kept
from builder.study.sheets import read, written

if TYPE_CHECKING:
    from pathlib import Path

    from builder.study.sheets import Deck


def deck(folder: Path | None) -> Deck:
    """The deck of the course in `folder` (None: the shipped one), with its findings shown on stderr.

    A course with errors ends the command with exit code 1. Where course and program are those of an earlier start,
    neither is a bank read nor are the models loaded.
    """
    source = click.get_current_context().get_parameter_source("folder")
    call = _kept.call("study", folder, named=source is ParameterSource.COMMANDLINE)
    if found := _kept.shelved(call):
        with suppress(ValueError):
            kept = read(found[1])
            click.echo(found[0], err=True, nl=False)
            return kept
    from builder.cli._course import clean, said
    from builder.study.making import made

    course, _, _, loaded, _ = clean(folder)
    fresh, told = made(course), said(loaded, folder)
    # At the end, so that the student does not wait for sheets that are not asked yet.
    click.get_current_context().call_on_close(lambda: _kept.shelve(call, loaded.trace, told, written(fresh)))
    return fresh
