from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from builder.diagnostics import At, Diagnostic, Finding
from builder.disk.buffers import Buffers
from builder.disk.folder import Folder
from builder.disk.reader import DISK, MAX_BYTES
from tests.pictures import png

if TYPE_CHECKING:
    from pathlib import Path

AT = At("course.yaml", ("banks",))


def code_of(found: object) -> str:
    """The code of what is wrong."""
    assert isinstance(found, Finding | Diagnostic)
    return found.code


def test_a_file_past_the_limit_is_refused_by_its_size(tmp_path: Path) -> None:
    """On the disk it is not read, and the trace knows nothing of it."""
    path = tmp_path / "a.yaml"
    with path.open("wb") as file:
        file.truncate(MAX_BYTES + 1)
    folder = Folder(tmp_path, DISK)
    assert code_of(folder.text(str(path))) == "too-large"
    assert folder.trace.files == {}


def test_a_buffer_past_the_limit_is_refused_too(tmp_path: Path) -> None:
    """A file can't be opened that could not be saved and read again."""
    path = str(tmp_path / "a.yaml")
    assert code_of(Folder(tmp_path, Buffers({path: "x" * (MAX_BYTES + 1)})).text(path)) == "too-large"


@pytest.mark.parametrize("name", ["../a.yaml", "/a.yaml", "C:a.yaml", "a\\b.yaml", "link.yaml"])
def test_no_buffer_lies_outside_the_folder(tmp_path: Path, name: str) -> None:
    """A name that leads out is refused, whether the file is on the disk or open; so is a link that leads out."""
    root = tmp_path / "course"
    root.mkdir()
    (root / "link.yaml").symlink_to(tmp_path / "a.yaml")
    folder = Folder(root, Buffers({str(tmp_path / "a.yaml"): "", str(root / "link.yaml"): ""}))
    assert code_of(folder.named(name, AT)) == "outside-course"
    _, (finding,) = folder.matching([name], AT)
    assert finding.code in {"outside-course", "no-such-file"}


def test_a_name_that_is_none_names_nothing(tmp_path: Path) -> None:
    """What is missing in course.yaml is no mistake of the folder's."""
    folder = Folder(tmp_path, DISK)
    nothing: list[object] = [None, "", [], {}]
    assert [folder.named(name, AT) for name in nothing] == [None] * 4
    assert folder.matching(None, AT) == ([], [])


def test_a_picture_is_taken_once_its_head_is_right(tmp_path: Path) -> None:
    """Its bytes come back, and are noted in the trace."""
    (tmp_path / "a.png").write_bytes(png())
    folder = Folder(tmp_path, DISK)
    assert folder.media("a.png") == png()
    assert list(folder.trace.files) == [str(tmp_path / "a.png")]
    assert folder.media("b.png") == "does not exist; did you mean 'a.png'?"


def test_a_picture_that_is_not_there_is_told_with_the_one_that_was_meant(tmp_path: Path) -> None:
    """The nearest name in its folder, whatever its case, is asked for; a course with another picture is looked at anew."""
    (tmp_path / "pictures").mkdir()
    (tmp_path / "pictures" / "Energy-profile.PNG").write_bytes(png())
    (tmp_path / "notes.txt").write_text("no picture", "utf-8")
    folder = Folder(tmp_path, DISK)
    for name in ("energy-profile.png", "Energyprofile.PNG"):
        assert folder.media(f"pictures/{name}") == "does not exist; did you mean 'pictures/Energy-profile.PNG'?"
    assert (
        folder.media("x.png") == folder.media("none/x.png") == "does not exist; correct the name, or put the file there"
    )
    assert folder.media("pictures\\x.png") == "is named with a backslash; write 'pictures/x.png'"
    assert folder.media("..\\x.png") == "leads out of the course's folder"
    assert folder.trace.still_holds()
    (tmp_path / "pictures" / "x.png").write_bytes(png())
    assert not folder.trace.still_holds()
