"""Looking at a course again after every save, until Ctrl-C."""

from __future__ import annotations

import gc
import os
import time
from contextlib import suppress
from typing import TYPE_CHECKING

import click

from builder.diagnostics import BuilderError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from builder.disk.trace import Trace

PAUSE = 100  # milliseconds: saves that follow each other faster than this are one


def watched(folder: Path | None, look: Callable[[], Trace | None]) -> None:
    """Call `look` at once, and again after every save in the course's folder; Ctrl-C ends it.

    `look` returns the trace of what it read of the course. It is called again
    only if one of these files has changed since: what a command itself writes
    into the folder is no save. Where `look` returns None, the course has errors,
    and any change in the folder may mend them. If a later look fails, one line
    says so, and the next save is waited for. A folder that is away for a moment
    is waited for as well.

    Raises:
        BuilderError: watchfiles is missing, or the first look fails.
    """
    from builder.loading.course import COURSE_FILE, shipped

    gc.enable()  # commands turn it off for a short run, and this run may take hours
    folder = folder or shipped()
    saves = _saves(folder.parent if folder.name == COURSE_FILE else folder)
    next(saves)  # from here on no save is missed, not even one during the first look
    trace = look()
    with suppress(KeyboardInterrupt):  # Ctrl-C is the way out, in the middle of a look too
        for _ in saves:
            if trace is None or not trace.still_holds():
                trace = _look_again(look)


def _look_again(look: Callable[[], Trace | None]) -> Trace | None:
    """What `look` returns; where it fails, its message on stderr, and None."""
    from builder.report import printable

    try:
        return look()
    except BuilderError as error:
        click.echo(f"her-study: {printable(str(error))}", err=True)
    return None


def _saves(folder: Path) -> Iterator[None]:
    """Yield once as soon as the folder is watched, then each time that something below it has changed, for ever.

    The operating system watches a folder, not its name. So where another folder has taken the name, watching begins
    anew.
    """
    try:
        from watchfiles import watch
    except ImportError as error:
        message = "--watch needs watchfiles: pip install 'her-study[watch]'"
        raise BuilderError(message) from error
    while True:
        was, has_begun = _identity(folder), False
        with suppress(OSError):  # the folder is away: try again after a pause
            for saved in watch(folder, debounce=PAUSE, rust_timeout=PAUSE, yield_on_timeout=True):
                is_another = was != (was := _identity(folder))
                if saved or is_another or not has_begun:
                    yield
                has_begun = True
                if is_another:
                    break
        time.sleep(PAUSE / 1000)


def _identity(folder: Path) -> tuple[int, int] | None:
    """Numbers that tell a folder from another one of the same name; None while there is no such folder."""
    with suppress(OSError):
        status = os.stat(folder)
        return status.st_dev, status.st_ino
    return None
