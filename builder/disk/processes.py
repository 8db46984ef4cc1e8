"""Processes that work beside this one.

Each starts anew instead of as a copy of this one, whose threads may hold locks, and has a pipe to this one alone. So it
ends when this process does, whatever became of it: nothing is left to read from.

A process that starts anew imports the script that called for it. If that script calls for it again as it is imported,
the new process ends before its work has begun.
"""

from __future__ import annotations

import signal
import sys
from multiprocessing import get_context, resource_tracker
from typing import TYPE_CHECKING, Any, NamedTuple

from builder.diagnostics import BuilderError
from builder.disk.journal import undisturbed

if TYPE_CHECKING:
    from collections.abc import Callable
    from multiprocessing.connection import Connection
    from multiprocessing.context import SpawnProcess

GUARD = 'a script that calls for it has to be a file, with its work below `if __name__ == "__main__":`'
UNSTARTED = f"a second process is wanted and can't be started; {GUARD}"
_ENDED = "a second process was ended before its work was done, as where the memory is full"
_MOMENT = 5  # seconds


class Helper(NamedTuple):
    """A process, and the pipe to it. What goes wrong in its work is the work's to tell."""

    process: SpawnProcess
    pipe: Connection[Any, Any]

    def lost(self) -> BuilderError:
        """What is to be said of a process that has ended before its work was done."""
        self.process.join(_MOMENT)  # ending it would hide how it came to its end
        self.end()
        return BuilderError(_ENDED if (self.process.exitcode or 0) < 0 else UNSTARTED)

    def end(self) -> None:
        """End the process, whatever it does, and wait until it is gone."""
        self.pipe.close()
        self.process.terminate()
        self.process.join()


def started(work: Callable[..., object], *given: object) -> Helper:
    """A process that calls `work` with its end of the pipe and what is given; all of these are pickled.

    Ctrl-C does not reach it: a terminal sends that to every process, and the first one deals with it for all.

    Raises:
        BuilderError: the process ends before it knows what to do.
    """
    context = get_context("spawn")
    here, there = context.Pipe()
    before = None
    with undisturbed():  # a process that has half of what it needs to start would print a traceback
        if sys.platform != "win32":
            # Who starts has the signal blocked from its first instruction on. The process that watches over semaphores
            # comes before: at its start Python lets the signal in again.
            resource_tracker.ensure_running()
            before = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})
        try:
            process = context.Process(target=_work, args=(work, there, given), daemon=True)
            process.start()
        except BrokenPipeError:
            here.close()
            raise BuilderError(UNSTARTED) from None
        finally:
            there.close()
            if before is not None:
                signal.pthread_sigmask(signal.SIG_SETMASK, before)
    return Helper(process, here)


def _work(work: Callable[..., object], pipe: Connection[Any, Any], given: tuple[object, ...]) -> None:
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # where it can't be blocked
    work(pipe, *given)
