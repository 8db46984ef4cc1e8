"""`her-study upgrade`."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

import click

from builder.cli._course import FOLDER, clean, course_argument, output_option, rendered, written
from builder.diagnostics import BuilderError

if TYPE_CHECKING:
    from pathlib import Path

    from builder.release.mine import Side


@click.command("upgrade")
@click.option(
    "--mine", "export", required=True, type=FOLDER, metavar="EXPORT", help="Your own export, .colpkg or .apkg."
)
@course_argument
@output_option
@click.option(
    "--prefer",
    type=click.Choice(["mine", "release"]),
    help="Which text a field takes that both you and the release have changed.",
)
@click.option("--restore", is_flag=True, help="Bring back notes that your export has no more.")
@click.option("--dry-run", is_flag=True, help="Show what would come and what stays, and write nothing.")
def command(
    export: Path, folder: Path | None, output: Path, prefer: Side | None, *, restore: bool, dry_run: bool
) -> None:
    """Bring the last release of COURSE to your own deck, and keep what you changed in it.

    In Anki choose File > Export: the whole collection (.colpkg), or All Decks
    (.apkg) with scheduling information. Run this, and import COURSE-mine.apkg
    with the settings that Anki shows. Your own texts, tags, fields and card
    templates stay, with all that the release changed elsewhere, also on notes
    that you or Anki (leech, marked) changed after the release; reviews, flags
    and suspended cards are not touched by any import. A field that both
    changed is listed, and needs --prefer. Run it again for the next release.
    """
    course, lock, _, loaded, _ = clean(folder)
    from builder.deck import package, student
    from builder.loading.released import load_released
    from builder.release import mine, told

    ready = rendered(course)
    if lock is None or ready.unreleased(lock):
        message = f"'{course.id}' has changes that are not released: `her-study release` comes first"
        raise BuilderError(message)
    with student.opened(export, lock) as theirs:
        found = mine.joined(ready, lock, load_released(loaded), theirs, prefer=prefer or "mine", restore=restore)
    for line in told.told(found, theirs, lock, prefer, restore=restore):
        click.echo(line, err=True)
    if found.conflicts and prefer is None:
        click.echo("nothing was written: choose with --prefer mine or --prefer release", err=True)
        sys.exit(1)
    if dry_run:
        click.echo("nothing was written: --dry-run", err=True)
        return
    files = {f"{course.id}-mine.apkg": package.archive(found.contents, lock.time)}
    for path in written(output, files):
        click.echo(path)
