"""Opening a file of the course in the author's editor, at a line: by `--editor`, or by the editor that the environment names.

No shell reads the command: it is split into arguments first, and what stands for file and line is filled into each
argument. So a file's name is one argument, whatever signs it has.
"""

from __future__ import annotations

import os
import shlex
import shutil
import subprocess
from threading import Thread
from typing import TYPE_CHECKING

from builder.diagnostics import BuilderError

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

# What editors with a window of their own take, by the name of their program. Editors that run in a terminal are not
# here: the terminal belongs to her-study.
_TAKES = {
    "code code-insiders codium vscodium cursor windsurf": ("-g", "{file}:{line}:{column}"),
    "zed zeditor subl sublime_text": ("{file}:{line}:{column}",),
    "gvim mvim gedit gnome-text-editor mousepad xed pluma bbedit": ("+{line}", "{file}"),
    "kate kwrite mate": ("-l", "{line}", "{file}"),
    "idea pycharm webstorm": ("--line", "{line}", "{file}"),
    "emacsclient": ("-n", "+{line}:{column}", "{file}"),
    "notepad++": ("-n{line}", "{file}"),
}
_KNOWN = {name: takes for names, takes in _TAKES.items() for name in names.split()}
_SIGNS = frozenset('&|<>^"%!()\r\n')  # what cmd.exe, by which Windows runs `.cmd` files, takes for more than text


def editor(given: str | None, environment: Mapping[str, str]) -> list[str]:
    """The arguments of the command that opens `{file}` at `{line}` and `{column}`; none where no editor is known.

    `given` is what `--editor` says. Without it, the first editor of $VISUAL and $EDITOR that has a window of its own.

    Raises:
        BuilderError: `given` is no command, or it names neither a known editor nor `{file}`.
    """
    if given is None:
        named = filter(None, map(environment.get, ("VISUAL", "EDITOR")))
        return next(filter(None, map(_known, named)), [])
    try:
        arguments = _split(given)
    except ValueError as error:
        message = f"--editor {given}: {error}; write it like 'code -g {{file}}:{{line}}'"
        raise BuilderError(message) from error
    if not arguments:
        message = "--editor is empty; write it like 'code -g {file}:{line}', or leave it out"
        raise BuilderError(message)
    found = arguments if any("{file}" in each for each in arguments[1:]) else _known(given)
    if not found:
        message = f"--editor {given}: say where the file stands, like 'code -g {{file}}:{{line}}'"
        raise BuilderError(message)
    if shutil.which(found[0]) is None:
        message = f"--editor {given}: there is no program '{found[0]}' here"
        raise BuilderError(message)
    return found


def _split(command: str) -> list[str]:
    """A command as arguments; on Windows a backslash is a sign of paths."""
    if os.name != "nt":
        return shlex.split(command)
    return [part[1:-1] if part[:1] == part[-1:] in {'"', "'"} else part for part in shlex.split(command, posix=False)]


def _known(command: str) -> list[str]:
    """A known editor with what it takes; none for any other command, and where the editor is not installed."""
    try:
        arguments = _split(command)
    except ValueError:
        return []
    name = os.path.splitext(os.path.basename(arguments[0]))[0].lower() if arguments else ""
    return [*arguments, *_KNOWN[name]] if name in _KNOWN and shutil.which(arguments[0]) else []


def opener(arguments: list[str]) -> Callable[[str, int, int], None]:
    """What opens a file at a line and a column by the command of these arguments."""

    def opened(path: str, line: int, column: int) -> None:
        place = {"{file}": os.path.abspath(path), "{line}": str(line), "{column}": str(column)}
        _start([_filled(each, place) for each in arguments])

    return opened


def _filled(argument: str, place: Mapping[str, str]) -> str:
    """An argument with what stands for file, line and column filled in, each in one pass, so that a name fills in nothing."""
    import re

    return re.sub(r"\{(?:file|line|column)\}", lambda found: place[found[0]], argument)


def _start(arguments: list[str]) -> None:
    """Start an editor, and leave it to itself.

    Raises:
        BuilderError: it can't be started.
    """
    program = shutil.which(arguments[0])
    if program is None:
        message = f"there is no program '{arguments[0]}' here"
        raise BuilderError(message)
    if program.lower().endswith((".cmd", ".bat")) and any(_SIGNS & set(each) for each in arguments[1:]):
        message = f"{arguments[0]} is a script of Windows, which may take signs in the file's name for commands"
        raise BuilderError(message)
    quiet = subprocess.DEVNULL
    try:
        process = subprocess.Popen(  # noqa: S603 - the author's own command, split into arguments
            [program, *arguments[1:]], stdin=quiet, stdout=quiet, stderr=quiet, start_new_session=True
        )
    except OSError as error:
        message = f"{arguments[0]} can't be started: {error.strerror or error}"
        raise BuilderError(message) from error
    Thread(target=process.wait, daemon=True).start()  # else it would stay behind as a zombie
