"""Where everything stands on an answer sheet: `builder.paper.sheet`."""

from __future__ import annotations

from itertools import combinations
from math import ceil
from typing import TYPE_CHECKING, NamedTuple
from unittest.mock import patch

import pytest
from hypothesis import given
from hypothesis import strategies as st

from builder.model.items import LETTERS
from builder.paper import sheet as layout
from builder.paper.record import SECTIONS
from builder.paper.sheet import Box, Entry
from builder.paper.sheet.table import DISTANCES, EDGE, FOOT, LEAST_LINES, SIDE, THIN

if TYPE_CHECKING:
    from builder.paper.sheet import Label, Mark, Page

EDITIONS = [(paper, size) for paper in layout.PAPERS for size in layout.TABLE]
MOST = {
    "mcq": 26,
    "truefalse": 1,
    "matching": 26,
    "ordering": 26,
    "cloze": 100,
    "occlusion": 99,
    "basic": 1,
    "numeric": 1,
    "short": 1,
    "essay": 1,
}
HAIR = 1e-6  # millimetres, for sums of floats


class Sheet(NamedTuple):
    """What a sheet is made for, and its pages."""

    paper: str
    size: int
    entries: list[Entry]
    choose: dict[str, int]
    pages: list[Page]

    def marks(self, question: int) -> list[Mark]:
        """The marks of one question, in order."""
        return [mark for page in self.pages for mark in page.marks if mark.question == question]


@st.composite
def sheets(draw: st.DrawFn) -> Sheet:
    """Sheets of all papers and sizes, for up to forty questions of any kind and length."""
    paper, size = draw(st.sampled_from(EDITIONS))
    entries: list[Entry] = []
    choose: dict[str, int] = {}
    for section in SECTIONS:
        count = draw(st.integers(0, 5) if section != "mcq" else st.integers(0, 40))
        written = section in {"short", "essay"}
        for _ in range(count):
            choices = draw(st.integers(min(2, MOST[section]), MOST[section]))
            lines = draw(st.integers(1, 250 if section == "essay" else 75)) if written else 0
            unit = draw(st.sampled_from(["", "m/s²"])) if section == "numeric" else ""
            entries.append(Entry(len(entries) + 1, section, choices, lines, unit))
        if written and count > 1 and draw(st.booleans()):
            choose[section] = draw(st.integers(1, count - 1))
    if not entries:
        entries.append(Entry(1, "mcq", 4, 0))
    return Sheet(paper, size, entries, choose, layout.laid_out(entries, choose, paper, size))


def apart(one: Box, other: Box) -> bool:
    """Whether two boxes have no point in common but of their edges."""
    return (
        one.x + one.width <= other.x + HAIR
        or other.x + other.width <= one.x + HAIR
        or one.y + one.height <= other.y + HAIR
        or other.y + other.height <= one.y + HAIR
    )


def is_within(inner: Box, outer: Box) -> bool:
    """Whether a box lies in another one."""
    return (
        outer.x <= inner.x + HAIR
        and outer.y <= inner.y + HAIR
        and inner.x + inner.width <= outer.x + outer.width + HAIR
        and inner.y + inner.height <= outer.y + outer.height + HAIR
    )


def room(paper: str, size: int) -> Box:
    """The part of a page for questions."""
    width, height = layout.PAPERS[paper]
    top = EDGE + layout.TABLE[size].head
    return Box(SIDE, top, width - 2 * SIDE, height - FOOT - top)


def standing(page: Page) -> list[Box]:
    """The boxes of a page that may not overlap: small print has letters in their circles, `Correction:` is on its line."""
    marks = [mark.at for mark in page.marks]
    return marks + [label.at for label in page.labels if label.role != "correction" and label.at not in marks]


@given(sheets())
def test_nothing_overlaps_and_all_is_within_the_margins(sheet: Sheet) -> None:
    """Marks and labels of a page are apart from each other, and inside the room for questions."""
    inside = room(sheet.paper, sheet.size)
    for page in sheet.pages:
        boxes = standing(page)
        assert [box for box in boxes if not is_within(box, inside)] == []
        assert [pair for pair in combinations(boxes, 2) if not apart(*pair)] == []


