"""All files of a quiz: its papers in every format asked for, those of its students, and the record of it."""

from __future__ import annotations

import itertools
from typing import TYPE_CHECKING

from builder.paper.proof import checked

if TYPE_CHECKING:
    from collections.abc import Callable

    from builder.model import Course
    from builder.paper.record import Quiz


def files(course: Course, quiz: Quiz, tell: Callable[[float], object] = lambda _: None) -> dict[str, bytes]:
    """The papers, keys and so on, and `quiz.json`; the same quiz gives the same bytes.

    `tell` hears the share that is done, from several threads, not always in order.

    Raises:
        BuilderError: the course no longer holds an item as it was drawn, a
            formula or a picture can't be drawn, or an extra is not installed.
    """
    checked(course, quiz)
    whole, steps = _count(course, quiz), itertools.count(1)

    def done() -> None:
        tell(next(steps) / whole)

    made: dict[str, bytes] = {}
    if "pdf" in quiz.formats or quiz.students:
        from builder.printing import pdf

        made |= pdf.files(course, quiz, done)
    if "docx" in quiz.formats:
        from builder.printing import docx

        made |= docx.files(course, quiz, done)
    if "html" in quiz.formats:
        from builder.printing import html

        made |= html.files(course, quiz, done)
    if "md" in quiz.formats:
        from builder.printing import markdown

        made |= markdown.files(course, quiz, done)
    record = quiz.model_dump_json(by_alias=True, indent=2) + "\n"
    return made | {"quiz.json": record.encode()}


def _count(course: Course, quiz: Quiz) -> int:
    """How often `files` has something done."""
    from builder.printing import pdf

    each = len(quiz.versions)
    steps = pdf.count(course, quiz) if "pdf" in quiz.formats else 0
    return steps + len(quiz.students) + 2 * each * len(set(quiz.formats) - {"pdf"})
