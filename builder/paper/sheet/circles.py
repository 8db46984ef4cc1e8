"""Circles on a sheet: rows of letters and places, grids of digits, and what a marker fills in."""

from __future__ import annotations

from math import ceil
from typing import TYPE_CHECKING, NamedTuple

from builder.model.fields import LETTERS
from builder.paper.sheet.room import Room
from builder.paper.sheet.table import Box

if TYPE_CHECKING:
    from collections.abc import Sequence

    from builder.paper.sheet.marks import Entry, Use

DIGITS = tuple("0123456789")
SIGNS = ("-", ".", *DIGITS)  # of a number, from top to bottom of each column
HALF = "½"
_MOST_MARKED = 999  # marks that a marker can give in circles
_BETWEEN = 1.4  # millimetres from box to box above a grid
_OTHER = 28.0  # millimetres beside a grid, at least: for the unit, and for what does not fit the grid

_TOLD = 0.45  # share of the line below a grid that says what it is for


class Row(NamedTuple):
    """A row of circles: which one of a question it is, what its circles say, and how many lines it takes."""

    sign: str
    values: tuple[str, ...]


class Circles(Room):
    """What is answered by filling a circle."""

    def circles(
        self, entry: Entry, values: Sequence[str], x: float, row: str = "", use: Use = "answer", pitch: float = 0
    ) -> None:
        """A row of circles from `x`: each with its letter in it, or at its left in large print."""
        m, pitch = self.m, pitch or self.pitch(values)
        sign = m.sign + pitch - m.pitch
        for i, value in enumerate(values):
            left = x + i * pitch
            start = left + sign if m.sign else left + (pitch - m.bubble) / 2
            at = Box(start, self.y + (m.row - m.bubble) / 2, m.bubble, m.bubble)
            self.mark("bubble", entry.number, value, at, use, row)
            self.label("value", value, Box(left, self.y, sign, m.row) if m.sign else at)

    def pitch(self, values: Sequence[str]) -> float:
        """The distance from circle to circle: in large print, numbers beside the circles take more room than letters."""
        figures = max(len(value) if value.isdigit() else 1 for value in values)
        return self.m.pitch + (figures - 1) * self.m.sign * 0.55

    def wrapped(self, entry: Entry, row: Row, x: float, use: Use = "answer") -> None:
        """A row of circles on as many lines as it takes, from `x` to the right edge."""
        fit = self.fit_from(x, row.values)
        for start in range(0, len(row.values), fit):
            self.circles(entry, row.values[start : start + fit], x, row.sign, use, self.pitch(row.values))
            self.y += self.m.row

    def fit_from(self, x: float, values: Sequence[str]) -> int:
        """How many of a row's circles stand on a line from `x` to the right edge."""
        return max(1, int((self.right - x) // self.pitch(values)))

    def table(self, entry: Entry, rows: Sequence[Row]) -> None:
        """Rows of circles, each behind its sign, in as many columns as there is room for; read down each column."""
        m = self.m
        left, each = self.left + self.indent, self.table_width(rows)
        columns = self.table_columns(rows)
        high, is_numbered = self.lines_of(rows[0]) * m.row, len(rows) > 1
        self.need(self.table_height(rows))
        while rows:
            self.need(high)
            self.number(entry.number, self.left, m.row)
            down = max(1, min(int((self.bottom - self.y) // high), ceil(len(rows) / columns)))
            here, rows = rows[: down * columns], rows[down * columns :]
            top = self.y
            for i, row in enumerate(here):
                self.y = top + i % down * high
                x = left + i // down * (each + m.pitch)
                if is_numbered:
                    self.label("gap", row.sign, Box(x, self.y, m.label, m.row))
                self.wrapped(entry, row, x + m.label)
            self.y = top + min(down, len(here)) * high
        self.y += m.gap / 2

    def table_width(self, rows: Sequence[Row]) -> float:
        """How wide a column of a table is."""
        return self.m.label + len(rows[0].values) * self.pitch(rows[0].values)

    def table_columns(self, rows: Sequence[Row]) -> int:
        """In how many columns a table stands."""
        free = self.right - self.left - self.indent + self.m.pitch
        return max(1, int(free // (self.table_width(rows) + self.m.pitch)))

    def table_height(self, rows: Sequence[Row]) -> float:
        """How high a table is, if a page holds it below a heading; else one of its rows."""
        m, high = self.m, self.lines_of(rows[0]) * self.m.row
        whole = ceil(len(rows) / self.table_columns(rows)) * high
        return whole if whole <= self.bottom - self.top - m.heading - m.how else high

    def lines_of(self, row: Row) -> int:
        """How many lines a row of a table takes."""
        return ceil(len(row.values) / self.fit_from(self.left + self.indent + self.m.label, row.values))

    def grid(self, question: int, columns: int, values: Sequence[str], x: float, use: Use) -> float:
        """A grid: a box to write each sign in, and below it the circles of that sign. Returns how high it is.

        Numbers run from left to right in every language: the columns of a sheet that will be mirrored stand the other way round.
        """
        m = self.m
        start, top = x + (m.label if m.sign else 0), self.y + m.cell_box
        if m.sign:
            for n, value in enumerate(values):
                self.label("digit", value, Box(x, top + n * m.cell_row, m.label, m.cell_row))
        for n in range(columns):
            place = columns - 1 - n if self.is_leftward else n
            left = start + place * m.cell
            self.mark(
                "box",
                question,
                "",
                Box(left + _BETWEEN / 2, self.y, m.cell - _BETWEEN, m.cell_box - 1),
                use,
                str(n + 1),
            )
            for i, value in enumerate(values):
                y = top + i * m.cell_row + (m.cell_row - m.bubble) / 2
                at = Box(left + (m.cell - m.bubble) / 2, y, m.bubble, m.bubble)
                self.mark("bubble", question, value, at, use, str(n + 1))
                if not m.sign:
                    self.label("value", value, at)
        return m.cell_box + len(values) * m.cell_row

    def grid_width(self, columns: int) -> float:
        """How wide a grid is."""
        return columns * self.m.cell + (self.m.label if self.m.sign else 0)

    def grid_height(self, values: Sequence[str] = SIGNS) -> float:
        """How high a grid is."""
        return self.m.cell_box + len(values) * self.m.cell_row

    def numbers(self, group: Sequence[Entry]) -> None:
        """Grids for numbers, as many beside each other as there is room for; a line below each is for what does not fit."""
        m = self.m
        each = self.indent + max(self.grid_width(entry.columns) for entry in group) + _OTHER
        beside = max(1, int((self.right - self.left + m.gap) // (each + m.gap)))
        width = (self.right - self.left - (beside - 1) * m.gap) / beside
        high = self.grid_height() + m.line + m.gap
        for start in range(0, len(group), beside):
            self.need(high)
            for i, entry in enumerate(group[start : start + beside]):
                x = self.left + i * (width + m.gap)
                self.number(entry.number, x, m.cell_box - 1)
                self.grid(entry.number, entry.columns, SIGNS, x + self.indent, "digit")
                after = x + self.indent + self.grid_width(entry.columns) + 2
                if entry.unit:
                    self.label("unit", entry.unit, Box(after, self.y, x + width - after, m.cell_box - 1))
                line = Box(x + self.indent, self.y + self.grid_height(), width - self.indent, m.line)
                told = line.width * _TOLD
                self.label("other", "", line._replace(width=told))
                self.mark("line", entry.number, "1", line._replace(x=line.x + told, width=line.width - told))
            self.y += high

    def strip(self, entry: Entry, y: float) -> float:
        """What the marker of a question fills in, at the right edge, from `y` on. Returns where it begins.

        Marks above 9 have a row for each digit; a half is a circle of its own.
        """
        m, rows = self.m, strip_rows(entry)
        width = self.strip_width(entry)
        x = self.right - width
        self.label("strip", "", Box(x, y, width, self.strip_height(entry)))
        for n, row in enumerate(rows):
            top = y + m.cell_pad + n * (m.bubble + m.above + m.cell_pad)
            for i, value in enumerate(row.values):
                left = x + m.word + i * m.cell
                at = Box(left + (m.cell - m.bubble) / 2, top + m.above, m.bubble, m.bubble)
                self.mark("bubble", entry.number, value, at, "marks", row.sign)
                if m.above:
                    self.label("marker digit", value, Box(left, top, m.cell, m.above))
                else:
                    self.label("value", value, at)
        return x

    def strip_width(self, entry: Entry) -> float:
        """How wide a question's marker's circles are, or 0 where there are none."""
        rows = strip_rows(entry)
        return self.m.word + max(len(row.values) for row in rows) * self.m.cell + 1 if rows else 0

    def strip_height(self, entry: Entry) -> float:
        """How high a question's marker's circles are."""
        rows = strip_rows(entry)
        return len(rows) * (self.m.bubble + self.m.above + self.m.cell_pad) + self.m.cell_pad if rows else 0


def matched(entry: Entry) -> list[Row]:
    """The rows of a matching: one for each term, with the letters of the responses; of gaps, with those of the words."""
    letters = tuple(LETTERS[: entry.responses or entry.choices])
    return [Row(str(n + 1), letters) for n in range(entry.choices)]


def ordered(entry: Entry) -> list[Row]:
    """The rows of an ordering: one for each printed step, with the places."""
    places = tuple(str(n + 1) for n in range(entry.choices))
    return [Row(LETTERS[n], places) for n in range(entry.choices)]


def strip_rows(entry: Entry) -> list[Row]:
    """The rows of a marker's circles: what each is a digit of (1, 10, 100), and its digits.

    12 marks and a half are a row of 0 and 1, and one of 0 to 9 and the half.
    """
    most = int(entry.most)
    if not entry.most or most > _MOST_MARKED:
        return []
    half = (HALF,) if entry.halves else ()
    digits = str(most)
    rows = [Row("1" + "0" * (len(digits) - 1), DIGITS[: int(digits[0]) + 1])]
    rows += [Row("1" + "0" * place, DIGITS) for place in range(len(digits) - 2, -1, -1)]
    return [*rows[:-1], Row("1", rows[-1].values + half)]
