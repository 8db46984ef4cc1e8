"""Made-up classes: what is flagged where it is known which items are sound."""

from __future__ import annotations

import pytest

from builder.analysis.items import item_reports
from tests.make.classes import Bank, class_of

CLASSES = {15: 20, 20: 20, 30: 16, 50: 12, 100: 6}  # by the number of takers
HITS = {15: 0.25, 20: 0.40, 30: 0.55, 50: 0.75, 100: 0.95}


@pytest.mark.slow
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


BANKS = {
    "hard": Bank(easy=1.85),
    "harder": Bank(easy=0.6),
    "easy": Bank(easy=-1.6),
    "apart": Bank(apart=1.5),
    "far apart": Bank(apart=2.0),
    "uneven": Bank(uneven=0.6),
    "flat": Bank(steep=0.6),
    "no guessing": Bank(guessing=0),
    "true or false": Bank(options=2, guessing=0.5),
}


def test_other_banks_are_not_suspected_either() -> None:
    """Of the sound items of hard, flat and uneven banks, and of verdicts, at most 3 % are flagged in classes of 25, and 1 % suspected."""
    sound = [
        item for bank in BANKS.values() for seed in range(5) for item in item_reports([class_of(25, seed, bank)])[1:]
    ]
    assert sum(bool(item.flags) for item in sound) <= 0.03 * len(sound)
    assert sum("key" in item.flags for item in sound) <= 0.01 * len(sound)
