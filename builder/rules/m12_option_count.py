"""An item has too few or too many options, or the same one twice.

Two options are a coin toss; beyond five, writers fill up with options that
nobody chooses, and reading time grows for nothing. Three good options do about
as well as four or five (Rodriguez 2005, a meta-analysis of 80 years; Haladyna,
Downing and Rodriguez 2002, as many as work). Two equal options are both wrong
to any reader who sees it, or both right. A hit means: not 3 to 5 options; no
wrong option at all; or two options that say the same, which no course can
use. Sentences of three words and more say the same where they differ in
punctuation and in the case of their first letter alone. Anything shorter, and
what has figures, signs, brackets, code or formulas, counts to the letter: mA and
MA, C and C++, (0, 1] and [0, 1) differ.

Bad:

    - id: grief-date
      kind: mcq
      prompt: Which motive does the paper on *Her* give for the recoil on the date?
      options:  # M12
        - {right: Fear of letting go, why: The paper ties the recoil to his marriage.}
        - {wrong: Scorn of the woman, why: He likes her company.}

Good:

    - id: grief-date
      kind: mcq
      prompt: Which motive does the paper on *Her* give for the recoil on the date?
      options:
        - {right: Fear of letting go, why: The paper ties the recoil to his marriage.}
        - {wrong: Scorn of the woman, why: He likes her company.}
        - {wrong: Hunger for success, why: Work is not the matter here.}
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from builder.diagnostics import At, Severity
from builder.model import Mcq
from builder.rules import Hit
from builder.text.late import late
from builder.text.words import exact, prose, words

if TYPE_CHECKING:
    from collections.abc import Iterator

    from builder.model import Course

SEVERITY = Severity.ERROR
REMEDY = "write three to five options that differ; three are enough"
LEAST, MOST = 3, 5
SENTENCE = 3  # words from which on a text reads as a sentence
_PLAIN = late(r"[^\W\d_]+(?:[,;:]?[ '\u2019-][^\W\d_]+)*[.!;,]?")


def check(course: Course) -> Iterator[Hit]:
    """Items with the wrong number of options, with nothing wrong among them, or with one of them twice."""
    for item in course.active:
        if not isinstance(item, Mcq):
            continue
        at = course.at[item.id] / "options"
        key = At(at.path, at.keys, on_key=True)
        if not LEAST <= len(item.options) <= MOST:
            yield Hit(key, f"{len(item.options)} options (limit: {LEAST} to {MOST})")
        if all(option.is_right for option in item.options):
            yield Hit(key, "no option is wrong (limit: at least 1)", None, "add distractors")
        first: dict[object, int] = {}
        for i, option in enumerate(item.options):
            text = option.text
            same = first.setdefault(_said(text), i)
            if same != i:
                message = f"option {i + 1} says the same as option {same + 1} (limit: none may)"
                yield Hit(at / i, message, None, "change one", is_broken=True)


def _said(text: str) -> str:
    """What a text says, for comparison: a sentence by its words, anything else as it is typed.

    "Scorn, of the woman" and "scorn of the *woman*." are one, mA and MA two.
    """
    if not exact(text) and len(words(text)) >= SENTENCE and _PLAIN.fullmatch(shown := prose(text).strip()):
        first, *others = words(shown)
        return " ".join([first[0].lower() + first[1:], *others])
    return " ".join(text.split())
