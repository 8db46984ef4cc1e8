"""Records that no longer fit their course: `builder.paper.proof`."""

from __future__ import annotations

from dataclasses import replace

import pytest

from builder.diagnostics import BuilderError
from builder.paper.proof import refuse_changed
from tests.make import papers
from tests.make.course import course_of
from tests.make.items import EXAMPLES


def test_items_that_changed_since_are_named() -> None:
    """A recorded paper is not printed from items that are gone or other than they were."""
    course = course_of(EXAMPLES)
    quiz = papers.quiz_of(course)
    refuse_changed(course, quiz)
    first = course.items[0].model_copy(update={"prompt": "Another?"})
    with pytest.raises(BuilderError, match="pairs: not in the course; one: changed since"):
        refuse_changed(replace(course, items=(first, *(i for i in course.items[1:] if i.id != "pairs"))), quiz)
