"""Processes that work beside this one.

Each has a pipe to this process alone, so it ends when this process does, whatever became of it: nothing is left to read
from. It starts anew (`started`), or as a copy of this one (`forked`). A copy has all that this process has and begins at
once, but other threads may hold locks that nobody in the copy will ever let go.

A process that starts anew imports the script that called for it. If that script calls for it again as it is imported,
the new process ends before its work has begun.
"""

from __future__ import annotations

import os
import signal
import sys
import threading
from contextlib import contextmanager, suppress
from typing import TYPE_CHECKING, Any, NamedTuple

from builder.diagnostics import BuilderError
from builder.disk.journal import undisturbed

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
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
    from multiprocessing import get_context, resource_tracker  # with all that it brings along

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


def processors() -> int:
    """How many processors this process may use."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


def may_fork() -> bool:
    """Whether a copy of this process can be had, and has a processor to run on.

    That is so on Linux alone: elsewhere a process can't be forked, or not safely. Where other threads run, as in a
    language server, it can't be forked either: the copy would wait for ever for what they hold, such as the input that
    one of them reads.
    """
    return sys.platform == "linux" and processors() > 1 and threading.active_count() == 1


@contextmanager
def forked(work: Callable[[Connection[Any, Any]], None]) -> Iterator[Connection[Any, Any]]:
    """A copy of this process that calls `work` with the end of a pipe to write to; the other end, to read from.

    The copy never outlives the block. What it writes after that, nobody wants to know any more. If it ends early,
    reading raises `EOFError`.
    """

    def run() -> None:
        signal.signal(signal.SIGTERM, signal.SIG_DFL)
        signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C goes to both, and this one's end is the other's to tell
        reading.close()
        with suppress(BrokenPipeError):
            work(writing)

    from multiprocessing import get_context  # with all that it brings along

    context = get_context("fork")
    reading, writing = context.Pipe(duplex=False)
    copy = context.Process(target=run, daemon=True)
    with undisturbed():
        copy.start()
    writing.close()
    try:
        yield reading
    finally:
        copy.kill()
        copy.join()
        reading.close()
