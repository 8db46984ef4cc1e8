"""An option does not say why it is right or wrong.

A choice teaches by what comes after it: told only "wrong", a student who
picked a tempting distractor keeps the error that made it tempting, and may
even learn it (feedback undoes the harm of lures: Butler and Roediger 2008). A
writer who can't say why a distractor is wrong has a distractor that is right,
or that nobody will pick. A hit means: the `why` of an option has fewer than 3
words.

Bad:

    - id: grief-date
      kind: mcq
      prompt: Which motive does the paper on *Her* give for the recoil on the date?
      options:
        - {right: Fear of letting go, why: The paper ties the recoil to his marriage.}
        - {wrong: Scorn of the woman}  # M14
        - {wrong: Hunger for success, why: Work is not the matter here.}

Good:

    - id: grief-date
      kind: mcq
      prompt: Which motive does the paper on *Her* give for the recoil on the date?
      options:
        - {right: Fear of letting go, why: The paper ties the recoil to his marriage.}
        - {wrong: Scorn of the woman, why: He likes her company until she asks for more.}
        - {wrong: Hunger for success, why: Work is not the matter here.}
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from builder.diagnostics import Severity
from builder.model import Mcq
from builder.report import counted
from builder.rules import Hit
from builder.text.late import late
from builder.text.words import words

if TYPE_CHECKING:
    from collections.abc import Iterator

    from builder.model import Course

SEVERITY = Severity.ERROR
REMEDY = "say what makes this option right or wrong: why: ..."
FEEDBACK = True
WORDS = 3
# Three pieces parted by space, each with a letter or digit and no link: three words, whatever the markup.
_ENOUGH = late(r"[^\w\s(\[]*[^\W_]\S*\s+[^\w\s(\[]*[^\W_]\S*\s+[^\w\s(\[]*[^\W_]")


def check(course: Course) -> Iterator[Hit]:
    """Options without a reason."""
    for item in course.active:
        if not isinstance(item, Mcq):
            continue
        for i, option in enumerate(item.options):
            if _ENOUGH.match(option.why) and "](" not in option.why:
                continue
            count = len(words(option.why))
            if count < WORDS:
                said = f"the reason has {counted(count, 'word')}" if option.why else "there is no reason"
                message = f"{said} (limit: at least {WORDS}{'' if option.why else ' words'})"
                lacks = "" if any(one.why for one in item.options) else "reason beside an option"
                yield Hit(course.at[item.id] / "options" / i / "why", message, lacks=lacks)
