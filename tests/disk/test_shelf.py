"""Entries of the user's cache folder."""

from __future__ import annotations

import os
import sys
from typing import TYPE_CHECKING

import pytest

from builder.disk import shelf as module
from builder.disk.shelf import Shelf

if TYPE_CHECKING:
    from pathlib import Path


@pytest.fixture
def shelf(tmp_path: Path) -> Shelf:
    """A shelf with an entry."""
    shelf = Shelf(tmp_path / "cache" / "banks")
    shelf.put({"a": b"one"}.items())
    return shelf


def test_what_was_put_there_is_there(shelf: Shelf) -> None:
    """The newest of a name; nobody but the user may read or write it."""
    assert shelf.get("a") == b"one"
    shelf.put({"a": b"two", "b": b""}.items())
    assert (shelf.get("a"), shelf.get("b"), shelf.get("c")) == (b"two", b"", None)
    assert sorted(os.listdir(shelf.folder)) == ["a", "b"]
    if sys.platform != "win32":
        assert (shelf.folder.stat().st_mode | (shelf.folder / "a").stat().st_mode) & 0o077 == 0


@pytest.mark.parametrize("data", [b"", b"one", bytes(32) + b"one"])
def test_a_damaged_entry_is_none(shelf: Shelf, data: bytes) -> None:
    """Torn by a power cut, or changed."""
    (shelf.folder / "a").write_bytes(data)
    assert shelf.get("a") is None


@pytest.mark.skipif(sys.platform == "win32", reason="permissions of POSIX")
@pytest.mark.parametrize("which", ["..", ".", "a"])
def test_an_entry_that_others_may_write_is_none(shelf: Shelf, which: str) -> None:
    """The entry, its folder, and the folder above, in which another one could be put in its place."""
    (shelf.folder / which).chmod(0o777)
    assert shelf.get("a") is None
    if which != "a":
        shelf.put({"b": b"two"}.items())
        assert not (shelf.folder / "b").exists()


def test_what_was_not_used_for_longest_goes_first(shelf: Shelf, monkeypatch: pytest.MonkeyPatch) -> None:
    """The shelf is bounded; and what an interrupted write has left goes after a day."""
    monkeypatch.setattr(module, "MOST", 100)
    os.utime(shelf.folder / "a", (1, 1))
    (shelf.folder / "x.1.part").write_bytes(b"")
    os.utime(shelf.folder / "x.1.part", (1, 1))
    shelf.put({"b": bytes(20)}.items())
    assert sorted(os.listdir(shelf.folder)) == ["a", "b"]
    assert shelf.get("a") == b"one"  # this is a use
    os.utime(shelf.folder / "b", (2, 2))
    shelf.put({"c": bytes(20)}.items())
    assert sorted(os.listdir(shelf.folder)) == ["a", "c"]


def test_where_nothing_can_be_put_nothing_is_said(tmp_path: Path) -> None:
    """A file stands in the way of the folder."""
    (tmp_path / "cache").write_bytes(b"")
    shelf = Shelf(tmp_path / "cache" / "banks")
    shelf.put({"a": b"one"}.items())
    assert shelf.get("a") is None
