from __future__ import annotations

import sqlite3
from typing import TYPE_CHECKING

import pytest

from builder.deck import apkg
from builder.diagnostics import BuilderError
from builder.loading.course import load
from tests import samples

if TYPE_CHECKING:
    from pathlib import Path


def test_full_disk_is_told_in_one_line(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A large database goes to the folder for temporary files: where that is full, the way out is named."""
    course = load(samples.course(tmp_path / "course", samples.HERE / "good" / "all-kinds.yaml")).course
    assert course
    connect = sqlite3.connect

    def small(path: str) -> sqlite3.Connection:
        database = connect(path)
        database.execute("PRAGMA max_page_count = 20")  # as much as a full disk takes
        return database

    monkeypatch.setattr(sqlite3, "connect", small)
    with pytest.raises(BuilderError, match=r"can't be put together: .* full; .* TMPDIR$"):
        apkg.files(course, 1_750_000_000)
