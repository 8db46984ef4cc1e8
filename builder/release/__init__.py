"""From one release to the next: what an import of the course will do to a student, and the lock that records it.

`plan` compares the course with its lock; `advanced` is the lock after the
release. Both look at notes as Anki will have them, so a corrected reference or
a new template counts, and a change that no card shows does not. What an
import can't take without harm is refused before (`builder.loading.promises`).
"""

from builder.release.advance import advanced, shape_problem
from builder.release.changes import Change, FieldChange, Plan, plan

__all__ = ["Change", "FieldChange", "Plan", "advanced", "plan", "shape_problem"]
