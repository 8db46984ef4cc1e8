"""The sheets of an Excel workbook as lines, read by calamine (`pip install "her-study[excel]"`)."""

from __future__ import annotations

import io
import re
import zipfile
import zlib
from datetime import date
from typing import TYPE_CHECKING

from builder.diagnostics import BuilderError
from builder.paper.roster.table import Line

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

MOST_CELLS = 5_000_000  # calamine keeps every cell up to the last one, the empty ones too
MOST_BYTES = 256 * 1024 * 1024  # unpacked
_CELL = re.compile(rb'<(?:\w+:)?c\s[^>]*?\br="([A-Z]{1,3})([0-9]{1,7})"')
_ZEROS = re.compile(rb'formatCode="0{2,}(?:;@)?"')  # a format that shows 7 as 0007
_EXACT = 10**15  # Excel keeps fifteen digits of a number
Cell = object  # a number, a text, a time or a truth value


def sheets(name: str, data: bytes) -> Iterator[list[Line]]:
    """The lines of each sheet that holds any.

    Raises:
        BuilderError: calamine is not there, or the file is no workbook that it can read.
    """
    try:
        from python_calamine import CalamineError, CalamineWorkbook
    except ImportError as error:
        message = f"{name}: an Excel workbook; save it as CSV UTF-8, or let it be read: pip install 'her-study[excel]'"
        raise BuilderError(message) from error
    shows_zeros = _looked_into(name, data) if data.startswith(b"PK") else False
    try:
        book = CalamineWorkbook.from_filelike(io.BytesIO(data))
        for number in range(len(book.sheet_names)):
            rows = enumerate(book.get_sheet_by_index(number).to_python(skip_empty_area=False), 1)
            filled = (_line(at, row, shows_zeros=shows_zeros) for at, row in rows if any(row))
            lines = [line for line in filled if any(line.cells)]
            if lines:
                yield lines
    except (CalamineError, OSError, ValueError) as error:
        message = f"{name}: no Excel workbook that can be read ({error}); save it as CSV UTF-8, without a password"
        raise BuilderError(message) from error


def _looked_into(name: str, data: bytes) -> bool:
    """Refuse a workbook that would fill the memory; whether a format in it shows numbers with zeros in front."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            parts = archive.infolist()
            if not any(part.filename.startswith("xl/") for part in parts):
                message = f"{name}: a zip archive or another program's file, no Excel workbook; save it as CSV UTF-8"
                raise BuilderError(message)
            if sum(part.file_size for part in parts) > MOST_BYTES:
                message = f"{name}: more than {MOST_BYTES} bytes when it is unpacked; copy the list into a new workbook"
                raise BuilderError(message)
            for part in parts:
                if part.filename.startswith("xl/worksheets/") and part.filename.endswith(".xml"):
                    _refuse_far_cells(name, archive.read(part))
            styles = [archive.read(part) for part in parts if part.filename == "xl/styles.xml"]
    except (zipfile.BadZipFile, zlib.error, NotImplementedError, RuntimeError, EOFError, ValueError, OSError) as error:
        message = f"{name}: no Excel workbook that can be read ({error}); save it as CSV UTF-8"
        raise BuilderError(message) from error
    return any(_ZEROS.search(style) for style in styles)


def _refuse_far_cells(name: str, sheet: bytes) -> None:
    """Stop where a cell stands so far off that the rectangle up to it has too many cells to be kept.

    An example: a stray blank in XFD1048576, the last cell of a sheet, makes 17 thousand million cells of it.
    """
    columns, rows = 1, 1
    far = {}
    for found in _CELL.finditer(sheet):
        column, row = _number(found[1]), int(found[2])
        if column > columns:
            columns, far["column"] = column, found
        if row > rows:
            rows, far["row"] = row, found
    if columns * rows > MOST_CELLS:
        cells = " and ".join(sorted({f"{found[1].decode()}{found[2].decode()}" for found in far.values()}))
        message = f"{name}: a sheet reaches as far as {cells}; copy the list alone into a new workbook"
        raise BuilderError(message)


def _number(letters: bytes) -> int:
    """The number of a column: A is 1, Z 26, AA 27."""
    number = 0
    for letter in letters:
        number = 26 * number + letter - ord("A") + 1
    return number


def _line(number: int, row: Sequence[Cell], *, shows_zeros: bool) -> Line:
    padded = (at for at, cell in enumerate(row) if isinstance(cell, int | float) and not isinstance(cell, bool))
    return Line(number, tuple(map(_text, row)), frozenset(padded) if shows_zeros else frozenset())


def _text(cell: Cell) -> str:
    """A cell as Excel shows it; a number that it has rounded is written with an exponent."""
    match cell:
        case bool():
            return str(cell).upper()
        case float() if cell.is_integer():
            return str(int(cell)) if abs(cell) < _EXACT else f"{cell:.5E}"
        case int() if abs(cell) >= _EXACT:
            return f"{cell:.5E}"
        case date():
            return cell.isoformat()
        case _:
            return " ".join(str(cell).split())
