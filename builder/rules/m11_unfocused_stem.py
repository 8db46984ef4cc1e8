"""The stem asks no question of its own.

Cover the options: can the item still be answered? If not, it is a handful of
true/false statements under one heading, and readers must guess what is asked
before they can show what they know (Haladyna, Downing and Rodriguez 2002, the
central idea in the stem; NBME 2020, the cover-the-options test). A hit means:
the stem does not end in a question mark, after which code, a table or a
picture may follow; or it has fewer than 3 words; or, in English, it
asks which statement is true, right, correct, accurate, false, wrong or
incorrect.

Bad:

    - id: friendship-roof
      kind: mcq
      prompt: "In the paper on *Her*, Amy:"  # M11
      options:
        - {right: is met as a friend, why: The paper reads the roof scene so.}
        - {wrong: is met as a rival, why: There is no rivalry.}
        - {wrong: is met as a client, why: She is not his client.}

Good:

    - id: friendship-roof
      kind: mcq
      prompt: As what does the paper on *Her* see Amy in the scene on the roof?
      options:
        - {right: A friend, why: The paper reads the roof scene so.}
        - {wrong: A rival, why: There is no rivalry.}
        - {wrong: A client, why: She is not his client.}
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from builder.diagnostics import Severity
from builder.model import Mcq
from builder.report import counted
from builder.rules import Hit
from builder.text.late import late
from builder.text.words import ENGLISH, asks, prose, words

if TYPE_CHECKING:
    from collections.abc import Iterator

    from builder.model import Course

SEVERITY = Severity.ERROR
REMEDY = "ask a full question that can be answered with the options covered"
WORDS = 3
_VERDICT = r"(?:true|right|correct|accurate|false|wrong|incorrect|untrue|inaccurate)"
_OF_THESE = (
    r"(?:one )?(?:of (?:the |these |those )?(?:following|these|those|statements?|claims?|sentences?|assertions?|options?|answers?)|"
    r"(?:statement|claim|sentence|assertion|option|answer)s?)"
)
_ANY_TRUE = late(
    rf"\b(?:which {_OF_THESE}\b[^?]*|what(?! is (?:wrong|right) with)) (?:is|are|was|were|holds?) (?:not |most |also )?{_VERDICT}(?!\s+[a-z]*(?:ing|ed)\b)"
    r"(?=\s*(?:[?,;]|$|(?:of|about|for|in|on|as|with|regarding|concerning|according)\b))",
    re.IGNORECASE,
)
_CHEAP = frozenset(_VERDICT[3:-1].split("|"))


def check(course: Course) -> Iterator[Hit]:
    """Items whose stem can't be answered by itself."""
    for item in course.active:
        if not isinstance(item, Mcq):
            continue
        at = course.at[item.id] / "prompt"
        count = len(words(item.prompt))
        if not asks(item.prompt):
            yield Hit(at, "the stem does not end in a question mark")
        elif count < WORDS:
            yield Hit(at, f"the stem has {counted(count, 'word')} (limit: at least {WORDS})")
        elif (
            course.tongue == ENGLISH
            and not _CHEAP.isdisjoint(words(item.prompt))
            and (found := _ANY_TRUE.search(prose(item.prompt)))
        ):
            yield Hit(at, f"the stem asks no more than '{found[0]}' (limit: a question of its own)")
