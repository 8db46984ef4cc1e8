"""Where everything stands on an answer sheet, in millimetres from the top left corner of the page.

One table, `builder.paper.sheet.table`, says how large things are; `pages` lays
a version of a paper out by it. The printer prints what `pages` says, and
whoever reads a filled sheet asks `pages` where to look. The marks at the four
corners give the page's place and turn; the QR code says which paper, version,
page and student it is.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from builder.paper.numbers import given_unit
from builder.paper.sheet.flow import Entry, Label, Mark, Page, laid_out
from builder.paper.sheet.table import PAPERS, TABLE, Box, Measures, code, corners, fields, foot, title

if TYPE_CHECKING:
    from builder.paper.record import Quiz, QuizItem, Version

__all__ = [
    "PAPERS",
    "TABLE",
    "Box",
    "Entry",
    "Label",
    "Mark",
    "Measures",
    "Page",
    "code",
    "corners",
    "fields",
    "foot",
    "laid_out",
    "pages",
    "title",
]


def pages(quiz: Quiz, version: Version) -> list[Page]:
    """The pages of a version's answer sheet: where each mark is."""
    entries = [
        Entry(item.number, item.section, _choices(item), item.lines, item.points, _unit(item)) for item in version.items
    ]
    return laid_out(entries, quiz.choose, quiz.edition.paper, quiz.edition.size)


def _choices(item: QuizItem) -> int:
    """How many circles, boxes or gaps a question has on the sheet."""
    match item.section:
        case "mcq" | "ordering":
            return len(item.order)  # a letter for each option or step
        case "truefalse" | "matching" | "cloze" | "basic" | "numeric" | "short" | "essay":
            return len(item.key)


def _unit(item: QuizItem) -> str:
    """The unit that is printed after the line for a number."""
    return given_unit(item.numeric, raised=True) if item.numeric else ""
