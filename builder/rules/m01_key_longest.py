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
from builder.rules._facts import Facts, facts_of
from builder.text.words import words

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from builder.model import Course, Item

SEVERITY = Severity.WARNING
REMEDY = "trim the key, or let the other options say as much"
WHOLE_COURSE = True
LEAD_WORDS, LEAD_RATIO, LEAD_LEAST = 3, 1.4, 2
BANK_LEAST, BANK_SLACK = 20, 0.10


def check(course: Course) -> Iterator[Hit]:
    """Items whose key is conspicuously longest, and courses where the longest option is right too often."""
    yield from _judged(course, facts_of(course, _lengths))


def _lengths(item: Item, _course: Course) -> tuple[int, list[int]] | None:
    """The place of the key, and the number of words of each option; None where there is more than one key."""
    if not isinstance(item, Mcq) or item.multiple:
        return None
    (key,) = [i for i, option in enumerate(item.options) if option.is_right]
    return key, [len(words(option.text)) for option in item.options]


def _judged(course: Course, facts: Mapping[str, tuple[int, list[int]] | None]) -> Iterator[Hit]:
    longest, chances, number = 0, 0.0, 0
    for item in course.active:
        fact = facts[item.id]
        if fact is None:
            continue
        key, lengths = fact
        others = lengths[:key] + lengths[key + 1 :]
        number, chances = number + 1, chances + 1 / len(lengths)
        if lengths[key] <= max(others):
            continue
        longest += 1
        mean = sum(others) / len(others)
        lead = lengths[key] - mean
        if lead >= LEAD_WORDS or (lead >= LEAD_LEAST and lengths[key] >= LEAD_RATIO * mean):
            message = f"the key has {lengths[key]} words, the others {mean:.1f} on average (limit: a lead of 3, or 40 % and 2)"
            yield Hit(course.at[item.id] / "options" / key, message)
    if number >= BANK_LEAST and longest / number > chances / number + BANK_SLACK:
        share, limit = longest / number, chances / number + BANK_SLACK
        message = f"the key is the longest option in {longest} of {number} items ({share:.0%}, limit {limit:.0%})"
        yield Hit(At(course.path), message, Severity.ERROR, "shorten keys or lengthen distractors in several items")


STANDING = partial(Facts, _lengths, _judged)
