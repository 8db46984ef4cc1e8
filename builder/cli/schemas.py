"""`her-study schemas`."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from builder.cli._course import course_argument, refuse_shipped, written

if TYPE_CHECKING:
    from pathlib import Path


@click.command("schemas")
@course_argument
def command(folder: Path | None) -> None:
    """Put the JSON Schemas of this version into COURSE, in `.schemas/`, for editors that know YAML alone.

    The first line of a file leads to them, as in
    `# yaml-language-server: $schema=../.schemas/bank.json`. Banks without it
    get it by `her-study check --fix`. Run it again after an upgrade.
    """
    from builder import starting
    from builder.loading.course import load, shipped

    refuse_shipped(folder, "schemas")
    root = folder or shipped()
    load(root)  # a folder of no course is refused
    for path in written(root.parent if root.is_file() else root, starting.schemas_of_files()):
        click.echo(path)
