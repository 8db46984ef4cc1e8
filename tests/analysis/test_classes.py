"""Made-up classes: what is flagged where it is known which items are sound."""

from __future__ import annotations

import pytest

from builder.analysis.items import item_reports
from tests.make.classes import Bank, class_of

CLASSES = {15: 30, 20: 30, 30: 25, 50: 20, 100: 12}  # by the number of takers
HITS = {15: 0.25, 20: 0.40, 30: 0.55, 50: 0.75, 100: 0.95}


@pytest.mark.parametrize("n", CLASSES)
def test_flags_are_rarely_false_and_wrong_keys_are_found(n: int) -> None:
    """Of the sound items of classes of 30 items, at most 3 % are flagged and 1 % suspected of a wrong key, which is found."""
    flagged = suspected = found = 0
    for seed in range(CLASSES[n]):
        wrong, *sound = item_reports([class_of(n, seed)])
        found += "key" in wrong.flags
        flagged += sum(bool(item.flags) for item in sound)
        suspected += sum("key" in item.flags for item in sound)
    number = CLASSES[n] * 29
    assert flagged <= 0.03 * number
    assert suspected <= 0.01 * number
    assert found >= HITS[n] * CLASSES[n]


@pytest.mark.parametrize(
    "bank",
    [
        Bank(easy=0.6),
        Bank(apart=1.5),
        Bank(uneven=0.6),
        Bank(steep=0.6),
        Bank(guessing=0),
        Bank(options=2, guessing=0.5),
    ],
    ids=["hard", "apart", "uneven", "flat", "no guessing", "true or false"],
)
def test_other_banks_are_not_suspected_either(bank: Bank) -> None:
    """Hard, flat and uneven banks, and verdicts, have at most 3 % of their sound items flagged in classes of 25."""
    sound = [item for seed in range(8) for item in item_reports([class_of(25, seed, bank)])[1:]]
    assert sum(bool(item.flags) for item in sound) <= 0.03 * len(sound)
    assert sum("key" in item.flags for item in sound) <= 0.02 * len(sound)  # 232 items: four may be chance
