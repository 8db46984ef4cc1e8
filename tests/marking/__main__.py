"""Read many spoiled pages: `python -m tests.marking --seeds 5 --first 1000`.

Printed are all rows that were read wrongly in silence, and for each sort of
scan and of filling how many rows were read, put before a person, or refused.
With `--hard`, every row is filled in a way that a person has to look at.
"""

from __future__ import annotations

import argparse
import sys
import time
from collections import Counter
from itertools import product
from typing import TYPE_CHECKING

from builder.paper.sheet import PAPERS, TABLE
from tests.marking import reading, spoil
from tests.marking.sheets import HARD_KINDS

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence


def main() -> int:
    """Read the pages; the exit code is 1 where a grey scan was read wrongly in silence."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--seeds", type=int, default=1)
    parser.add_argument("--first", type=int, default=1000)
    parser.add_argument("--kinds", nargs="*", default=list(spoil.KINDS))
    parser.add_argument("--hard", action="store_true")
    given = parser.parse_args()
    counts: Counter[tuple[str, str, str]] = Counter()
    start = time.process_time()
    for row in _rows(range(given.first, given.first + given.seeds), given.kinds, is_hard=given.hard):
        counts[_levels(row.damage), row.kind, row.outcome] += 1
        if row.outcome in {"silent", "refused"}:
            print(row.outcome, row, flush=True)
    for key, count in sorted(counts.items()):
        print(*key, count, sep="\t")
    print(f"{sum(counts.values())} rows in {time.process_time() - start:.0f} s of processor time")
    return int(any(key[0] != "two levels" and key[2] == "silent" for key in counts))


def _rows(seeds: Iterable[int], kinds: Sequence[str], *, is_hard: bool) -> Iterator[reading.Judged]:
    """The rows of a page of each edition, under each damage, by each seed."""
    for seed, paper, size, kind in product(seeds, PAPERS, TABLE, kinds):
        edition = (paper, size, "serif" if seed % 2 else "hyperlegible")
        if not is_hard:
            yield from reading.rows(edition, kind, seed)
        for hard in HARD_KINDS if is_hard else ():
            yield from reading.hard_rows(edition, hard, kind, seed, is_any_page=True)


def _levels(kind: str) -> str:
    return "two levels" if kind in spoil.TWO_LEVELS else "phone" if kind in spoil.PHOTOS else "grey"


if __name__ == "__main__":
    sys.exit(main())
