"""What a command came to, kept in the user's cache folder: where nothing has changed, there is nothing to do again.

A record is believed where nobody but the user can have written it, and never
read from the folder of a course or of its output: a course brings none along.
It holds for one call, one state of the program and one course as it was read
(`builder.disk.trace`), and says what the call had shown and what each file held
that it had written. Without a folder to keep it in, every run is a first run.
"""

from __future__ import annotations

import hashlib
import json
import os
import stat
import sys
import time
from contextlib import suppress
from typing import TYPE_CHECKING, Any, NamedTuple

import click

from builder.diagnostics import BuilderError
from builder.disk.trace import Trace, digest_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from pathlib import Path

    Call = Mapping[str, str | bool | None]  # the command and its options as typed, where it stands, the program

MOST_SAID = 1 << 20  # characters: more findings than this are worth another look
_UNKNOWN = ""  # the program that has no hash: for it nothing is kept
_UNFINISHED = ".her-study-"  # so begin the names of what an interrupted write leaves behind


class Kept(NamedTuple):
    """What a command showed on stderr and on stdout, and what it wrote.

    `files` has the SHA-256 of each file by its path; `show` names the paths on stdout, after `out`.
    """

    said: str
    files: Mapping[str, str]
    out: str = ""

    def show(self) -> None:
        """Show what the command showed."""
        click.echo(self.out, nl=False)
        click.echo(self.said, err=True, nl=False)
        for path in self.files:
            click.echo(path)


def digests(paths: Iterable[Path], files: Mapping[str, bytes]) -> dict[str, str]:
    """The SHA-256 of each of these files, by the path that it was written to."""
    return {str(path): hashlib.sha256(data).hexdigest() for path, data in zip(paths, files.values(), strict=True)}


def call(command: str, folder: Path | None, **options: str | bool) -> Call:
    """All that what is shown and written depends on, besides what the course (None: the shipped one) holds.

    So the program is looked at once, before it runs: one that is edited meanwhile is another.
    """
    around = {"epoch": os.environ.get("SOURCE_DATE_EPOCH"), "cwd": "", "program": _UNKNOWN}
    with suppress(OSError):  # the folder that it stands in is gone, or the program is being replaced
        around |= {"cwd": os.getcwd(), "program": _program()}
    return {"command": command, "course": str(folder) if folder else None, **options, **around}


def last(call: Call) -> Kept | None:
    """What this call came to the last time, if it would come to the same now and its files are still in place."""
    try:
        record = _read(_folder() / _slot(call))
        if (
            record is None
            or record["asked"] != call
            or call["program"] == _UNKNOWN
            or not Trace(**record["trace"]).still_holds()
        ):
            return None
        kept = Kept(record["said"], record["files"], record["out"])
        return kept if all(_is_in_place(path, digest) for path, digest in kept.files.items()) else None
    except (OSError, ValueError, KeyError, TypeError, AttributeError, RecursionError):
        return None  # of another shape, as another program may write it: it is made anew


def keep(call: Call, trace: Trace, kept: Kept) -> None:
    """Keep what a call came to, if there is a folder for it that is the user's own."""
    if call["program"] == _UNKNOWN or len(kept.said) + len(kept.out) > MOST_SAID:
        return
    if trace.changed > time.time():
        return  # a stamp out of the future is cut down to now, which is another time later
    with suppress(OSError, BuilderError):
        folder = _folder()
        if folder.exists() and not _is_own(os.stat(folder)):
            return
        record = {"asked": call, "trace": vars(trace), **kept._asdict()}
        text = json.dumps(record).encode()
        from builder.disk.output import write

        umask = os.umask(0o077)
        try:
            write(folder, {_slot(call): _digest(text) + b"\n" + text})
        finally:
            os.umask(umask)


def _program() -> str:
    """A hash that another release, an edited source file or another set of installed libraries changes."""
    package = os.path.dirname(os.path.dirname(__file__))
    state: list[Any] = [sys.version, package]
    for folder, below, files in os.walk(package):
        below[:] = sorted(name for name in below if name != "__pycache__")
        for name in sorted(files):
            status = os.stat(os.path.join(folder, name))
            state.append((folder, name, status.st_size, status.st_mtime_ns))
    # Whatever installs, removes or updates a library makes or renames a folder there.
    libraries = [path for path in sys.path if path.endswith(("site-packages", "dist-packages")) and os.path.isdir(path)]
    state += [(path, os.stat(path).st_mtime_ns) for path in libraries]
    return hashlib.sha256(repr(state).encode("utf-8", "surrogatepass")).hexdigest()


def _slot(call: Call) -> str:
    """One of 256 names, so that the folder never grows past that: a later call may take the place of another."""
    same = json.dumps({**call, "program": "", "epoch": ""}).encode()  # whatever the program and the time
    return f"{hashlib.sha256(same).hexdigest()[:2]}.json"


def _folder() -> Path:
    from platformdirs import user_cache_path

    return user_cache_path("her-study", appauthor=False)


def _read(path: Path) -> dict[str, Any] | None:
    """A record, if it is whole and nobody else can have written it."""
    with open(path, "rb") as file:
        if not _is_own(os.stat(path.parent)) or not _is_own(os.fstat(file.fileno())):
            return None
        digest, _, text = file.read().partition(b"\n")
    return json.loads(text) if digest == _digest(text) else None


def _is_own(status: os.stat_result) -> bool:
    """Whether a file or folder is this user's and nobody else may write it."""
    if sys.platform == "win32":  # where the folder lies in the user's profile, which is closed to others
        return True
    return status.st_uid == os.geteuid() and not status.st_mode & (stat.S_IWGRP | stat.S_IWOTH)


def _is_in_place(path: str, digest: str) -> bool:
    """Whether a file still holds what was written, and no interrupted write waits beside it."""
    is_file = stat.S_ISREG(os.lstat(path).st_mode)
    beside = os.listdir(os.path.dirname(path) or ".")
    return is_file and digest_of(path) == digest and not any(name.startswith(_UNFINISHED) for name in beside)


def _digest(record: bytes) -> bytes:
    return hashlib.sha256(record).hexdigest().encode()
