"""A word of the stem comes back in the key and in no other option.

An echo of the stem marks the right option for a reader who knows nothing of
the matter (Haladyna, Downing and Rodriguez 2002, clang associations; NBME
2020, word repeats). A hit means: a content word stands in the stem and, of the
options, in the key alone. The course's own names (`lint: names:`) and those of
its sources and their authors don't count, since questions can't do without
them.

Bad:

    - id: grief-recoil
      kind: mcq
      prompt: What does the paper on *Her* read into the recoil on the date?
      options:
        - {right: A recoil from being hurt, why: The paper says so.}  # M10
        - {wrong: A wish for better wine, why: No such wish is shown.}
        - {wrong: A plan for another job, why: No such plan is shown.}

Good:

    - id: grief-recoil
      kind: mcq
      prompt: What does the paper on *Her* read into the recoil on the date?
      options:
        - {right: A fear of being hurt, why: The paper says so.}
        - {wrong: A wish for better wine, why: No such wish is shown.}
        - {wrong: A plan for another job, why: No such plan is shown.}
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from builder.comparing.names import name_stems
from builder.diagnostics import Severity
from builder.model import Mcq
from builder.rules import Hit
from builder.text.words import STEMMED, as_said, stems

if TYPE_CHECKING:
    from collections.abc import Iterator

    from builder.model import Course

SEVERITY = Severity.WARNING
REMEDY = "say it in other words in the key, or use the word in a distractor too"
LANGUAGES = STEMMED


def check(course: Course) -> Iterator[Hit]:
    """Items whose key alone echoes the stem."""
    known, tongue = name_stems(course), course.tongue
    for item in course.active:
        if not isinstance(item, Mcq) or item.multiple:
            continue
        key = next(i for i, option in enumerate(item.options) if option.is_right)
        echoes = (stems(item.prompt, tongue) & stems(item.options[key].text, tongue)) - known
        if not echoes:
            continue
        echoes = echoes.difference(*[stems(option.text, tongue) for option in item.options if not option.is_right])
        if echoes:
            said = as_said(item.options[key].text, echoes, tongue)
            message = f"{said} of the stem stands in the key and in no other option (limit: no such word)"
            yield Hit(course.at[item.id] / "options" / key, message)
