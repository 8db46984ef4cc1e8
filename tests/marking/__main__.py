"""Read many spoiled pages: `python -m tests.marking --seeds 5 --first 1000`.

Printed are all rows that were read wrongly in silence, and for each sort of
scan and of filling how many rows were read, put before a person, or refused.
"""

from __future__ import annotations

import argparse
import sys
import time
from collections import Counter

from builder.paper.sheet import PAPERS, TABLE
from tests.marking import reading, spoil


def main() -> int:
    """Read the pages; the exit code is 1 where a grey scan was read wrongly in silence."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--seeds", type=int, default=1)
    parser.add_argument("--first", type=int, default=1000)
    parser.add_argument("--kinds", nargs="*", default=list(spoil.KINDS))
    given = parser.parse_args()
    counts: Counter[tuple[str, str, str]] = Counter()
    start = time.process_time()
    for seed in range(given.first, given.first + given.seeds):
        for paper in PAPERS:
            for size in TABLE:
                for kind in given.kinds:
                    for row in reading.rows((paper, size, "serif" if seed % 2 else "hyperlegible"), kind, seed):
                        levels = (
                            "two levels" if kind in spoil.TWO_LEVELS else "phone" if kind in spoil.PHOTOS else "grey"
                        )
                        counts[levels, row.kind, row.outcome] += 1
                        if row.outcome in {"silent", "refused"}:
                            print(row.outcome, row)
    for key, count in sorted(counts.items()):
        print(*key, count, sep="\t")
    print(f"{sum(counts.values())} rows in {time.process_time() - start:.0f} s of processor time")
    return int(any(key[0] != "two levels" and key[2] == "silent" for key in counts))


if __name__ == "__main__":
    sys.exit(main())
