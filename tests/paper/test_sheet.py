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
from builder.paper.sheet.circles import HALF, SIGNS
from builder.paper.sheet.table import DISTANCES, EDGE, FOOT, LEAST_LINES, SIDE, THIN

if TYPE_CHECKING:
    from builder.paper.sheet import Label, Mark, Page

EDITIONS = [(paper, size) for paper in layout.PAPERS for size in layout.TABLE]
MOST = {
    "mcq": 26,
    "truefalse": 1,
    "matching": 9,
    "ordering": 12,
    "cloze": 40,
    "occlusion": 30,
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
    digits: int
    leftward: bool

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
            columns = draw(st.sampled_from([0, 7])) if section == "numeric" else 0
            most = (
                0 if section in {"mcq", "matching", "ordering"} or columns else draw(st.sampled_from([0, 1, 2.5, 14]))
            )
            responses = choices + draw(st.integers(0, 3)) if section == "matching" else 0
            if section in {"cloze", "occlusion"} and draw(st.booleans()):
                responses, most = draw(st.integers(1, 26)), 0  # words to choose from
            entry = Entry(len(entries) + 1, section, choices, lines, unit, responses=responses, columns=columns)
            entries.append(entry._replace(most=most, halves=most % 1 > 0))
        if written and count > 1 and draw(st.booleans()):
            choose[section] = draw(st.integers(1, count - 1))
    if not entries:
        entries.append(Entry(1, "mcq", 4, 0))
    digits, leftward = draw(st.sampled_from([0, 4, 12])), draw(st.booleans())
    pages = layout.laid_out(entries, choose, paper, size, digits=digits, leftward=leftward)
    return Sheet(paper, size, entries, choose, pages, digits, leftward)


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
    """The boxes of a page that may not overlap: letters may be in their circles, `Correction:` is on its line, a frame around."""
    marks = [mark.at for mark in page.marks]
    around = {"correction", "strip"}
    return marks + [label.at for label in page.labels if label.role not in around and label.at not in marks]


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
        large = sheet.size > 11
        grids = {"digit", "candidate", "marks"} if large else set()  # their digits stand above, or once for a row
        circles = [mark for mark in page.marks if mark.kind == "bubble" and mark.use not in grids]
        assert [label.text for label in values] == [mark.value for mark in circles]
        for label, mark in zip(values, circles, strict=True):
            ends = (
                (mark.at.x + mark.at.width, label.at.x) if sheet.leftward else (label.at.x + label.at.width, mark.at.x)
            )
            assert (is_close(*ends) and label.at.y <= mark.at.y) if large else label.at == mark.at
        lines = {mark.at for mark in page.marks if mark.kind == "line"}
        assert {label.at for label in page.labels if label.role == "correction"} <= lines


def is_close(one: float, other: float) -> bool:
    """Whether two places are one, but for sums of floats."""
    return abs(one - other) < HAIR


@given(sheets())
def test_how_to_fill_a_circle_is_said_once_above_the_first(sheet: Sheet) -> None:
    """Where a sheet has circles, the first page with some says how to change an answer, above them; no other sheet does."""
    told = [(page, label) for page in sheet.pages for label in page.labels if label.role == "how"]
    first = next((page for page in sheet.pages if any(map(is_answered, page.marks))), None)
    if not sheet.digits:
        assert [page for page, _ in told] == [first][: first is not None]
    assert len(told) <= 1
    for page, label in told:
        assert label.at.y < min((mark.at.y for mark in page.marks if is_answered(mark)), default=label.at.y + 1)


def is_answered(mark: Mark) -> bool:
    """Whether a candidate answers a question with it, in a circle."""
    return mark.kind == "bubble" and mark.use in {"answer", "digit", "chosen"}


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
    """A circle for each option, a row of them for each term and step, a line for each gap, and what its answer takes to write."""
    for entry in sheet.entries:
        marks = [mark for mark in sheet.marks(entry.number) if mark.use != "marks"]
        kinds = [mark.kind for mark in marks]
        values = [mark.value for mark in marks]
        rows = {mark.row: [it.value for it in marks if it.row == mark.row] for mark in marks}
        letters, numbers = list(LETTERS[: entry.choices]), [str(n + 1) for n in range(entry.choices)]
        match entry.section:
            case "mcq":
                assert (set(kinds), values) == ({"bubble"}, letters)
            case "truefalse":
                assert (kinds, values) == (["bubble", "bubble", "line"], ["true", "false", ""])
            case "matching" | "cloze" | "occlusion" if entry.responses:
                assert set(kinds) == {"bubble"}
                assert rows == {key: list(LETTERS[: entry.responses]) for key in numbers}
            case "ordering":
                assert rows == dict.fromkeys(letters, numbers)
            case "numeric" if entry.columns:
                assert rows == {"": ["1"]} | {str(n + 1): ["", *SIGNS] for n in range(entry.columns)}
            case "cloze" | "occlusion" | "basic" | "numeric":
                assert (set(kinds), values) == ({"line"}, numbers)
            case section:
                assert kinds == ["line"] * (0 if section in sheet.choose else entry.lines)


@given(sheets())
def test_a_marker_can_give_every_mark_and_no_other_question_has_such_circles(sheet: Sheet) -> None:
    """The digits of a marker's circles reach as far as the marks do, on one page, with a half where halves are given."""
    for entry in sheet.entries:
        marks = [mark for mark in sheet.marks(entry.number) if mark.use == "marks"]
        rows = {row: [m.value for m in marks if m.row == row] for row in {m.row for m in marks}}
        most = sum(int(max(set(values) - {HALF})) * int(row) for row, values in rows.items())
        is_asked = entry.most and entry.section not in sheet.choose
        assert (most >= int(entry.most)) if is_asked else not marks
        assert (HALF in [mark.value for mark in marks]) == bool(is_asked and entry.halves)
        assert len([page for page in sheet.pages if any(mark in page.marks for mark in marks)]) <= 1


@given(sheets())
def test_a_sheet_without_a_name_asks_for_the_candidate_number(sheet: Sheet) -> None:
    """On page 1, and from left to right whichever way the language runs, there are ten circles for each digit."""
    columns: dict[str, list[Mark]] = {}
    for page in sheet.pages:
        for mark in page.marks:
            if mark.use == "candidate" and mark.kind == "bubble":
                assert page.number == 1
                columns.setdefault(mark.row, []).append(mark)
    assert list(columns) == [str(n + 1) for n in range(sheet.digits)]
    assert all("".join(mark.value for mark in column) == "0123456789" for column in columns.values())
    places = [column[0].at.x for column in columns.values()]
    assert places == sorted(places)


@given(sheets())
def test_a_unit_stands_after_its_line(sheet: Sheet) -> None:
    """What is printed after the line for a number is beside it, and on its page."""
    units = [entry.unit for entry in sheet.entries if entry.unit]
    found = [(page, label) for page in sheet.pages for label in page.labels if label.role == "unit"]
    assert [label.text for _, label in found] == units
    for page, label in found:
        assert any(
            mark.kind != "bubble" and mark.at.y == label.at.y and (mark.at.x < label.at.x) != sheet.leftward
            for mark in page.marks
        )


@given(sheets())
def test_where_candidates_choose_each_answer_has_room_for_the_longest(sheet: Sheet) -> None:
    """There are as many answers as are asked for, each with circles for the question's number, and for the marker."""
    blocks = {mark.question for page in sheet.pages for mark in page.marks if mark.question < 0}
    assert blocks == set(range(-sum(sheet.choose.values()), 0))
    numbers = iter(sorted(blocks, reverse=True))
    for section, count in sheet.choose.items():
        offered = [entry for entry in sheet.entries if entry.section == section]
        for _ in range(count):
            marks = sheet.marks(next(numbers))
            chosen = [mark.value for mark in marks if mark.use == "chosen"]
            assert chosen == [str(entry.number) for entry in offered]
            assert sum(mark.kind == "line" for mark in marks) == max(entry.lines for entry in offered)
            assert any(mark.use == "marks" for mark in marks) == any(entry.most for entry in offered)


@given(sheets())
def test_number_stands_on_every_page_that_has_marks_of_its_question(sheet: Sheet) -> None:
    """Whoever holds one page knows whose answer each mark is."""
    for page in sheet.pages:
        numbers = [label.text for label in page.labels if label.role in {"number", "line number"}]
        asked = {str(mark.question) for mark in page.marks if mark.question > 0}
        assert sorted(numbers) == sorted(asked)


@pytest.mark.slow
@given(sheets())
def test_gaps_of_a_question_stay_together(sheet: Sheet) -> None:
    """A question whose gaps and circles for the marker fit on a page below a heading has them all on one."""
    m = layout.TABLE[sheet.size]
    free = room(sheet.paper, sheet.size).height - m.heading
    two_digits = 2 * (m.bubble + m.above + m.cell_pad) + m.cell_pad  # of a marker: they may stand above the lines
    for entry in sheet.entries:
        high = entry.choices * m.line + (two_digits if entry.most > 9 else 0)
        if entry.section in {"cloze", "occlusion"} and not entry.responses and high <= free:
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
        about = (sheet.entries, sheet.choose, sheet.paper, sheet.size)
        before = layout.laid_out(*about, digits=sheet.digits, leftward=sheet.leftward)
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
