"""The printed pages of a quiz in one HTML page for the browser, so that a paper can be looked at before files are made.

The HTML page holds the printed pages as pictures. It needs no server and asks the network for nothing.
"""

from __future__ import annotations

import base64
from typing import TYPE_CHECKING, NamedTuple

from builder import shell
from builder.printing import pdf

if TYPE_CHECKING:
    from builder.model import Course
    from builder.paper.record import Quiz
    from builder.wording import Wording


class _Sheaf(NamedTuple):
    """A file of the quiz: the words for it, and the URL of each of its pages."""

    name: str
    pages: list[str]


def page(course: Course, quiz: Quiz) -> bytes:
    """The HTML page, with all papers, keys, guides and sheets of the quiz.

    Raises:
        BuilderError: the quiz can't be printed as PDF.
    """
    words = course.words_in(quiz.edition.language)
    sheaves = [_Sheaf(_said(words, name), list(map(_url, pages))) for name, pages in pdf.pictures(course, quiz)]
    heading = f"{quiz.title} \u2013 {quiz.heading or words['paper']}"
    return shell.page("pages/printed.html", language=quiz.edition.language, title=heading, sheaves=sheaves)


def _said(words: Wording, name: str) -> str:
    """The heading for a file, in the language of the edition: `Key, Version A` for `key-A`."""
    kind, _, version = name.partition("-")
    if not version:
        return words["legend"]
    return f"{words[kind]}, {words['version']} {version}"


def _url(svg: bytes) -> str:
    return f"data:image/svg+xml;base64,{base64.b64encode(svg).decode()}"
