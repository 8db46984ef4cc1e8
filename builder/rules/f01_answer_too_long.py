"""The answer of a card is too long to be recalled as one thing.

A long answer is graded by mood: the student recalls half, presses "good", and
the rest is never learnt. A card holds the least information that still is a
fact, and its answer is the same every time (Wozniak's minimum information
rule; Matuschak 2020, focused and consistent prompts).

An answer of a basic or reversed card may have 10 words; 11 to 18 are a
warning, more an error. An answer that is the title of a work in the references is exempt.

Bad:

    - id: grief-nights
      kind: basic
      prompt: What does Theodore do at night in the paper on *Her*?
      answer: He lies awake and thinks of Catherine, of the years they had, of what he said and of what he should have said  # F01

Good:

    - id: grief-nights
      kind: basic
      prompt: Which habit of Theodore's at night does the paper on *Her* call rumination?
      answer: Going over the marriage again and again
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from builder.comparing.names import titles
from builder.diagnostics import Severity
from builder.model.readings import recalled
from builder.rules import Hit
from builder.text.words import normal, words

if TYPE_CHECKING:
    from collections.abc import Iterator

    from builder.model import Course

SEVERITY = Severity.ERROR
REMEDY = "ask for one thing, and move the rest to other cards or to the explanation"
MOST, MOST_EVER = 10, 18


def check(course: Course) -> Iterator[Hit]:
    """Answers of more words than one recalls in one go."""
    for item in course.active:
        for key, answer, _ in recalled(item):
            count = len(words(answer))
            if count <= MOST or normal(answer) in map(normal, titles(course)):
                continue
            severity = Severity.ERROR if count > MOST_EVER else Severity.WARNING
            message = f"the answer has {count} words (limit {MOST}, error above {MOST_EVER})"
            yield Hit(course.at[item.id] / key, message, severity)
