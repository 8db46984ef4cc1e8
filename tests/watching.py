"""A command that watches, and saves that it can't miss: it begins to watch some time after the first thing it says."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from threading import Event
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path


def started(*arguments: str | Path, **pipes: Any) -> subprocess.Popen[str]:
    """A her-study of its own that Ctrl-C reaches, as from a terminal, though these tests run in the background."""
    command = [sys.executable, "-u", "-m", "builder", *map(str, arguments)]
    # A shell lets what it starts in the background ignore Ctrl-C, and every process below that with it.
    return subprocess.Popen(command, text=True, preexec_fn=_heeding, **pipes)  # noqa: PLW1509 - no thread runs yet


def _heeding() -> None:
    signal.signal(signal.SIGINT, signal.SIG_DFL)


@contextmanager
def saved(path: Path, text: str) -> Iterator[None]:
    """While the block waits for what the save brings about, `text` is saved into `path` again and again, whole."""
    seen = Event()

    def save() -> None:
        beside = path.parent.with_suffix(".save")
        while not seen.wait(0.2):
            beside.write_text(text, "utf-8")
            os.replace(beside, path)

    with ThreadPoolExecutor(1) as pool:
        saving = pool.submit(save)
        try:
            yield
        finally:
            seen.set()
        saving.result()
