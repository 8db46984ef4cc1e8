"""`python -m tests.faults [--seconds N] [--seed N]`: every command that writes, met by faults at random moments.

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
import shutil
import signal
import sys
import tempfile
import time
from collections import Counter
from dataclasses import dataclass
from importlib import import_module
from itertools import count
from pathlib import Path
from typing import TYPE_CHECKING, Any

from builder.cli import main as her_study
from builder.disk import journal, output
from tests.make.folder import Author
from tests.make.marked import store
from tests.presses import contents, is_call, is_written, traced

if TYPE_CHECKING:
    from collections.abc import Callable

QUIZ = ["quiz", ".", "--no-lint", "--items", "4", "--seed", "faults", "--format", "md", "-o", "../out"]
COMMANDS = {
    "build": ["build", ".", "--no-lint", "-o", "../out"],
    "check --fix": ["check", ".", "--fix"],
    "grade": ["grade", "--quiz", "../quiz.json", "--rekey", "../rekey.yaml", "-o", "../out"],
    "coverage": ["coverage", ".", "--format", "html", "-o", "../out"],
    "page": ["page", ".", "-o", "../out"],
    "preview": ["preview", ".", "-o", "../out"],
    "quiz": QUIZ,
    "quiz --record": [*QUIZ, "--record"],
    "release": ["release", "1.1.0", ".", "--no-lint", "--date", "2026-02-01"],
    "upgrade": ["upgrade", "--mine", "../her.apkg", ".", "-o", "../out"],
}
STEPS = 40  # at most, of the writer in one command
EPOCH = 1_790_000_000
SAID = 20_000  # characters of what a command said that a failure shows


class FailedError(Exception):
    """What must hold after a fault does not."""


@dataclass
class Room:
    """A folder with a course and an output folder, and whatever the commands need beside them."""

    root: Path

    @property
    def course(self) -> Path:
        """The folder of the course."""
        return self.root / "course"

    def state(self) -> dict[str, str]:
        """The files of the course and of the output folder, and what is in them."""
        return {
            f"{part}/{name}": digest
            for part in ("course", "out")
            for name, digest in contents(self.root / part).items()
        }

    def left(self) -> list[str]:
        """What is temporary, in any of the folders."""
        return [name for name in contents(self.root) if ".her-study-" in name or name.startswith("tmp/")]

    def start(self, arguments: list[str], prepare: Callable[[], object] = lambda: None) -> int:
        """Start a command in a process of its own, which calls `prepare` first; its number."""
        pid = os.fork()
        if pid:
            return pid
        code: Any = 0
        try:
            os.chdir(self.course)
            (self.root / "tmp").mkdir(exist_ok=True)
            tempfile.tempdir = str(self.root / "tmp")
            os.environ |= {"XDG_CACHE_HOME": str(self.root / "cache"), "SOURCE_DATE_EPOCH": str(EPOCH)}
            for handle in (1, 2):
                os.dup2(os.open(f"../said-{os.getpid()}", os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600), handle)
            prepare()
            her_study(arguments)
        except SystemExit as stop:
            code = stop.code
        except BaseException:  # noqa: BLE001 - a traceback is what the trial is to see
            sys.excepthook(*sys.exc_info())
            code = 70
        finally:
            sys.settrace(None)
            sys.stdout.flush()
            os._exit(code or 0)

    def end(self, pid: int, allowed: set[int]) -> int:
        """Wait for a command; its exit code, which must be an allowed one, and nothing that it says a traceback."""
        code = os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1])
        path = self.root / f"said-{pid}"
        said = path.read_text("utf-8", "replace") if path.exists() else ""
        path.unlink(missing_ok=True)
        if code not in allowed or "Traceback" in said:
            message = f"exit code {code}, allowed are {sorted(allowed)}: {said[-SAID:]}"
            raise FailedError(message)
        return code

    def run(self, arguments: list[str], allowed: set[int], prepare: Callable[[], object] = lambda: None) -> int:
        """Run a command to its end; its exit code."""
        return self.end(self.start(arguments, prepare), allowed)


def prepared(root: Path) -> None:
    """A course that was released and edited since, with the output of earlier runs, in `root`."""
    author = Author(root / "course")
    (root / "out").mkdir()
    for name in ("build", "quiz", "preview", "coverage"):
        Room(root).run(COMMANDS[name], {0})
    store(root, root / "out")
    Room(root).run(["release", "1.0.0", ".", "--no-lint", "--date", "2026-01-01"], {0})
    shutil.move(root / "out" / "sample.apkg", root / "her.apkg")
    Room(root).run(COMMANDS["build"], {0})
    author.replace("explanation: ", "explanation: It’s so. ")
    author.replace("Intimacy", "Closeness")


def made_anew(source: Path, target: Path, name: str) -> Room:
    """A room of its own for a trial of a command, in the state that the command needs."""
    shutil.rmtree(target, ignore_errors=True)
    shutil.copytree(source, target)
    room = Room(target)
    if name == "upgrade":
        room.run(COMMANDS["release"], {0})
    shutil.rmtree(target / "cache", ignore_errors=True)
    return room


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
    if fault != "several" or name != "quiz --record":
        now = {path: digest for path, digest in room.state().items() if path.startswith("course/")}
        if now not in ({p: d for p, d in state.items() if p.startswith("course/")} for state in (old, new)):
            message = f"neither old nor new: {sorted(p for p in now if now[p] not in (old.get(p), new.get(p)))}"
            raise FailedError(message)
        if name not in {"release", "quiz --record"} or now == {p: d for p, d in old.items() if p.startswith("course/")}:
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
    given = parser.parse_args()
    seed = given.seed or random.SystemRandom().randint(1, 10**9)
    chance = random.Random(seed)
    for command in ("build", "check", "coverage", "grade", "preview", "quiz", "release", "upgrade"):
        import_module(f"builder.cli.{command}")
    vars(os)["fsync"] = lambda _: None  # which takes long, and matters to a dead machine alone
    tried: Counter[tuple[str, str]] = Counter()
    with tempfile.TemporaryDirectory(prefix="her-study-faults-") as scratch:
        source, trial = Path(scratch) / "source", Path(scratch) / "trial"
        source.mkdir()
        prepared(source)
        old, new, calls = {}, {}, {}
        for name in COMMANDS:
            old[name] = made_anew(source, trial, name).state()
            for in_writer in (False, True):
                calls[name, in_writer] = calls_of(made_anew(source, trial, name), name, in_writer=in_writer)
            new[name] = Room(trial).state()
        end = time.monotonic() + given.seconds
        while time.monotonic() < end:
            name = chance.choice(list(COMMANDS))
            fault = chance.choice(["kill", "kill", "term", "full", "full", "back", "several"])
            room = made_anew(source, trial, name)
            try:
                hit(room, name, fault, chance, calls)
                judged(room, name, fault, old[name], new[name])
            except FailedError as failed:
                sys.exit(f"trial {tried.total() + 1} of --seed {seed}, {fault} in {name}: {failed}")
            tried[name, fault] += 1
    faults = ("kill", "term", "full", "back", "several")
    sys.stdout.write(f"{'command':<15}" + "".join(f"{fault:>9}" for fault in faults) + "\n")
    for name in COMMANDS:
        sys.stdout.write(f"{name:<15}" + "".join(f"{tried[name, fault]:>9}" for fault in faults) + "\n")
    sys.stdout.write(f"{tried.total()} trials of --seed {seed}, all as it should be\n")


if __name__ == "__main__":
    main()
