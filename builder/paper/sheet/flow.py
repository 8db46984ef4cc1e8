"""Questions laid out one below the other, page after page."""

from __future__ import annotations

from math import ceil
from typing import TYPE_CHECKING

from builder.model.items import LETTERS
from builder.paper.sheet.marks import Label, Mark, Page
from builder.paper.sheet.table import EDGE, FOOT, LEAST_LINES, PAPERS, SIDE, THIN, Box

if TYPE_CHECKING:
    from collections.abc import Sequence

    from builder.paper.record import PartName, SectionName
    from builder.paper.sheet.marks import Entry, Kind, Role
    from builder.paper.sheet.table import Measures


class Flow:
    """Blocks put one below the other, page after page."""

    def __init__(self, paper: str, measures: Measures) -> None:
        self.m = measures
        self.width, height = PAPERS[paper]
        self.left, self.right = SIDE, self.width - SIDE
        self.top, self.bottom = EDGE + measures.head, height - FOOT
        self.pages = [Page(1)]
        self.y = self.top
        self.part = ""  # of a question, whose letter stands beside its number
        self.is_told = False  # how circles are filled: said once, before the first of them

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

    def mark(self, kind: Kind, question: int, value: str, at: Box) -> None:
        """Leave room for what a candidate fills in."""
        self.page.marks.append(Mark(kind, question, value, at, self.part))

    def section(self, part: int, section: PartName, group: list[Entry], choose: int | None) -> None:
        """A part: its heading with the first of its questions, then the rest."""
        m = self.m
        first = self.height(group[0], max(entry.choices for entry in group))
        heading = m.heading + (m.note if choose else 0)
        self.need(heading + first)
        self.label("part", str(part), Box(self.left, self.y, self.right - self.left, heading))
        self.y += heading
        if section == "passage":
            for entry in group:
                self.part = entry.part
                self.answers(entry.section, [entry], None)
            self.part = ""
        else:
            self.answers(section, group, choose)
        self.y += m.gap

    def answers(self, section: SectionName, group: list[Entry], choose: int | None) -> None:
        """The room for the answers to questions of one section."""
        match section:
            case "mcq":
                self.choices(group)
            case "truefalse":
                for entry in group:
                    self.verdict(entry)
            case "matching" | "ordering":
                for entry in group:
                    self.boxes(entry, lettered=section == "ordering")
            case "cloze" | "occlusion" | "basic" | "numeric":
                for entry in group:
                    self.gaps(entry)
            case "short" | "essay":
                self.written(group, choose)

    def height(self, entry: Entry, most: int) -> float:
        """What the first question of a part takes at least; `most` is the most options that one of the part has."""
        m = self.m
        match entry.section:
            case "mcq":
                fit = self.fitting(m.pitch)
                return self.how + (ceil(entry.choices / fit) if most > fit else 1) * m.row
            case "truefalse":
                return self.how + m.row + m.line
            case "matching" | "ordering":
                return ceil(entry.choices / self.fitting(m.label + m.box + m.gap)) * (m.box + m.gap)
            case "cloze" | "occlusion" | "basic" | "numeric":
                return self.together(entry)
            case "short" | "essay":
                return (LEAST_LINES + 1) * m.line

    @property
    def how(self) -> float:
        """The height of the lines that say how circles are filled, as long as they are not said."""
        return 0 if self.is_told else self.m.how

    def tell(self, entry: Entry, most: int) -> None:
        """Say how circles are filled, on the page of the first ones."""
        if self.is_told:
            return
        self.need(self.height(entry, most))
        self.label("how", "", Box(self.left, self.y, self.right - self.left, self.m.how))
        self.y += self.m.how
        self.is_told = True

    def fitting(self, width: float) -> int:
        """How many things of a width stand beside a question's number."""
        return int((self.right - self.left - self.indent) // width)

    def together(self, entry: Entry) -> float:
        """The height of a question's gaps, if a page holds them all below a heading; else that of one."""
        whole = entry.choices * self.m.line
        return whole if whole <= self.bottom - self.top - self.m.heading else self.m.line

    def number(self, question: int, x: float, height: float, *, is_line: bool = False) -> None:
        """The number of a question, before its first row; of a part of one its letter, with the number where that begins."""
        m = self.m
        if self.part in {"", "a"} or self.y == self.top:
            self.label("line number" if is_line else "number", str(question), Box(x, self.y, m.number, height))
        if self.part:
            role: Role = "line gap" if is_line else "gap"
            self.label(role, f"({self.part})", Box(x + m.number, self.y, m.label, height))

    def choices(self, group: list[Entry]) -> None:
        """Rows of circles, in as many columns as there is room for; read down each column."""
        m = self.m
        most = max(entry.choices for entry in group)
        self.tell(group[0], most)
        fit = self.fitting(m.pitch)
        if most > fit:
            for entry in group:
                self.wrapped(entry, fit)
            return
        column = m.number + most * m.pitch
        columns = max(1, int((self.right - self.left + m.pitch) // (column + m.pitch)))
        while group:
            self.need(m.row)
            rows = min(int((self.bottom - self.y) // m.row), ceil(len(group) / columns))
            here, group = group[: rows * columns], group[rows * columns :]
            top = self.y
            for i, entry in enumerate(here):
                self.y = top + i % rows * m.row
                x = self.left + i // rows * (column + m.pitch)
                self.number(entry.number, x, m.row)
                self.circles(entry, LETTERS[: entry.choices], x + m.number)
            self.y = top + rows * m.row

    def wrapped(self, entry: Entry, fit: int) -> None:
        """More circles than one row holds."""
        rows = ceil(entry.choices / fit)
        self.need(rows * self.m.row)
        self.number(entry.number, self.left, self.m.row)
        for row in range(rows):
            self.circles(entry, LETTERS[row * fit : min(entry.choices, (row + 1) * fit)], self.left + self.indent)
            self.y += self.m.row

    def circles(self, entry: Entry, values: Sequence[str], x: float) -> None:
        """A row of circles from `x`: each with its letter in it, or at its left in large print."""
        m = self.m
        for i, value in enumerate(values):
            left = x + i * m.pitch
            start = left + m.sign if m.sign else left + (m.pitch - m.bubble) / 2
            at = Box(start, self.y + (m.row - m.bubble) / 2, m.bubble, m.bubble)
            self.mark("bubble", entry.number, value, at)
            self.label("value", value, Box(left, self.y, m.sign, m.row) if m.sign else at)

    def verdict(self, entry: Entry) -> None:
        """Two circles, and a line for the correction below them where there is no room beside them."""
        m = self.m
        self.tell(entry, entry.choices)
        beside = self.left + self.indent + 2 * m.pitch + m.gap
        is_beside = self.right - beside > 90  # noqa: PLR2004 - millimetres that a correction takes to write
        height = max(m.row, m.line) if is_beside else m.row + m.line
        self.need(height)
        self.number(entry.number, self.left, m.row)
        self.circles(entry, ("true", "false"), self.left + self.indent)
        x = beside if is_beside else self.left + self.indent
        line = Box(x, self.y + height - m.line, self.right - x, m.line)
        self.label("correction", "", line)
        self.mark("line", entry.number, "", line)
        self.y += height

    def boxes(self, entry: Entry, *, lettered: bool) -> None:
        """A box for each term or step, in rows."""
        m = self.m
        each = m.label + m.box + m.gap
        fit = self.fitting(each)
        rows = ceil(entry.choices / fit)
        self.need(rows * (m.box + m.gap))
        self.number(entry.number, self.left, m.box)
        for i in range(entry.choices):
            x = self.left + self.indent + i % fit * each
            value = LETTERS[i] if lettered else str(i + 1)
            at = Box(x + m.label, self.y, m.box, m.box)
            self.label("gap", value, Box(x, self.y, m.label, m.box))
            self.mark("box", entry.number, value, at)
            if i % fit == fit - 1 or i == entry.choices - 1:
                self.y += m.box + m.gap

    def gaps(self, entry: Entry) -> None:
        """A line for each gap: all on one page, if a page holds them. A number has half a line, and its unit after it."""
        m = self.m
        self.need(self.together(entry))
        for i in range(entry.choices):
            self.need(m.line)
            if i == 0 or self.y == self.top:
                self.number(entry.number, self.left, m.line, is_line=True)
            x = self.left + self.indent
            if entry.choices > 1:
                self.label("line gap", str(i + 1), Box(x, self.y, m.label, m.line))
                x += m.label
            width = (self.right - x) / (2 if entry.section == "numeric" else 1)
            self.mark("line", entry.number, str(i + 1), Box(x, self.y, width, m.line))
            if entry.unit:
                self.label("unit", entry.unit, Box(x + width + m.gap / 2, self.y, width - m.gap / 2, m.line))
            self.y += m.line
        self.y += m.gap / 2

    def written(self, group: list[Entry], choose: int | None) -> None:
        """Ruled lines for each answer; where candidates choose, for as many as they answer, with a box for the number."""
        m = self.m
        if choose is None:
            for entry in group:
                self.ruled(entry.number, entry.lines, None)
            return
        lines = max(entry.lines for entry in group)
        for _ in range(choose):
            self.ruled(0, lines, Box(self.right - 2 * m.box, self.y, 2 * m.box, m.box))

    def ruled(self, question: int, lines: int, chosen: Box | None) -> None:
        """Lines to write on, from page to page; a head says whose they are."""
        m = self.m
        self.need((min(lines, LEAST_LINES) + 1) * m.line)
        continued = False
        while lines:
            head = Box(self.left, self.y, self.right - self.left, m.line)
            if question:
                self.number(question, self.left, m.line, is_line=True)
            if continued:
                indent = self.indent if question else 0
                self.label("continued", "", head._replace(x=self.left + indent, width=head.width - indent))
            elif chosen:
                box = Box(chosen.x, self.y, chosen.width, chosen.height)
                self.label("chosen", "", head._replace(width=head.width - chosen.width - m.gap))
                self.mark("box", 0, "", box)
                self.y += max(0.0, m.box - m.line)
            if not question or continued:
                self.y += m.line
            x = self.left + (self.indent if question else 0)
            here = max(1, min(lines, int((self.bottom - self.y) // m.line)))
            for _ in range(here):
                at = Box(x, self.y, self.right - x, m.line)
                self.mark("line", question, "", at)
                self.y += m.line
            lines -= here
            continued = True
            if lines:
                self.turn()
        self.y += m.gap