@given(sheets())
def test_letters_stand_at_their_circles_and_corrections_on_their_line(sheet: Sheet) -> None:
    """A circle has its own value in it, in large print at its left; a line for a correction says what it is for."""
    for page in sheet.pages:
        values = [label for label in page.labels if label.role == "value"]
        circles = [mark for mark in page.marks if mark.kind == "bubble"]
        assert [label.text for label in values] == [mark.value for mark in circles]
        for label, mark in zip(values, circles, strict=True):
            is_beside = is_close(label.at.x + label.at.width, mark.at.x) and label.at.y <= mark.at.y
            assert is_beside if sheet.size > 11 else label.at == mark.at
        lines = {mark.at for mark in page.marks if mark.kind == "line"}
        assert {label.at for label in page.labels if label.role == "correction"} <= lines


def is_close(one: float, other: float) -> bool:
    """Whether two places are one, but for sums of floats."""
    return abs(one - other) < HAIR


@given(sheets())
def test_how_to_fill_a_circle_is_said_once_above_the_first(sheet: Sheet) -> None:
    """Where a sheet has circles, the first page with some says how to change an answer, above them; no other sheet does."""
    told = [(page, label) for page in sheet.pages for label in page.labels if label.role == "how"]
    first = next((page for page in sheet.pages if any(mark.kind == "bubble" for mark in page.marks)), None)
    assert [page for page, _ in told] == [first][: first is not None]
    for page, label in told:
        assert label.at.y < min(mark.at.y for mark in page.marks if mark.kind == "bubble")


@pytest.mark.parametrize(("paper", "size"), EDITIONS)
def test_what_every_page_has_is_apart_from_the_questions(paper: str, size: int) -> None:
    """Corner marks, code, title, fields and foot overlap neither each other nor the room for questions."""
    fixed = [*layout.corners(paper), layout.code(paper), layout.title(paper, size), *layout.fields(paper, size)]
    boxes = [*fixed, layout.code_text(paper), layout.foot(paper), room(paper, size)]
    assert [pair for pair in combinations(boxes, 2) if not apart(*pair)] == []
    page = Box(EDGE, EDGE, *(side - 2 * EDGE for side in layout.PAPERS[paper]))
    assert [box for box in boxes if not is_within(box, page)] == []


@pytest.mark.parametrize(("paper", "size"), EDITIONS)
def test_code_has_its_quiet_zone(paper: str, size: int) -> None:
    """Four modules of the smallest code stay white on each side (ISO/IEC 18004, 9.1)."""
    at = layout.code(paper)
    quiet = 4 * at.width / 25  # version 2 has 25 modules to the side, and larger codes have smaller ones
    around = Box(at.x - quiet, at.y - quiet, at.width + 2 * quiet, at.height + 2 * quiet)
    others = [*layout.corners(paper), layout.title(paper, size), *layout.fields(paper, size), layout.code_text(paper)]
    assert [box for box in others if not apart(around, box)] == []


@given(sheets())
def test_every_question_has_its_marks(sheet: Sheet) -> None:
    """A circle for each option, a box or line for each part, and as many ruled lines as its answer takes."""
    for entry in sheet.entries:
        marks = sheet.marks(entry.number)
        kinds = [mark.kind for mark in marks]
        values = [mark.value for mark in marks]
        letters, numbers = list(LETTERS[: entry.choices]), [str(n + 1) for n in range(entry.choices)]
        match entry.section:
            case "mcq":
                assert (set(kinds), values) == ({"bubble"}, letters)
            case "truefalse":
                assert (kinds[:2], values[:2]) == (["bubble"] * 2, ["true", "false"])
                assert kinds[2:] == ["line"]
            case "matching" | "ordering":
                assert (set(kinds), values) == ({"box"}, letters if entry.section == "ordering" else numbers)
            case "cloze" | "occlusion" | "basic" | "numeric":
                assert (set(kinds), values) == ({"line"}, numbers)
            case section:
                assert kinds == ["line"] * (0 if section in sheet.choose else entry.lines)


@given(sheets())
def test_a_unit_stands_after_its_line(sheet: Sheet) -> None:
    """What is printed after the line for a number is beside it, and on its page."""
    units = [entry.unit for entry in sheet.entries if entry.unit]
    found = [(page, label) for page in sheet.pages for label in page.labels if label.role == "unit"]
    assert [label.text for _, label in found] == units
    for page, label in found:
        assert any(mark.kind == "line" and mark.at.y == label.at.y and mark.at.x < label.at.x for mark in page.marks)


@given(sheets())
def test_where_candidates_choose_each_answer_has_room_for_the_longest(sheet: Sheet) -> None:
    """There are as many answers as are asked for, each with a box for the question's number."""
    marks = sheet.marks(0)
    boxes = [mark for mark in marks if mark.kind == "box"]
    assert len(boxes) == sum(sheet.choose.values())
    longest = {s: max(entry.lines for entry in sheet.entries if entry.section == s) for s in sheet.choose}
    assert len(marks) - len(boxes) == sum(longest[s] * count for s, count in sheet.choose.items())


