"""The right option stands out as the longest.

Writers qualify the truth and dash off the rest, and test-wise readers know
it: they pick the longest option without knowing the matter (Haladyna, Downing
and Rodriguez 2002, guideline on option length; NBME 2020, "the longest option
is correct"). In one item a hit means: the key is strictly longest and leads
the mean of the others by 3 words, or by 40 % and 2 words. Over a course of 20
items or more, strictly longest keys may not be more than chance (1 in k) plus
10 points.

Bad:

    - id: grief-blind-date
      kind: mcq
      prompt: Which motive does the paper on *Her* give for the recoil on the date?
      options:
        - {wrong: He is shy by nature, why: The paper does not say so.}
        - {right: He clings to Catherine because letting go would open him to hurt, why: The paper says so.}  # M01
        - {wrong: He is tired of work, why: The paper does not say so.}
        - {wrong: He dislikes the place, why: The paper does not say so.}

Good:

    - id: grief-blind-date
      kind: mcq
      prompt: Which motive does the paper on *Her* give for the recoil on the date?
      options:
        - {wrong: Shyness with new people, why: The paper does not say so.}
        - {right: Fear of letting go, why: The paper says so.}
        - {wrong: Weariness after work, why: The paper does not say so.}
        - {wrong: Dislike of the place, why: The paper does not say so.}
"""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from builder.diagnostics import At, Severity
from builder.model import Mcq
from builder.rules import Hit
from builder.rules._facts import Facts, tallied
from builder.text.words import words

if TYPE_CHECKING:
    from collections.abc import Iterator

    from builder.comparing.tally import Tally
    from builder.model import Course, Item

SEVERITY = Severity.WARNING
REMEDY = "trim the key, or let the other options say as much"
WHOLE_COURSE = True
LEAD_WORDS, LEAD_RATIO, LEAD_LEAST = 3, 1.4, 2
BANK_LEAST, BANK_SLACK = 20, 0.10


def check(course: Course) -> Iterator[Hit]:
    """Items whose key is conspicuously longest, and courses where the longest option is right too often."""
    yield from _judged(course, tallied(course, _lengths))


def _lengths(item: Item, _course: Course) -> tuple[tuple[int, bool], tuple[int, int, float] | None] | None:
    """The number of options, and whether the key is the longest; its place, its words and those of the others if it leads.

    None where there is more than one key.
    """
    if not isinstance(item, Mcq) or item.multiple:
        return None
    (key,) = [i for i, option in enumerate(item.options) if option.is_right]
    lengths = [len(words(option.text)) for option in item.options]
    others = lengths[:key] + lengths[key + 1 :]
    mean = sum(others) / len(others)
    lead = lengths[key] - mean
    is_longest = lengths[key] > max(others)
    leads = is_longest and (lead >= LEAD_WORDS or (lead >= LEAD_LEAST and lengths[key] >= LEAD_RATIO * mean))
    return (len(lengths), is_longest), (key, lengths[key], mean) if leads else None


def _judged(course: Course, tally: Tally) -> Iterator[Hit]:
    for name, (key, length, mean) in tally.told.items():
        message = f"the key has {length} words, the others {mean:.1f} on average (limit: a lead of 3, or 40 % and 2)"
        yield Hit(course.at[name] / "options" / key, message)
    sorts: list[tuple[tuple[int, bool], int]] = sorted(tally.counts.items())  # type: ignore[arg-type]
    number = sum(times for _, times in sorts)
    longest = sum(times for (_, is_longest), times in sorts if is_longest)
    chances = sum(times / options for (options, _), times in sorts)
    if number >= BANK_LEAST and longest / number > chances / number + BANK_SLACK:
        share, limit = longest / number, chances / number + BANK_SLACK
        message = f"the key is the longest option in {longest} of {number} items ({share:.0%}, limit {limit:.0%})"
        yield Hit(At(course.path), message, Severity.ERROR, "shorten keys or lengthen distractors in several items")


STANDING = partial(Facts, _lengths, _judged)
