"""A gradebook that a system gave out, with the results of a paper filled in: it is taken back as it is.

Every cell but those of one column stays as it was, and so do delimiter, line ends
and encoding. Students are found by one of the columns that class lists
are read by: a number, a login, an address. The column is the one that has the name
of the paper, beside what the system adds to it: `Final (101)` in Canvas,
`Quiz: Final (Real)` in Moodle, `Final [Total Pts: 20 Score] |534283` in Blackboard.
"""

from __future__ import annotations

import csv
import io
import re
from typing import TYPE_CHECKING, NamedTuple

from builder.diagnostics import BuilderError
from builder.grading.tables import shown
from builder.paper.roster.columns import columns, plain
from builder.paper.roster.table import Line, delimiter_of, text_of
from builder.text.cells import unguarded

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence
    from fractions import Fraction

_ADDED = re.compile(r"\s*(?:\((?:\d+|real)\)|\[.*\]\s*\|\d+)\s*$", re.IGNORECASE)
_POINTS = re.compile(r"total pts: ([\d.,]+)", re.IGNORECASE)
_WORKBOOKS = (b"PK\x03\x04", b"\xd0\xcf\x11\xe0")
_MOST_HEADS = 30  # lines above the one that names the columns
_SHOWN = 12  # columns that a message names


class Filled(NamedTuple):
    """The filled file; how many students were found in it, who was not, and what should be looked at."""

    data: bytes
    found: int
    missing: tuple[str, ...]
    notes: tuple[str, ...]


def filled(name: str, data: bytes, column: str, marks: Mapping[str, Fraction], points: Fraction) -> Filled:
    """A gradebook with the marks of students, by their ids, in the column of that name; `points` is what they are out of.

    Raises:
        BuilderError: the file is no table, or lacks a column of students or that one.
    """
    if data.startswith(_WORKBOOKS):
        message = f"{name}: an Excel workbook, which can't be filled in; download the gradebook as CSV"
        raise BuilderError(message)
    text = text_of(name, data)
    delimiter = delimiter_of(text, _known)
    rows = list(csv.reader(io.StringIO(text, newline=""), delimiter=delimiter))
    head, ids = _head(name, rows, column)
    place = _place(name, rows[head], column)
    decimal = "," if delimiter == ";" else "."
    known = {student.lower(): student for student in marks}
    by_row = _students(rows[head + 1 :], ids, known)
    for number, student in by_row.items():
        row = rows[head + 1 + number]
        row.extend([""] * (place + 1 - len(row)))
        row[place] = shown(marks[student]).replace(".", decimal)
    found = set(by_row.values())
    if len(found) < len(by_row):
        message = f"{name}: a student stands in it twice; delete one of the two lines"
        raise BuilderError(message)
    notes = tuple(_notes(rows, head, place, points))
    return Filled(_written(data, text, rows, delimiter), len(found), tuple(sorted(set(marks) - found)), notes)


def _students(rows: Sequence[Sequence[str]], ids: Sequence[int], known: Mapping[str, str]) -> dict[int, str]:
    """The students of rows, by the one column in which most of them are found: in Canvas, an ID may be another's SIS ID."""
    found: list[dict[int, str]] = [{}]
    for place in ids:
        cells = {number: unguarded(row[place].strip()).lower() for number, row in enumerate(rows) if place < len(row)}
        found.append({number: known[cell] for number, cell in cells.items() if cell in known})
    return max(found, key=len)


def _known(lines: Sequence[Line]) -> int:
    """How many columns some lines name that class lists are read by."""
    return max((it.known for line in lines[:_MOST_HEADS] if (it := columns(line.cells, {}))), default=0)


def _head(name: str, rows: Sequence[Sequence[str]], column: str) -> tuple[int, tuple[int, ...]]:
    """The line that names the columns, and the places of those that tell students apart."""
    for number, row in enumerate(rows[:_MOST_HEADS]):
        known = columns(row, {})
        if known and known.ids and (known.known > 1 or _places(row, column)):
            return number, known.ids
    message = f"{name}: no line names a column of students, such as 'ID number', 'SIS User ID' or 'Username'"
    raise BuilderError(message)


def _place(name: str, heads: Sequence[str], column: str) -> int:
    """The place of the column of a paper."""
    places = _places(heads, column)
    if len(places) != 1:
        some = ", ".join(f"'{head[:60]}'" for head in heads[-_SHOWN:])
        what = "has no column" if not places else "has two columns"
        message = f"{name}: {what} '{column}', but {some}; name the one to fill in with --column"
        raise BuilderError(message)
    return places[0]


def _places(heads: Sequence[str], column: str) -> list[int]:
    """The places of the columns that have the name of a paper, with or without what the system adds to it."""
    bare = [plain(_ADDED.sub("", head)) for head in heads]
    wanted = {plain(column), plain(_ADDED.sub("", column))}
    return [n for n, head in enumerate(bare) if head in wanted or head.rpartition(": ")[2] in wanted]


def _notes(rows: Sequence[Sequence[str]], head: int, place: int, points: Fraction) -> Iterator[str]:
    """What the system says the column is out of, where that is another number."""
    said = [match[1] for match in [_POINTS.search(rows[head][place])] if match]
    said += [row[place] for row in rows[head + 1 :] if row and "points possible" in row[0].lower() and place < len(row)]
    for text in said:
        number = text.strip().replace(",", ".")
        if re.fullmatch(r"\d+(?:\.\d+)?", number) and float(number) != float(points):
            yield f"the column is out of {float(number):g}, and the marks are out of {shown(points)}"


def _written(data: bytes, text: str, rows: Sequence[Sequence[str]], delimiter: str) -> bytes:
    """The rows in the form that the file had."""
    out = io.StringIO()
    is_quoted = all(line.startswith('"') for line in text.lstrip("\ufeff").splitlines()[:2])
    csv.writer(
        out,
        delimiter=delimiter,
        quoting=csv.QUOTE_ALL if is_quoted else csv.QUOTE_MINIMAL,
        lineterminator="\r\n" if "\r\n" in text else "\n",
    ).writerows(rows)
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        return out.getvalue().lstrip("\ufeff").encode("utf-16")
    return (b"\xef\xbb\xbf" if data.startswith(b"\xef\xbb\xbf") else b"") + out.getvalue().lstrip("\ufeff").encode()
