"""Processes that work beside this one.

Each has a pipe to this process alone, so it ends when this process does, whatever became of it: nothing is left to read
from. It starts anew (`started`), or as a copy of this one (`shared`). A copy has all that this process has and begins at
once, but other threads may hold locks that nobody in the copy will ever let go.

A process that starts anew imports the script that called for it. If that script calls for it again as it is imported,
the new process ends before its work has begun.
"""

from __future__ import annotations

import os
import pickle
import signal
import sys
import threading
from contextlib import ExitStack, contextmanager, suppress
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING, Any, NamedTuple, TypeVar

from builder.diagnostics import BuilderError
from builder.disk.journal import undisturbed

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence
    from multiprocessing.connection import Connection
    from multiprocessing.context import SpawnProcess

Unit = TypeVar("Unit")
Done = TypeVar("Done")

GUARD = 'a script that calls for it has to be a file, with its work below `if __name__ == "__main__":`'
UNSTARTED = f"a second process is wanted and can't be started; {GUARD}"
_ENDED = "a second process was ended before its work was done, as where the memory is full"
_MOMENT = 5  # seconds
_MUCH = 1 << 18  # KiB of memory, below which little of it can lie free


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
    # Who reads no more has ended or wants no more. That is no error, and must not show as a traceback below the last
    # words of the other process.
    with suppress(EOFError, ConnectionError):
        work(pipe, *given)


def processors() -> int:
    """How many processors this process may use."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


def may_fork() -> bool:
    """Whether a copy of this process can be had, and has a processor to run on.

    That is so on Linux alone: elsewhere a process can't be forked, or not safely. Where other threads run, as in a
    language server, it can't be forked either: the copy would wait for ever for what they hold, such as the input that
    one of them reads. Nor may a worker of a pool have a process of its own.
    """
    is_linux = sys.platform == "linux" and hasattr(os, "memfd_create")
    there = sys.modules.get("multiprocessing.process")  # a worker has it
    is_worker = there is not None and there.current_process().daemon
    return is_linux and processors() > 1 and threading.active_count() == 1 and not is_worker


def shared(
    units: Sequence[Unit],
    work: Callable[[Unit], Done],
    *,
    tell: Callable[[int], object] = lambda _: None,
    before: Callable[[], object] = lambda: None,
    dumps: Callable[[Done], bytes] = pickle.dumps,
    loads: Callable[[bytes], Done] = pickle.loads,
) -> list[Done]:
    """What `work` makes of each unit, in their order, where a copy of this process takes part (see `may_fork`).

    This process begins with the first unit, the copy with the last. They meet where they meet, so that neither waits for
    long, however busy the processors are. For example, of five units this process does 0, 1 and 2, and meanwhile the copy
    sends 4 and 3; it is at 2 then, in vain, and is ended. What it doesn't send, since it came to an early end, `work`
    failed or `dumps` refused the result, this process does itself.

    `before` is done by this process before its first unit, while the copy is at work already. `tell` is told how many
    units are done.
    """
    first: list[Done] = []
    last: list[Done] = []  # from the copy, the last unit first
    with _forked(partial(_made, units, work, dumps)) as copy:
        before()
        while left := len(units) - len(first) - len(last):
            # The one unit that is left the copy is at already.
            data = copy.next() if left == 1 or copy.has_next() else b""
            if data:
                last.append(loads(data))
            elif data is None:
                last.append(work(units[len(first) + left - 1]))
            else:
                first.append(work(units[len(first)]))
            tell(len(first) + len(last))
    return first + last[::-1]


def each(
    units: Sequence[Unit], work: Callable[[Unit], Done], *, tell: Callable[[int], object] = lambda _: None
) -> Iterator[Done]:
    """What `work` makes of each unit, in this process alone; `tell` is told how many units are done."""
    for number, unit in enumerate(units, 1):
        yield work(unit)
        tell(number)


def _made(units: Sequence[Unit], work: Callable[[Unit], Done], dumps: Callable[[Done], bytes]) -> Iterator[bytes]:
    """What becomes of each unit, the last one first; no bytes of one that has failed."""
    for unit in reversed(units):
        data = b""
        with suppress(Exception):  # the other process does it again, and tells what is wrong
            data = dumps(work(unit))
        yield data


@dataclass
class _Copy:
    """A copy of this process. It puts what it makes into a file in memory, and the size of each piece into a pipe.

    In the pipe alone there is room for little, and the copy would wait until somebody reads it.
    """

    pipe: Connection[Any, Any]
    file: int
    place: int = 0  # of the next piece in the file

    def has_next(self) -> bool:
        """Whether there is a piece to take, or will be none any more."""
        return self.pipe.closed or self.pipe.poll()

    def next(self) -> bytes | None:
        """The next piece; None where it is empty or the copy has ended."""
        try:
            size = int.from_bytes(self.pipe.recv_bytes())
        except (EOFError, OSError):
            return None
        data = os.pread(self.file, size, self.place)
        self.place += size
        return data or None

    def make(self, pieces: Iterable[bytes]) -> None:
        """Be the copy."""
        signal.signal(signal.SIGTERM, signal.SIG_DFL)
        signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C goes to both, and this one's end is the other's to tell
        with suppress(OSError), open(self.file, "wb", closefd=False) as file:
            for data in pieces:
                file.write(data)
                file.flush()  # a piece is told of once all of it is there
                self.pipe.send_bytes(len(data).to_bytes(8))


@contextmanager
def _forked(made: Callable[[], Iterable[bytes]]) -> Iterator[_Copy]:
    """A copy of this process that makes these pieces, for this one to take; it never outlives the block.

    Where the system allows no further process, it makes none.
    """
    from multiprocessing import get_context  # with all that it brings along

    context = get_context("fork")
    _give_back()
    with ExitStack() as stack:
        reading, writing = map(stack.enter_context, context.Pipe(duplex=False))
        try:
            file = os.memfd_create("her-study")
            stack.callback(os.close, file)
            process = context.Process(target=lambda: _Copy(writing, file).make(made()), daemon=True)
            with undisturbed():
                process.start()
        except OSError:
            reading.close()
            yield _Copy(reading, -1)
            return
        stack.callback(process.join)
        stack.callback(process.kill)
        writing.close()
        yield _Copy(reading, file)


def _give_back() -> None:
    """Give memory that was freed back to the system, as far as the C library can: each process would hold on to it.

    A process that never had much memory keeps what it has: looking for free memory would take longer than it is worth.
    """
    import resource

    if resource.getrusage(resource.RUSAGE_SELF).ru_maxrss < _MUCH:
        return
    import ctypes

    with suppress(OSError, AttributeError):  # only glibc keeps it
        ctypes.CDLL(None).malloc_trim(0)
