"""An item does not say where in its source the claim stands.

A claim without a place can't be checked by a student who doubts it, nor by
an instructor who signs for it, and it silently outlives a change of source.
Validity evidence starts with content: every item traces back to a paragraph
(Haladyna and Rodriguez 2013, on content-related evidence).

Every item of a course with an outline needs at least one entry in `locator:`.
Courses without an outline are left alone.

Bad:

    - id: grief-worden-stuck  # P01
      kind: basic
      prompt: Which of Worden's tasks does the paper on *Her* say Theodore is stuck in?
      answer: The second
      explanation: The paper argues that he dodges the hurt and so lengthens his isolation.
      cites: [worden2009]

Good:

    - id: grief-worden-stuck
      kind: basic
      prompt: Which of Worden's tasks does the paper on *Her* say Theodore is stuck in?
      answer: The second
      explanation: The paper argues that he dodges the hurt and so lengthens his isolation.
      locator: [paper/fear-grief/p5]
      cites: [worden2009]
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from builder.diagnostics import Severity
from builder.rules import Hit

if TYPE_CHECKING:
    from collections.abc import Iterator

    from builder.model import Course

SEVERITY = Severity.ERROR
REMEDY = "name the paragraph: locator: [paper/section/p1]"


def check(course: Course) -> Iterator[Hit]:
    """Items whose locator is empty or absent, in a course that has an outline."""
    if not course.places:
        return
    for item in course.active:
        if not item.locator:
            yield Hit(course.at[item.id] / "locator", "the item has no locator (at least 1)")
