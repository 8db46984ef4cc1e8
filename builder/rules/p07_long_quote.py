"""A quotation is longer than a term or a title.

A card that quotes a sentence trains the eye for that sentence. Paraphrase asks
for the idea, and is what guides want above plain recall (Haladyna, Downing and
Rodriguez 2002, guideline on novel material). A long quotation also needs a
page reference and, at length, permission.

A span in quotation marks of 7 words or more is a warning, and in strict
courses one of more than 12 words is an error. Titles of works in the
references are exempt, whole or up to the colon.

Bad:

    - id: love-lunch
      kind: basic
      prompt: What does the paper on *Her* read into the lunch with Catherine?
      answer: A wish for love without friction
      explanation: One could say "he wants the warmth of another person but none of the weather" here.  # P07

Good:

    - id: love-lunch
      kind: basic
      prompt: What does the paper on *Her* read into the lunch with Catherine?
      answer: A wish for love without friction
      explanation: He wants the comforts of a bond and none of its demands, a case of being "alone together".
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from builder.comparing.names import titles
from builder.diagnostics import At, Severity
from builder.rules import Hit
from builder.text.quotes import MARKS, QUOTE
from builder.text.words import normal, words

if TYPE_CHECKING:
    from collections.abc import Iterator

    from builder.model import Course

SEVERITY = Severity.ERROR
REMEDY = "paraphrase it, or keep the two or three words that matter"
LONG, MOST = 7, 12  # words: a warning from LONG on, in strict courses an error above MOST


def check(course: Course) -> Iterator[Hit]:
    """Spans in quotation marks of seven words and more."""
    known: set[str] | None = None
    for item, entries in course.texts:
        for keys, text in entries:
            if not MARKS.search(text):
                continue
            for found in QUOTE.finditer(text):
                span = found[found.lastgroup or 0]
                count = len(words(span))
                if count < LONG:
                    continue
                known = _titles(course) if known is None else known
                if normal(span) in known:
                    continue
                at = course.at[item.id]
                severity = Severity.ERROR if count > MOST else Severity.WARNING
                message = (
                    f"the quotation has {count} words (warning from {LONG}, in strict courses an error above {MOST})"
                )
                yield Hit(At(at.path, at.keys + keys), message, severity)


def _titles(course: Course) -> set[str]:
    """Titles as normalised text, whole and up to the colon."""
    whole = set(titles(course))
    return {normal(title) for title in whole} | {normal(title.partition(":")[0]) for title in whole}
