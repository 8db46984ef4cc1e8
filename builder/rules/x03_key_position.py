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

from typing import TYPE_CHECKING

from builder.diagnostics import At, Severity
from builder.model import Mcq
from builder.paper.shuffle import shuffled
from builder.paper.spread import LEAST, Key, uneven
from builder.rules import Hit
from builder.rules._facts import in_use, tallied

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from collections.abc import Set as AbstractSet

    from builder.comparing.tally import Tally
    from builder.model import Course, Item

SEVERITY = Severity.WARNING
REMEDY = "pin fewer options, and let the keys of number items fall in different places"
WHOLE_COURSE = True
SEEDS = ("lint-1", "lint-2", "lint-3")


def check(course: Course) -> Iterator[Hit]:
    """Courses whose choices, shuffled as on a paper, keep their keys at few places."""
    yield from STANDING(course).look(course, set())


class STANDING:
    """The keys of all choices under each seed that was tried, kept between checks."""

    def __init__(self, _course: Course) -> None:
        self.kept: dict[str, Tally] = {}

    def look(self, course: Course, changed: AbstractSet[str]) -> Sequence[Hit]:
        """What `check` finds."""
        for seed, tally in self.kept.items():
            tally.change(changed, {item.id: _key(item, seed) for item in in_use(course, changed)})
        return list(_judged(course, self.kept))


def _judged(course: Course, kept: dict[str, Tally]) -> Iterator[Hit]:
    worst: list[tuple[Severity, str]] = []
    number = 0
    for seed in SEEDS:
        if seed not in kept:
            kept[seed] = tallied(course, lambda item, _, seed=seed: _key(item, seed))  # type: ignore[misc]
        keys: dict[Key, int] = kept[seed].counts  # type: ignore[assignment]
        number = sum(keys.values())
        found = uneven(keys) if number >= LEAST else None
        if found is None:
            return
        worst.append(found)
    severity, message = min(worst, key=lambda found: found[0] is Severity.ERROR)
    yield Hit(At(course.path), f"on a paper of all {number} choices, {message}", severity)


def _key(item: Item, seed: str) -> tuple[Key, None] | None:
    """The place of a choice's key under a seed, and the number of its options; None where there is not one key."""
    if not isinstance(item, Mcq) or item.multiple:
        return None
    right = next(i for i, option in enumerate(item.options) if option.is_right)
    return (shuffled(item, seed, "A").index(right), len(item.options)), None
