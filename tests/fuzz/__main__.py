"""`python -m tests.fuzz [--seconds N] [--keep] [TARGET...]`: every target for its share of the time, one after the other.

Prints what libFuzzer says of each: inputs run and inputs a second, edges and
features reached, inputs in its corpus. Exits with 1 when an input broke
something, or took more than ten seconds or a gigabyte; such an input is in
`tests/fuzz/found/`, where pytest replays it from then on. `--keep` takes the
new inputs that reach more into `tests/fuzz/corpus/`, made as few as possible.
"""

from __future__ import annotations

import argparse
import os
import re
import shutil
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from tests.fuzz import CORPUS, FOUND, HERE
from tests.fuzz.targets import TARGETS

if TYPE_CHECKING:
    from collections.abc import Sequence

SECONDS_AN_INPUT, MEBIBYTES, LONGEST = 10, 1024, 5000  # LONGEST in bytes
LIMITS = (f"-timeout={SECONDS_AN_INPUT}", f"-rss_limit_mb={MEBIBYTES}", f"-max_len={LONGEST}")
_STATUS = re.compile(r"^#(\d+)\s.*?cov: (\d+) ft: (\d+) corp: (\d+)", re.MULTILINE)
_WRITTEN = re.compile(r"Test unit written to (\S+)")


class Figures(NamedTuple):
    """What one run says: inputs, seconds, edges and features reached, inputs that reach them, and what broke."""

    runs: int
    seconds: float
    edges: int
    features: int
    kept: int
    broken: Path | None
    said: str


def main() -> None:
    """Fuzz, print the table, and exit with 1 if anything broke."""
    parser = argparse.ArgumentParser(prog="python -m tests.fuzz")
    parser.add_argument("--seconds", type=int, default=60, help="for all targets together (default 60)")
    parser.add_argument("--keep", action="store_true", help="take what reaches more into the corpus")
    parser.add_argument("targets", nargs="*", metavar="TARGET", help=f"of {', '.join(TARGETS)}; all by default")
    given = parser.parse_args()
    unknown = set(given.targets) - TARGETS.keys()
    if unknown:
        parser.error(f"no target {', '.join(sorted(unknown))}")
    names = given.targets or list(TARGETS)
    whole = sum(TARGETS[name].worth for name in names)
    print(f"{'target':<11}{'inputs':>10}{'a second':>10}{'edges':>8}{'features':>10}{'corpus':>8}", flush=True)
    broken = []
    for name in names:
        found = fuzz(name, max(1, given.seconds * TARGETS[name].worth // whole), keep=given.keep)
        rate = f"{found.runs / found.seconds:,.0f}"
        print(
            f"{name:<11}{found.runs:>10,}{rate:>10}{found.edges:>8,}{found.features:>10,}{found.kept:>8,}", flush=True
        )
        if found.broken:
            broken.append(found)
    for found in broken:
        print(f"\n{found.said}\n{found.broken}: `make test` replays it until it is mended", file=sys.stderr)
    sys.exit(1 if broken else 0)


def fuzz(name: str, seconds: int, *, keep: bool) -> Figures:
    """One target for some seconds, from its corpus and what once broke it."""
    with tempfile.TemporaryDirectory(prefix="her-study-fuzz-") as scratch:
        fresh = Path(scratch) / "fresh"
        fresh.mkdir()
        begun = time.monotonic()
        said = _child(name, scratch, [f"-max_total_time={seconds}", str(fresh), *_folders(name)])
        taken = time.monotonic() - begun
        status = _STATUS.findall(said)
        written = _WRITTEN.search(said)
        if keep and written:  # no merging while something breaks
            shutil.copytree(fresh, CORPUS / name, dirs_exist_ok=True)
        elif keep:
            _keep(name, scratch, fresh)
    tail = said[said.find(" === Uncaught") :] if " === Uncaught" in said else said[-3000:]
    if not status and not written:
        message = f"{name} did not run:\n{said}"
        raise RuntimeError(message)
    runs, edges, features, kept = map(int, status[-1]) if status else (0, 0, 0, 0)
    return Figures(runs, taken, edges, features, kept, Path(written[1]) if written else None, tail)


def _folders(name: str) -> list[str]:
    return [str(folder / name) for folder in (CORPUS, FOUND) if (folder / name).is_dir()]


def _child(name: str, scratch: str, arguments: Sequence[str]) -> str:
    """What libFuzzer prints of a run in a process of its own; what it leaves behind goes with `scratch`."""
    found = FOUND / name
    found.mkdir(parents=True, exist_ok=True)
    command = [sys.executable, "-m", "tests.fuzz.child", name, *LIMITS, f"-artifact_prefix={found}{os.sep}"]
    done = subprocess.run(
        [*command, *arguments],
        check=False,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        cwd=HERE.parent.parent,
        env=os.environ | {"TMPDIR": scratch},
    )
    if not any(found.iterdir()):
        found.rmdir()
    return done.stdout.decode("utf-8", "replace")


def _keep(name: str, scratch: str, fresh: Path) -> None:
    """Put the fewest inputs, old and new, that reach what all of them reach in place of the corpus."""
    merged = Path(scratch) / "merged"
    merged.mkdir()
    said = _child(name, scratch, ["-merge=1", str(merged), str(CORPUS / name), str(fresh)])
    if not any(merged.iterdir()):
        message = f"{name} could not be merged:\n{said[-3000:]}"
        raise RuntimeError(message)
    shutil.rmtree(CORPUS / name)
    shutil.copytree(merged, CORPUS / name)


if __name__ == "__main__":
    main()
