"""The results as Markdown, and as data."""

from __future__ import annotations

import os
import platform
import sys
from dataclasses import asdict, dataclass
from importlib.metadata import version
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from tests.benchmarks.measure import Measured


@dataclass(frozen=True)
class Verdict:
    """A ratio by both measures, the budget for the one that it is judged `by`, and how far past it still passes.

    `by` is `cpu`, `seconds` (the clock) or `memory`, whose ratio stands for both.
    `limit` says why the budget is out of reach: then nothing fails.
    """

    what: str
    by: str
    seconds: float
    cpu: float
    budget: float | None
    slack: float
    limit: str = ""

    @property
    def ratio(self) -> float:
        """The ratio that is judged."""
        return self.seconds if self.by == "seconds" else self.cpu

    @property
    def is_over(self) -> bool:
        """Whether it passes its budget by more than the slack."""
        return self.budget is not None and not self.limit and self.ratio > self.budget * self.slack

    @property
    def said(self) -> str:
        """Met, over or, within the slack, nearly."""
        if self.budget is None:
            return ""
        if self.ratio <= self.budget:
            return "met"
        if self.limit:
            return f"**over**: {self.limit}"
        return "**over**" if self.is_over else "within slack"


def table(head: Sequence[str], rows: Iterable[Sequence[object]]) -> str:
    """A Markdown table."""
    lines = [head, ["---"] * len(head), *rows]
    return "\n".join("| " + " | ".join(map(str, line)) + " |" for line in lines) + "\n"


def measured(found: Mapping[str, Measured], *, has_notes: bool = True) -> str:
    """The medians of all steps."""
    head = ["command", "seconds", "CPU s", "peak MiB", "notes", "runs"]
    return table(head if has_notes else [*head[:4], "runs"], list(_rows(found, has_notes=has_notes)))


def _rows(found: Mapping[str, Measured], *, has_notes: bool) -> Iterator[Sequence[object]]:
    for name, step in found.items():
        if step.trouble:
            yield [name, f"not measured: {step.trouble.replace('|', '/')}", *[""] * (4 if has_notes else 3)]
            continue
        notes = [step.notes if step.notes is not None else ""] if has_notes else []
        yield [name, f"{step.seconds:.2f}", f"{step.cpu:.2f}", f"{step.peak:.0f}", *notes, len(step.runs)]


def verdicts(every: Iterable[Verdict]) -> str:
    """The ratios against their budgets."""
    head = ["ratio", "by the clock", "by CPU time", "budget", ""]
    return table(head, [_verdict(verdict) for verdict in every])


def _verdict(it: Verdict) -> list[str]:
    measure = {"cpu": "CPU", "seconds": "clock", "memory": "memory"}[it.by]
    budget = f"{it.budget:.2f} ({measure})" if it.budget is not None else ""
    return [it.what, f"{it.seconds:.2f}", f"{it.cpu:.2f}", budget, it.said]


def data(found: Mapping[str, Measured]) -> dict[str, Any]:
    """The runs of all steps as JSON has them."""
    return {
        name: {"trouble": step.trouble}
        if step.trouble
        else {
            "seconds": [round(run.seconds, 4) for run in step.runs],
            "cpu": [round(run.cpu, 4) for run in step.runs],
            "peak_mib": round(step.peak, 1),
            "notes": step.notes,
        }
        for name, step in found.items()
    }


def judged(verdicts: Iterable[Verdict]) -> list[dict[str, Any]]:
    """Verdicts as JSON has them."""
    return [asdict(verdict) | {"verdict": verdict.said.strip("*")} for verdict in verdicts]


def machine() -> dict[str, Any]:
    """What the figures depend on: processor, Python, the versions of what does the work, and other load."""
    models = [line.partition(":")[2].strip() for line in _lines("/proc/cpuinfo") if line.startswith("model name")]
    names = ("genanki", "pydantic", "PyYAML", "typst", "click")
    return {
        "processor": models[0] if models else platform.processor(),
        "cores": os.cpu_count(),
        "system": platform.platform(),
        "python": sys.version.split()[0],
        "load": [round(each, 1) for each in os.getloadavg()] if hasattr(os, "getloadavg") else [],
        "versions": {name: version(name) for name in names},
    }


def _lines(path: str) -> list[str]:
    return Path(path).read_text().splitlines() if Path(path).exists() else []
