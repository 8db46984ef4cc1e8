"""`her-study release`."""

from __future__ import annotations

import time as clock
from datetime import UTC, datetime
from typing import TYPE_CHECKING

import click

from builder.cli._course import clean, course_argument, left_exam, refuse_shipped, rendered, written
from builder.cli._rules import asked, rule_options
from builder.diagnostics import BuilderError

if TYPE_CHECKING:
    from pathlib import Path

    from builder.model import Lock


@click.command("release")
@click.argument("version")
@course_argument
@click.option("--date", type=click.DateTime(["%Y-%m-%d"]), help="Of the release, if not now: its first second in UTC.")
@rule_options
def command(version: str, folder: Path | None, date: datetime | None) -> None:
    """Record COURSE as VERSION (three numbers, as 1.2.0), so that students may import it blindly.

    Refuses what an import can't take without harm: an id that is changed or
    used again, an item that is deleted instead of retired, another kind, a
    cloze number that shifts, another deck. Names each item that goes from
    the exam into the deck. Then writes course.lock.yaml and
    released.jsonl beside course.yaml: commit both. Build afterwards.
    """
    refuse_shipped(folder, "release")
    now = int(clock.time())
    time = int(date.replace(tzinfo=UTC).timestamp()) if date else now
    if time > now:
        message = f"{date:%Y-%m-%d} lies in the future: every later release would be skipped until then; name a day that has come"
        raise BuilderError(message)
    course, lock, _, loaded, _ = clean(folder, asked())
    from pathlib import Path

    from builder.loading.released import load_released
    from builder.model.lock import LOCK_FILE
    from builder.release import advanced, plan, report

    ready = rendered(course)
    before = load_released(loaded)
    found = plan(ready, lock, before)
    if lock and found.is_empty:
        message = f"nothing has changed since release {lock.release}: there is nothing to release"
        raise BuilderError(message)
    click.echo(left_exam([change.item.id for change in found.opened]), err=True, nl=False)
    files = advanced(ready, lock, before, _sound(version, lock), time)
    root = Path(course.path).parent
    for path in written(root, files, before={LOCK_FILE: loaded.texts.get(str(root / LOCK_FILE))}):
        click.echo(path)
    click.echo(report.as_markdown(found, version, f"{datetime.fromtimestamp(time, UTC):%Y-%m-%d}"))


def _sound(version: str, lock: Lock | None) -> str:
    """The version as given.

    Raises:
        BuilderError: it is not three numbers with points between them.
    """
    import re

    from builder.model.lock import VERSION

    if not re.fullmatch(VERSION, version):
        message = f"'{version}' is no version; write three numbers, as {lock.release if lock else '1.0.0'}"
        raise BuilderError(message)
    return version
