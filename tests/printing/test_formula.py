"""Formulas that are drawn by several threads at once, as versions of a paper and the author's desk draw them."""

from __future__ import annotations

import subprocess
import sys

_DRAWN = """
import sys
from concurrent.futures import ThreadPoolExecutor
from hashlib import sha256
from builder.printing.formula import drawn
from builder.text.tree import Run

sys.setswitchinterval(1e-6)
letters = [chr(n) for n in (*range(65, 91), *range(97, 123))]
sorts = ["mathbb", "mathfrak", "mathcal", "mathbf", "mathsf", "mathtt", "mathrm"]
texts = [chr(92) + sort + "{" + a + "}" for a in letters for sort in sorts]
with ThreadPoolExecutor(int(sys.argv[1])) as pool:
    for made in pool.map(lambda text: drawn([Run(text, math=True)], "item"), texts):
        print(sha256(made[0].svg.encode()).hexdigest())
"""


def _by(threads: int) -> list[str]:
    """The digests of some formulas, drawn in a process of its own: what a font has read once, it keeps."""
    program = [sys.executable, "-c", _DRAWN, str(threads)]
    return subprocess.run(program, capture_output=True, text=True, check=True, timeout=120).stdout.split()


def test_threads_draw_the_letters_that_one_draws() -> None:
    """Whoever draws beside it, each letter of a formula keeps its shape."""
    alone = _by(1)
    assert len(set(alone)) > 300
    assert _by(16) == alone
