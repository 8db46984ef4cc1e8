"""Nearly everybody is right, as exams have shown.

A question that all can answer tells nobody from anybody, and takes the time of
one that could (Ebel and Frisbie 1991). A hit means: over all exams since its
last edit, the whole interval of the share of marks that is earned (Wilson 1927,
95 %) lies above .95, for 15 takers or more. Where everybody should be right,
allow it with that reason.

The rules S01 to S05 read `usage.jsonl`, which `her-study analyse --record` writes,
and are silent without it. In these examples `usage:` stands for its lines.

Bad:

    usage:
      - {item: writer, n: 240, p: 0.99, r: 0.05}
    items:
      - id: writer  # S01
        kind: basic
        prompt: What does Theodore write for others in *Her*?
        answer: Letters

Good:

    usage:
      - {item: writer, n: 240, p: 0.78, r: 0.31}
    items:
      - id: writer
        kind: basic
        prompt: What does Theodore write for others in *Her*?
        answer: Letters
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from builder.diagnostics import Severity
from builder.rules import Hit

if TYPE_CHECKING:
    from collections.abc import Iterator

    from builder.model import Course

SEVERITY = Severity.WARNING
REMEDY = "ask for more than that, or allow it where everybody should be right"
WHOLE_COURSE = True


def check(course: Course) -> Iterator[Hit]:
    """Items whose share of right answers is surely above .95."""
    if not course.usage:
        return
    from builder.analysis.faults import is_too_easy
    from builder.analysis.items import EASY
    from builder.analysis.usage import measured

    for item, found in measured(course):
        if is_too_easy(found):
            message = f"{found.p.value:.0%} of its marks were earned by {found.n} takers (surely above {EASY:.0%})"
            yield Hit(course.at[item.id], message)
