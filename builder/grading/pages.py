"""A page of a sheet, read: what it is, what its rows say, and what a person has to look at."""

from __future__ import annotations

import io
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Literal

import numpy as np
from PIL import Image

from builder.diagnostics import BuilderError
from builder.grading import circles, place, rows
from builder.grading.decided import decide
from builder.grading.frame import straight
from builder.grading.layouts import Layouts
from builder.grading.letters import inks
from builder.grading.place import AstrayError
from builder.grading.reasons import reason
from builder.grading.rows import Field, Row
from builder.paper import sheet as sheets
from builder.paper.sheet import Box
from builder.text.numbers import decimal_sign
from builder.wording import wording_on_record

if TYPE_CHECKING:
    from collections.abc import Sequence

    from builder.grading.decisions import Decision, Decisions
    from builder.grading.layouts import Layout
    from builder.grading.place import Placed
    from builder.grading.scans import Scan
    from builder.grading.sources import Grey
    from builder.paper.record import Quiz
    from builder.paper.sheet import Mark
    from builder.paper.sheet.stamp import Stamp

List = Literal["read", "queue", "refused"]
# What circles are called that are no answers.
TOLD = {"marks": "marks of question {}", "chosen": "the question of {}", "candidate": "the candidate number"}
_CROP = 1 / 6  # millimetres from dot to dot
_THUMB, _QUALITY = 700, 60  # dots of the shorter side of a whole page in the queue, and its quality as JPEG


@dataclass(slots=True)
class Page:
    """A page of a scan.

    `refused` says why it is none of this paper's pages, or can't be one; `doubts` why a person has to look at it as a
    whole. `owner` is the student's id, or nothing as long as nobody knows. `rows` are the answers, `fields` what else is
    filled in.
    """

    file: str
    number: int
    digest: str = ""
    stamp: Stamp | None = None
    layout: Layout | None = None
    rows: list[Row] = field(default_factory=list)
    fields: list[Field] = field(default_factory=list)
    refused: str = ""
    doubts: list[str] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)
    owner: str = ""
    picture: bytes = b""

    @property
    def list(self) -> List:
        """The one list that the page is in."""
        if self.refused:
            return "refused"
        return "queue" if self.doubts or self.is_in_doubt else "read"

    @property
    def is_in_doubt(self) -> bool:
        """Whether any of its circles are."""
        return any(row.doubt for row in self.rows) or any(it.doubt for it in self.fields)

    @property
    def reason(self) -> str:
        """Why it is not simply read."""
        said = [f"question {row.question.label}: {row.doubt}" for row in self.rows if row.doubt]
        said += [f"{TOLD[it.use].format(it.label)}: {it.doubt}" for it in self.fields if it.doubt]
        return self.refused or "; ".join([*self.doubts, *said])


