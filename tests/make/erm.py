"""Answers and what R's eRm makes of them: `python -m tests.make.erm` writes `tests/analysis/erm.txt` anew.

It wants R with eRm (Debian's r-cran-erm). The numbers in the repository are of eRm 1.0-2 under R 4.2.2.
"""

from __future__ import annotations

import random
import shutil
import subprocess
from pathlib import Path

RECORDED = Path(__file__).parent.parent / "analysis" / "erm.txt"
_SCRIPT = Path(__file__).parent.parent / "contract" / "erm.R"


def answers(takers: int, items: int, seed: int) -> dict[str, list[bool]]:
    """Answers of takers of normal ability to items of difficulty -2 to 2, by the Rasch model but for the last, which all guess."""
    chance = random.Random(seed)
    levels = [chance.gauss(0, 1) for _ in range(takers)]
    found = {}
    for place in range(items):
        hard = 4 * place / (items - 1) - 2
        odds = [0.0 if place == items - 1 else hard - level for level in levels]
        found[f"q{place + 1:02}"] = [chance.random() < 1 / (1 + 2.718281828**it) for it in odds]
    return found


def table(columns: dict[str, list[bool]]) -> str:
    """Answers as CSV, 1 for right and 0 for wrong."""
    rows = zip(*columns.values(), strict=True)
    return "".join(f"{','.join(line)}\n" for line in [list(columns), *([str(int(it)) for it in row] for row in rows)])


def by_erm(columns: dict[str, list[bool]]) -> str:
    """What eRm makes of answers: a name and a number in each line."""
    program = shutil.which("Rscript")
    assert program, "install r-cran-erm"
    given = [program, "--vanilla", str(_SCRIPT)]
    return subprocess.run(given, input=table(columns), capture_output=True, text=True, check=True).stdout


def numbers(said: str) -> dict[str, float]:
    """The numbers by name."""
    return {name: float(value) for name, value in (line.split() for line in said.splitlines())}


def recorded() -> tuple[dict[str, list[bool]], dict[str, float]]:
    """The answers that were recorded, and eRm's numbers."""
    given, said = RECORDED.read_text("utf-8").split("\n\n")
    head, *rows = given.splitlines()
    columns = zip(*(row.split(",") for row in rows), strict=True)
    return {n: [it == "1" for it in c] for n, c in zip(head.split(","), columns, strict=True)}, numbers(said)


if __name__ == "__main__":
    made = answers(160, 10, 1960)
    RECORDED.write_text(f"{table(made)}\n{by_erm(made)}", "utf-8")
