"""The explanation is missing, too short, or says the question over again.

Feedback teaches when it adds a reason, a context or a contrast. A note such as
"See the scene", or one that repeats question and answer as a sentence, leaves
a wrong student where they were, and an instructor without the ground for the
key. Knowledge that hangs together is kept longer than lone facts (Wozniak's
rules on linking and on understanding before learning).

An explanation needs at least 8 words. It also may not share 80 % or more of
its content words (shared words over all words) with prompt and answer taken
together: then it only repeats them.

Bad:

    - id: grief-recoil
      kind: basic
      prompt: Which motive does the paper on *Her* give for the recoil on the date?
      answer: Fear of letting go
      explanation: See the scene.  # P03

Bad:

    - id: grief-recoil
      kind: basic
      prompt: Which motive does the paper on *Her* give for the recoil on the date?
      answer: Fear of letting go
      explanation: The paper gives fear of letting go as the motive for the recoil.  # P03

Good:

    - id: grief-recoil
      kind: basic
      prompt: Which motive does the paper on *Her* give for the recoil on the date?
      answer: Fear of letting go
      explanation: A new bond would close the marriage for good, so he leaves before it can begin.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from builder.diagnostics import Severity
from builder.model.readings import solution
from builder.report import counted
from builder.rules import Hit
from builder.text.words import jaccard, stems, words

if TYPE_CHECKING:
    from collections.abc import Iterator

    from builder.model import Course

SEVERITY = Severity.ERROR
REMEDY = "add a reason, a context or a contrast that the answer does not give"
FEEDBACK = True
LEAST_WORDS, MOST_ALIKE = 8, 0.80


def check(course: Course) -> Iterator[Hit]:
    """Explanations of a few words, and those that add none."""
    tongue = course.tongue
    for item in course.active:
        at = course.at[item.id] / "explanation"
        count = len(words(item.explanation))
        if count < LEAST_WORDS:
            lacks = "" if item.explanation else "explanation"
            said = f"the explanation has {counted(count, 'word')}" if item.explanation else "there is no explanation"
            yield Hit(at, f"{said} (at least {LEAST_WORDS}{'' if item.explanation else ' words'})", lacks=lacks)
            continue
        if not _may_repeat(item.explanation, count, stems(item.prompt, tongue)):
            continue
        asked = stems(item.prompt, tongue).union(*(stems(text, tongue) for text in solution(item)))
        alike = jaccard(stems(item.explanation, tongue), asked)
        if alike >= MOST_ALIKE:
            message = f"the explanation repeats prompt and answer: {alike:.0%} of the content words are shared"
            yield Hit(at, f"{message} (limit: under {MOST_ALIKE:.0%})")


def _may_repeat(explanation: str, count: int, prompt: frozenset[str]) -> bool:
    """A quick look, before an explanation of `count` words is cut to stems: a text so alike holds most of the prompt.

    A stem but for its last letter stands in every word that has it.
    """
    text = explanation.lower().replace("\u2019", "'")
    missing, most = 0, (1 / MOST_ALIKE - 1) * count
    for stem in prompt:
        missing += stem[:-1] not in text
        if missing > most:
            return False
    return True