class Reader:
    """Reads the pages of one paper; `layouts` are those of its sheets."""

    def __init__(self, quiz: Quiz, decisions: Decisions) -> None:
        self._quiz, self._decisions = quiz, decisions
        self.layouts = Layouts(quiz)
        self._words = wording_on_record(quiz.edition.language)
        self._decimal = decimal_sign(quiz.edition.language)

    def read(self, scan: Scan) -> Page:
        """A page of a scan, with what was decided about it.

        Raises:
            BuilderError: a decision names a circle that there is not.
        """
        page = Page(scan.file, scan.number, scan.digest)
        decision = self._decisions.of(scan.digest)
        if decision.use is False:
            page.refused = reason("left_out")
            return page
        code = place.coded(scan.dots)
        page.refused = self._is_astray(page, code)
        if decision.student:
            page.owner = self._on_roster(decision.student, scan.digest)
        if page.refused or code is None or page.layout is None:
            return page
        if code.stamp and code.stamp.student and not page.owner:
            has_place = self._quiz.students[code.stamp.student - 1]
            page.doubts.append(reason("other_student", code.stamp.student, f"{has_place.name} ({has_place.id})"))
        try:
            self._fill(page, scan, code, page.layout, decision)
        except AstrayError as error:
            page.refused = error.why
        return page

    def _on_roster(self, student: str, digest: str) -> str:
        """The id that a decision names.

        Raises:
            BuilderError: the roster of the record has no such student.
        """
        if self._quiz.students and student not in {it.id for it in self._quiz.students}:
            message = f"the decision about page {digest}: no student '{student}' is on the roster of the record"
            raise BuilderError(message)
        return student

    def _is_astray(self, page: Page, code: place.Coded | None) -> str:
        """Why a page is none of this paper, by its code; else its stamp, layout and owner are noted."""
        if code is None:
            return reason("no_code")
        if code.stamp is None:
            return reason("other_code")
        page.stamp = stamp = code.stamp
        if stamp.identity != self._quiz.identity:
            return reason("other_paper", stamp.identity)
        page.layout = self.layouts.find(stamp.version, stamp.layout)
        if page.layout is None:
            return reason("other_layout", stamp.version, stamp.layout)
        if stamp.page > len(page.layout.pages):
            return reason("no_such_page", stamp.page)
        if stamp.student:
            if stamp.student > len(self._quiz.students):
                return reason("no_place", stamp.student)
            student = self._quiz.students[stamp.student - 1]
            if student.version != stamp.version:
                return reason("other_version", student.id, student.version, stamp.version)
            page.owner = student.id if stamp.is_of(student.id) else ""
        return ""

    def _fill(self, page: Page, scan: Scan, code: place.Coded, layout: Layout, decision: Decision) -> None:
        """Read the rows of a page whose layout is known."""
        assert page.stamp  # noqa: S101 - its caller found one
        placed = place.placed(scan.dots, code, layout.paper)
        marks_of = layout.pages[page.stamp.page - 1].marks
        marks = [mark for mark in marks_of if mark.kind == "bubble"]
        if scan.is_two_level:
            page.notes.append(reason("two_level"))
        if not page.owner:
            page.picture = _cut(scan.dots, placed, _head(layout))
        if not marks:
            return
        letters = inks(marks, self._words) if layout.size == min(sheets.TABLE) else np.zeros(len(marks))
        ink = circles.inked(scan.dots, placed, marks, letters, is_two_level=scan.is_two_level)
        for group in rows.groups(marks, ink, layout.version, is_two_level=scan.is_two_level):
            made = self._made(group, layout, scan, placed, marks_of)
            if made.doubt or made.label in decision.labels:
                made.picture = _cut(scan.dots, placed, rows.around(_shown(group, marks_of)))
            if isinstance(made, Row):
                page.rows.append(made)
            else:
                page.fields.append(made)
        decide(page, decision, layout.version, self._decimal)

    def _made(
        self, group: rows.Group, layout: Layout, scan: Scan, placed: Placed, marks: Sequence[Mark]
    ) -> Row | Field:
        """What a group of circles says."""
        if group.use != "answer":
            return rows.field(group, layout.version, is_two_level=scan.is_two_level)
        key = (group.question, group.part)
        question = next(item for item in layout.version.items if (item.number, item.part) == key)
        lines = [mark.at for mark in marks if mark.kind == "line" and (mark.question, mark.part) == key]

        def writing() -> bool:
            return any(circles.is_written_on(scan.dots, placed, line) for line in lines)

        return rows.answered(question, group, self._decimal, is_two_level=scan.is_two_level, writing=writing)


def whole(dots: Grey) -> bytes:
    """A whole page, small, as JPEG: what a scanner makes of white paper takes ten times as much room as PNG."""
    data = io.BytesIO()
    Image.fromarray(dots).reduce(max(1, min(dots.shape) // _THUMB)).save(data, "JPEG", quality=_QUALITY)
    return data.getvalue()


def _shown(group: rows.Group, marks: Sequence[Mark]) -> Sequence[Mark]:
    """What a person has to see of a group: its circles, and where a number is written, in boxes or on the line below."""
    use = group.marks[0].use
    if use not in {"digit", "candidate"}:
        return group.marks
    own = [mark for mark in marks if (mark.question, mark.part) == (group.question, group.part)]
    return [mark for mark in own if mark.kind != "bubble" or mark.use == use]


def _head(layout: Layout) -> Box:
    """Where name and candidate number are written."""
    name, candidate = sheets.fields(layout.paper, layout.size)
    right, bottom = max(box.x + box.width for box in (name, candidate)), candidate.y + candidate.height
    return Box(name.x, name.y - 4, right - name.x, bottom - name.y + 6)


def _cut(dots: Grey, placed: Placed, box: Box) -> bytes:
    """What is in a box of the page, upright, as PNG."""
    ends = (box.x, box.y, box.x + box.width, box.y + box.height)
    return _png(straight(dots, placed.projection, ends, _CROP))


def _png(picture: Image.Image) -> bytes:
    data = io.BytesIO()
    picture.save(data, "PNG", compress_level=1)
    return data.getvalue()
