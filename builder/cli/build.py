"""`her-study build`."""

from __future__ import annotations

import os
import time
from typing import TYPE_CHECKING

import click

from builder.cli._course import clean, course_argument, left_exam, output_option, said, written
from builder.cli._rules import asked, rule_options
from builder.diagnostics import BuilderError

if TYPE_CHECKING:
    from pathlib import Path

    from builder.model import Lock


@click.command("build")
@course_argument
@output_option
@rule_options
def command(folder: Path | None, output: Path) -> None:
    """Compile COURSE into one Anki package.

    Checks first, and stops at errors. What is as it was released keeps the
    time of its release, so that Anki leaves it alone. All else has the time of
    the newest file of the course, or SOURCE_DATE_EPOCH where that is set: Anki
    updates a note that it has when the stamp is newer.
    """
    from builder.cli import _kept

    rules = asked()
    call = _kept.call("build", folder, output=str(output), lint=rules.lint, rules=str(rules))
    if kept := _kept.last(call):
        kept.show()
        return
    course, lock, changed, loaded, memory = clean(folder, rules)
    from builder.cli._progress import Progress
    from builder.deck import apkg

    stamp = _stamp(changed)
    notes = memory.notes(loaded) if memory else None
    shown, trace = said(loaded, folder, rules), loaded.trace
    del loaded, memory  # in a large course they take as much memory as the package does
    with Progress({"rendering": 1, "packing": 1}) as progress:
        ready = apkg.rendered(course, progress.stage("rendering"), *([notes.known] if notes else []))
        told = _unreleased(lock, len(ready.unreleased(lock)), ready.opened(lock)) if lock else ""
        told += (
            "" if course.in_deck else "warning: the deck is empty, since all items are kept for exams (`use: exam`)\n"
        )
        held, stamp = apkg.contents(ready, stamp, lock)
        rows = ready.rows
        del ready, course  # nor are the items needed any more
        files = apkg.packed(held, stamp, progress.stage("packing"))
    paths = written(output, files)
    for path in paths:
        click.echo(path)
    click.echo(told, err=True, nl=False)
    if notes:
        notes.save(rows)
    _kept.keep(call, trace, _kept.Kept(shown + told, _kept.digests(paths, files)))


def _unreleased(lock: Lock, changes: int, opened: list[str]) -> str:
    """A warning of changes since the last release, or the empty text where there is none.

    `changes` is their number; `opened` are the ids of items that the release kept for exams.
    """
    if not changes:
        return ""
    from builder.report import counted

    return (
        f"warning: {counted(changes, 'change')} since release {lock.release}: `her-study plan` shows what an import "
        "will do; publish with `her-study release`\n" + left_exam(opened)
    )


def _stamp(changed: int) -> int:
    """The time of new and changed notes, in seconds since 1970, never in the future.

    It is SOURCE_DATE_EPOCH (reproducible-builds.org) if that is set, else `changed`, the time of the newest file.

    Raises:
        BuilderError: SOURCE_DATE_EPOCH is no time in the past.
    """
    given = os.environ.get("SOURCE_DATE_EPOCH")
    if given is None:
        return min(changed, int(time.time()))
    if not given.isdigit() or not 0 < int(given) <= time.time():
        message = (
            f"SOURCE_DATE_EPOCH is '{given}', not a time in the past in seconds since 1970; unset it or correct it"
        )
        raise BuilderError(message)
    return int(given)
