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
from builder.text.words import prose

if TYPE_CHECKING:
    from collections.abc import Iterator

    from builder.model import Course

SEVERITY = Severity.ERROR
REMEDY = "write a distractor of its own, or leave the option out: three are enough"
_LED = r"(?:all|none|any|both|either|neither|one|two|three|more than one)"
_ABOVE = r"(?:the |those |these )?(?:above|foregoing|preceding)"
_OTHERS = r"(?:(?:the |these |those )?(?:other )?(?:options|answers|choices|alternatives|statements)|these|those|them|the others)"
_REST = r"(?: (?:(?:above|listed|given|mentioned)|(?:is|are|was|were|apply|applies|fits?|holds?)(?: \w+)?))*"
_STARTS = re.compile(rf"\W*{_LED}\b", re.IGNORECASE)
_WHOLE = re.compile(rf"{_LED}(?: of)? (?:{_ABOVE}|{_OTHERS}){_REST}", re.IGNORECASE)
_WITHIN = re.compile(rf"\b{_LED} of {_ABOVE}\b|\bthe (?:options|answers|choices) above\b", re.IGNORECASE)
_ELSEWHERE = ("above", "foregoing", "preceding")


def check(course: Course) -> Iterator[Hit]:
    """Options that speak of the other options."""
    for item in course.active:
        if not isinstance(item, Mcq):
            continue
        for i, option in enumerate(item.options):
            if not _STARTS.match(option.text) and not any(word in option.text for word in _ELSEWHERE):
                continue
            text = " ".join(prose(option.text).split()).rstrip(".;!")
            if _WHOLE.fullmatch(text) or _WITHIN.search(text):
                message = f"'{text}' speaks of the other options (limit: none may)"
                yield Hit(course.at[item.id] / "options" / i, message)
