"""The command line: arguments in, one call, an exit code out. Only this package imports click.

Exit codes: 0 clean, 1 the course has errors, 2 the call or the environment is
at fault. stdout carries results, stderr findings and progress. Each command
is a module of this package that is imported when it is needed, and imports
what is heavy when it runs.
"""

from __future__ import annotations

import _thread
import atexit
import errno
import gc
import os
import signal
import sys
import time
from contextlib import suppress
from importlib import import_module
from keyword import iskeyword
from types import ModuleType
from typing import TYPE_CHECKING, NoReturn

import click

from builder import __version__
from builder.diagnostics import BuilderError, did_you_mean

if TYPE_CHECKING:
    from pathlib import Path


LEAST_FREE = 1 << 16  # bytes: a folder that has less is full
# Errors that mean that stdout can't be written: the disk is full or broken, or the reader of a pipe has gone away.
_UNWRITABLE = {errno.ENOSPC, errno.EDQUOT, errno.EFBIG, errno.EIO, errno.EPIPE, errno.EBADF}


class Commands(click.Group):
    """The commands are the modules of this package: none is listed by hand."""

    def list_commands(self, ctx: click.Context) -> list[str]:  # noqa: ARG002 - click names it
        """Every module whose name does not start with an underscore; `import_` is `import`, a word that Python keeps."""
        # Not pkgutil: its import alone is a sixth of the time of --help.
        files = os.listdir(os.path.dirname(__file__))
        names = (name[:-3] for name in files if name.endswith(".py") and not name.startswith("_"))
        return sorted(name.removesuffix("_") for name in names)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """The module's function `command`, or None where there is no such module."""
        if cmd_name not in self.list_commands(ctx):
            return None
        module = f"{cmd_name}_" if iskeyword(cmd_name) else cmd_name
        return import_module(f"{__name__}.{module}").command  # type: ignore[no-any-return]

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        """Find the command that `args` begins with; the error for a mistyped name suggests the nearest command."""
        try:
            return super().resolve_command(ctx, args)
        except click.UsageError as error:
            near = did_you_mean(args[0], self.list_commands(ctx)) if args else ""
            if not near:
                raise
            message = f"There is no command '{args[0]}'; {near}"
            raise click.UsageError(message, ctx) from error

    def invoke(self, ctx: click.Context) -> object:
        """Run a command, and end the process with one line on stderr where it is stopped.

        A `BuilderError` ends with exit code 2, Ctrl-C with 130 and SIGTERM with 143. None of the three leaves a
        temporary folder behind.
        """
        _open_closed()
        try:
            with suppress(ValueError):  # only the first thread may set handlers; callers in others handle signals
                signal.signal(signal.SIGTERM, _raise_terminated)
            if sys.unraisablehook is sys.__unraisablehook__:
                sys.unraisablehook = _raise_again
            result = super().invoke(ctx)
            sys.stdout.flush()
        except OSError as error:
            if trouble := _temporary(error):
                with suppress(OSError):
                    click.echo(f"her-study: {trouble}", err=True)
                sys.exit(2)
            if error.filename is not None or error.errno not in _UNWRITABLE:
                raise  # our bug: a command turns trouble with its files into a BuilderError
            _stop_unheard(error)
        except BuilderError as error:
            from builder.report import printable

            with suppress(OSError):  # stderr may lead to the same full disk
                click.echo(f"her-study: {printable(str(error))}", err=True)
            sys.exit(2)
        except KeyboardInterrupt as stopped:
            _stop(ctx, stopped)
        except Exception as error:
            # Ctrl-C in a function of ours that pydantic calls comes out as an error of pydantic's, with it as the cause.
            if not isinstance(error.__cause__, KeyboardInterrupt):
                raise
            _stop(ctx, error.__cause__)
        else:
            return result


def _open_closed() -> None:
    """Lead each standard stream that was closed before the start, as by `>&-`, to the null device.

    Python has None in its place, which no caller expects. Its number would go to the next file that is opened, and what a
    library writes to it would end in that file.
    """
    for name, mode in (("stdin", "r"), ("stdout", "w"), ("stderr", "w")):
        if getattr(sys, name) is None:
            stream = open(os.devnull, mode, encoding="utf-8")  # noqa: SIM115 - as long as the process lives
            os.set_inheritable(stream.fileno(), True)  # noqa: FBT003 - it takes no name
            setattr(sys, name, stream)


