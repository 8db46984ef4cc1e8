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
from builder.paper.sheet.circles import SIGNS
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
    copy,
    corners,
    fields,
    foot,
    mirrored,
    spaced,
    title,
)
from builder.text.languages import is_leftward

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
    "columns_of",
    "copy",
    "corners",
    "entry",
    "fields",
    "foot",
    "laid_out",
    "marked",
    "mirrored",
    "pages",
    "title",
]


COLUMNS = 7  # signs of a number in a grid: -1234.5


def pages(quiz: Quiz, version: Version, *, is_named: bool = False) -> list[Page]:
    """The pages of a version's answer sheet: where each mark is. A named sheet has no grid for the candidate number."""
    edition = quiz.edition
    digits = 0 if is_named else edition.digits
    entries = [entry(item) for item in version.items]
    leftward = is_leftward(edition.language)
    return laid_out(entries, quiz.choose, edition.paper, edition.size, digits=digits, leftward=leftward)


def laid_out(
    entries: Sequence[Entry],
    choose: Mapping[str, int],
    paper: str,
    size: int,
    *,
    digits: int = 0,
    leftward: bool = False,
) -> list[Page]:
    """The pages of the sheet of these questions, which stand in the order of their numbers.

    `choose` is how many questions of a section are answered where that is not all of them. With `digits`, page 1 begins
    with a grid for a candidate number of so many. A `leftward` sheet is mirrored, and read from the right.

    Where the last page would hold little, all stands closer together by as much
    as it takes to save that page. Three pages and one row of circles become
    three pages, in which the rows are 7.0 mm high in place of 7.4 mm. Where that
    does not help, all stands further apart, so that there is more on the last page.
    """

    def flown(measures: Measures) -> Flow:
        flow = Flow(paper, measures)
        flow.is_leftward = leftward
        if digits:
            flow.candidate(digits)
        return _flown(entries, choose, flow)

    flow = flown(TABLE[size])
    if flow.is_thin:
        others = (flown(spaced(TABLE[size], share)) for share in DISTANCES)
        flow = next((it for it in others if len(it.pages) <= len(flow.pages) and not it.is_thin), flow)
    return [_mirrored(page, paper) for page in flow.pages] if leftward else flow.pages


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


def _mirrored(page: Page, paper: str) -> Page:
    """The page of a sheet that is read from the right."""
    marks = [mark._replace(at=mirrored(mark.at, paper)) for mark in page.marks]
    return Page(page.number, marks, [label._replace(at=mirrored(label.at, paper)) for label in page.labels])


def entry(item: QuizItem) -> Entry:
    """What the sheet needs to know of a question of a paper."""
    most, halves = marked(item)
    return Entry(
        item.number,
        item.section,
        len(item.order) if item.section in {"mcq", "ordering"} else len(item.key),
        item.lines,
        given_unit(item.numeric, raised=True) if item.numeric else "",
        item.under,
        item.part,
        len(item.order) if item.section == "matching" or item.letters else 0,
        columns_of(item),
        most,
        halves,
    )


def columns_of(item: QuizItem) -> int:
    """How many signs the grid of a number has, or 0: there is none where its answer does not fit, or its unit is asked for."""
    answer = item.numeric
    if answer is None or (answer.unit and not given_unit(answer)):
        return 0
    fits = len(answer.answer) <= COLUMNS and set(answer.answer) <= set(SIGNS)
    return COLUMNS if fits else 0


def marked(item: QuizItem) -> tuple[float, bool]:
    """What a marker gives for a question in circles at most, and whether by halves; 0 where no person marks it.

    A correction is right or not, and of gaps the right ones are counted. All else are marks.
    """
    match item.section:
        case "truefalse":
            return int(item.points > 1), False
        case "cloze" | "occlusion":
            return (0, False) if item.letters else (len(item.key), False)
        case "basic":
            return item.points, item.points % 1 > 0
        case "numeric":
            return (0, False) if columns_of(item) else (item.points, item.points % 1 > 0)
        case "short" | "essay":
            return item.points, True
        case "mcq" | "matching" | "ordering":
            return 0, False
