"""An option is "all of the above" or "none of the above".

Whoever sees that two options hold knows that *all* is right, and whoever sees
one that fails knows that it is wrong: half a fact earns the whole mark. *None*
rewards seeing what is false without knowing what is true (Haladyna, Downing
and Rodriguez 2002: none rarely, all never; NBME 2020 advises against both).
And options are shuffled here, so nothing is reliably *above*. A hit means: the
option is such a phrase (all, none, any, both, either, neither, with of the
above, of these, of them and the like), or refers to "the above" within a
longer text.

Bad:

    - id: connection-surrogate
      kind: mcq
      prompt: What does the paper on *Her* say that the surrogate's visit lacks?
      options:
        - {right: A body that belongs to the voice, why: The paper stresses this split.}
        - {wrong: A plan that both had made, why: The visit was planned.}
        - {wrong: All of the above, why: Only the first is the paper's point.}  # M04

Good:

    - id: connection-surrogate
      kind: mcq
      prompt: What does the paper on *Her* say that the surrogate's visit lacks?
      options:
        - {right: A body that belongs to the voice, why: The paper stresses this split.}
        - {wrong: A plan that both had made, why: The visit was planned.}
        - {wrong: A room that both could share, why: It takes place in his home.}
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from builder.diagnostics import Severity
from builder.model import Mcq
from builder.rules import Hit
from builder.text.languages import Patterns
from builder.text.words import prose

if TYPE_CHECKING:
    from collections.abc import Iterator

    from builder.model import Course

SEVERITY = Severity.ERROR
REMEDY = "write a distractor of its own, or leave the option out: three are enough"
LANGUAGES = frozenset(["en", "de", "es", "fr"])
_LED = r"(?:all|none|any|both|either|neither|one|two|three|more than one)"
_ABOVE = r"(?:the |those |these )?(?:above|foregoing|preceding)"
_OTHERS = r"(?:(?:the |these |those )?(?:other )?(?:options|answers|choices|alternatives|statements)|these|those|them|the others)"
_REST = r"(?: (?:(?:above|listed|given|mentioned)|(?:is|are|was|were|apply|applies|fits?|holds?)(?: \w+)?))*"
# What an option is from end to end, and what gives it away within a longer text.
_WHOLE = {
    "en": rf"{_LED}(?: of)? (?:{_ABOVE}|{_OTHERS}){_REST}",
    "de": r"(?:alle|keine[rs]?|beide|mehrere|jede)(?: der| von)?(?: (?:oben )?(?:genannten|obigen|vorherigen|aufgeführten|diesen|davon"
    r"|anderen|antworten|aussagen|möglichkeiten|optionen|angaben))+(?: (?:ist|sind|treffen|trifft|stimmt|stimmen)(?: \w+)?)?",
    "es": r"(?:todas?|todos|ningun[ao]|ambas|ambos|cualquiera)(?: de)?(?: (?:las|los|estas|estos|ellas|ellos|opciones|respuestas"
    r"|afirmaciones|anteriores|otras|otros|son|es|correctas?|correctos?|verdaderas?))+",
    "fr": r"(?:toutes?|tous|aucune?|les deux|n['’]importe laquelle)(?: de| d['’])?(?: ?(?:les|ces|ceux|celles|réponses|options|propositions"
    r"|affirmations|ci-dessus|précédentes?|précédents|autres|sont|est|correctes?|exactes?|justes?|vraies?))+",
}
_WITHIN = {
    "en": rf"\b{_LED} of {_ABOVE}\b|\bthe (?:options|answers|choices) above\b",
    "de": r"\b(?:der|die) (?:oben genannten|obigen) (?:antworten|aussagen|möglichkeiten)\b",
    "es": r"\b(?:las|los) (?:opciones |respuestas )?anteriores\b",
    "fr": r"\b(?:réponses|options|propositions) (?:ci-dessus|précédentes)\b",
}
_IS_WHOLE = Patterns(_WHOLE, re.IGNORECASE)
_IS_WITHIN = Patterns(_WITHIN, re.IGNORECASE)


def check(course: Course) -> Iterator[Hit]:
    """Options that speak of the other options."""
    for item in course.active:
        if not isinstance(item, Mcq):
            continue
        for i, option in enumerate(item.options):
            text = " ".join(prose(option.text).split()).rstrip(".;!")
            if _IS_WHOLE[course.tongue].fullmatch(text) or _IS_WITHIN[course.tongue].search(text):
                message = f"'{text}' speaks of the other options (limit: none may)"
                yield Hit(course.at[item.id] / "options" / i, message)
