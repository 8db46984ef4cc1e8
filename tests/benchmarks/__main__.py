"""`python -m tests.benchmarks`: each command against its yardstick, in turn, as whole processes.

Prints the median of each and the ratio, then time and memory as a course grows
tenfold and tenfold again; exits 1 where a ratio passes its budget. `--items N`
sets the size of the generated course, `--runs N` how often, `--slack X` how far
past the budget still passes: shared machines drift by half.
"""

from __future__ import annotations

import argparse
import os
import statistics
import subprocess
import sys
import tempfile
import time
from dataclasses import dataclass
from pathlib import Path

PYTHON = sys.executable
HER = [PYTHON, "-m", "builder"]
GROWTH = 1.2  # linear within a fifth
SCRIPT = str(Path(sys.executable).with_name("her-study"))


@dataclass(frozen=True)
class Case:
    """A command, its yardstick, and the ratio that it may reach; `allowance` seconds come off first."""

    name: str
    command: list[str]
    yardstick: list[str]
    budget: float
    allowance: float = 0.0


def cases(course: Path, scratch: Path) -> list[Case]:
    """What is measured, against what; all items are in one bank, as a course exported from elsewhere has them."""
    out = str(scratch / "out")
    bare = [PYTHON, "-m", "tests.benchmarks.bare", str(course), str(scratch / "bare.apkg")]
    build = [*HER, "build", str(course), "-o", out]
    check = [*HER, "check", str(course)]
    return [
        Case("--help : import click", [SCRIPT, "--help"], [PYTHON, "-c", "import click"], 2.0),
        Case("build --no-lint : bare CSafeLoader + genanki", [*build, "--no-lint"], bare, 0.5),
        Case("build : bare CSafeLoader + genanki", build, bare, 0.8),
        Case("check (less 1.5 s) : check --no-lint", check, [*check, "--no-lint"], 1.5, 1.5),
    ]


def seconds(command: list[str]) -> float:
    """How long one run of a command takes."""
    start = time.perf_counter()
    subprocess.run(command, check=True, capture_output=True, env=os.environ | {"PYTHONDONTWRITEBYTECODE": ""})
    return time.perf_counter() - start


def usage(command: list[str]) -> tuple[float, float]:
    """Seconds and peak memory, in MiB, of one run of a command."""
    start = time.perf_counter()
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    _, status, used = os.wait4(process.pid, 0)
    process.returncode = os.waitstatus_to_exitcode(status)
    assert process.returncode in {0, 1}, command
    return time.perf_counter() - start, used.ru_maxrss / 1024


def growth(scratch: Path, items: int, runs: int) -> float:
    """Print time and memory of `check` and `build --no-lint` at a tenth, once and ten times `items`; the worst growth.

    Growth is the time of ten times as many items, less that of a course of one
    item, over ten times the time of the smaller course, less the same: 1 is linear.
    """
    courses = {n: scratch / f"course-{n}" for n in (1, items // 10, items, items * 10)}
    for n, folder in courses.items():
        # In a process of its own: a child's peak memory counts that of its parent at the time of the fork.
        subprocess.run([PYTHON, "-m", "tests.benchmarks.generate", str(n), str(folder)], check=True)
    out = ["-o", str(scratch / "out")]
    commands = {"check": [], "check --no-lint": ["--no-lint"], "build --no-lint": ["--no-lint", *out]}
    worst = 0.0
    print("\n| command | items | seconds | MiB | growth (1 is linear) |\n| --- | --- | --- | --- | --- |")
    for name, options in commands.items():
        took: dict[int, float] = {}
        for n, course in courses.items():
            command = [*HER, name.split()[0], str(course), *options]
            measured = [usage(command) for _ in range(1 if n > items else runs)]
            took[n] = statistics.median(seconds for seconds, _ in measured)
            if n == 1:
                continue
            smaller = took.get(n // 10, 0.0) - took[1]
            grown = (took[n] - took[1]) / (10 * smaller) if smaller > 0 else 0.0
            worst = max(worst, grown)
            memory = max(mib for _, mib in measured)
            print(f"| {name} | {n} | {took[n]:.2f} | {memory:.0f} | {f'{grown:.2f}' if grown else '-'} |", flush=True)
    return worst


def measure(case: Case, runs: int) -> tuple[float, float, float]:
    """Medians of command and yardstick, run A B A B after one warm-up each, and the median of their ratios."""
    seconds(case.command), seconds(case.yardstick)
    pairs = [(seconds(case.command), seconds(case.yardstick)) for _ in range(runs)]
    ratio = statistics.median(max(0.0, a - case.allowance) / b for a, b in pairs)
    return statistics.median(a for a, _ in pairs), statistics.median(b for _, b in pairs), ratio


def main() -> int:
    """Run every case; 1 if one is over budget."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--items", type=int, default=10_000)
    parser.add_argument("--runs", type=int, default=5)
    parser.add_argument("--slack", type=float, default=1.0, help="fail only past this many times the budget")
    options = parser.parse_args()
    over = 0
    with tempfile.TemporaryDirectory() as name:
        scratch = Path(name)
        course = scratch / "course"
        subprocess.run([PYTHON, "-m", "tests.benchmarks.generate", str(options.items), str(course)], check=True)
        print(f"{options.items} items, median of {options.runs} runs in turn\n")
        print("| case | seconds | yardstick | ratio | budget |\n| --- | --- | --- | --- | --- |")
        for case in cases(course, scratch):
            ours, theirs, ratio = measure(case, options.runs)
            over += ratio > case.budget * options.slack
            print(f"| {case.name} | {ours:.2f} | {theirs:.2f} | {ratio:.2f} | {case.budget} |", flush=True)
        over += growth(scratch, options.items, options.runs) > GROWTH * options.slack
    return 1 if over else 0


if __name__ == "__main__":
    sys.exit(main())
