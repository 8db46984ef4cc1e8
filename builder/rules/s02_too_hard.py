"""Fewer are right than guessing would bring, as exams have shown.

Where less is earned than by chance, the question misleads those who know, its
key is wrong, or it was never taught (Haladyna and Rodriguez 2013). A hit means:
over all exams since its last edit, the whole interval of the share of marks that
is earned (Wilson 1927, 95 %) lies below four fifths of what guessing gives, or
below .10 where nothing is chosen, for 15 takers or more. It reads `usage.jsonl`
(see S01).

Bad:

    usage:
      - {item: writer, n: 90, p: 0.22, r: -0.1}
    items:
      - id: writer  # S02
        kind: truefalse
        prompt: In *Her*, Theodore writes letters for others.
        answer: true

Good:

    usage:
      - {item: writer, n: 20, p: 0.35, r: 0.1}
    items:
      - id: writer
        kind: truefalse
        prompt: In *Her*, Theodore writes letters for others.
        answer: true
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from builder.diagnostics import Severity
from builder.rules import Hit

if TYPE_CHECKING:
    from collections.abc import Iterator

    from builder.model import Course

SEVERITY = Severity.WARNING
REMEDY = "check the key first, then whether it was taught and says what it means"
WHOLE_COURSE = True


def check(course: Course) -> Iterator[Hit]:
    """Items whose share of right answers is surely below that of guessing."""
    if not course.usage:
        return
    from builder.analysis.faults import is_too_hard
    from builder.analysis.items import chance_level
    from builder.analysis.usage import measured, options_of

    for item, found in measured(course):
        if is_too_hard(item, found):
            level = chance_level(options_of(item))
            message = f"{found.p.value:.0%} of its marks were earned by {found.n} takers (surely below {level:.0%})"
            yield Hit(course.at[item.id], message)
