"""An item has too few or too many options, or the same one twice.

Two options are a coin toss; beyond five, writers fill up with options that
nobody chooses, and reading time grows for nothing. Three good options do about
as well as four or five (Rodriguez 2005, a meta-analysis of 80 years; Haladyna,
Downing and Rodriguez 2002, as many as work). Two equal options are both wrong
to any reader who sees it, or both right. A hit means: not 3 to 5 options; no
wrong option at all; or two options that differ at most in case and
punctuation. Code and formulas count to the letter, and so do signs: `x` and
`X`, C and C++ differ.

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
from builder.text.words import normal, signs, stems

if TYPE_CHECKING:
    from collections.abc import Iterator

    from builder.model import Course

SEVERITY = Severity.ERROR
REMEDY = "write three to five options that differ; three are enough"
LEAST, MOST = 3, 5


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
        if len({stems(option.text) for option in item.options}) == len(item.options):
            continue  # other words, so other texts
        first: dict[object, int] = {}
        for i, option in enumerate(item.options):
            text = option.text
            same = first.setdefault((normal(text) or text, *signs(text)), i)
            if same != i:
                yield Hit(
                    at / i, f"option {i + 1} says the same as option {same + 1} (limit: none may)", None, "change one"
                )
