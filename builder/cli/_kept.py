"""Results of commands, kept in the user's cache folder: a command that would do the same again shows its result at once.

A record belongs to one call (the command and its options), one state of the
program, and the files of the course as they were read (`builder.disk.trace`).
It has what the call showed, and the hash of each file that it wrote. If call,
program, course and written files are all unchanged, the record is shown.

A record is believed only if nobody but the user can have written it. So none
is read from the folder of a course or of its output, which may come from a
stranger. Where the user has no cache folder, each run does all the work.
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
from builder.disk.shelf import Shelf, is_own
from builder.disk.trace import Trace, digest_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from pathlib import Path

    from builder.checking.kept import KeptMemory

    # The command, its options as typed, the course, the current folder and the hash of the program.
    Call = Mapping[str, str | bool | None]

MOST_SAID = 1 << 20  # characters of findings; a longer report is not kept, and the course is checked again
_UNKNOWN = ""  # stands for the hash of a program that could not be read; nothing is kept then
_UNFINISHED = ".her-study-"  # how names of files begin that an interrupted write leaves behind


class Kept(NamedTuple):
    """What a command showed on stderr (`said`) and on stdout (`out`), and what it wrote.

    `files` has the SHA-256 of each written file by its path. The command also named these paths on stdout, after `out`.
    """

    said: str
    files: Mapping[str, str]
    out: str = ""

    def show(self) -> None:
        """Show again all that the command showed."""
        click.echo(self.out, nl=False)
        click.echo(self.said, err=True, nl=False)
        for path in self.files:
            click.echo(path)


def digests(paths: Iterable[Path], files: Mapping[str, bytes]) -> dict[str, str]:
    """The SHA-256 of each of these files, by the path that it was written to."""
    return {str(path): hashlib.sha256(data).hexdigest() for path, data in zip(paths, files.values(), strict=True)}


def call(command: str, folder: Path | None, **options: str | bool) -> Call:
    """All that the result of a command depends on, apart from the files of the course (None: the shipped one).

    The hash of the program is taken here, before the command does its work. So a result is never kept under the hash
    of a program that was edited while the command ran.
    """
    around = {"epoch": os.environ.get("SOURCE_DATE_EPOCH"), "cwd": "", "program": _UNKNOWN}
    with suppress(OSError):  # the current folder was deleted, or the program is just being replaced
        around |= {"cwd": os.getcwd(), "program": _program()}
    return {"command": command, "course": str(folder) if folder else None, **options, **around}


def last(call: Call) -> Kept | None:
    """The kept result of this call, if the course is unchanged and the written files are still in place; else None."""
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
        return None  # another release may have written a record of another shape: the work is done again


def keep(call: Call, trace: Trace, kept: Kept) -> None:
    """Keep the result of a call, if there is a cache folder that only the user can write."""
    if call["program"] == _UNKNOWN or len(kept.said) + len(kept.out) > MOST_SAID:
        return
    if trace.changed > time.time():
        return  # a build cuts a time in the future down to the current time, which differs from run to run
    with suppress(OSError, BuilderError):
        folder = _folder()
        if folder.exists() and not is_own(os.stat(folder)):
            return
        record = {"asked": call, "trace": vars(trace), **kept._asdict()}
        text = json.dumps(record).encode()
        from builder.disk.output import write

        umask = os.umask(0o077)
        try:
            write(folder, {_slot(call): _digest(text) + b"\n" + text})
        finally:
            os.umask(umask)


def shelved(call: Call) -> tuple[str, bytes] | None:
    """What this call showed on stderr, and the bytes that it kept beside that; None if the course has changed."""
    data = None if call["program"] == _UNKNOWN else _shelf().get(_entry(call))
    if data is None:
        return None
    head, _, content = data.partition(b"\n")
    with suppress(OSError, ValueError, KeyError, TypeError, AttributeError, RecursionError):
        record = json.loads(head)
        if record["asked"] == call and Trace(**record["trace"]).still_holds():
            return record["said"], content
    return None


def shelve(call: Call, trace: Trace, said: str, content: bytes) -> None:
    """Keep what a call showed on stderr, and bytes beside that."""
    if call["program"] == _UNKNOWN or len(said) > MOST_SAID:
        return
    record = {"asked": call, "trace": vars(trace), "said": said}
    _shelf().put([(_entry(call), json.dumps(record).encode() + b"\n" + content)])


def memory(folder: Path | None) -> KeptMemory | None:
    """What earlier checks of the course in `folder` (None: the shipped one) came to; None if nothing may be kept."""
    from builder.checking.kept import KeptMemory
    from builder.loading.course import shipped

    with suppress(BuilderError, OSError):
        return KeptMemory(_shelf(), folder or shipped(), _program())
    return None


def _program() -> str:
    """A hash of the program: it changes with the release, with an edited source file and with installed libraries."""
    package = os.path.dirname(os.path.dirname(__file__))
    state: list[Any] = [sys.version, package]
    for folder, below, files in os.walk(package):
        below[:] = sorted(name for name in below if name != "__pycache__")
        for name in sorted(files):
            status = os.stat(os.path.join(folder, name))
            state.append((folder, name, status.st_size, status.st_mtime_ns))
    # Installing, removing or updating a library makes or renames a folder in these, which changes their time.
    libraries = [path for path in sys.path if path.endswith(("site-packages", "dist-packages")) and os.path.isdir(path)]
    state += [(path, os.stat(path).st_mtime_ns) for path in libraries]
    return hashlib.sha256(repr(state).encode("utf-8", "surrogatepass")).hexdigest()


def _slot(call: Call) -> str:
    """The name of the file that keeps a call's result: one of 256, so that the folder holds no more files than that.

    Two calls may get one name; then the later result replaces the earlier one. The program and SOURCE_DATE_EPOCH are
    left out of the name, so that a result of an older program is replaced.
    """
    return f"{_entry(call)[:2]}.json"


def _entry(call: Call) -> str:
    """The name of what a call has kept on the shelf."""
    return hashlib.sha256(json.dumps({**call, "program": "", "epoch": ""}).encode()).hexdigest()


def _shelf() -> Shelf:
    return Shelf(_folder() / "banks")


def _folder() -> Path:
    from platformdirs import user_cache_path

    return user_cache_path("her-study", appauthor=False)


def _read(path: Path) -> dict[str, Any] | None:
    """The record in a file; None where it is damaged, or another user may have written it."""
    with open(path, "rb") as file:
        if not is_own(os.stat(path.parent)) or not is_own(os.fstat(file.fileno())):
            return None
        digest, _, text = file.read().partition(b"\n")
    return json.loads(text) if digest == _digest(text) else None


def _is_in_place(path: str, digest: str) -> bool:
    """Whether a file still holds what was written, and no interrupted write has left its files beside it."""
    is_file = stat.S_ISREG(os.lstat(path).st_mode)
    beside = os.listdir(os.path.dirname(path) or ".")
    return is_file and digest_of(path) == digest and not any(name.startswith(_UNFINISHED) for name in beside)


def _digest(record: bytes) -> bytes:
    return hashlib.sha256(record).hexdigest().encode()
