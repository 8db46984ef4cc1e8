"""How often sound items of made-up classes are flagged: `python -m tests.analysis [--classes N] [BANK...]`.

For each kind of bank and each number of takers it prints the share of sound items with a false flag, that of sound
items whose key is suspected, and how many of the wrong keys are found. A flag is right where what it says is true of all
takers: more than .95 know the answer, fewer than guess it, or fewer than .05 choose an option. With `--classes 60`, as
many at each number, it takes some minutes; the seeds are the same each time.
"""

from __future__ import annotations

import argparse
from collections import Counter
from typing import TYPE_CHECKING

from builder.analysis.items import DEAD, EASY, chance_level, item_reports
from tests.analysis.test_classes import BANKS
from tests.make.classes import Bank, Truth, class_and_truth

if TYPE_CHECKING:
    from collections.abc import Sequence

    from builder.analysis.items import Flag

SIZES = (15, 20, 30, 50, 100, 300)


def _counted(n: int, classes: int, bank: Bank) -> tuple[float, float, float, Counter[str]]:
    """Of `classes` classes of `n`: the shares of items flagged falsely, suspected, and found, and the false flags."""
    flags: Counter[str] = Counter()
    flagged = found = 0
    for seed in range(1000, 1000 + classes):
        sitting, truths = class_and_truth(n, seed, bank)
        wrong, *sound = item_reports([sitting])
        found += "key" in wrong.flags
        false = [_false(item.flags, truth, bank) for item, truth in zip(sound, truths[1:], strict=True)]
        flagged += sum(map(bool, false))
        flags.update(flag for some in false for flag in some)
    number = classes * (bank.items - 1)
    return flagged / number, flags["key"] / number, found / classes, flags


def _false(flags: Sequence[Flag], truth: Truth, bank: Bank) -> list[Flag]:
    """The flags that are not true of an item."""
    true: dict[Flag, bool] = {
        "easy": truth.p > EASY,
        "hard": truth.p < chance_level(bank.options),
        "dead": min(truth.wrong) < DEAD,
    }
    return [flag for flag in flags if not true.get(flag, False)]


def main() -> None:
    """Print the table."""
    parser = argparse.ArgumentParser(prog="python -m tests.analysis")
    parser.add_argument("--classes", type=int, default=60)
    parser.add_argument("banks", nargs="*", metavar="BANK")
    given = parser.parse_args()
    banks = {"usual": Bank(), **BANKS}
    print(f"{'bank':16}{'n':>5}{'flagged':>10}{'key':>8}{'found':>8}  false flags")
    for name in given.banks or banks:
        for n in SIZES:
            flagged, key, found, flags = _counted(n, given.classes, banks[name])
            told = ", ".join(f"{flag} {number}" for flag, number in flags.most_common())
            print(f"{name:16}{n:5}{flagged:10.2%}{key:8.2%}{found:8.0%}  {told}", flush=True)


if __name__ == "__main__":
    main()
