"""An option combines others by their letters.

"Both A and B" is two questions in one mark: a reader sure of A alone has it,
and a reader who doubts B alone has lost it. Such sets take longer, reward
elimination, and separate strong from weak readers less well than plain options
(Haladyna, Downing and Rodriguez 2002, against complex multiple choice). Here
they are also wrong, since options are shuffled for each paper and the letters
move. A hit means: the option consists of letters of this item's options, or
names options by letter.

Bad:

    - id: grief-crutch
      kind: mcq
      prompt: What does the paper on *Her* say that devices spare Theodore?
      options:
        - {right: Risk in meeting people, why: The paper calls them a crutch.}
        - {wrong: Time at his desk, why: Work is not discussed there.}
        - {wrong: Both A and B, why: The second is not in the paper.}  # M05

Good:

    - id: grief-crutch
      kind: mcq
      prompt: What does the paper on *Her* say that devices spare Theodore?
      options:
        - {right: Risk in meeting people, why: The paper calls them a crutch.}
        - {wrong: Time at his desk, why: Work is not discussed there.}
        - {wrong: Money for company, why: The paper does not mention money.}
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from builder.diagnostics import Severity
from builder.model import Mcq
from builder.rules import Hit
from builder.text.late import late
from builder.text.words import prose, words

if TYPE_CHECKING:
    from collections.abc import Iterator

    from builder.model import Course

SEVERITY = Severity.ERROR
REMEDY = "let each option say one thing in its own words"
LANGUAGES = frozenset(["en"])
_NAMING = r"(?:(?:only|both|either|neither|all of)\s+)?"
_JOINT = r"\s*(?:,\s*(?:and|or)|,|and|or|nor|&|\+|but not)\s*"
_WHOLE = late(
    rf"{_NAMING}(?:(?:options?|answers?|choices?)\s+)?\(?[A-Z]\)?(?:{_JOINT}\(?[A-Z]\)?)+"
    r"(?:\s+(?:only|both|together|(?:is|are)\s+\w+|apply))?",
    re.IGNORECASE,
)
_NAMED = late(r"\b(?:[Oo]ptions?|[Aa]nswers?|[Cc]hoices?)\s+\(?([A-Z])\)?(?![\w'’-])")
_LONE = late(r"(?<![\w'’-])[A-Za-z](?![\w'’-])")


def check(course: Course) -> Iterator[Hit]:
    """Options that refer to options by letter."""
    for item in course.active:
        if not isinstance(item, Mcq):
            continue
        for i, option in enumerate(item.options):
            if 1 in map(len, words(option.text)) and _refers(prose(option.text), len(item.options)):
                message = f"'{option.text}' refers to options by letter (limit: none may)"
                yield Hit(course.at[item.id] / "options" / i, message)


def _refers(text: str, number: int) -> bool:
    """Whether the text names some of the first `number` letters as options."""
    letters = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"[:number]
    text = text.strip().rstrip(".")
    if _WHOLE.fullmatch(text):
        return all(letter.upper() in letters for letter in _LONE.findall(text))
    return any(letter in letters for letter in _NAMED.findall(text))
