"""The answers of several files to one paper."""

from __future__ import annotations

from typing import TYPE_CHECKING

from builder.diagnostics import BuilderError
from builder.paper.responses import Responses

if TYPE_CHECKING:
    from collections.abc import Sequence

    from builder.paper.record import Quiz


def joined(quiz: Quiz, parts: Sequence[Responses]) -> Responses:
    """The answers of several files to one paper.

    Raises:
        BuilderError: a student stands in two of them.
    """
    takers = tuple(taker for part in parts for taker in part.takers)
    seen: set[str] = set()
    for taker in takers:
        if taker.student in seen:
            message = (
                f"the student '{taker.student}' stands in two files of answers to '{quiz.name}'; keep one of the two"
            )
            raise BuilderError(message)
        seen.add(taker.student)
    asked = {item for part in parts for item in part.asked}
    return Responses(takers, tuple(item.id for item in quiz.items if item.id in asked))
