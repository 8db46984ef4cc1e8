"""A card asks for yes or no.

A coin answers half of these cards. What is more, "no" tells a student nothing
that could be kept: ask which, why or what instead (Matuschak 2020, effortful
prompts; yes-no questions turned into open ones).

On a basic or reversed card, neither may an answer be yes, no, true or false,
alone or before a comma, full stop or the like, nor may a question start with
an auxiliary verb (is, does, did, can, has ...), at once or after a phrase such
as "In the paper,". A question that offers two things is none of these: "Is glass a
liquid or a solid?" "No history" or "False self" as an answer is fine.

Bad:

    - id: connection-blame
      kind: basic
      prompt: Does the paper on *Her* blame technology?  # F03
      answer: No, it blames fear  # F03

Good:

    - id: connection-blame
      kind: basic
      prompt: What does the paper on *Her* blame more than technology?
      answer: Fear
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from builder.diagnostics import Severity
from builder.model.readings import recalled
from builder.rules import Hit
from builder.text.languages import Patterns
from builder.text.words import asks, prose

if TYPE_CHECKING:
    from collections.abc import Iterator

    from builder.model import Course

SEVERITY = Severity.ERROR
REMEDY = "ask what, which or why"
LANGUAGES = frozenset(["en", "de", "es", "fr"])
_END = r"(?=\s*(?:$|[.,;:!?(\u2013\u2014]|- ))"
_VERDICT = Patterns(
    {
        "en": rf"yes\b(?!-)|(?:no|true|false){_END}",
        "de": rf"(?:ja|nein|wahr|falsch|richtig){_END}",
        "es": rf"(?:sí|no|verdadero|falso|cierto){_END}",
        "fr": rf"(?:oui|non|vrai|faux){_END}",
    },
    re.IGNORECASE,
)
_CHOICE = Patterns(
    {
        "en": r"\bor\b(?! (?:not|no)\b)(?![^?]*\bor not\b)",
        "de": r"\boder\b(?! nicht\b)",
        "es": r"\b[ou]\b(?! no\b)",
        "fr": r"\bou\b(?! (?:non|pas)\b)",
    }
)
# The verb that opens a question, at once or after a phrase and its comma.
_AUXILIARY = Patterns(
    {
        "en": (
            r"(?:(?:in|on|for|according to|as)\b[^,?]*, )?"
            r"(?P<verb>am|is|are|was|were|do|does|did|can|could|has|have|had|will|would|shall|should|may|might|must)"
            r"(?:n['\u2019]t)?\s"
        ),
        "de": (
            r"(?P<verb>ist|sind|war|waren|hat|haben|hatte|hatten|wird|werden|wurde|wurden|kann|können|konnte|darf|dürfen"
            r"|muss|müssen|soll|sollen|gibt)\s"
        ),
        "es": (
            r"(?:[^¿,?]*, )?¿(?P<verb>es|son|era|eran|fue|fueron|está|están|hay|había|ha|han|tiene|tienen|puede|pueden|debe"
            r"|deben|será|existe|existen)\s"
        ),
        "fr": (
            r"(?P<verb>est-ce qu(?!i)|(?:est|sont|était|étaient|a|ont|avait|peut|peuvent|doit|doivent|faut|fut|sera)"
            r"-(?:t-)?(?:ce|il|elle|on|ils|elles)\b)"
        ),
    },
    re.IGNORECASE,
)


def check(course: Course) -> Iterator[Hit]:
    """Answers that are a verdict, and questions that ask for one."""
    auxiliary, verdict, choice = _AUXILIARY[course.tongue], _VERDICT[course.tongue], _CHOICE[course.tongue]
    for item in course.active:
        for key, answer, prompt in recalled(item):
            at = course.at[item.id]
            asked = auxiliary.match(prompt) and auxiliary.match(prose(prompt))
            if asked and asks(prompt) and not choice.search(prose(prompt)):
                message = f"the question starts with '{asked['verb']}': yes or no will do"
                yield Hit(at / key.replace("answer", "prompt"), message)
            found = verdict.match(answer) and verdict.match(prose(answer))
            if found:
                yield Hit(at / key, f"the answer is '{found[0]}'")
