"""`python -m tests.benchmarks`: her-study against its yardsticks and peers, in turn, as whole processes, in one run.

Prints medians, ratios and budgets as Markdown; `--json FILE` keeps all runs as
data, and the seconds that each section took. Exits 1 where a ratio passes its budget by more than the slack, or a
package has not as many notes as the course has items: shared machines drift,
the clock far more than processor time.
"""

from __future__ import annotations

import argparse
import json
import os
import sys
import tempfile
import time
from pathlib import Path

from tests.benchmarks import report
from tests.benchmarks.bench import Bench

QUICK = {"sizes": (1000, 10_000), "runs": 2, "short_runs": 5, "versions": 15, "students": 150}


def _sizes(text: str) -> tuple[int, ...]:
    return tuple(sorted(int(part) for part in text.split(",")))


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    add = parser.add_argument
    add("--sizes", type=_sizes, default=(1000, 10_000, 100_000), help="items of the generated courses, smallest first")
    add("--runs", type=int, default=5, help="rounds below 20,000 items")
    add("--short-runs", type=int, default=9, help="rounds of what takes a second")
    add("--large-runs", type=int, default=1, help="rounds from there on")
    add("--versions", type=int, default=100, help="of the printed paper")
    add("--students", type=int, default=2000, help="of the roster of named papers")
    add("--slack", type=float, default=1.0, help="ratios of the clock fail only past this many times the budget")
    add("--cpu-slack", type=float, default=1.0, help="likewise ratios of processor time and memory")
    add("--limit", type=float, default=900, help="processor seconds past which a slow peer is not run")
    add("--json", type=Path, metavar="FILE", help="write all runs as JSON")
    add("--quick", action="store_true", help="a few minutes: small sizes, and little but what has a budget")
    options = parser.parse_args()
    if options.quick:
        vars(options).update(QUICK)
    return options


def main() -> int:
    """Run everything; 1 if something is over its budget."""
    options = _options()
    took: dict[str, float] = {}
    with tempfile.TemporaryDirectory(prefix="her-study-bench-") as name:
        bench = Bench(options, Path(name))
        machine = bench.data["machine"]
        print(f"{machine['processor']}, {machine['cores']} cores, Python {machine['python']}, load {machine['load']}")
        sections = [bench.environments, bench.starts, bench.first_runs, bench.installations, bench.courses]
        sections += [bench.edits, bench.papers, bench.marks, bench.names]
        if options.quick:
            sections.remove(bench.installations)
        for section in sections:
            start = time.monotonic()
            section()
            took[section.__name__] = round(time.monotonic() - start, 1)
    over = [verdict for verdict in bench.verdicts if verdict.is_over]
    bench.data["took"] = took
    print(
        f"\nThis took {sum(took.values()) / 60:.1f} minutes; load at the end {[round(x, 1) for x in os.getloadavg()]}."
    )
    print("Seconds: " + ", ".join(f"{name.replace('_', ' ')} {seconds:.0f}" for name, seconds in took.items()))
    for verdict in over:
        print(f"over budget: {verdict.what}: {verdict.ratio:.2f}, budget {verdict.budget} x {verdict.slack} of slack")
    for wrong in bench.wrong:
        print(wrong)
    if options.json:
        options.json.write_text(json.dumps(bench.data | {"verdicts": report.judged(bench.verdicts)}, indent=1) + "\n")
    return 1 if over or bench.wrong else 0


if __name__ == "__main__":
    sys.exit(main())
