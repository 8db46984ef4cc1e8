"""Commands run as whole processes in turn, A B A B, each with its time, processor time and peak memory."""

from __future__ import annotations

import os
import subprocess
import tempfile
import threading
import time
from dataclasses import dataclass
from pathlib import Path
from statistics import median
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

_TICK = 0.05  # seconds between two looks at a process's memory


def _nothing() -> None:
    """No preparation."""


@dataclass(frozen=True)
class Run:
    """One run: seconds on the clock, seconds of all processors (user and system), and peak memory in MiB."""

    seconds: float
    cpu: float
    mib: float


@dataclass(frozen=True)
class Step:
    """A command to measure.

    `prepare` runs before, untimed; `output` is the package whose notes are
    counted; a slow one is run once, others in every round; `is_ours` marks what
    forks, so that the memory of all its processes is looked up in a run apart.
    `trouble` says why it can't be run at all.
    """

    name: str
    command: tuple[str, ...]
    prepare: Callable[[], None] = _nothing
    output: Path | None = None
    is_slow: bool = False
    is_ours: bool = False
    trouble: str = ""


@dataclass(frozen=True)
class Measured:
    """The runs of one step in order, its peak memory in MiB, the notes in its package; or what went wrong."""

    runs: tuple[Run, ...] = ()
    peak: float = 0.0
    notes: int | None = None
    trouble: str = ""

    @property
    def seconds(self) -> float:
        """The median of the clock."""
        return median(run.seconds for run in self.runs)

    @property
    def cpu(self) -> float:
        """The median of processor time."""
        return median(run.cpu for run in self.runs)


class CommandError(Exception):
    """A command ended otherwise than it should; the message is the last that it said."""


# Installed programs have their bytecode kept; without it, each run would compile ours anew, and not that of the others.
_NO_BYTECODE = "PYTHONDONTWRITEBYTECODE"


def run(command: Sequence[str], env: Mapping[str, str], *, limit: float = 3600, is_sampled: bool = False) -> Run:
    """Run a command to its end. Peak memory is that of its largest process, or of all together where `is_sampled`.

    Raises:
        CommandError: its exit code is not 0, or it takes longer than `limit` seconds.
    """
    with tempfile.TemporaryFile() as said:
        start = time.perf_counter()
        process = subprocess.Popen(
            command,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=said,
            env={key: value for key, value in env.items() if key != _NO_BYTECODE},
        )
        watch = threading.Timer(limit, process.kill)
        watch.start()
        sampler = _Sampler(process.pid) if is_sampled else None
        # Not `process.wait`: only this call tells what this child, and those that it has waited for, have used.
        _, status, used = os.wait4(process.pid, 0)
        seconds = time.perf_counter() - start
        process.returncode = os.waitstatus_to_exitcode(status)
        watch.cancel()
        if process.returncode:
            said.seek(0)
            lines = said.read().decode(errors="replace").strip().splitlines() or [f"exit code {process.returncode}"]
            raise CommandError(f"over {limit:.0f} s" if seconds >= limit else lines[-1][:200])
    peak = max(used.ru_maxrss / 1024, sampler.peak() if sampler else 0.0)
    return Run(seconds, used.ru_utime + used.ru_stime, peak)


class _Sampler:
    """Looks at the memory of a process and its children together: pages that they share count once."""

    def __init__(self, pid: int) -> None:
        self._pid = pid
        self._peak = 0.0
        self._over = threading.Event()
        self._thread = threading.Thread(target=self._look)
        self._thread.start()

    def peak(self) -> float:
        """The highest sum seen, in MiB."""
        self._over.set()
        self._thread.join()
        return self._peak

    def _look(self) -> None:
        while not self._over.wait(_TICK):
            self._peak = max(self._peak, sum(map(_proportional, _family(self._pid))))


def _family(pid: int) -> list[int]:
    """A process and all below it that are alive; the process alone where the system does not tell."""
    family = [pid]
    for member in family:
        try:
            for task in Path(f"/proc/{member}/task").iterdir():
                family += map(int, (task / "children").read_text().split())
        except OSError:
            continue
    return family


def _proportional(pid: int) -> float:
    """Proportional set size of a process in MiB; 0 if it is gone."""
    try:
        lines = Path(f"/proc/{pid}/smaps_rollup").read_text().splitlines()
    except OSError:
        return 0.0
    return sum(int(line.split()[1]) for line in lines if line.startswith("Pss:")) / 1024


def alternate(
    steps: Sequence[Step],
    rounds: int,
    env: Mapping[str, str],
    *,
    limit: float = 3600,
    count: Callable[[Path], int] | None = None,
) -> dict[str, Measured]:
    """Run all steps in turn, `rounds` times over; what each took. `count` tells the notes of a package.

    Where there are several rounds, one goes before, of the steps that are not
    slow: it reads files into the system's memory and looks at the memory of all
    processes; its times do not count. A step that fails is not run again.
    """
    found = {step.name: Measured(trouble=step.trouble) for step in steps}
    first = 0 if rounds > 1 else 1
    for number in range(first, rounds + 1):
        for step in steps:
            before = found[step.name]
            if before.trouble or (step.is_slow and number != 1):
                continue
            step.prepare()
            try:
                new = run(step.command, env, limit=limit, is_sampled=number == first and step.is_ours)
            except CommandError as failure:
                found[step.name] = Measured(trouble=str(failure))
                continue
            runs = (*before.runs, new) if number else ()
            notes = count(step.output) if count and step.output and before.notes is None else before.notes
            found[step.name] = Measured(runs, max(before.peak, new.mib), notes)
    return found


def ratio(ours: Measured, theirs: Measured, by: str, allowance: float = 0.0) -> float:
    """The median of the ratios of runs in the same round; `allowance` seconds come off ours first."""
    pairs = zip(ours.runs, theirs.runs, strict=False)
    return float(median(max(0.0, getattr(a, by) - allowance) / getattr(b, by) for a, b in pairs))
