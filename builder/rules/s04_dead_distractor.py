"""An option is chosen by next to nobody, as exams have shown.

An option that even those who are wrong pass over is no choice: it costs reading
time, and the question has fewer options than it seems (Haladyna and Downing
1993). A hit means: over all exams since its last edit, surely fewer than 5 of 100
takers chose it, and fewer than 5 of 100 of those who were wrong (Wilson 1927,
95 %). It reads `usage.jsonl` (see S01); the counts are those of the options, in
their order.

Bad:

    usage:
      - {item: writer, n: 400, p: 0.5, r: 0.3, options: [200, 198, 2]}
    items:
      - id: writer
        kind: mcq
        prompt: What does Theodore write for others in *Her*?
        options:
          - {right: Letters of love}
          - {wrong: Songs of parting}
          - {wrong: Laws of the state}  # S04

Good:

    usage:
      - {item: writer, n: 240, p: 0.9, r: 0.3, options: [216, 18, 6]}
    items:
      - id: writer
        kind: mcq
        prompt: What does Theodore write for others in *Her*?
        options:
          - {right: Letters of love}
          - {wrong: Songs of parting}
          - {wrong: Laws of the state}
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from builder.diagnostics import Severity
from builder.rules import Hit

if TYPE_CHECKING:
    from collections.abc import Iterator

    from builder.model import Course

SEVERITY = Severity.WARNING
REMEDY = "write one that a student could take for right, or delete it"
WHOLE_COURSE = True


def check(course: Course) -> Iterator[Hit]:
    """Wrong options that surely next to nobody chooses."""
    if not course.usage:
        return
    from builder.analysis.usage import dead_options, measured

    for item, found in measured(course):
        for index in dead_options(item, found):
            at = course.at[item.id] / "options" / index
            yield Hit(at, f"chosen by {found.options[index]} of {found.n} takers")
