"""One item on paper: its question, its key and its marking guide as a paper of it alone would print them."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from builder.paper.order import arrange
from builder.paper.record import Edition, Quiz
from builder.paper.rules import rule_of
from builder.paper.variants import by_version

if TYPE_CHECKING:
    from collections.abc import Mapping

    from builder.model import Course, Item


def of_one(course: Course, item: Item) -> Quiz:
    """The paper that asks this item and nothing else, with room for the answer below the question."""
    ((drawn,),) = by_version([item], "1", 1)
    version = arrange([drawn], "A", "1", rule=partial(rule_of, defaults=course.scoring))
    edition = Edition(answers="inline", language=course.words.language)
    return Quiz(course=course.id, title=course.title, seed="1", versions=(version,), edition=edition, formats=("html",))


def pages(course: Course, item: Item) -> Mapping[str, bytes]:
    """The HTML pages of the paper of this item: `paper` and `key`.

    Raises:
        BuilderError: a formula or a picture can't be drawn.
    """
    from builder.printing import papers

    files = papers.files(course, of_one(course, item))
    return {"paper": files["paper-A.html"], "key": files["key-A.html"]}


def typeset(course: Course, item: Item) -> list[tuple[str, list[bytes]]]:
    """The pages of the PDF files of the paper of this item, as SVG: `paper`, `key` and so on, each with its pages.

    Raises:
        BuilderError: a formula or a picture can't be drawn.
        ImportError: the extra `print` is not installed.
    """
    from builder.printing import pdf

    quiz = of_one(course, item)
    return [(name.partition("-")[0], pages) for name, pages in pdf.pictures(course, quiz)]
