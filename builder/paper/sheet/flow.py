"""Questions laid out one below the other, page after page."""

from __future__ import annotations

from itertools import groupby
from math import ceil
from typing import TYPE_CHECKING

from builder.model.fields import LETTERS
from builder.paper.sheet.circles import DIGITS, Circles, Row, matched, ordered
from builder.paper.sheet.table import LEAST_LINES, Box

if TYPE_CHECKING:
    from collections.abc import Sequence

    from builder.paper.record import PartName, SectionName
    from builder.paper.sheet.marks import Entry

_LEAST_LINE = 60.0  # millimetres of a line beside a marker's circles, at least
_CORRECTION = 90.0  # millimetres that a correction takes to write
_LEAST_TOLD = 55.0  # millimetres that it takes beside a grid to say how circles are filled
_HAIR = 1e-6  # millimetres, for sums of floats


def any_of(group: Sequence[Entry]) -> Entry:
    """A question that takes as much room, and as many marks, as any of those that candidates choose from."""
    longest = max(group, key=lambda entry: entry.lines)
    return longest._replace(most=max(entry.most for entry in group), halves=any(entry.halves for entry in group))


class Flow(Circles):
    """Blocks put one below the other, page after page."""

    def candidate(self, digits: int) -> None:
        """The grid for the candidate number, and beside it how circles are filled."""
        m = self.m
        self.label("candidate", "", Box(self.left, self.y, self.right - self.left, m.line))
        self.y += m.line
        height = self.grid(0, digits, DIGITS, self.left, "candidate")
        x = self.left + self.grid_width(digits) + 2 * m.gap
        if self.right - x >= _LEAST_TOLD:
            self.label("how", "", Box(x, self.y + m.cell_box, self.right - x, height - m.cell_box))
            self.is_told = True
        self.y += height + m.gap

    def section(self, part: int, section: PartName, group: list[Entry], choose: int | None) -> None:
        """A part: its heading with the first of its questions, then the rest."""
        m = self.m
        offered = tuple(str(entry.number) for entry in group) if choose else ()
        first = self.height(any_of(group) if choose else group[0], max(entry.choices for entry in group), offered)
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
            case "matching":
                for entry in group:
                    self.lettered(entry)
            case "ordering":
                for entry in group:
                    self.tell(entry, entry.choices)
                    self.table(entry, ordered(entry))
            case "numeric":
                for has_grid, run in groupby(group, lambda entry: entry.columns > 0):
                    self.figures(list(run), has_grid=has_grid)
            case "cloze" | "occlusion" | "basic":
                for entry in group:
                    self.lettered(entry) if entry.responses else self.gaps(entry)
            case "short" | "essay":
                self.written(group, choose)

    def lettered(self, entry: Entry) -> None:
        """Rows of letters, one for each term or gap."""
        self.tell(entry, entry.responses)
        self.table(entry, matched(entry))

    def figures(self, group: list[Entry], *, has_grid: bool) -> None:
        """Questions for a number that follow each other and all have a grid, or all have a line alone."""
        if has_grid:
            self.tell(group[0], 0)
            self.numbers(group)
            return
        for entry in group:
            self.gaps(entry)

    def height(self, entry: Entry, most: int, offered: Sequence[str] = ()) -> float:
        """What the first question of a part takes at least; `most` is the most options that one of the part has.

        `offered` are the numbers of those that candidates choose from.
        """
        m = self.m
        match entry.section:
            case "mcq":
                fit = self.fitting(m.pitch)
                return self.how + (ceil(entry.choices / fit) if most > fit else 1) * m.row
            case "truefalse":
                return self.how + m.row + max(m.line, self.strip_height(entry))
            case "cloze" | "occlusion" if entry.responses:
                return self.how + self.table_height(matched(entry))
            case "matching" | "ordering":
                rows = matched(entry) if entry.section == "matching" else ordered(entry)
                return self.how + self.table_height(rows)
            case "numeric" if entry.columns:
                return self.how + self.grid_height() + m.line + m.gap
            case "cloze" | "occlusion" | "basic" | "numeric":
                return self.together(entry)
            case "short" | "essay":
                return (self.how if offered else 0) + self.begun(entry, offered)

    @property
    def how(self) -> float:
        """The height of the lines that say how circles are filled, as long as they are not said."""
        return 0 if self.is_told else self.m.how

    def tell(self, entry: Entry, most: int) -> None:
        """Say how circles are filled, on the page of the first ones."""
        if self.is_told:
            return
        self.need(self.height(entry, most))
        self.say_how()

    def say_how(self) -> None:
        """Say how circles are filled, here."""
        self.label("how", "", Box(self.left, self.y, self.right - self.left, self.m.how))
        self.y += self.m.how
        self.is_told = True

    def together(self, entry: Entry) -> float:
        """The height of a question's gaps, if a page holds them all below a heading; else that of one."""
        m = self.m
        above = self.above(entry)
        whole = above + max(entry.choices * m.line, 0 if above else self.strip_height(entry))
        return whole if whole <= self.bottom - self.top - m.heading else above + max(m.line, self.strip_height(entry))

    def above(self, entry: Entry) -> float:
        """The height of a marker's circles that stand above the lines of a question, since there is no room beside them."""
        left = self.right - self.left - self.indent - self.m.label - self.strip_width(entry)
        return 0 if left >= _LEAST_LINE else self.strip_height(entry)

    def choices(self, group: list[Entry]) -> None:
        """Rows of circles, in as many columns as there is room for; read down each column."""
        m = self.m
        most = max(entry.choices for entry in group)
        self.tell(group[0], most)
        fit = self.fitting(m.pitch)
        if most > fit:
            for entry in group:
                self.need(ceil(entry.choices / fit) * m.row)
                self.number(entry.number, self.left, m.row)
                self.wrapped(entry, Row("", tuple(LETTERS[: entry.choices])), self.left + self.indent)
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

    def verdict(self, entry: Entry) -> None:
        """Two circles, and a line for the correction below them where there is no room beside them."""
        m = self.m
        self.tell(entry, entry.choices)
        beside = self.left + self.indent + 2 * m.pitch + m.gap
        end = self.right - self.strip_width(entry) - (m.gap if entry.most else 0)
        is_beside = end - beside > _CORRECTION - self.strip_width(entry) / 2
        low = max(m.line, self.strip_height(entry))
        height = max(m.row, low) if is_beside else m.row + low
        self.need(height)
        self.number(entry.number, self.left, m.row)
        self.circles(entry, ("true", "false"), self.left + self.indent)
        x = beside if is_beside else self.left + self.indent
        line = Box(x, self.y + height - m.line, end - x, m.line)
        self.label("correction", "", line)
        self.mark("line", entry.number, "", line)
        self.strip(entry, self.y + height - self.strip_height(entry))
        self.y += height

    def gaps(self, entry: Entry) -> None:
        """A line for each gap: all on one page, if a page holds them. A number has half a line, and its unit after it."""
        m = self.m
        self.need(self.together(entry))
        above = self.above(entry)
        if above:
            self.strip(entry, self.y)
            self.y += above
        for i in range(entry.choices):
            has_strip = i == 0 and not above and entry.most > 0
            self.need(m.line)
            if i == 0 or self.y == self.top:
                self.number(entry.number, self.left, m.line, is_line=True)
            x = self.left + self.indent
            if entry.choices > 1:
                self.label("line gap", str(i + 1), Box(x, self.y, m.label, m.line))
                x += m.label
            end = self.right if above or not entry.most else self.right - self.strip_width(entry) - m.gap
            width = (end - x) / (2 if entry.section == "numeric" else 1)
            self.mark("line", entry.number, str(i + 1), Box(x, self.y, width, m.line))
            if entry.unit:
                self.label("unit", entry.unit, Box(x + width + m.gap / 2, self.y, width - m.gap / 2, m.line))
            if has_strip:
                self.strip(entry, self.y)
            self.y += m.line if entry.choices > 1 or above else max(m.line, self.strip_height(entry))
        self.y += m.gap / 2

    def written(self, group: list[Entry], choose: int | None) -> None:
        """Ruled lines for each answer; where candidates choose, for as many as they answer, with circles for the number."""
        if choose is None:
            for entry in group:
                self.ruled(entry, ())
            return
        if not self.is_told:
            self.say_how()
        offered = tuple(str(entry.number) for entry in group)
        for _ in range(choose):
            self.chosen += 1  # the question is not known yet: the answers are counted from -1 downwards
            self.ruled(any_of(group)._replace(number=-self.chosen), offered)

    def choose(self, entry: Entry, offered: Sequence[str]) -> None:
        """Circles for the number of the question that is answered; the marker's stand beside them, if there is room."""
        m, height = self.m, self.strip_height(entry)
        self.label("chosen", "", Box(self.left, self.y, self.right - self.left, m.line))
        self.y += m.line
        top = self.y
        self.wrapped(entry, Row("", tuple(offered)), self.left, "chosen")
        if not self.is_strip_beside(entry, offered):
            top = self.y
        self.strip(entry, top)
        self.y = max(self.y, top + height) + (m.gap / 2 if entry.most else 0)

    def is_strip_beside(self, entry: Entry, offered: Sequence[str]) -> bool:
        """Whether a marker's circles have room beside those for the number of the question."""
        free = self.right - self.left - len(offered) * self.pitch(offered) - self.m.gap
        return self.strip_width(entry) <= free

    def begun(self, entry: Entry, offered: Sequence[str]) -> float:
        """The height of a written answer's head and of the lines that stay with it: not more than a page holds below a heading."""
        m, strip = self.m, self.strip_height(entry)
        if offered:
            rows = m.row * ceil(len(offered) / self.fit_from(self.left, offered))
            strip = m.line + (max(rows, strip) if self.is_strip_beside(entry, offered) else rows + strip)
        high = strip + (m.gap / 2 if entry.most else 0) + (min(entry.lines, LEAST_LINES) + 1) * m.line
        return min(high, self.bottom - self.top - m.heading - m.note - m.how - _HAIR)

    def ruled(self, entry: Entry, offered: Sequence[str]) -> None:
        """Lines to write on, from page to page; a head says whose they are.

        Where candidates choose, it has a circle for each of the `offered` numbers.
        """
        m, lines = self.m, entry.lines
        self.need(self.begun(entry, offered))
        if offered:
            self.choose(entry, offered)
        else:
            self.strip(entry, self.y)
            self.y += self.strip_height(entry) + (m.gap / 2 if entry.most else 0)
        is_named = entry.number > 0
        indent = self.indent if is_named else 0
        x, continued = self.left + indent, False
        while lines:
            if is_named:
                self.number(entry.number, self.left, m.line, is_line=True)
            if continued:
                self.label("continued", "", Box(x, self.y, self.right - x, m.line))
                self.y += m.line
            here = max(1, min(lines, int((self.bottom - self.y) // m.line)))
            for _ in range(here):
                self.mark("line", entry.number, "", Box(x, self.y, self.right - x, m.line))
                self.y += m.line
            lines -= here
            continued = True
            if lines:
                self.turn()
        self.y += m.gap
