"""Those who know the rest of the paper do no better here, or worse, as exams have shown.

Such a question measures something else, gives itself away, has two right
answers, or a wrong key (Ebel and Frisbie 1991). A hit means: over all exams since
its last edit, the correlation of its marks with those of the rest of the paper
is surely below .20, and surely below .10 once it is drawn towards the mean of the
bank, for 15 takers or more. The usual limit of .20, taken as it is, would flag a
third of the sound items in a class of thirty. It reads `usage.jsonl` (see S01).

Bad:

    usage:
      - {item: writer, n: 240, p: 0.6, r: -0.12}
    items:
      - id: writer  # S03
        kind: basic
        prompt: What does Theodore write for others in *Her*?
        answer: Letters

Good:

    usage:
      - {item: writer, n: 30, p: 0.6, r: -0.02}
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
REMEDY = "check the key first, then look for a clue, for two right answers, or for another thing that it measures"
WHOLE_COURSE = True


def check(course: Course) -> Iterator[Hit]:
    """Items that surely don't tell those who know from those who don't."""
    if not course.usage:
        return
    from builder.analysis.items import discriminates
    from builder.analysis.usage import measured

    for item, found in measured(course):
        flag = discriminates(found.r, found.r_shrunk)
        if flag and found.r:
            what = (
                "the strong do worse here than the weak" if flag == "negative" else "the strong do hardly better here"
            )
            told = f"correlation {found.r.value:.2f}, {found.r.low:.2f} to {found.r.high:.2f}"
            yield Hit(course.at[item.id], f"{what} ({told}, {found.n} takers)")
