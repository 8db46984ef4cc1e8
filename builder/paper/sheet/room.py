"""The pages of a sheet while they are filled: what is put below what, and where a new page begins."""

from __future__ import annotations

from typing import TYPE_CHECKING

from builder.paper.sheet.marks import Label, Mark, Page
from builder.paper.sheet.table import EDGE, FOOT, PAPERS, SIDE, THIN, Box

if TYPE_CHECKING:
    from builder.paper.sheet.marks import Kind, Role, Use
    from builder.paper.sheet.table import Measures


class Room:
    """Pages with a place `y` that has been reached on the last of them."""

    def __init__(self, paper: str, measures: Measures) -> None:
        self.m = measures
        self.width, height = PAPERS[paper]
        self.left, self.right = SIDE, self.width - SIDE
        self.top, self.bottom = EDGE + measures.head, height - FOOT
        self.pages = [Page(1)]
        self.y = self.top
        self.part = ""  # of a question, whose letter stands beside its number
        self.is_told = False  # how circles are filled: said once, before the first of them
        self.chosen = 0  # answers to questions that candidates choose, so far
        self.is_leftward = False  # the sheet will be mirrored, since its language runs from right to left

    @property
    def is_thin(self) -> bool:
        """Whether the last of several pages is there for very little: for less than an eighth of it, or for one row."""
        rows = {mark.at.y + mark.at.height for mark in self.page.marks}
        is_low = max(rows) - self.top < (self.bottom - self.top) * THIN
        return len(self.pages) > 1 and (is_low or len(rows) == 1)

    @property
    def page(self) -> Page:
        """The page that is being filled."""
        return self.pages[-1]

    def turn(self) -> None:
        """Go on at the top of a new page."""
        self.pages.append(Page(len(self.pages) + 1))
        self.y = self.top

    def need(self, height: float) -> None:
        """Go to a new page where less than `height` is left."""
        if self.y + height > self.bottom and self.y > self.top:
            self.turn()

    @property
    def indent(self) -> float:
        """How far from the left a question's answer begins: beside its number, and the letter of a part of it."""
        return self.m.number + (self.m.label if self.part else 0)

    def label(self, role: Role, text: str, box: Box) -> None:
        """Print a label."""
        self.page.labels.append(Label(role, text, box))

    def mark(self, kind: Kind, question: int, value: str, at: Box, use: Use = "answer", row: str = "") -> None:
        """Leave room for what a candidate or a marker fills in."""
        self.page.marks.append(Mark(kind, question, value, at, self.part, use, row))

    def fitting(self, width: float) -> int:
        """How many things of a width stand beside a question's number."""
        return int((self.right - self.left - self.indent) // width)

    def number(self, question: int, x: float, height: float, *, is_line: bool = False) -> None:
        """The number of a question, before its first row; of a part of one its letter, with the number where that begins."""
        m = self.m
        if self.part in {"", "a"} or self.y == self.top:
            self.label("line number" if is_line else "number", str(question), Box(x, self.y, m.number, height))
        if self.part:
            role: Role = "line gap" if is_line else "gap"
            self.label(role, f"({self.part})", Box(x + m.number, self.y, m.label, height))
