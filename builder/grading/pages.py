"""A page of a sheet, read: what it is, what its rows say, and what a person has to look at."""

from __future__ import annotations

import io
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Literal

import numpy as np
from PIL import Image

from builder.diagnostics import BuilderError
from builder.grading import circles, filling, place
from builder.grading.decisions import decided
from builder.grading.frame import projected, sampled
from builder.grading.layouts import Layouts
from builder.grading.letters import inks
from builder.grading.place import AstrayError
from builder.paper import sheet as sheets
from builder.paper.sheet import Box
from builder.wording import wording

if TYPE_CHECKING:
    from builder.grading.decisions import Decision, Decisions
    from builder.grading.layouts import Layout
    from builder.grading.place import Placed
    from builder.grading.scans import Grey, Scan
    from builder.paper.record import Quiz, QuizItem
    from builder.paper.sheet import Mark
    from builder.paper.sheet.stamp import Stamp

List = Literal["read", "queue", "refused"]
_CROP = 6  # dots to the millimetre
_THUMB = 700  # dots of the shorter side of a whole page in the queue


@dataclass(slots=True)
class Row:
    """The circles of a question: what they say, how sure that is (0 to 1), and why a person has to look, or nothing.

    `levels` are the shares of ink by value. `picture` shows a row in doubt, as PNG.
    """

    question: QuizItem
    values: tuple[str, ...]
    answer: tuple[str, ...]
    confidence: float
    doubt: str
    levels: tuple[float, ...]
    is_decided: bool = False
    machine: str = ""  # what the machine read, and why it doubted that, where a person decided
    picture: bytes = b""


@dataclass(slots=True)
class Page:
    """A page of a scan.

    `refused` says why it is none of this paper's pages, or can't be one; `doubts` why a person has to look at it as a
    whole. `owner` is the student's id, or nothing as long as nobody knows.
    """

    file: str
    number: int
    digest: str = ""
    stamp: Stamp | None = None
    layout: Layout | None = None
    rows: list[Row] = field(default_factory=list)
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
        return "queue" if self.doubts or any(row.doubt for row in self.rows) else "read"

    @property
    def reason(self) -> str:
        """Why it is not simply read."""
        rows = [f"question {row.question.label}: {row.doubt}" for row in self.rows if row.doubt]
        return self.refused or "; ".join([*self.doubts, *rows])


