"""From one release to the next: what an import of the course will do to a student, and the lock that records it.

`plan` compares the course with its lock; `advanced` makes the lock of the new
release. Both look at notes as Anki will have them. So a corrected reference or
a new template counts as a change, while an edit that no card shows does not.
Changes that would harm a student's deck are refused earlier, when the course is
loaded (`builder.loading.promises`).
"""

from builder.release.advance import advanced, shape_problem
from builder.release.changes import Change, FieldChange, Plan, plan

__all__ = ["Change", "FieldChange", "Plan", "advanced", "plan", "shape_problem"]
