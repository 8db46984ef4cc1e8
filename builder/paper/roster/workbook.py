"""The sheets of an Excel workbook, read by calamine (`pip install "her-study[excel]"`)."""

from __future__ import annotations

import io
import re
import zipfile
import zlib
from datetime import date
from typing import TYPE_CHECKING, Any

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


class WorkbookError(BuilderError):
    """A file is no workbook that can be read, or not a safe one."""


def sheets(name: str, data: bytes) -> Iterator[list[Line]]:
    """The lines of each sheet that holds any.

    Raises:
        WorkbookError: the file is no workbook that calamine can read.
        BuilderError: calamine is not there.
    """
    shows_zeros = _is_within_bounds(name, data)
    for _, rows in _tables(name, data):
        lines = [line for line in (_line(at, row, shows_zeros=shows_zeros) for at, row in rows) if any(line.cells)]
        if lines:
            yield lines


def tables(name: str, data: bytes) -> Iterator[tuple[str, list[tuple[int, list[str]]]]]:
    """Each sheet that holds anything: its title, and the texts of its rows as they were typed, lines and all.

    Raises:
        WorkbookError: the file is no workbook that calamine can read.
        BuilderError: calamine is not there.
    """
    _is_within_bounds(name, data)
    for title, rows in _tables(name, data):
        filled = [(at, [cell if isinstance(cell, str) else _text(cell) for cell in row]) for at, row in rows]
        if filled := [(at, row) for at, row in filled if any(map(str.strip, row))]:
            yield title, filled


def _is_within_bounds(name: str, data: bytes) -> bool:
    """Refuse a workbook that would fill the memory; whether a format in it shows numbers with zeros in front."""
    if data.startswith(b"PK"):
        return _looked_into(name, data)
    from builder.paper.roster import binary

    if not data.startswith(binary.MAGIC):
        message = f"{name}: no workbook of Excel; save it as .xlsx or as CSV UTF-8"
        raise WorkbookError(message)
    try:
        found = binary.extent(data)
    except ValueError as error:
        message = f"{name}: no Excel workbook that can be read ({error}); save it as .xlsx or as CSV UTF-8"
        raise WorkbookError(message) from error
    if found.cells > MOST_CELLS or found.shared > binary.MOST_SHARED:
        message = f"{name}: an old workbook that may fill the memory; save it as .xlsx or as CSV UTF-8"
        raise WorkbookError(message)
    return False


def _tables(name: str, data: bytes) -> Iterator[tuple[str, list[tuple[int, Sequence[Cell]]]]]:
    """The title of each sheet, and its rows that are not empty, with their numbers."""
    try:
        from python_calamine import CalamineError, CalamineWorkbook
    except ImportError as error:
        message = f"{name}: an Excel workbook; save it as CSV UTF-8, or let it be read: pip install 'her-study[excel]'"
        raise BuilderError(message) from error
    try:
        book = CalamineWorkbook.from_filelike(io.BytesIO(data))
        for number, title in enumerate(book.sheet_names):
            rows = enumerate(book.get_sheet_by_index(number).to_python(skip_empty_area=False), 1)
            yield title, [(at, row) for at, row in rows if any(row)]
    except (CalamineError, OSError, ValueError) as error:
        message = f"{name}: no Excel workbook that can be read ({error}); save it as CSV UTF-8, without a password"
        raise WorkbookError(message) from error


def _looked_into(name: str, data: bytes) -> bool:
    """Refuse a workbook that would fill the memory; whether a format in it shows numbers with zeros in front."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            parts = archive.infolist()
            if not any(part.filename.startswith("xl/") for part in parts):
                message = f"{name}: a zip archive or another program's file, no Excel workbook; save it as CSV UTF-8"
                raise WorkbookError(message)
            if sum(part.file_size for part in parts) > MOST_BYTES:
                message = f"{name}: more than {MOST_BYTES} bytes when it is unpacked; copy the list into a new workbook"
                raise WorkbookError(message)
            lengths = [length for part in parts if "shared" in part.filename.lower()
                       for length in _lengths(archive.read(part))]  # fmt: skip
            room = MOST_BYTES
            for part in parts:  # whatever its name: that of a sheet is free
                content = archive.read(part)
                if b"sheetData" in content:
                    _refuse_far_cells(name, content)
                    room -= _shared(content, lengths, room)
                if room < 0:
                    message = f"{name}: more than {MOST_BYTES} bytes of text; copy the list into a new workbook"
                    raise WorkbookError(message)
            styles = [archive.read(part) for part in parts if part.filename == "xl/styles.xml"]
    except (zipfile.BadZipFile, zlib.error, NotImplementedError, RuntimeError, EOFError, ValueError, OSError) as error:
        message = f"{name}: no Excel workbook that can be read ({error}); save it as CSV UTF-8"
        raise WorkbookError(message) from error
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
        raise WorkbookError(message)


def _lengths(strings: bytes) -> list[int]:
    """How long each of the texts is that cells share."""
    return [sum(map(len, entry.itertext())) for entry in _elements(strings, "{*}si")]


def _shared(sheet: bytes, lengths: Sequence[int], room: int) -> int:
    """How much text the cells of a sheet share: calamine copies it for each cell, so that a megabyte becomes terabytes."""
    most = sheet.count(b"<c") + sheet.count(b":c")  # each cell is `<c ...>` or `<x:c ...>`
    if max(lengths, default=0) * most <= room:
        return 0
    total = 0
    for cell in _elements(sheet, "{*}c"):
        value = cell.findtext("{*}v") or ""
        if cell.get("t") == "s" and value.strip().isdecimal() and int(value[:9]) < len(lengths):
            total += lengths[int(value[:9])]
    return total


def _elements(xml: bytes, tag: str) -> Iterator[Any]:
    """Each element of that tag; it is forgotten when the next one is asked for."""
    from lxml import etree

    try:
        for _, element in etree.iterparse(
            io.BytesIO(xml), tag=tag, resolve_entities=False, no_network=True, load_dtd=False, huge_tree=True
        ):
            yield element
            element.clear(keep_tail=False)
            while element.getprevious() is not None:
                del element.getparent()[0]
    except etree.XMLSyntaxError as error:
        message = f"no well-formed XML: {error.msg}"
        raise ValueError(message) from error


def _number(letters: bytes) -> int:
    """The number of a column: A is 1, Z 26, AA 27."""
    number = 0
    for letter in letters:
        number = 26 * number + letter - ord("A") + 1
    return number


def _line(number: int, row: Sequence[Cell], *, shows_zeros: bool) -> Line:
    padded = (at for at, cell in enumerate(row) if isinstance(cell, int | float) and not isinstance(cell, bool))
    shown = frozenset(padded) if shows_zeros else frozenset()
    return Line(number, tuple(map(_text, row)), shown, is_parted=False)


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
