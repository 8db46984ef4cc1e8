from __future__ import annotations

import os
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from builder.diagnostics import Diagnostic
from builder.disk.reader import DISK, decode

if TYPE_CHECKING:
    from pathlib import Path


@given(st.binary())
def test_no_bytes_make_decoding_raise(raw: bytes) -> None:
    """Any bytes are text, or one problem of their encoding or of a merge."""
    text = decode("f", raw)
    assert isinstance(text, str) or text.code in {"encoding", "merge-conflict"}


@pytest.mark.parametrize("marks", [0, 1, 2])
def test_byte_order_marks_do_not_move_the_place_of_a_bad_byte(marks: int) -> None:
    """The byte that is reported is the bad one, at its own column."""
    problem = decode("f", b"\xef\xbb\xbf" * marks + "é: é\nü: ".encode() + b"\xff")
    assert isinstance(problem, Diagnostic)
    assert problem.message == "byte 0xff is not UTF-8"
    assert (problem.span.line, problem.span.column) == (2, 4)


def test_a_byte_order_mark_goes_and_windows_line_ends_stay() -> None:
    """UTF-8 with a byte order mark is read like any other, and CRLF is left to YAML."""
    assert decode("f", b"\xef\xbb\xbfa: 1\r\nb: 2\r\n") == "a: 1\r\nb: 2\r\n"


@pytest.mark.parametrize("pattern", ["", ".", "./", "**", "a/**", "**.yaml", "a**/b.yaml", "\0", "x" * 300])
def test_what_is_no_pattern_finds_nothing(tmp_path: Path, pattern: str) -> None:
    """On every release of Python the same patterns are none, and none of them raises."""
    (tmp_path / "a").mkdir()
    (tmp_path / "a" / "b.yaml").write_text("", "utf-8")
    assert DISK.matching(tmp_path, pattern) == []


def test_patterns_find_files_alone_by_name(tmp_path: Path) -> None:
    """Folders and pipes of a fitting name are left out; the rest comes in the order of names."""
    for name in ("b.yaml", "a.yaml"):
        (tmp_path / name).write_text("", "utf-8")
    (tmp_path / "c.yaml").mkdir()
    os.mkfifo(tmp_path / "d.yaml")
    assert DISK.matching(tmp_path, "*.yaml") == [str(tmp_path / "a.yaml"), str(tmp_path / "b.yaml")]