def _stop_unheard(error: OSError) -> NoReturn:
    """End with exit code 2 because stdout can't be written, as where it leads to a file on a full disk."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), 1)  # else Python would write again as it ends, and print a traceback
    with suppress(OSError):
        click.echo(f"her-study: the output can't be written: {error.strerror or error}", err=True)
    sys.exit(2)


class _Terminated(KeyboardInterrupt):
    """SIGTERM has come. As a KeyboardInterrupt, it ends a command in the way in which Ctrl-C does."""


def _raise_terminated(*_: object) -> NoReturn:
    raise _Terminated


def _raise_again(lost: sys.UnraisableHookArgs) -> None:
    """Send a stop once more that came where Python drops every exception, such as the end of an object's life.

    The main thread has to leave that place first, so another thread sends it a moment later.
    """
    if not isinstance(lost.exc_value, KeyboardInterrupt):
        sys.__unraisablehook__(lost)
        return
    number = signal.SIGTERM if isinstance(lost.exc_value, _Terminated) else signal.SIGINT

    def send() -> None:
        time.sleep(0.02)
        signal.raise_signal(number)

    _thread.start_new_thread(send, ())


def _temporary(error: OSError) -> str | None:
    """A message if the error is that the folder for temporary files is full or missing; None for any other error."""
    import tempfile

    if tempfile.tempdir is None:  # none was asked for, or none was found
        is_missing = error.errno == errno.ENOENT and error.filename is None
        return "there is no folder for temporary files; make one, and name it by TMPDIR" if is_missing else None
    is_within = str(error.filename or "").startswith(os.path.join(tempfile.tempdir, ""))
    if is_within or (error.filename is None and error.errno in _UNWRITABLE and _is_full(tempfile.tempdir)):
        reason = error.strerror or error
        return f"{tempfile.tempdir}: temporary files can't be written: {reason}; free some room, or name another folder by TMPDIR"
    return None


def _is_full(folder: str) -> bool:
    import shutil

    return shutil.disk_usage(folder).free < LEAST_FREE


def _stop(ctx: click.Context, stopped: BaseException) -> NoReturn:
    """Say which files were already written, and end; the exit code is 128 and the number of the signal."""
    from builder.cli._course import WRITTEN
    from builder.report import printable

    if sys.stderr.isatty():
        click.echo(err=True)  # the terminal has just shown ^C
    click.echo(f"stopped: {printable(_told(ctx.meta.get(WRITTEN, [])))}", err=True)
    sys.exit(128 + (signal.SIGTERM if isinstance(stopped, _Terminated) else signal.SIGINT))


def _told(written: list[Path]) -> str:
    """A sentence about the files that a call had written before it was stopped."""
    if not written:
        return "nothing was written"
    more = f" and {len(written) - 1} more" if len(written) > 1 else ""
    return f"{written[0]}{more} had been written, nothing else"


def _spare_plugins() -> None:
    """Keep pydantic from searching every installed package for plugins: a tenth of the start of a command.

    The variable alone spares the search. The module that would search imports `importlib.metadata` and with it the
    package `email` all the same, so a module without them takes its place, and gives way if more is asked of it.
    """
    if os.environ.setdefault("PYDANTIC_DISABLE_PLUGINS", "__all__") != "__all__":
        return
    name = "pydantic.plugin._loader"
    spare = ModuleType(name)

    def real(attribute: str) -> object:
        if attribute.startswith("__"):  # the import system looks whether it is a package
            raise AttributeError(attribute)
        sys.modules.pop(name, None)
        return getattr(import_module(name), attribute)

    vars(spare).update(get_plugins=tuple, __getattr__=real)
    sys.modules.setdefault(name, spare)


@click.group(cls=Commands, context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100})
@click.version_option(__version__, prog_name="her-study")
def main() -> None:
    """Check question banks, and compile them into Anki decks and printed quizzes.

    COURSE is a folder with a course.yaml. Without COURSE, a command works on
    the course of the folder that you are in, or of the nearest folder above
    it; where there is none, on the course that is shipped with her-study.
    """
    # A command is one short run that keeps what it makes. The garbage collector would only walk
    # the growing course again and again: a quarter of the time of a build of 10,000 items.
    gc.disable()
    atexit.register(gc.freeze)  # so that the collector does not walk the whole course as Python ends
    _spare_plugins()
