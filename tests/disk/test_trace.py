from __future__ import annotations

import os
import shutil
from typing import TYPE_CHECKING

import pytest

from builder.loading.course import load
from tests import samples
from tests.pictures import png

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from builder.disk.trace import Trace

GOOD = samples.HERE / "good" / "all-kinds.yaml"


def bank(course: Path) -> Path:
    """The only bank of the course."""
    return course / "bank.yaml"


def trace_of(folder: Path) -> Trace:
    """What loading the course in `folder` asks of the disk."""
    return load(folder).trace


@pytest.fixture
def course(tmp_path: Path) -> Path:
    """A course with a picture, whose files are of one age."""
    folder = samples.course(tmp_path / "course", GOOD)
    text = bank(folder).read_text("utf-8")
    bank(folder).write_text(
        text.replace("kind: basic\n", "kind: basic\n    image: {file: a.png, alt: A}\n", 1), "utf-8"
    )
    (folder / "a.png").write_bytes(png())
    for path in folder.rglob("*"):
        os.utime(path, (10**9, 10**9))
    return folder


def test_every_file_of_a_course_is_in_its_trace(course: Path) -> None:
    """Banks, references and pictures alike: whatever lies there and is part of it."""
    read = {str(path) for path in course.rglob("*") if path.is_file()}
    assert str(course / "a.png") in read
    assert set(trace_of(course).files) == read


def test_trace_of_what_has_not_changed_still_holds(course: Path) -> None:
    """Reading again would give the same."""
    assert trace_of(course).still_holds()


def _same_size_same_time(course: Path) -> None:
    bank(course).write_bytes(bank(course).read_bytes().swapcase())
    os.utime(bank(course), (10**9, 10**9))


def _link_to_the_same(course: Path) -> None:
    shutil.move(bank(course), course.parent / "bank.yaml")
    bank(course).symlink_to(course.parent / "bank.yaml")


def _pipe(course: Path) -> None:
    bank(course).unlink()
    os.mkfifo(bank(course))


def _folder(course: Path) -> None:
    bank(course).unlink()
    bank(course).mkdir()


CHANGES: dict[str, Callable[[Path], object]] = {
    "edited": lambda course: bank(course).write_text(bank(course).read_text("utf-8") + "\n", "utf-8"),
    "edited to the same length, with the old time": _same_size_same_time,
    "with another picture": lambda course: (course / "a.png").write_bytes(png(2)),
    "touched": lambda course: os.utime(bank(course), (10**9, 10**9 + 1)),
    "deleted": lambda course: bank(course).unlink(),
    "a link to the same text elsewhere": _link_to_the_same,
    "a pipe": _pipe,
    "a folder": _folder,
    "released": lambda course: (course / "course.lock.yaml").write_text("lock: 1\n", "utf-8"),
    "with a history": lambda course: (course / "history.yaml").write_text("papers: []\n", "utf-8"),
}


@pytest.mark.parametrize("change", CHANGES.values(), ids=CHANGES.keys())
def test_trace_of_what_has_changed_holds_no_more(course: Path, change: Callable[[Path], object]) -> None:
    """Whatever the loader would see differently ends the trace."""
    trace = trace_of(course)
    change(course)
    assert not trace.still_holds()


def test_new_file_that_a_pattern_finds_ends_the_trace(course: Path) -> None:
    """`banks: [*.yaml]` takes in whatever appears there, and a file that no pattern finds changes nothing."""
    head = course / "course.yaml"
    head.write_text(head.read_text("utf-8").replace("bank.yaml", "bank*.yaml"), "utf-8")
    trace = trace_of(course)
    (course / "notes.yaml").write_text("mine\n", "utf-8")
    assert trace.still_holds()
    (course / "bank-2.yaml").write_text("bank: more\n", "utf-8")
    assert not trace.still_holds()


def test_picture_counts_for_the_newest_change(course: Path) -> None:
    """A note with another picture is another note: its stamp must be newer, or Anki leaves the old one."""
    os.utime(course / "a.png", (10**9, 10**9 + 500))
    assert trace_of(course).changed == 10**9 + 500
