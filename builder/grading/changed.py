"""A page for whoever has to answer for the marks: what was changed in the key, and who moved. It needs no scans."""

from __future__ import annotations

from typing import TYPE_CHECKING

from builder import shell
from builder.grading.tables import moved, shown

if TYPE_CHECKING:
    from collections.abc import Sequence

    from builder.grading.marks import Result
    from builder.grading.rekey import Rekeyed
    from builder.paper.record import Quiz

REKEY = "rekey.html"


def rekey_page(quiz: Quiz, before: Sequence[Result], done: Rekeyed) -> bytes:
    """A page with each change of the key, why it was made and what it did, and who has other marks by all of them."""
    changes = [{**it._asdict(), **it.change.model_dump(), "said": it.change.said} for it in done.audit]
    moves = []
    for old, new in moved(before, done):
        grades = done.first.grade(old), done.grader.grade(new)
        by = new.total - old.total
        moves.append(
            {
                "student": new.student,
                "name": new.name,
                "before": f"{shown(old.total)} of {shown(old.of)}",
                "now": f"{shown(new.total)} of {shown(new.of)}",
                "by": f"{'+' if by > 0 else ''}{shown(by)}",
                "is_up": new.percent >= old.percent,
                "grade": " → ".join(dict.fromkeys(it for it in grades if it)),
            }
        )
    title = quiz.heading or quiz.title
    return shell.page("grading/rekey.html", language="en", title=title, changes=changes, moves=moves)
