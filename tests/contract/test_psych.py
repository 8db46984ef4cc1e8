"""The figures of a paper against those of R's psych (Debian's r-cran-psych)."""

from __future__ import annotations

import shutil
import subprocess
from pathlib import Path

import pytest

from builder.analysis.items import item_reports
from builder.analysis.papers import paper_report
from tests.make.classes import Bank, class_of

pytestmark = pytest.mark.contract


@pytest.mark.parametrize(("n", "seed"), [(15, 1), (40, 2), (250, 3)])
def test_figures_are_those_of_psych(n: int, seed: int) -> None:
    """Mean, deviation, alpha with its interval and without each item, difficulty and corrected correlation agree to 9 digits."""
    sat = class_of(n, seed, Bank(items=12))
    kept = [q.id for q in sat.questions if len({row[q.id].marks for row in sat.rows}) > 1]
    table = [",".join(kept), *(",".join(f"{row[item].marks:g}" for item in kept) for row in sat.rows)]
    script = str(Path(__file__).with_name("psych.R"))
    program = shutil.which("Rscript")
    assert program, "install r-cran-psych"
    done = subprocess.run(
        [program, "--vanilla", script], input="\n".join(table) + "\n", capture_output=True, text=True, check=True
    )
    theirs = {name: float(value) for name, value in (line.split() for line in done.stdout.splitlines())}
    assert kept == [question.id for question in sat.questions], "choose a seed without items that all have right"
    paper, items = paper_report(sat), item_reports([sat])
    assert paper.alpha is not None
    assert paper.mean is not None
    assert paper.deviation is not None
    ours = {
        "alpha": paper.alpha.value,
        "low": paper.alpha.low,
        "high": paper.alpha.high,
        "mean": paper.mean.value,
        "mean-low": paper.mean.low,
        "mean-high": paper.mean.high,
        "deviation": paper.deviation.value,
        **{f"without:{item}": value.value for item, value in paper.without.items()},
        **{f"r:{item.id}": item.r.value for item in items if item.r},
        **{f"p:{item.id}": item.p.value for item in items if item.p},
    }
    assert ours == pytest.approx(theirs, abs=1e-9)