@given(sheets())
def test_number_stands_on_every_page_that_has_marks_of_its_question(sheet: Sheet) -> None:
    """Whoever holds one page knows whose answer each mark is."""
    for page in sheet.pages:
        numbers = [label.text for label in page.labels if label.role in {"number", "line number"}]
        asked = {str(mark.question) for mark in page.marks if mark.question}
        assert sorted(numbers) == sorted(asked)


@given(sheets())
def test_gaps_of_a_question_stay_together(sheet: Sheet) -> None:
    """A question whose gaps fit on a page below a heading has them all on one."""
    measures = layout.TABLE[sheet.size]
    fit = int((room(sheet.paper, sheet.size).height - measures.heading) // measures.line)
    for entry in sheet.entries:
        if entry.section in {"cloze", "occlusion"} and entry.choices <= fit:
            holding = [page for page in sheet.pages if any(mark.question == entry.number for mark in page.marks)]
            assert len(holding) == 1


@given(sheets())
def test_heading_stands_with_a_question(sheet: Sheet) -> None:
    """Below the heading of a part stand marks on the same page: of written answers several lines."""
    sections = list(dict.fromkeys(entry.section for entry in sheet.entries))
    found = [(page, label) for page in sheet.pages for label in page.labels if label.role == "part"]
    assert [label.text for _, label in found] == [str(n + 1) for n in range(len(sections))]
    for (page, label), section in zip(found, sections, strict=True):
        entries = [entry for entry in sheet.entries if entry.section == section]
        below = _until_next_part(page, label)
        lines = max(e.lines for e in entries) if section in sheet.choose else entries[0].lines
        assert len(below) >= (min(lines, LEAST_LINES) if section in {"short", "essay"} else 1)


def _until_next_part(page: Page, part: Label) -> list[Mark]:
    ends = [label.at.y for label in page.labels if label.role == "part" and label.at.y > part.at.y]
    return [mark for mark in page.marks if part.at.y < mark.at.y < min(ends, default=layout.PAPERS["a4"][1])]


@given(sheets())
def test_pages_are_numbered_and_none_is_empty(sheet: Sheet) -> None:
    """Pages count from 1, and each has something to fill in."""
    assert [page.number for page in sheet.pages] == list(range(1, len(sheet.pages) + 1))
    assert all(page.marks for page in sheet.pages)


def test_thirty_questions_of_four_options_take_columns() -> None:
    """Circles stand in three columns that are read downwards, so that a usual paper's fill a third of a page."""
    (page,) = layout.laid_out([Entry(n, "mcq", 4, 0) for n in range(1, 31)], {}, "a4", 11)
    firsts = [mark.at for mark in page.marks if mark.value == "A"]
    columns = sorted({box.x for box in firsts})
    assert len(columns) == 3
    assert [columns.index(box.x) for box in firsts] == [n // ceil(30 / 3) for n in range(30)]
    assert max(box.y for box in firsts) < layout.PAPERS["a4"][1] / 2


def test_a_last_page_that_would_hold_little_is_saved() -> None:
    """Recall questions that fill a page and a line or two stand closer together, on one page; more take a second one."""
    counts = [
        len(layout.laid_out([Entry(n, "basic", 1, 1) for n in range(1, most + 1)], {}, "a4", 11))
        for most in (20, 21, 22, 23)
    ]
    assert counts == [1, 1, 1, 2]


@given(sheets())
def test_other_distances_save_a_page_or_fill_the_last_one(sheet: Sheet) -> None:
    """A sheet has the usual distances, unless its last page held little: then it has no such page, and not more pages."""
    with patch.object(layout, "DISTANCES", ()):
        before = layout.laid_out(sheet.entries, sheet.choose, sheet.paper, sheet.size)
    inside = room(sheet.paper, sheet.size)

    def is_thin(pages: list[Page]) -> bool:
        lows = {mark.at.y + mark.at.height for mark in pages[-1].marks}
        return len(pages) > 1 and (len(lows) == 1 or max(lows) - inside.y < inside.height * THIN)

    if sheet.pages != before:
        assert is_thin(before)
        assert not is_thin(sheet.pages)
        assert len(sheet.pages) <= len(before)


def test_circles_never_touch() -> None:
    """At the least distance too, a row is higher than what is filled in."""
    for usual in layout.TABLE.values():
        assert usual.row * min(DISTANCES) > usual.bubble
