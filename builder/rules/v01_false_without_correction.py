"""A false statement lacks a correction, or the correction only says "not".

Half of the marks on a false statement can be had by guessing. Asking for the
correction turns the guess into knowledge, and on a card the correction is what
is learnt: without it, the last thing a student reads is the error (Haladyna
and Rodriguez 2013, on true-false formats and their guessing rate). "Not" alone
corrects nothing, for the truth remains unsaid.

A statement with `answer: false` needs a `correction:`. The correction may not
be, in English, the prompt with nothing but a negation added (not, never, no, n't; forms of
"do" are not counted).

Bad:

    - id: connection-by-product
      kind: truefalse
      prompt: Sebastian and Sathyamurthi treat loneliness in *Her* as a by-product of technology.
      answer: false  # V01

    - id: connection-by-product-2
      kind: truefalse
      prompt: Sebastian and Sathyamurthi treat loneliness in *Her* as a by-product of technology.
      answer: false
      correction: Sebastian and Sathyamurthi do not treat loneliness in *Her* as a by-product of technology.  # V01

Good:

    - id: connection-by-product
      kind: truefalse
      prompt: Sebastian and Sathyamurthi treat loneliness in *Her* as a by-product of technology.
      answer: false
      correction: They treat it as the ground on which modern relationships grow.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from builder.diagnostics import Severity
from builder.model import TrueFalse
from builder.rules import Hit
from builder.text.words import ENGLISH, normal, stems

if TYPE_CHECKING:
    from collections.abc import Iterator

    from builder.model import Course

SEVERITY = Severity.ERROR
REMEDY = "add 'correction:' with the true statement"
FEEDBACK = True
_NEGATIONS = frozenset("not never no cannot do does did".split())


def check(course: Course) -> Iterator[Hit]:
    """False statements without the truth beside them."""
    for item in course.active:
        if not isinstance(item, TrueFalse) or item.answer:
            continue
        at = course.at[item.id]
        if not item.correction.strip():
            yield Hit(at / "answer", "the statement is false and has no correction")
        elif course.tongue == ENGLISH and _is_negation(item.prompt, item.correction):
            message = "the correction only negates the statement"
            yield Hit(at / "correction", message, remedy="say what is true instead")


def _is_negation(prompt: str, correction: str) -> bool:
    """Whether the correction is the prompt, but for a negation and the form of its verb."""
    (said, denied), (again, negated) = _core(prompt), _core(correction)
    return negated > denied and said == again


def _core(text: str) -> tuple[list[str], int]:
    """The words without negations and forms of "do", each cut to its stem, and the number of negations."""
    core, negations = [], 0
    for word in normal(text).replace("cannot", "can not").split():
        bare = word.removesuffix("n't")
        negations += word != bare or word in {"not", "never", "no"}
        if bare not in _NEGATIONS:
            core.append(next(iter(stems(bare)), "ca" if bare == "can" else bare))
    return core, negations
