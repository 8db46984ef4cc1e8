"""How large things on an answer sheet are, and where those that every page has stand: one table, in millimetres."""

from __future__ import annotations

from typing import NamedTuple

PAPERS = {"a4": (210.0, 297.0), "letter": (215.9, 279.4)}  # ISO 216; ANSI/ASME Y14.1, size A


class Measures(NamedTuple):
    """How large things are, in millimetres: for one size of print."""

    bubble: float  # diameter of a circle to fill: a pen's stroke does not grow with the print, so 7 mm at most
    sign: float  # room for a circle's letter at its left, or 0: the letter stands in the circle
    pitch: float  # from one circle to the next
    row: float  # height of a row of circles
    box: float  # side of a box for a letter or a number
    label: float  # width of what stands before a box or a line
    number: float  # width of a question's number
    line: float  # from one ruled line to the next
    how: float  # height of the lines that say how to fill a circle
    heading: float  # height of a part's heading, in small print with its note
    note: float  # height of a note below a heading, in large print
    head: float  # height of the page's head: in large print, four lines for the title and one each for name and number
    gap: float  # between blocks
    cell: float  # from column to column of a grid of digits, and of a marker's circles
    cell_row: float  # from row to row of a grid
    cell_box: float  # height of the boxes above a grid, to write the signs in, with the room below them
    cell_pad: float  # above and below a marker's circles
    above: float  # height of the digits above a marker's circles, or 0: they stand in the circles
    word: float  # width of what says that circles are for the marker


TABLE = {
    11: Measures(4.6, 0.0, 7.6, 7.4, 7.0, 7.0, 9.0, 8.5, 6.0, 15.0, 0.0, 32.0, 4.5, 6.4, 6.2, 7.5, 1.2, 0.0, 16.0),
    18: Measures(
        6.5, 6.8, 14.0, 12.0, 10.0, 12.0, 14.0, 11.0, 17.0, 14.0, 10.0, 59.5, 6.0, 9.0, 8.4, 10.0, 1.2, 4.2, 16.0
    ),
    24: Measures(
        6.5, 9.2, 16.5, 15.0, 13.0, 16.0, 18.0, 13.5, 23.0, 17.0, 13.0, 75.5, 7.0, 9.6, 8.2, 12.5, 1.2, 4.2, 16.0
    ),
}
EDGE = 10.0  # from the page's edge to the outer side of a corner mark
CORNER = 6.0  # side of a corner mark
CORE = 2.0  # diameter of the white core of the lower right mark: that mark tells which way up the page is
QR = 20.0  # side of the code, without its quiet zone
QUIET = 3.2  # around the code: four of its 25 modules (ISO/IEC 18004, 9.1)
SIDE = 20.0  # from the page's edge to what is written
FOOT = 20.0  # from the lower edge
LEAST_LINES = 4  # of a written answer stay together
THIN = 1 / 8  # of a page's height: a last page that holds less is avoided
# Of the usual distance from row to row; what is filled in keeps its size. Further apart, a last page holds more.
DISTANCES = (0.95, 0.9, 0.86, 0.82, 1.05, 1.1)


def spaced(measures: Measures, share: float) -> Measures:
    """The measures with that share of the distance between rows of circles, ruled lines and blocks."""
    return measures._replace(row=measures.row * share, line=measures.line * share, gap=measures.gap * share)


class Box(NamedTuple):
    """A rectangle: its top left corner and its size."""

    x: float
    y: float
    width: float
    height: float


def corners(paper: str) -> list[Box]:
    """The four marks, from the top left one, clockwise."""
    width, height = PAPERS[paper]
    left, right, top, bottom = EDGE, width - EDGE - CORNER, EDGE, height - EDGE - CORNER
    return [Box(x, y, CORNER, CORNER) for x, y in ((left, top), (right, top), (right, bottom), (left, bottom))]


def mirrored(box: Box, paper: str) -> Box:
    """The same place on a sheet that is read from the right."""
    return box._replace(x=PAPERS[paper][0] - box.x - box.width)


def code(paper: str) -> Box:
    """Where the QR code stands: at the right of the head, on sheets from right to left too."""
    return Box(PAPERS[paper][0] - EDGE - CORNER - 4 - QR, EDGE, QR, QR)


def code_text(paper: str) -> Box:
    """Where the code's text stands, for a person to type where the code is lost: below it, as far as the marks reach."""
    at = code(paper)
    return Box(at.x, at.y + QR + QUIET, PAPERS[paper][0] - EDGE - at.x, 7.4)


def title(paper: str, size: int) -> Box:
    """Where the sheet says what it belongs to."""
    return Box(SIDE, EDGE, code(paper).x - 4 - SIDE, fields(paper, size)[0].y - EDGE - 1)


def foot(paper: str) -> Box:
    """Where the sheet says which of its pages this is: between the lower corner marks."""
    width, height = PAPERS[paper]
    return Box(SIDE, height - FOOT + 1, width - 2 * SIDE, FOOT - EDGE - 1)


def copy(paper: str) -> Box:
    """Where the number of a copy stands, on sheets that are numbered: at the foot, before the number of the page."""
    return foot(paper)._replace(width=50.0)


def fields(paper: str, size: int, *, leftward: bool = False) -> tuple[Box, Box]:
    """The lines for name and candidate number: side by side, in large print one below the other.

    On a `leftward` sheet the name stands at the right.
    """
    m = TABLE[size]
    width, bottom = code(paper).x - 4 - SIDE, EDGE + m.head - m.gap
    if size > min(TABLE):
        return Box(SIDE, bottom - 2 * m.line, width, m.line), Box(SIDE, bottom - m.line, width, m.line)
    name = width * 0.56
    if leftward:
        one, other = (
            Box(SIDE + width - name, bottom - m.line, name, m.line),
            Box(SIDE, bottom - m.line, width - name - 4, m.line),
        )
        return one, other
    return Box(SIDE, bottom - m.line, name, m.line), Box(SIDE + name + 4, bottom - m.line, width - name - 4, m.line)
