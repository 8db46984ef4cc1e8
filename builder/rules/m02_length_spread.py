"""One option is far longer or far shorter than the rest.

A choice ought to be made by what the options say, not by how they look. One
long option among short ones draws the eye whether it is right or wrong, and a
very short one is soon crossed out; either way the item measures a habit of
test-taking (Haladyna, Downing and Rodriguez 2002, options of about equal
length; NBME 2020, parallel options). A hit means: the longest option has at
least twice the words of the shortest, and at least 4 words more. The place is
the option that lies farther from the middle of the lengths.

Bad:

    - id: grief-blind-date
      kind: mcq
      prompt: Which motive does the paper on *Her* give for the recoil on the date?
      options:
        - {wrong: Pride, why: The paper does not mention it.}
        - {right: Fear of letting go, why: The paper ties the recoil to his marriage.}
        - {wrong: Anger at the waiter who brought the wrong wine, why: No such scene is discussed.}  # M02
        - {wrong: Boredom with the talk, why: The date begins well.}

Good:

    - id: grief-blind-date
      kind: mcq
      prompt: Which motive does the paper on *Her* give for the recoil on the date?
      options:
        - {wrong: Pride in his freedom, why: The paper does not mention it.}
        - {right: Fear of letting go, why: The paper ties the recoil to his marriage.}
        - {wrong: Anger at the waiter, why: No such scene is discussed.}
        - {wrong: Boredom with the talk, why: The date begins well.}
"""

from __future__ import annotations

from statistics import median
from typing import TYPE_CHECKING

from builder.diagnostics import Severity
from builder.model import Mcq
from builder.rules import Hit
from builder.text.words import words

if TYPE_CHECKING:
    from collections.abc import Iterator

    from builder.model import Course

SEVERITY = Severity.WARNING
REMEDY = "bring the options to about the same length"
RATIO, GAP = 2, 4


def check(course: Course) -> Iterator[Hit]:
    """Items whose longest option has twice the words of the shortest, and 4 more."""
    for item in course.active:
        if not isinstance(item, Mcq):
            continue
        lengths = [len(words(option.text)) for option in item.options]
        least, most = min(lengths), max(lengths)
        if most - least < GAP or most < RATIO * least:
            continue
        middle = median(lengths)
        odd = lengths.index(most if most - middle >= middle - least else least)
        message = f"the options have {least} to {most} words (limit: less than twice as many, or less than 4 more)"
        yield Hit(course.at[item.id] / "options" / odd, message)
