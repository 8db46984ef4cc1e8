"""On a paper, the right options crowd at one letter.

Hand-set papers favour the middle letters, and test-wise readers know it: a
guess at B or C pays (Attali and Bar-Hillel 2003; Haladyna, Downing and
Rodriguez 2002, vary the place of the key). A long row of one letter, though
fair, makes readers doubt answers that they know. On a paper with 20 or more
choices a hit means: the key places differ from an even spread by a chi-square
that chance exceeds in 5 papers of 100 (a warning; 7.81 for four options) or in
1 of 100 (an error; 11.34); or more than 4 equal places in a row (an error;
more on papers so long that chance alone would bring it about in one of ten).

`check` has no paper yet: it shuffles all choices of the course as a paper
would, by three seeds, and reports only a spread that is uneven under each,
since that comes from the bank: from `pin:`, or from numbers, which keep the
author's order.

Bad:

    keys: [B, B, C, B, A, B, B, D, B, B, C, B, A, B, B, D, B, B, C, B]

Good:

    keys: [B, D, C, B, A, C, A, D, B, A, C, D, A, B, C, D, D, A, C, B]
"""

from __future__ import annotations

from itertools import groupby
from typing import TYPE_CHECKING

from builder.diagnostics import At, Severity
from builder.model import Mcq
from builder.paper.order import shuffled
from builder.rules import Hit

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from builder.model import Course

SEVERITY = Severity.WARNING
REMEDY = "pin fewer options, and let the keys of number items fall in different places"
WHOLE_COURSE = True
LEAST = 20
SEEDS = ("lint-1", "lint-2", "lint-3")
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


def check(course: Course) -> Iterator[Hit]:
    """Courses whose choices, shuffled as on a paper, keep their keys at few places."""
    items = [item for item in course.active if isinstance(item, Mcq) and not item.multiple]
    if len(items) < LEAST:
        return
    worst: list[tuple[Severity, str]] = []
    for seed in SEEDS:
        found = uneven([_key(item, seed) for item in items])
        if found is None:
            return
        worst.append(found)
    severity, message = min(worst, key=lambda found: found[0] is Severity.ERROR)
    yield Hit(At(course.path), f"on a paper of all {len(items)} choices, {message}", severity)


def _key(item: Mcq, seed: str) -> Key:
    right = next(i for i, option in enumerate(item.options) if option.is_right)
    return shuffled(item, seed, "A").index(right), len(item.options)


def check_form(keys: Sequence[Key]) -> Iterator[tuple[Severity, str]]:
    """What is wrong with the keys of a paper, in print order: place of each, from 0, and number of its options."""
    if len(keys) < LEAST:
        return
    if found := uneven(keys):
        yield found
    limit = longest_row(keys)
    for place, row in groupby(place for place, _ in keys):
        length = sum(1 for _ in row)
        if length > limit:
            yield Severity.ERROR, f"{length} keys in a row are at place {place + 1} (limit: {limit})"


def uneven(keys: Sequence[Key]) -> tuple[Severity, str] | None:
    """Whether key places differ from an even spread by more than chance does, and how."""
    most = max(options for _, options in keys)
    expected = [sum(1 / options for _, options in keys if options > place) for place in range(most)]
    counts = [sum(place == here for place, _ in keys) for here in range(most)]
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
