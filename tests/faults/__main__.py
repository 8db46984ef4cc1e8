"""`python -m tests.faults [--seconds N] [--seed N] [--command NAME...]`: every command that writes, met by faults at random moments.

Each trial has a course of its own that was released and edited, and an output
folder with the files of an earlier run. A fault hits one command:

- kill and term: SIGKILL or SIGTERM at one of the calls of our functions, or of the lines of the writer;
- full: the disk is full at one of the writer's steps, and a file that was being written stays half written;
- back: the clock is a day behind that of the earlier run;
- several: the command runs three times at once.

Afterwards the course holds its old files or its new ones, all of them; so does
the output folder after the next run, which does what the first one should have
done; nothing temporary is left, and no command shows a traceback. Prints the number of trials
by command and fault, and exits with 1 at the first trial that fails, with the seed that repeats it.
"""

from __future__ import annotations

import argparse
import errno
import os
import random
import signal
import sys
import tempfile
import time
from collections import Counter
from itertools import count
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from builder.cli import main as her_study
from builder.disk import journal, output
from tests.faults.rooms import COMMANDS, FailedError, Room, made_anew, prepared
from tests.presses import is_call, is_written, traced

if TYPE_CHECKING:
    from collections.abc import Callable

STEPS = 40  # at most, of the writer in one command
ONCE = {"add", "new", "quiz --record", "release"}  # what a second run would do again, or refuse
ADDING = {"add", "quiz --record"}  # what each of several at once may do


def full_at(number: int) -> None:
    """From now on the disk is full at this step of the writer, for once; a file is then half written."""
    steps = count(1)

    def step() -> None:
        if next(steps) == number:
            raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    def synced(path: Path, data: bytes) -> None:
        path.write_bytes(data[: len(data) // 2])
        step()
        path.write_bytes(data)

    def stepping(function: Callable[..., Any]) -> Callable[..., Any]:
        def called(*given: Any, **named: Any) -> Any:
            step()
            return function(*given, **named)

        return called

    vars(output)["_write_synced"] = synced
    vars(output)["_keep"] = stepping(output._keep)
    vars(journal)["note"] = stepping(journal.note)
    vars(os)["replace"] = stepping(os.replace)


def a_day_back() -> None:
    """From now on the clock shows yesterday."""
    now = time.time
    vars(time)["time"] = lambda: now() - 86_400


def hit(room: Room, name: str, fault: str, chance: random.Random, calls: dict[tuple[str, bool], int]) -> None:
    """Let a fault meet a command."""
    arguments = COMMANDS[name]
    if fault in {"kill", "term"}:
        number = signal.SIGKILL if fault == "kill" else signal.SIGTERM
        in_writer = chance.random() < 0.7  # where most can go wrong
        at = chance.randint(1, calls[name, in_writer])
        counts = is_written if in_writer else is_call
        code = room.run(
            arguments,
            {0, -number, 128 + number},
            lambda: traced(counts, at, lambda: signal.raise_signal(number)),
        )
        if code == 128 + number and room.left():
            message = f"left behind: {room.left()}"
            raise FailedError(message)
    elif fault == "full":
        at = chance.randint(1, STEPS)
        room.run(arguments, {0, 2}, lambda: full_at(at))
    elif fault == "back":
        room.run(arguments, {0}, a_day_back)
    else:
        for pid in [room.start(arguments) for _ in range(3)]:
            room.end(pid, {0, 2})


def calls_of(room: Room, name: str, *, in_writer: bool) -> int:
    """How many calls of our functions, or lines of the writer, a command makes."""
    place = room.root / "count"

    def prepare() -> None:
        seen = traced(is_written if in_writer else is_call, 0, lambda: None)
        end = os._exit

        def ended(code: int) -> None:
            place.write_text(str(next(seen) - 1), "utf-8")
            end(code)

        vars(os)["_exit"] = ended

    room.run(COMMANDS[name], {0}, prepare)
    return max(1, int(place.read_text("utf-8")))


def judged(room: Room, name: str, fault: str, old: dict[str, str], new: dict[str, str]) -> None:
    """Refuse a state that is neither old nor new, and a next run that does not come to the new one.

    Three writers at once may each have added something: then the course must be sound, and no more is asked.
    """
    room.run(["check", ".", "--no-lint"], {0})  # which puts back what was interrupted
    if fault != "several" or name not in ADDING:
        now = {path: digest for path, digest in room.state().items() if path.startswith("course/")}
        if now not in ({p: d for p, d in state.items() if p.startswith("course/")} for state in (old, new)):
            message = f"neither old nor new: {sorted(p for p in now if now[p] not in (old.get(p), new.get(p)))}"
            raise FailedError(message)
        if name not in ONCE or room.state() != new:
            room.run(COMMANDS[name], {0})
        if (state := room.state()) != new:
            wrong = sorted(p for p in state.keys() | new.keys() if state.get(p) != new.get(p))
            message = f"after the next run other than it should be: {wrong}"
            raise FailedError(message)
    if fault != "kill" and room.left():
        message = f"left behind: {room.left()}"
        raise FailedError(message)


def main() -> None:
    """Try faults for a time, print how many, and exit with 1 where one fails."""
    parser = argparse.ArgumentParser(prog="python -m tests.faults")
    parser.add_argument("--seconds", type=int, default=60)
    parser.add_argument("--seed", type=int, default=0, help="of the trials (default 0: another one each time)")
    parser.add_argument("--command", choices=COMMANDS, nargs="*", help="to be tried alone (default: all)")
    given = parser.parse_args()
    commands = given.command or list(COMMANDS)
    seed = given.seed or random.SystemRandom().randint(1, 10**9)
    chance = random.Random(seed)
    for name in her_study.list_commands(click.Context(her_study)):
        her_study.get_command(click.Context(her_study), name)
    vars(os)["fsync"] = lambda _: None  # which takes long, and matters to a dead machine alone
    tried: Counter[tuple[str, str]] = Counter()
    with tempfile.TemporaryDirectory(prefix="her-study-faults-") as scratch:
        source, trial = Path(scratch) / "source", Path(scratch) / "trial"
        source.mkdir()
        prepared(source)
        old, new, calls = {}, {}, {}
        for name in commands:
            old[name] = made_anew(source, trial, name).state()
            for in_writer in (False, True):
                calls[name, in_writer] = calls_of(made_anew(source, trial, name), name, in_writer=in_writer)
            new[name] = Room(trial).state()
        end = time.monotonic() + given.seconds
        while time.monotonic() < end:
            name = chance.choice(commands)
            fault = chance.choice(["kill", "kill", "term", "full", "full", "back", "several"])
            room = made_anew(source, trial, name)
            try:
                hit(room, name, fault, chance, calls)
                judged(room, name, fault, old[name], new[name])
            except FailedError as failed:
                sys.exit(f"trial {tried.total() + 1} of --seed {seed}, {fault} in {name}: {failed}")
            tried[name, fault] += 1
    faults = ("kill", "term", "full", "back", "several")
    sys.stdout.write(f"{'command':<17}" + "".join(f"{fault:>9}" for fault in faults) + "\n")
    for name in commands:
        sys.stdout.write(f"{name:<17}" + "".join(f"{tried[name, fault]:>9}" for fault in faults) + "\n")
    sys.stdout.write(f"{tried.total()} trials of --seed {seed}, all as it should be\n")


if __name__ == "__main__":
    main()
