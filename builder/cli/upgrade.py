"""`her-study upgrade`."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

import click

from builder.cli._course import FOLDER, clean, course_argument, output_option, rendered, written
from builder.diagnostics import BuilderError

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path

    from builder.model import Lock
    from builder.release.mine import Joined, Kept


@click.command("upgrade")
@click.option(
    "--mine", "export", required=True, type=FOLDER, metavar="EXPORT.apkg", help="Your own export of the deck."
)
@course_argument
@output_option
@click.option(
    "--prefer",
    type=click.Choice(["mine", "release"]),
    help="Which text a field takes that both you and the release have changed.",
)
@click.option("--restore", is_flag=True, help="Bring back notes that your export has no more.")
def command(export: Path, folder: Path | None, output: Path, prefer: str | None, *, restore: bool) -> None:
    """Bring the last release of COURSE to your own deck, and keep what you changed in it.

    Export the deck from Anki, run this, and import COURSE-mine.apkg. Your own
    texts and tags stay, with all that the release changed elsewhere; reviews,
    flags and suspended cards are not touched by any import. A field that both
    changed is listed, and needs --prefer. Run it again for the next release.
    """
    course, lock, _, loaded = clean(folder, lint=False)
    from builder.deck import apkg, student
    from builder.loading.released import load_released
    from builder.release import mine

    ready = rendered(course)
    if lock is None or ready.unreleased(lock):
        message = f"'{course.id}' has changes that are not released: `her-study release` comes first"
        raise BuilderError(message)
    side: mine.Side = "release" if prefer == "release" else "mine"
    found = mine.joined(ready, lock, load_released(loaded), student.owned(export), prefer=side, restore=restore)
    for line in _told(found, lock, prefer, restore=restore):
        click.echo(line, err=True)
    if found.conflicts and prefer is None:
        click.echo("nothing was written: choose with --prefer mine or --prefer release", err=True)
        sys.exit(1)
    (package,) = apkg.packed(found.ready, lock.time, lock).values()
    for path in written(output, {f"{course.id}-mine.apkg": package}):
        click.echo(path)


def _told(found: Joined, lock: Lock, prefer: str | None, *, restore: bool) -> Iterator[str]:
    from builder.report import counted

    yield f"release {lock.release}; {counted(len(found.tagged), 'note')} with tags of your own"
    yield from _texts(f"{counted(len(found.kept), 'text')} of yours kept", found.kept)
    taken = {"mine": "yours is kept", "release": "the release's is taken", None: "which one?"}[prefer]
    yield from _texts(f"{counted(len(found.conflicts), 'text')} changed by both: {taken}", found.conflicts)
    if found.missing:
        what = "brought back" if restore else "left out, as if you had deleted them; --restore brings them back"
        yield f"{counted(len(found.missing), 'note')} not in your export: {what}"
        yield from (f"  {item_id}" for item_id in found.missing)
    if found.foreign:
        yield f"{counted(found.foreign, 'note')} of other decks left alone"


def _texts(head: str, texts: Sequence[Kept]) -> Iterator[str]:
    from builder.release.textdiff import readable
    from builder.report import printable

    if texts:
        yield head
    for text in texts:
        yield f"  {text.id}, {text.field}"
        yield f"    yours:   {printable(readable(text.mine))}"
        yield f"    release: {printable(readable(text.release))}"
