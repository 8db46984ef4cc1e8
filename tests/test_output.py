from __future__ import annotations

import io
import os
import stat
import sys
import zipfile
from typing import TYPE_CHECKING

import pytest

from builder import output
from builder.diagnostics import BuilderError

if TYPE_CHECKING:
    from pathlib import Path


def test_files_are_written_and_nothing_else(tmp_path: Path) -> None:
    """The folder is made, holds just the files, and everyone whom the umask allows may read them."""
    paths = output.write(tmp_path / "new" / "dist", {"a": b"1", "b": b"2"})
    assert [p.read_bytes() for p in paths] == [b"1", b"2"]
    assert sorted(os.listdir(tmp_path / "new" / "dist")) == ["a", "b"]
    if sys.platform != "win32":  # where a file has but a read-only flag
        umask = os.umask(0)
        os.umask(umask)
        assert stat.S_IMODE(paths[0].stat().st_mode) == 0o666 & ~umask


@pytest.mark.parametrize("failing", ["write", "fsync", "replace"])
def test_a_full_disk_leaves_the_old_files_whole(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, failing: str) -> None:
    """Wherever the system gives up before the first replacement, old files stay and no scrap is left."""
    output.write(tmp_path, {"a": b"old", "b": b"old"})

    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    if failing == "write":
        monkeypatch.setattr(os, "fdopen", full)
    else:
        monkeypatch.setattr(os, failing, full)
    with pytest.raises(BuilderError, match=r"nothing was written: No space left"):
        output.write(tmp_path, {"a": b"new", "b": b"new"})
    assert sorted(os.listdir(tmp_path)) == ["a", "b"]
    assert (tmp_path / "a").read_bytes() == b"old"


def test_a_file_in_the_place_of_the_folder_is_one_clear_line(tmp_path: Path) -> None:
    """A file where the folder should be is refused with the reason."""
    (tmp_path / "dist").write_bytes(b"a file")
    with pytest.raises(BuilderError, match="File exists"):
        output.write(tmp_path / "dist", {"a": b"1"})


def test_zip_bytes_do_not_depend_on_order_or_time() -> None:
    """The same files give the same archive, deflated, with fixed times."""
    one = output.zipped({"a": b"x" * 1000, "b": b"y"})
    assert one == output.zipped({"b": b"y", "a": b"x" * 1000})
    with zipfile.ZipFile(io.BytesIO(one)) as archive:
        assert archive.namelist() == ["a", "b"]
        assert archive.read("a") == b"x" * 1000
        assert {info.date_time for info in archive.infolist()} == {(1980, 1, 1, 0, 0, 0)}
        assert archive.getinfo("a").compress_size < 100
