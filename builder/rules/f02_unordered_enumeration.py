"""The answer of a card is a list.

Sets are the hardest thing to keep in memory: the members have no order that
would call up the next one, and one missing member fails the whole card.
Several small cards on the members, overlapping clozes or a matching item teach
the same with less pain (Wozniak's rules against sets and enumerations;
Matuschak 2020, focused prompts).

The limit is one joint: an answer of a basic or reversed card with two or more
commas, semicolons or "and"s is a list. ", and" is one joint. The names and the
year of a citation, and a comma inside a number, are none; titles of works in
the references are exempt, and so is what stands in brackets, as a vector does:
(2, 0, 8). Code and formulas are no lists.

Bad:

    - id: connection-gifts
      kind: basic
      prompt: What does Samantha give Theodore, according to the paper on *Her*?
      answer: Safety, praise, care and interest  # F02

Good:

    - id: connection-gift-safety
      kind: basic
      prompt: What does Samantha's lack of a past spare Theodore, according to the paper on *Her*?
      answer: Old quarrels and hurts
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from builder.comparing.names import titles
from builder.diagnostics import Severity
from builder.model.readings import recalled
from builder.rules import Hit
from builder.text.languages import Patterns
from builder.text.late import late
from builder.text.words import normal, prose

if TYPE_CHECKING:
    from collections.abc import Iterator

    from builder.model import Course

SEVERITY = Severity.ERROR
REMEDY = "make a card of each member, or a matching item or grouped clozes of all"
LANGUAGES = frozenset(["en", "de", "es", "fr"])
MOST = 1
_AND = {"en": "and", "de": "und", "es": "[ye]", "fr": "et"}
_JOINT = Patterns(
    {language: rf",(?!\d)(?:\s+{word}\b)?|;(?:\s+{word}\b)?|\s+{word}\s+|\s+&\s+" for language, word in _AND.items()}
)
_BRACKETS = late(r"\([^()]*,[^()]*\)|\[[^\[\]]*\]|\{[^{}]*\}")
_NAME = r"[^\W\d_a-z][\w'\u2019-]*"
_CITATION = late(rf"{_NAME}(?:(?:, | and | & |, and |, & ){_NAME})*(?: et al\.)?,? \(?\d{{4}}\)?")


def check(course: Course) -> Iterator[Hit]:
    """Answers with two list joints or more."""
    joint = _JOINT[course.tongue]
    for item in course.active:
        for key, answer, _ in recalled(item):
            joints = len(joint.findall(answer))
            if joints <= MOST:
                continue
            read = _CITATION.sub("work", _BRACKETS.sub("x", prose(answer)))
            joints = len(joint.findall(read))
            if joints > MOST and normal(answer) not in map(normal, titles(course)):
                message = f"the answer is a list: {joints} commas, semicolons or 'and's (limit {MOST})"
                yield Hit(course.at[item.id] / key, message)