class Reader:
    """Reads the pages of one paper."""

    def __init__(self, quiz: Quiz, decisions: Decisions) -> None:
        self._quiz, self._decisions = quiz, decisions
        self._layouts = Layouts(quiz)
        self._words = wording(quiz.edition.language)

    def read(self, scan: Scan) -> Page:
        """A page of a scan, with what was decided about it.

        Raises:
            BuilderError: a decision names a circle that there is not.
        """
        page = Page(scan.file, scan.number, scan.digest)
        decision = self._decisions.of(scan.digest)
        if decision.use is False:
            page.refused = "left out by decision"
            return page
        code = place.coded(scan.dots)
        page.refused = self._is_astray(page, code)
        if decision.student:
            page.owner = self._on_roster(decision.student, scan.digest)
        if page.refused or code is None or page.layout is None:
            return page
        try:
            self._fill(page, scan, code, page.layout, decision)
        except AstrayError as error:
            page.refused = str(error)
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
            return "no code is found: no sheet, or the code is soiled; mark it by hand"
        if code.stamp is None:
            return (
                "its code is none of an answer sheet HS2: it is from something else, or printed by an older her-study"
            )
        page.stamp = stamp = code.stamp
        if stamp.identity != self._quiz.identity:
            return f"a sheet of another paper ({stamp.identity})"
        page.layout = self._layouts.find(stamp.version, stamp.layout)
        if page.layout is None:
            return (
                f"a sheet of version {stamp.version} in another layout ({stamp.layout}): printed by another her-study"
            )
        if stamp.page > len(page.layout.pages):
            return f"the sheet has no page {stamp.page}"
        if stamp.number:
            if stamp.number > len(self._quiz.students):
                return f"the roster of the record has no place {stamp.number}"
            student = self._quiz.students[stamp.number - 1]
            if student.version != stamp.version:
                return f"{student.id} has version {student.version} on the record, not {stamp.version}"
            page.owner = student.id
        return ""

    def _fill(self, page: Page, scan: Scan, code: place.Coded, layout: Layout, decision: Decision) -> None:
        """Read the rows of a page whose layout is known."""
        assert page.stamp  # noqa: S101 - its caller found one
        placed = place.placed(scan.dots, code, layout.paper)
        marks = [mark for mark in layout.pages[page.stamp.page - 1].marks if mark.kind == "bubble"]
        if scan.is_two_level:
            page.notes.append("black and white alone: scan in grey, so that faint marks are seen")
        if not page.owner:
            page.picture = _cut(scan.dots, placed, _head(layout))
        if not marks:
            return
        letters = inks(marks, self._words) if layout.size == min(sheets.TABLE) else np.zeros(len(marks))
        ink = circles.inked(scan.dots, placed, marks, letters, is_two_level=scan.is_two_level)
        start = 0
        for question in layout.version.items:
            own = [mark for mark in marks if (mark.question, mark.part) == (question.number, question.part)]
            if own:
                row = self._row(question, own, ink, start, scan, decision)
                if row.doubt or row.is_decided:
                    row.picture = _cut(scan.dots, placed, _around(own))
                page.rows.append(row)
                start += len(own)
        strange = set(decision.answers) - {row.question.label for row in page.rows}
        if strange:
            message = f"the decision about page {scan.digest}: no circles of question {min(strange)} are on it"
            raise BuilderError(message)

    def _row(
        self, question: QuizItem, own: list[Mark], ink: circles.Ink, start: int, scan: Scan, decision: Decision
    ) -> Row:
        known = tuple(mark.value for mark in own)
        found = filling.circles(known, ink, start)
        reading = filling.read(found, several=len(question.key) > 1, is_two_level=scan.is_two_level)
        row = Row(question, known, reading.answer, reading.confidence, reading.doubt, tuple(c.level for c in found))
        if question.label in decision.answers:
            where = f"the decision about page {scan.digest}, question {question.label}"
            row.answer = decided(decision.answers[question.label], known, where)
            row.confidence, row.doubt, row.is_decided = 1.0, "", True
            row.machine = reading.doubt or f"read as {' '.join(reading.answer) or 'blank'}"
        return row


def whole(dots: Grey) -> bytes:
    """A whole page, small, as PNG."""
    factor = max(1, min(dots.shape) // _THUMB)
    return _png(Image.fromarray(dots).reduce(factor))


def _around(marks: list[Mark]) -> Box:
    """The row of a question with its number, and a little of what is above and below."""
    left = min(mark.at.x for mark in marks) - 14
    right = max(mark.at.x + mark.at.width for mark in marks) + 6
    top, bottom = min(mark.at.y for mark in marks) - 3, max(mark.at.y + mark.at.height for mark in marks) + 3
    return Box(left, top, right - left, bottom - top)


def _head(layout: Layout) -> Box:
    """Where name and candidate number are written."""
    name, candidate = sheets.fields(layout.paper, layout.size)
    right, bottom = candidate.x + candidate.width, candidate.y + candidate.height
    return Box(name.x, name.y - 4, right - name.x, bottom - name.y + 6)


def _cut(dots: Grey, placed: Placed, box: Box) -> bytes:
    """What is in a box of the page, upright, as PNG."""
    across, down = (np.arange(round(side * _CROP)) / _CROP for side in (box.width, box.height))
    places = np.stack(np.meshgrid(box.x + across, box.y + down), -1)
    seen = sampled(dots, projected(placed.projection, places))
    return _png(Image.fromarray(seen.clip(0, 255).astype(np.uint8)))


def _png(picture: Image.Image) -> bytes:
    data = io.BytesIO()
    picture.save(data, "PNG")
    return data.getvalue()
