"""The key shares most with the other options.

Distractors are often made by changing a part of the key, so the right option
becomes the one that has something in common with each of the others, and a
reader who looks for that overlap needs no knowledge (NBME 2020, convergence).
The score of an option is, over its content words, the number of other options
that hold the word. A hit means: the key has the highest score, alone, and at
least 2.

Bad:

    - id: grief-blend
      kind: mcq
      prompt: Which blend does the paper on *Her* find in the recoil on the date?
      options:
        - {right: Grief with fear, why: The paper names both.}  # M09
        - {wrong: Grief with pride, why: Pride is not named.}
        - {wrong: Anger with fear, why: Anger is not named.}

Good:

    - id: grief-blend
      kind: mcq
      prompt: Which blend does the paper on *Her* find in the recoil on the date?
      options:
        - {right: Grief with fear, why: The paper names both.}
        - {wrong: Grief with pride, why: Pride is not named.}
        - {wrong: Anger with fear, why: Anger is not named.}
        - {wrong: Anger with pride, why: Neither is named.}
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from builder.diagnostics import Severity
from builder.model import Mcq
from builder.rules import Hit
from builder.text.words import STEMMED, stems

if TYPE_CHECKING:
    from collections.abc import Iterator

    from builder.model import Course

SEVERITY = Severity.WARNING
REMEDY = "let the distractors share as much with each other, or nothing with the key"
LANGUAGES = STEMMED
SCORE = 2


def check(course: Course) -> Iterator[Hit]:
    """Items whose key shares the most words with the other options."""
    for item in course.active:
        if not isinstance(item, Mcq) or item.multiple:
            continue
        sets = [stems(option.text, course.tongue) for option in item.options]
        all_stems = [stem for own in sets for stem in own]
        if len(set(all_stems)) == len(all_stems):
            continue
        scores = [sum(map(all_stems.count, own)) - len(own) for own in sets]
        key = next(i for i, option in enumerate(item.options) if option.is_right)
        next_best = max(scores[:key] + scores[key + 1 :])
        if scores[key] >= SCORE and scores[key] > next_best:
            message = f"the key shares {scores[key]} words with other options, the next best {next_best} (limit: no more than another)"
            yield Hit(course.at[item.id] / "options" / key, message)
