"""Where everything stands on an answer sheet, in millimetres from the top left corner of the page.

One table, `builder.paper.sheet.table`, says how large things are; `pages` lays
a version of a paper out by it. The printer prints what `pages` says, and
whoever reads a filled sheet asks `pages` where to look. The marks at the four
corners give the page's place and turn; the QR code says which paper, layout,
version, page and student it is (`builder.paper.sheet.stamp`).
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from builder.paper.numbers import given_unit
from builder.paper.sheet.flow import Flow
from builder.paper.sheet.marks import Entry, Label, Mark, Page
from builder.paper.sheet.table import (
    DISTANCES,
    PAPERS,
    TABLE,
    Box,
    Measures,
    code,
    code_text,
    corners,
    fields,
    foot,
    spaced,
    title,
)

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

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
    "code_text",
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
        Entry(item.number, item.section, _choices(item), item.lines, _unit(item), item.under, item.part)
        for item in version.items
    ]
    return laid_out(entries, quiz.choose, quiz.edition.paper, quiz.edition.size)


def laid_out(entries: Sequence[Entry], choose: Mapping[str, int], paper: str, size: int) -> list[Page]:
    """The pages of the sheet of these questions, which stand in the order of their numbers.

    `choose` is how many questions of a section are answered where that is not all of them.

    Where the last page would hold little, all stands closer together by as much
    as it takes to save that page. Three pages and one row of circles become
    three pages, in which the rows are 7.0 mm high in place of 7.4 mm. Where that
    does not help, all stands further apart, so that there is more on the last page.
    """
    flow = _flown(entries, choose, Flow(paper, TABLE[size]))
    if flow.is_thin:
        others = (_flown(entries, choose, Flow(paper, spaced(TABLE[size], share))) for share in DISTANCES)
        flow = next((it for it in others if len(it.pages) <= len(flow.pages) and not it.is_thin), flow)
    return flow.pages


def _flown(entries: Sequence[Entry], choose: Mapping[str, int], flow: Flow) -> Flow:
    """The flow with all sections in it."""
    part = 0
    rest = list(entries)
    while rest:
        under = rest[0].stands_in
        group = [entry for entry in rest if entry.stands_in == under]
        rest = rest[len(group) :]
        part += 1
        flow.section(part, under, group, choose.get(under))
    return flow


def _choices(item: QuizItem) -> int:
    """How many circles, boxes or gaps a question has on the sheet."""
    match item.section:
        case "mcq" | "ordering":
            return len(item.order)  # a letter for each option or step
        case "truefalse" | "matching" | "cloze" | "occlusion" | "basic" | "numeric" | "short" | "essay":
            return len(item.key)


def _unit(item: QuizItem) -> str:
    """The unit that is printed after the line for a number."""
    return given_unit(item.numeric, raised=True) if item.numeric else ""
