"""`python -m tests.fuzz [--seconds N] [--seed N] [--keep] [TARGET...]`: every target for its share of the time, one on each processor.

Prints what libFuzzer says of each: inputs run, edges and features reached.
Exits with 1 when an input broke
something, or took more than ten seconds or a gigabyte; such an input is in
`tests/fuzz/found/`, where pytest replays it from then on. `--keep` takes the
new inputs that reach more into `tests/fuzz/corpus/`, made as few as possible.
`--seed` tries the same inputs in the same order each time, as what must pass
or fail for a change alone needs it; without it every run looks elsewhere.
"""

from __future__ import annotations

import argparse
import json
import os
import re
import shutil
import subprocess
import sys
import tempfile
import time
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack
from dataclasses import dataclass, field
from pathlib import Path
from queue import SimpleQueue
from typing import TYPE_CHECKING

from tests.fuzz import CORPUS, FOUND, HERE
from tests.fuzz.targets import TARGETS

if TYPE_CHECKING:
    from collections.abc import Sequence

SECONDS_AN_INPUT, MEBIBYTES, LONGEST = 10, 1024, 5000  # LONGEST in bytes
LIMITS = (f"-timeout={SECONDS_AN_INPUT}", f"-rss_limit_mb={MEBIBYTES}", f"-max_len={LONGEST}")
_STATUS = re.compile(r"^#(\d+)\s.*?cov: (\d+) ft: (\d+)", re.MULTILINE)
_IDLE: SimpleQueue[subprocess.Popen[str]] = SimpleQueue()  # what runs targets, but is not running one
_WRITTEN = re.compile(r"Test unit written to (\S+)")


@dataclass
class Figures:
    """What a target's runs say: inputs, seconds and those of the processor, edges and features reached, what broke."""

    inputs: int = 0
    seconds: float = 0
    processor: float = 0
    edges: int = 0
    features: int = 0
    broken: dict[Path, str] = field(default_factory=dict)  # the input, and what was said of it

    def row(self, name: str) -> str:
        """A line of the table."""
        rates = [f"{self.inputs / max(spent, 0.01):,.0f}" for spent in (self.seconds, self.processor)]
        return f"{name:<11}{self.inputs:>10,}{rates[0]:>10}{rates[1]:>14}{self.edges:>8,}{self.features:>10,}"


HEAD = f"{'target':<11}{'inputs':>10}{'a second':>10}{'a CPU second':>14}{'edges':>8}{'features':>10}"


