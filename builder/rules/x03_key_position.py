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

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence
    from collections.abc import Set as AbstractSet

    from builder.model import Course

SEVERITY = Severity.WARNING
REMEDY = "pin fewer options, and let the keys of number items fall in different places"
WHOLE_COURSE = True
SEEDS = ("lint-1", "lint-2", "lint-3")


def check(course: Course) -> Iterator[Hit]:
    """Courses whose choices, shuffled as on a paper, keep their keys at few places."""
    yield from STANDING(course).look(course, set())


class STANDING:
    """The key of each choice under each seed that was tried, by id, kept between checks."""

    def __init__(self, _course: Course) -> None:
        self.kept: dict[str, dict[str, Key]] = {seed: {} for seed in SEEDS}

    def look(self, course: Course, changed: AbstractSet[str]) -> Sequence[Hit]:
        """What `check` finds."""
        for keys in self.kept.values():
            for name in changed:
                keys.pop(name, None)
        return list(_judged(course, self.kept))


def _judged(course: Course, kept: Mapping[str, dict[str, Key]]) -> Iterator[Hit]:
    items = [item for item in course.active if isinstance(item, Mcq) and not item.multiple]
    if len(items) < LEAST:
        return
    worst: list[tuple[Severity, str]] = []
    for seed in SEEDS:
        keys = kept[seed]
        for item in items:
            if item.id not in keys:
                keys[item.id] = _key(item, seed)
        found = uneven([keys[item.id] for item in items])
        if found is None:
            return
        worst.append(found)
    severity, message = min(worst, key=lambda found: found[0] is Severity.ERROR)
    yield Hit(At(course.path), f"on a paper of all {len(items)} choices, {message}", severity)


def _key(item: Mcq, seed: str) -> Key:
    right = next(i for i, option in enumerate(item.options) if option.is_right)
    return shuffled(item, seed, "A").index(right), len(item.options)
