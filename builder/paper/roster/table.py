"""The lines of a class list, out of whatever file a system has written it into."""

from __future__ import annotations

import csv
import io
import re
from collections import Counter
from contextlib import suppress
from itertools import islice
from typing import TYPE_CHECKING, NamedTuple

from builder.diagnostics import BuilderError, Diagnostic
from builder.disk.reader import decode

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

_DELIMITERS = ",;\t|"
_WORKBOOKS = (b"PK\x03\x04", b"\xd0\xcf\x11\xe0")  # how Excel's files begin, the newer and the older ones
_MARKUP = re.compile(r"\s*<(?:!doctype\s+html|html|head|body|table|meta|style|div|\?xml)\b", re.IGNORECASE)
_BYTE_ORDERS = (b"\xff\xfe", b"\xfe\xff")
_ENOUGH = 100  # lines tell what parts their cells


class Line(NamedTuple):
    """A line of a list: its number in the file, from 1, and its cells.

    `padded` are the places, from 0, of numbers that Excel may show with zeros in front which the file does not hold.
    `is_parted` where delimiters part the cells, so that one of them in a text makes a cell too many.
    """

    number: int
    cells: tuple[str, ...]
    padded: frozenset[int] = frozenset()
    is_parted: bool = True


_MOST_CELL = 131_072  # characters: what the csv module takes by itself


def lines(name: str, data: bytes, known: Callable[[Sequence[Line]], int]) -> list[Line]:
    """The lines that are not empty; `known` counts the columns that are known by their names in some lines.

    Raises:
        BuilderError: the file holds no list, or one that can't be read; the message names the remedy.
    """
    if data.startswith(_WORKBOOKS):
        from builder.paper.roster import workbook

        return max(workbook.sheets(name, data), key=known, default=[])
    text = text_of(name, data)
    if _MARKUP.match(text):
        message = (
            f"{name}: a web page or XML, whatever its name says, as PeopleSoft and others write it; "
            "open it in a spreadsheet and save it as CSV UTF-8"
        )
        raise BuilderError(message)
    try:
        delimiter = delimiter_of(text, known)
        broken = _broken_quote(text, delimiter)
        if broken:
            message = f"{name}: the quote that opens in line {broken} does not close at the end of its cell; close it there, or delete it"
            raise BuilderError(message)
        return list(_rows(text, delimiter))
    except csv.Error as error:
        message = f"{name}: no CSV that can be read: {error}; save it anew as CSV"
        raise BuilderError(message) from error


def beyond(line: Line, columns: int) -> str:
    """How many cells a line has, if any of them has text and no column; else nothing.

    Of `7,0,75` under `student,number` the 75 has no column: read as it stands, the answer would be 0. What stands beside
    the table of a workbook does no harm.
    """
    is_strange = line.is_parted and any(line.cells[columns:])
    return f"{len(line.cells)} cells, and {columns} columns are named" if is_strange else ""


def text_of(name: str, data: bytes) -> str:
    """The text of a file in UTF-8, or in UTF-16 with a byte order mark, as Blackboard's .xls is."""
    if data.startswith(_BYTE_ORDERS):
        try:
            return data.decode("utf-16")
        except UnicodeDecodeError as error:
            message = f"{name}: the file begins as UTF-16 and is none; save it as CSV UTF-8"
            raise BuilderError(message) from error
    text = decode(name, data)
    if isinstance(text, Diagnostic):
        message = (
            f"{name}: line {text.span.line}: {text.message}; Excel's plain CSV is not: "
            "save the list there as 'CSV UTF-8', or as .xlsx"
        )
        raise BuilderError(message)
    return text


def delimiter_of(text: str, known: Callable[[Sequence[Line]], int]) -> str:
    """What parts the cells: what gives the most known columns, then the most lines with as many cells as each other.

    An example. In `Login;Name` and `ada;"Lovelace, Ada"` both lines have two cells between semicolons, and only one
    has two between commas: semicolons part the cells.
    """
    first = text.lstrip().split("\n", 1)[0].strip().lower()
    if first.startswith("sep=") and first[4:5] in tuple(_DELIMITERS):
        return first[4:5]

    def even(delimiter: str) -> tuple[int, int, int]:
        found: list[Line] = []
        with suppress(csv.Error):  # what comes before the error tells enough
            found.extend(islice(_rows(text, delimiter), _ENOUGH))
        widths = Counter(len(line.cells) for line in found if len(line.cells) > 1)
        width, count = max(widths.items(), key=lambda pair: (pair[1], pair[0]), default=(0, 0))
        return known(found), count, width

    return max(_DELIMITERS, key=even)


def _rows(text: str, delimiter: str) -> Iterator[Line]:
    """The lines of a text that are not empty."""
    csv.field_size_limit(_MOST_CELL)  # one for the whole process: whoever read before may have set another
    # Only with newline="" the reader sees the line ends of all systems.
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, skipinitialspace=True)
    start = 1
    for row in reader:
        cells = tuple(" ".join(_unwrapped(cell).split()) for cell in row)
        if any(cells) and not (start == 1 and row[0].lower().startswith("sep=")):  # Excel's way to name the delimiter
            yield Line(start, cells)
        start = reader.line_num + 1


def _unwrapped(cell: str) -> str:
    """A cell without the `="..."` that keeps a spreadsheet from making a number of it."""
    return cell[2:-1] if cell.startswith('="') and cell.endswith('"') and len(cell) > 2 else cell  # noqa: PLR2004 - `="`


def _broken_quote(text: str, delimiter: str) -> int | None:
    """The line in which a quote opens that never closes, or closes before other text: `csv` joins what follows to it.

    The strict mode of `csv` would refuse spaces after a quote too, which do no harm.
    """
    part = re.escape(delimiter)
    cell = re.compile(rf""" *+(?:"[^"]*+(?:""[^"]*+)*+" *+|(?!")[^{part}\r\n]*+)(?:{part}|\r\n?|\n|\Z)""")
    place = 0
    while place < len(text):
        found = cell.match(text, place)
        if found is None:
            return 1 + len(re.findall(r"\r\n?|\n", text[:place]))
        place = found.end()
    return None
