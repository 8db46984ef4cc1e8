"""Workbooks of Excel 97 to 2003 (`.xls`), looked into before calamine reads them: only those that stay within bounds.

Such a file is a small file system of sectors ([MS-CFB]); in it lies a stream of records, a cell each ([MS-XLS]). calamine
keeps every cell up to the last one, and a copy of a shared text for each cell that shows it.
"""

from __future__ import annotations

import struct
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterator

MAGIC = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
MOST_BYTES = 8 * 1024 * 1024
MOST_SHARED = 256 * 1024 * 1024  # bytes of text in cells
_LONGEST = 65_534  # bytes of a text in a cell
_LEAST_STREAM = 4096  # a shorter one lies elsewhere; that of a workbook is always padded
_LAST_SECTOR = 0xFFFFFFF9
_HEAD_SECTORS = 109
_BEGINS = frozenset([0x0809, 0x0409, 0x0209, 0x0009])
_CELLS = frozenset([0x0006, 0x0206, 0x0406, 0x0203, 0x0204, 0x0205, 0x027E, 0x00D6, 0x00FD, 0x0201])
_ROWS_OF_CELLS = frozenset([0x00BD, 0x00BE])
_DIMENSIONS, _SHARED, _TEXTS, _GOES_ON, _PASSWORD = 0x0200, 0x00FD, 0x00FC, 0x003C, 0x002F
_WIDE = 14  # bytes of dimensions whose rows have four each


class Extent(NamedTuple):
    """How many cells calamine would keep, and how many bytes of shared texts it would copy at most."""

    cells: int
    shared: int


def extent(data: bytes) -> Extent:
    """The extent of a workbook.

    Raises:
        ValueError: it is none that can be read, it is too large, or it has a password.
    """
    if len(data) > MOST_BYTES:
        message = f"more than {MOST_BYTES} bytes"
        raise ValueError(message)
    try:
        found = [_measured(stream) for stream in _streams(data)]
    except (struct.error, IndexError) as error:
        message = "it is cut, or damaged"
        raise ValueError(message) from error
    if not found:
        message = "no workbook in it"
        raise ValueError(message)
    return Extent(sum(one.cells for one in found), sum(one.shared for one in found))


def _streams(data: bytes) -> Iterator[bytes]:
    """The streams that hold a workbook."""
    (shift,) = struct.unpack_from("<H", data, 30)
    if shift not in {9, 12}:
        message = "its sectors have an odd size"
        raise ValueError(message)
    size = 1 << shift
    table = _table(data, size)
    directory = _chain(data, size, table, struct.unpack_from("<I", data, 48)[0])
    for at in range(0, len(directory) - 127, 128):
        (length,) = struct.unpack_from("<H", directory, at + 64)
        name = directory[at : at + min(64, max(0, length - 2))].decode("utf-16-le", "replace").lower()
        if name not in {"workbook", "book"}:
            continue
        start, bytes_ = struct.unpack_from("<II", directory, at + 116)
        if bytes_ < _LEAST_STREAM:
            message = "its workbook is shorter than any"
            raise ValueError(message)
        yield _chain(data, size, table, start)[:bytes_]


def _table(data: bytes, size: int) -> list[int]:
    """For each sector the one that follows it."""
    sectors = [it for it in struct.unpack_from(f"<{_HEAD_SECTORS}I", data, 76) if it <= _LAST_SECTOR]
    (more,) = struct.unpack_from("<I", data, 68)
    seen = 0
    while more <= _LAST_SECTOR and seen <= len(data) // size:
        part = struct.unpack_from(f"<{size // 4}I", data, (more + 1) * size)
        sectors += [it for it in part[:-1] if it <= _LAST_SECTOR]
        more, seen = part[-1], seen + 1
    if len(sectors) > len(data) // size:
        message = "its sectors go round in a circle"
        raise ValueError(message)
    table: list[int] = []
    for sector in sectors:
        table += struct.unpack_from(f"<{size // 4}I", data, (sector + 1) * size)
    return table


def _chain(data: bytes, size: int, table: list[int], start: int) -> bytes:
    """The bytes of a stream, sector after sector."""
    parts = []
    while start <= _LAST_SECTOR:
        parts.append(data[(start + 1) * size : (start + 2) * size])
        if len(parts) > len(table):
            message = "its sectors go round in a circle"
            raise ValueError(message)
        start = table[start]
    return b"".join(parts)


def _measured(stream: bytes) -> Extent:
    """The extent of all sheets of a stream of records."""
    at, cells, rows, columns, labels, texts, last = 0, 0, 0, 0, 0, 0, 0
    unpack = struct.Struct("<HH").unpack_from
    while at + 4 <= len(stream):
        kind, length = unpack(stream, at)
        if kind in _CELLS or kind in _ROWS_OF_CELLS:
            row, column = unpack(stream, at + 4)
            if kind in _ROWS_OF_CELLS:
                column = max(column, *unpack(stream, at + length))  # its last number is its last column
            rows, columns = max(rows, row + 1), max(columns, column + 1)
            labels += kind == _SHARED
        elif kind in _BEGINS:
            cells, rows, columns = cells + rows * columns, 0, 0
        elif kind == _DIMENSIONS:
            ends = struct.unpack_from("<IIHH" if length >= _WIDE else "<HHHH", stream, at + 4)
            cells += (ends[1] - ends[0] + 1) * (ends[3] - ends[2] + 1) if ends[1] > ends[0] else 0
        elif kind == _PASSWORD:
            message = "it has a password"
            raise ValueError(message)
        texts += length if kind == _TEXTS or (kind == _GOES_ON and last in {_TEXTS, _GOES_ON}) else 0
        last, at = kind, at + 4 + length
    return Extent(cells + rows * columns, labels * min(texts, _LONGEST))
