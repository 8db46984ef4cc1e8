"""What an edit costs: a course in fifty banks, checked and built again after one item has changed.

As whole processes, and in one process as an editor has it: `python -m tests.benchmarks.edits COURSE EDITS` looks at the
course after each of so many random edits, and prints as JSON what the first look took and what the others did.
"""

from __future__ import annotations

import gc
import json
import random
import resource
import subprocess
import sys
import time
from pathlib import Path
from statistics import median
from typing import TYPE_CHECKING, Any

from tests.benchmarks.cases import HER, Case
from tests.benchmarks.measure import Step

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from tests.benchmarks.cases import Place

BANKS, FEW, MANY = 50, 50, 2000  # banks of the course; edits
MEMORY_BUDGET = 1.2
_UNKEPT = "check, nothing kept"
CASES = (
    Case("check, one item changed", "check", 0.25),
    Case("check, nothing changed", "check", 0.06),
    Case("build, one item changed", "build", 0.30),
    Case("check", _UNKEPT, 1.03),
)


def generate(place: Place) -> None:
    """Generate the course in fifty banks."""
    script = (sys.executable, "-m", "tests.benchmarks.generate", str(place.items), str(place.course))
    subprocess.run([*script, str(place.items // BANKS)], check=True, capture_output=True)


def steps(place: Place) -> list[Step]:
    """The commands in the order in which each round takes them."""
    course, build = str(place.work), ("build", str(place.work), "-o", str(place.out))
    return [
        Step(_UNKEPT, ("env", "XDG_CACHE_HOME=/dev/null", *HER, "check", course), place.fresh, is_ours=True),
        Step("check", (*HER, "check", course), place.fresh, is_ours=True),
        Step("check, nothing changed", (*HER, "check", course), is_ours=True),
        Step("check, one item changed", (*HER, "check", course), place.edit, is_ours=True),
        Step("build", (*HER, *build), place.fresh, place.out / "bench.apkg", is_ours=True),
        Step("build, one item changed", (*HER, *build), place.edit, place.out / "bench.apkg", is_ours=True),
    ]


def warm(place: Place, edits: int, env: Mapping[str, str]) -> dict[str, Any]:
    """What looks at the course in one process took, after so many edits: seconds of processor, and MiB."""
    script = [sys.executable, "-m", "tests.benchmarks.edits", str(place.course), str(edits)]
    done = subprocess.run(script, check=True, capture_output=True, text=True, env=dict(env))
    found: dict[str, Any] = json.loads(done.stdout)
    return found


def looks(course: Path, edits: int) -> Iterator[float]:
    """The processor seconds of the first look at a course, then of one after each edit."""
    from builder.serving.desk import Desk

    dice, desk, banks = random.Random(1), Desk(), sorted(course.glob("banks/*.yaml"))
    buffers: dict[str, str] = {}
    for number in range(edits + 1):
        if number:
            bank = str(dice.choice(banks))
            text = buffers.get(bank) or Path(bank).read_text("utf-8")
            place = text.index("prompt: ", dice.randrange(len(text) // 2)) + 20
            buffers = {bank: f"{text[:place]}x{text[place:]}"}  # a letter is typed
        start = time.process_time()
        desk.keep(course, desk.look(course, buffers))
        yield time.process_time() - start


def main(course: Path, edits: int) -> None:
    """Print the first look, the median and the 95th percentile of the others, and the peak of memory on the way."""
    gc.enable()
    took, peaks = [], []
    for seconds in looks(course, edits):
        took.append(seconds)
        peaks.append(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024)
    first, *others = took
    late = sorted(others)[int(len(others) * 0.95)]
    print(
        json.dumps(
            {"first": first, "median": median(others), "p95": late, "early": peaks[min(FEW, edits)], "peak": peaks[-1]}
        )
    )


if __name__ == "__main__":
    main(Path(sys.argv[1]), int(sys.argv[2]))
