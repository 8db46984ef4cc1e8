"""Whether the keys of a paper are spread evenly over the letters, or crowd at one of them.

A key is given as the place of the right option, from 0, and the number of the question's options.
"""

from __future__ import annotations

from collections import Counter
from itertools import groupby
from typing import TYPE_CHECKING

from builder.diagnostics import Severity

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

LEAST = 20  # choices: fewer tell nothing of a spread
# Chi-square that chance exceeds in 5 and in 1 of 100 cases, by degrees of freedom (options less one).
CRITICAL = {
    1: (3.84, 6.63),
    2: (5.99, 9.21),
    3: (7.81, 11.34),
    4: (9.49, 13.28),
    5: (11.07, 15.09),
    6: (12.59, 16.81),
    7: (14.07, 18.48),
    8: (15.51, 20.09),
    9: (16.92, 21.67),
}
ROW, ROW_CHANCE = 4, 0.1

Key = tuple[int, int]


def uneven_keys(keys: Sequence[Key]) -> Iterator[tuple[Severity, str]]:
    """What is wrong with the keys of a paper, in print order: place of each, from 0, and number of its options."""
    if len(keys) < LEAST:
        return
    if found := uneven(Counter(keys)):
        yield found
    limit = longest_row(keys)
    for place, row in groupby(place for place, _ in keys):
        length = sum(1 for _ in row)
        if length > limit:
            yield Severity.ERROR, f"{length} keys in a row are at place {place + 1} (limit: {limit})"


def uneven(keys: Mapping[Key, int]) -> tuple[Severity, str] | None:
    """Whether key places differ from an even spread by more than chance does, and how; `keys` has how often each is."""
    each = sorted(keys.items())
    most = max(options for (_, options), _ in each)
    expected = [sum(number / options for (_, options), number in each if options > place) for place in range(most)]
    counts = [sum(number for (place, _), number in each if place == here) for here in range(most)]
    seen = ", ".join(map(str, counts))
    while expected[-1] < 1 or len(counts) - 1 > max(CRITICAL):
        # A place that few items have tells nothing by itself: it counts with the one before.
        expected[-2:] = [sum(expected[-2:])]
        counts[-2:] = [sum(counts[-2:])]
    chi = sum((count - mean) ** 2 / mean for count, mean in zip(counts, expected, strict=True))
    warn, fail = CRITICAL[len(counts) - 1]
    if chi <= warn:
        return None
    severity, limit = (Severity.ERROR, fail) if chi > fail else (Severity.WARNING, warn)
    return severity, f"the keys stand {seen} times at places 1 to {most} (chi-square {chi:.2f}, limit {limit})"


def longest_row(keys: Sequence[Key]) -> int:
    """How many equal places in a row are allowed: 4, or what chance exceeds in one paper of ten."""
    options = sum(options for _, options in keys) / len(keys)
    row = ROW
    while (len(keys) - row) * (1 - 1 / options) / options**row > ROW_CHANCE:
        row += 1
    return row
