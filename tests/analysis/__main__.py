"""How often sound items of made-up classes are flagged: `python -m tests.analysis [--classes N] [BANK...]`.

For each kind of bank and each number of takers it prints the share of sound items with any flag, that of sound items
whose key is suspected, and how many of the wrong keys are found. With `--classes 100` it takes some minutes.
"""

from __future__ import annotations

import argparse
from collections import Counter

from builder.analysis.items import item_reports
from tests.analysis.test_classes import BANKS
from tests.make.classes import Bank, class_of

SIZES = (15, 20, 30, 50, 100, 300)


def _counted(n: int, classes: int, bank: Bank) -> tuple[float, float, float, Counter[str]]:
    """Of `classes` classes of `n`: the shares of items flagged, suspected, and found, and the flags of sound items."""
    flags: Counter[str] = Counter()
    flagged = found = 0
    for seed in range(1000, 1000 + classes):
        wrong, *sound = item_reports([class_of(n, seed, bank)])
        found += "key" in wrong.flags
        flagged += sum(bool(item.flags) for item in sound)
        flags.update(flag for item in sound for flag in item.flags)
    number = classes * (bank.items - 1)
    return flagged / number, flags["key"] / number, found / classes, flags


def main() -> None:
    """Print the table."""
    parser = argparse.ArgumentParser(prog="python -m tests.analysis")
    parser.add_argument("--classes", type=int, default=40)
    parser.add_argument("banks", nargs="*", metavar="BANK")
    given = parser.parse_args()
    banks = {"usual": Bank(), **BANKS}
    print(f"{'bank':16}{'n':>5}{'flagged':>10}{'key':>8}{'found':>8}  flags of sound items")
    for name in given.banks or banks:
        for n in SIZES:
            flagged, key, found, flags = _counted(n, given.classes, banks[name])
            told = ", ".join(f"{flag} {number}" for flag, number in flags.most_common())
            print(f"{name:16}{n:5}{flagged:10.2%}{key:8.2%}{found:8.0%}  {told}", flush=True)


if __name__ == "__main__":
    main()
