"""How time and memory grow with the course: 1 is linear."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from itertools import pairwise

from tests.benchmarks.measure import Measured
from tests.benchmarks.report import Verdict

BUDGET = 1.2  # linear within a fifth
MATTERS = 2.0  # times the start: below that, the start is most of it
COMMANDS = ("check --no-lint", "check", "build --no-lint", "build")
Sizes = Mapping[int, Mapping[str, Measured]]


def grown(sizes: Sizes, slack: float) -> Iterator[Verdict]:
    """Each command from each size to the next; `sizes` starts with a course of one item, which costs the start alone.

    Growth is time per item of the larger course over that of the smaller one,
    both less the start, from the quickest run of each. It is shown but not
    judged where the start is most of what the smaller one takes: what is left
    is then within the noise.
    """
    start, *courses = sorted(sizes)
    for name in COMMANDS:
        for small, large in pairwise(courses):
            one, few, many = (sizes[size].get(name, Measured()) for size in (start, small, large))
            if not (one.runs and few.runs and many.runs):
                continue
            factor = large / small
            clock, cpu, memory = (
                (c - a) / (factor * (b - a)) if b > a else 0.0
                for a, b, c in zip(_used(one), _used(few), _used(many), strict=True)
            )
            what = f"{name}, {small:,} to {large:,} items"
            budget = BUDGET if _used(few)[1] > MATTERS * _used(one)[1] else None
            yield Verdict(f"{what}: time", "cpu", clock, cpu, budget, slack)
            yield Verdict(f"{what}: peak memory", "memory", memory, memory, BUDGET, slack)


def _used(step: Measured) -> tuple[float, float, float]:
    return min(run.seconds for run in step.runs), min(run.cpu for run in step.runs), step.peak
