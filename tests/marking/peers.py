"""What a page costs to read: `grade` beside Auto Multiple Choice and R/exams: `python -m tests.marking.peers`.

Each program prints its own sheet of 30 questions for a class, one page for each student. All are filled alike, with a
cross for each answer, and are saved as grey PNG with so many dots to the inch. Each program reads its own pages in one
process, in turn with the others; printed are the least processor time, start included, to the page, and how many of
the answers it reads rightly and wrongly: the others it leaves to a person. What else it writes is part of it.

On Debian, `apt install auto-multiple-choice r-base-core r-cran-png texlive-latex-extra` brings what is wanted, and R's
`install.packages("exams")` the rest. Of what is missing it is said so.
"""

from __future__ import annotations

import argparse
import os
import sys
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

import pypdfium2
from PIL import Image

from tests.benchmarks.measure import Step, alternate
from tests.marking import pen, sheets
from tests.marking.tools import OPTIONS, TOOLS, UNREAD, HerStudy

if TYPE_CHECKING:
    from tests.marking.tools import Filled, Tool

_DOTS = 300  # to the inch, of clean pages
_MOST, _FASTER = 100, 3  # milliseconds of ours to the page; times that others take at least


def filled(tool: Tool) -> list[Filled]:
    """Print and fill the sheets of a program; what was filled in."""
    random, chosen = sheets.generator(tool.name), []
    for number, (path, place, boxes) in enumerate(tool.sheets()):
        with pypdfium2.PdfDocument(path) as document:
            page = document[place].render(scale=_DOTS / 72, grayscale=True).to_pil().convert("L")
        chosen.append([random.randrange(OPTIONS) for _ in boxes])
        for row, option in zip(boxes, chosen[-1], strict=True):
            pen.draw(page, row[option], "cross", random)
        page.save(tool.filled / f"page-{number:04}.png", compress_level=1)
    return chosen


def scan(tool: Tool, dpi: int) -> None:
    """Make the filled sheets scans of so many dots to the inch."""
    for path in tool.filled.iterdir():
        with Image.open(path) as page:
            size = (round(page.width * dpi / _DOTS), round(page.height * dpi / _DOTS))
            page.resize(size, Image.Resampling.BOX).save(tool.scans / path.name, dpi=(dpi, dpi))


def main() -> int:
    """Print the table; the exit code is 1 where a page of ours takes over 100 ms, or over a third of another's time."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--pages", type=int, default=40)
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--dpi", type=int, nargs="*", default=[150, 200, 300])
    given = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        tools = [kind(Path(folder) / kind.__name__, given.pages) for kind in TOOLS]
        for tool in tools:
            if not tool.is_there():
                print(f"{tool.name} is left out: it wants {tool.wants}")
        truths = {tool: filled(tool) for tool in tools if tool.is_there()}
        slow = [dpi for dpi in given.dpi if _is_slow(truths, dpi, given.rounds)]
    return int(bool(slow))


def _is_slow(truths: dict[Tool, list[Filled]], dpi: int, rounds: int) -> bool:
    """Print what a page takes with each program, and tell whether ours takes too long."""
    for tool in truths:
        scan(tool, dpi)
    done = alternate([Step(tool.name, tool.command, tool.prepare) for tool in truths], rounds, os.environ)
    ours = 0.0
    is_slow = False
    for tool, truth in truths.items():
        if done[tool.name].trouble:
            sys.exit(f"{tool.name}: {done[tool.name].trouble}")
        ms = min(run.cpu for run in done[tool.name].runs) / len(truth) * 1000
        ours = ours or ms  # the first of them
        is_slow |= ms > _MOST if tool.name == HerStudy.name else ms < _FASTER * ours
        pairs = [pair for page in zip(truth, tool.answers(), strict=True) for pair in zip(*page, strict=True)]
        right, wrong = sum(a == b for a, b in pairs), sum(b not in {a, UNREAD} for a, b in pairs)
        of = f"of {len(pairs)} answers {right} right, {wrong} wrong"
        print(f"{dpi} dpi  {tool.name:22}{ms:6.0f} ms a page{ms / ours:6.1f} x  {of}", flush=True)
    return is_slow


if __name__ == "__main__":
    sys.exit(main())
