"""The author's difficulty is far from what exams have shown.

Those who know a subject judge badly how hard a question is for those who learn
it (Impara and Plake 1998); blueprints that ask for hard items get easy ones.
`difficulty: 1` stands for easy, where most are right, and 3 for hard. A hit
means: over all exams since its last edit, for 15 takers or more, surely fewer
than half of the marks of an easy item were earned, surely more than .80 of those
of a hard one, or those of one in between surely lie below .35 or above .90
(Wilson 1927, 95 %). It reads `usage.jsonl` (see S01).

Bad:

    usage:
      - {item: writer, n: 120, p: 0.91, r: 0.3}
    items:
      - id: writer
        kind: basic
        prompt: What does Theodore write for others in *Her*?
        answer: Letters
        difficulty: 3  # S05

Good:

    usage:
      - {item: writer, n: 120, p: 0.91, r: 0.3}
    items:
      - id: writer
        kind: basic
        prompt: What does Theodore write for others in *Her*?
        answer: Letters
        difficulty: 1
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from builder.diagnostics import Severity
from builder.rules import Hit

if TYPE_CHECKING:
    from collections.abc import Iterator

    from builder.model import Course

SEVERITY = Severity.WARNING
REMEDY = "write the difficulty that was measured, or ask why the item is easier or harder than it looks"
WHOLE_COURSE = True


def check(course: Course) -> Iterator[Hit]:
    """Items whose share of right answers surely does not fit their difficulty."""
    if not course.usage:
        return
    from builder.analysis.faults import misfit
    from builder.analysis.usage import measured

    for item, found in measured(course):
        limit = misfit(item, found)
        if limit:
            message = f"{found.p.value:.0%} of its marks were earned by {found.n} takers (surely {limit})"
            yield Hit(course.at[item.id] / "difficulty", message)
