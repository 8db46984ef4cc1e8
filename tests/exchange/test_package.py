"""Members of packages are read as the standard library reads them."""

from __future__ import annotations

import io
import zipfile

import pytest
from hypothesis import given
from hypothesis import strategies as st

from builder.exchange._frame import BrokenSourceError
from builder.exchange._package import Package

_MEMBERS = {"a.xml": b"<a>" * 40, "b/\u00e9.xml": b"", "c.xml": b"<c/>"}


def packed(method: int = zipfile.ZIP_DEFLATED) -> bytes:
    """A package of three members."""
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", method) as archive:
        for name, data in _MEMBERS.items():
            archive.writestr(zipfile.ZipInfo(name), data, method)
    return made.getvalue()


def by_library(data: bytes) -> dict[str, bytes | None] | None:
    """What each member holds, None where it can't be read; None without an archive."""
    try:
        archive = zipfile.ZipFile(io.BytesIO(data))
    except Exception:  # noqa: BLE001 - whatever is wrong with it
        return None
    found: dict[str, bytes | None] = {}
    for name in archive.namelist():
        try:
            found[name] = archive.read(name)
        except Exception:  # noqa: BLE001 - whatever is wrong with it
            found[name] = None
    return found


def by_package(data: bytes) -> dict[str, bytes | None] | None:
    """The same of a package."""
    try:
        package = Package("a.zip", data)
    except BrokenSourceError:
        return None
    found: dict[str, bytes | None] = {}
    for name in package:
        try:
            found[name] = package.read(name)
        except BrokenSourceError:
            found[name] = None
    return found


@pytest.mark.parametrize("method", [zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED, zipfile.ZIP_BZIP2, zipfile.ZIP_LZMA])
@pytest.mark.parametrize("before", [b"", b"PK of another kind"])
def test_members_come_out_whole(method: int, before: bytes) -> None:
    """However they are packed, and whatever stands before the archive."""
    assert by_package(before + packed(method)) == _MEMBERS


@given(st.lists(st.tuples(st.integers(0, len(packed()) - 1), st.integers(0, 255)), min_size=1, max_size=3))
def test_a_damaged_package_reads_as_the_library_reads_it(changes: list[tuple[int, int]]) -> None:
    """Bytes that were changed are found out, or make no difference, just as with Python's own reader."""
    data = bytearray(packed())
    for place, value in changes:
        data[place] = value
    if data.startswith(b"PK"):
        expected = by_library(bytes(data))
        found = by_package(bytes(data))
        assert found == {name: expected[name] for name in found} if expected and found else not found