def main() -> None:
    """Fuzz, print the table, and exit with 1 if anything broke."""
    parser = argparse.ArgumentParser(prog="python -m tests.fuzz")
    parser.add_argument("--seconds", type=int, default=60, help="for all targets together (default 60)")
    parser.add_argument("--seed", type=int, default=0, help="of the inputs tried (default 0: another one each time)")
    parser.add_argument("--keep", action="store_true", help="take what reaches more into the corpus")
    parser.add_argument("targets", nargs="*", metavar="TARGET", help=f"of {', '.join(TARGETS)}; all by default")
    given = parser.parse_args()
    unknown = set(given.targets) - TARGETS.keys()
    if unknown:
        parser.error(f"no target {', '.join(sorted(unknown))}")
    names = given.targets or list(TARGETS)
    whole = sum(TARGETS[name].worth for name in names)
    print(HEAD, flush=True)
    broken: dict[Path, str] = {}
    shares = [max(1, given.seconds * TARGETS[name].worth // whole) for name in names]
    with ExitStack() as running, ThreadPoolExecutor(os.cpu_count()) as pool:
        for process in [running.enter_context(_started()) for _ in range(os.cpu_count() or 1)]:
            assert process.stdout
            if not process.stdout.readline():
                sys.exit("what runs the targets did not start: python -m tests.fuzz.child")
            _IDLE.put(process)
        done = pool.map(lambda name, share: fuzz(name, share, given.seed, keep=given.keep), names, shares)
        for name, found in zip(names, done, strict=True):
            print(found.row(name), flush=True)
            broken |= found.broken
    for path, said in broken.items():
        print(f"\n{said}\n{path}: `make test` replays it until it is mended", file=sys.stderr)
    sys.exit(1 if broken else 0)


def fuzz(name: str, seconds: int, seed: int, *, keep: bool) -> Figures:
    """One target for some seconds or until something breaks, from its corpus and what once broke it."""
    figures = Figures()
    with tempfile.TemporaryDirectory(prefix="her-study-fuzz-") as scratch:
        fresh = Path(scratch) / "fresh"
        fresh.mkdir()
        while (left := round(seconds - figures.seconds)) > 0 and not figures.broken:
            begun = time.monotonic()
            said, processor = _child(
                name, scratch, [f"-max_total_time={left}", f"-seed={seed}", str(fresh), *_folders(name)]
            )
            figures.seconds += time.monotonic() - begun
            figures.processor += processor
            figures.broken = _broken(name, scratch, said)
            status = _STATUS.findall(said)
            if not status and not figures.broken:
                message = f"{name} did not run:\n{said}"
                raise RuntimeError(message)
            inputs, figures.edges, figures.features = map(int, status[-1]) if status else (0, 0, 0)
            figures.inputs += inputs
        if keep and figures.broken:  # where something breaks, nothing can be merged
            shutil.copytree(fresh, CORPUS / name, dirs_exist_ok=True)
        elif keep:
            figures.broken = _keep(name, scratch, fresh)
    return figures


def _broken(name: str, scratch: str, said: str) -> dict[Path, str]:
    """The input that a run wrote down, if any; not one that was slow only because the machine was."""
    written = _WRITTEN.search(said)
    path = Path(written[1]) if written else None
    if path and path.name.startswith(("timeout-", "slow-unit-")):
        alone, _ = _child(name, scratch, [str(path)])
        if "ERROR: libFuzzer" not in alone:
            path.unlink()
            return {}
    said = said[said.find(" === Uncaught") :] if " === Uncaught" in said else said
    return {path: said[:6000]} if path else {}


def _folders(name: str) -> list[str]:
    return [str(folder / name) for folder in (CORPUS, FOUND) if (folder / name).is_dir()]


def _child(name: str, scratch: str, arguments: Sequence[str]) -> tuple[str, float]:
    """What libFuzzer prints of a run in a process of its own, and its seconds of a processor; leavings go with `scratch`."""
    found = FOUND / name
    found.mkdir(parents=True, exist_ok=True)
    limits = [*LIMITS, f"-artifact_prefix={found}{os.sep}"]
    with tempfile.NamedTemporaryFile(dir=scratch) as said:
        process = _IDLE.get()
        processor = _asked(process, [name, said.name, scratch, [*limits, *arguments]])
        _IDLE.put(process)
        text = said.read().decode("utf-8", "replace")
    if not any(found.iterdir()):
        found.rmdir()
    return text, processor


def _started() -> subprocess.Popen[str]:
    """A process that runs what it is asked for, ready once it says so."""
    return subprocess.Popen(
        [sys.executable, "-m", "tests.fuzz.child"],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,  # the name of each module that is instrumented
        text=True,
        cwd=HERE.parent.parent,
        env=os.environ | {"PYTHONHASHSEED": "0"},
    )


def _asked(process: subprocess.Popen[str], run: list[object]) -> float:
    """The processor seconds of a run that such a process makes."""
    assert process.stdin
    assert process.stdout
    process.stdin.write(json.dumps(run) + "\n")
    process.stdin.flush()
    return float(process.stdout.readline())


def _keep(name: str, scratch: str, fresh: Path) -> dict[Path, str]:
    """Put the fewest inputs, old and new, that reach what all of them reach in place of the corpus; what broke."""
    merged = Path(scratch) / "merged"
    merged.mkdir()
    said, _ = _child(name, scratch, ["-set_cover_merge=1", str(merged), str(CORPUS / name), str(fresh)])
    if not any(merged.iterdir()):
        message = f"{name} could not be merged:\n{said[-3000:]}"
        raise RuntimeError(message)
    shutil.rmtree(CORPUS / name)
    (CORPUS / name).mkdir()
    for path in merged.iterdir():  # as text: what is no UTF-8 has tests of its own
        text = path.read_bytes().decode("utf-8", "ignore").replace("\0", "")
        (CORPUS / name / path.name).write_bytes(text.encode())
    return _broken(name, scratch, said)


if __name__ == "__main__":
    main()
