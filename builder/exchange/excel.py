"""Excel workbooks, out and in: the table of `explain csv`, on sheets.

The extra `excel` writes and reads them: `pip install "her-study[excel]"`.

What is written is one sheet, a row an item, with the columns of `explain csv`. Every cell is text, so that nothing is
reckoned, rounded or made a date, and none is a formula.

Kept: everything that an item says. Lost, and named at each export: an item with a text of more than 32,767 characters,
which is all that a cell holds, is left out; pictures and recordings are named, not carried.

Coming in: .xlsx and .xlsm, each sheet a table of our own or of others, as `explain csv` has it; the heads of columns
may stand below a title and advice, as in Kahoot's template. Where there are several sheets with questions, their
titles are themes. Of a formula, what it came to counts. Sheets without heads are left out, and named. The older .xls
is read where it has at most 8 MB, and some four thousand cells with text; else save it as .xlsx. `--columns` says what columns hold, on every sheet.

A second import is a merge; without a column `id`, the text of a question is what its id is made from. An export never
changes a workbook that is there: it writes it anew.

Form tried with LibreOffice 7.4, XlsxWriter 3.3 and python-calamine 0.9.
"""

from __future__ import annotations

import io
from datetime import datetime
from typing import TYPE_CHECKING, Any

from builder.diagnostics import BuilderError, Span
from builder.exchange import _table
from builder.exchange._frame import MOST_BYTES, BrokenSourceError, Losses, Read, Written
from builder.exchange._ids import slug
from builder.exchange._table import columns as named
from builder.paper.roster.binary import MAGIC
from builder.report import printable
from builder.text.cells import unguarded

if TYPE_CHECKING:
    from collections.abc import Sequence

    from builder.model import Course, Item

MOST_CELL = 32_767  # characters, and rows, that Excel takes
MOST_ROWS = 1_048_575
_MADE = datetime(2000, 1, 1)  # noqa: DTZ001 - a workbook has no zone; the same items are the same bytes
_WIDTHS = {"prompt": 60, "answer": 20, "explanation": 40, "id": 20, "more": 20}


def write(course: Course, items: Sequence[Item]) -> Written:
    """The items as a workbook of one sheet.

    Raises:
        BuilderError: XlsxWriter is not there.
    """
    losses = Losses(course)
    head, rows = _table.made(items, losses)
    fitting: list[list[str]] = []
    for item, row in zip(items, rows, strict=True):
        cells = [_guarded(cell) for cell in row]
        if max(map(_length, cells)) > MOST_CELL:
            losses.add(item, (), f"left out: a cell of Excel holds at most {MOST_CELL} characters")
        elif len(fitting) == MOST_ROWS:
            losses.add(item, (), f"left out: a sheet of Excel has at most {MOST_ROWS} rows below its head")
        else:
            fitting.append(cells)
    return Written({f"{course.id}.xlsx": _workbook(head, fitting)}, losses.found)


def _guarded(cell: str) -> str:
    """A cell that begins with an apostrophe before a formula has another, since one goes when it comes back."""
    return f"'{cell}" if unguarded(cell) != cell else cell


def _length(cell: str) -> int:
    """The characters of a cell as Excel counts them: those beyond the first 65,536 of Unicode are two."""
    return len(cell) if cell.isascii() else len(cell.encode("utf-16-le", "surrogatepass")) // 2


def _workbook(head: Sequence[str], rows: Sequence[Sequence[str]]) -> bytes:
    try:
        import xlsxwriter
    except ImportError as error:
        message = "writing a workbook needs XlsxWriter: pip install 'her-study[excel]', or export as csv"
        raise BuilderError(message) from error
    out = io.BytesIO()
    with xlsxwriter.Workbook(out, {"in_memory": True}) as book:
        book.set_properties({"created": _MADE})
        sheet: Any = book.add_worksheet("items")
        top = book.add_format({"bold": True, "num_format": "@"})
        text = book.add_format({"num_format": "@", "text_wrap": True, "valign": "top"})
        sheet.freeze_panes(1, 0)
        for place, column in enumerate(head):
            sheet.set_column(place, place, _WIDTHS.get(column, 14), text)
            sheet.write_string(0, place, column, top)
        for line, row in enumerate(rows, 1):
            for place, cell in enumerate(row):
                if cell:
                    sheet.write_string(line, place, cell, text)
    return out.getvalue()


def read(name: str, data: bytes) -> Read:
    """The rows of every sheet, whose columns are told by their headings."""
    return read_columns(name, data, "")


def read_columns(name: str, data: bytes, columns: str) -> Read:
    """The rows of every sheet, of whose columns some are named: `question=B,answer=C`.

    Raises:
        BrokenSourceError: the file is no workbook that can be read, or nothing stands in it.
        BuilderError: calamine is not there, or a column is named that is not.
    """
    from builder.paper.roster.workbook import WorkbookError, tables

    if len(data) > MOST_BYTES:
        raise BrokenSourceError(Span(name), f"more than {MOST_BYTES} bytes", "export it in several parts")
    asked = named.asked(columns)
    try:
        sheets = [
            (title, [(line, _table.cleaned(cells)) for line, cells in rows]) for title, rows in tables(name, data)
        ]
    except WorkbookError as error:
        what, _, remedy = str(error).removeprefix(f"{name}: ").rpartition("; ")
        raise BrokenSourceError(Span(name), what or remedy, remedy if what else "") from error
    if not sheets:
        raise BrokenSourceError(Span(name), "no sheet with anything in it")
    found = [(title, _table.take(f"{name}[{title}]", rows, asked)) for title, rows in sheets]
    with_questions = [(title, read) for title, read in found if read.entries]
    return _joined(name, found, titled=len(with_questions) > 1)


def _joined(name: str, found: Sequence[tuple[str, Read]], *, titled: bool) -> Read:
    """What all sheets come to; one without heads is named where another one has questions."""
    joined = Read()
    some = any(read.entries for _, read in found)
    for title, read in found:
        if some and not read.told and not read.entries:
            why = read.notes[0]
            joined.lost(Span(f"{name}[{title}]"), f"the sheet '{title}' is left out: {why.message}", why.help)
            continue
        joined.told += [f"sheet '{printable(title)}': {line}" for line in read.told]
        joined.notes += read.notes
        joined.themes |= read.themes
        for entry in read.entries:
            if titled and "theme" not in entry.value:
                entry.value["theme"] = slug(title)
                joined.themes.setdefault(slug(title), title)
            joined.entries.append(entry)
    return joined


def looks_like(name: str, data: bytes) -> bool:
    """Whether it is an old workbook by its first bytes, or a zip that its name or its list of parts calls one."""
    return data.startswith(MAGIC) or (
        data[:2] == b"PK" and (name.lower().endswith((".xlsx", ".xlsm")) or b"xl/workbook.xml" in data)
    )
