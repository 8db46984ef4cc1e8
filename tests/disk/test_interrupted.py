from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from builder.diagnostics import BuilderError
from builder.disk import journal, output
from tests import stops

SYNCED = ("fsync", "replace", "ftruncate")


def stopped(mode: str, folder: Path) -> list[dict[str, Any]]:
    """What `tests.stops` has to tell."""
    command = [sys.executable, "-m", "tests.stops", mode, str(folder)]
    done = subprocess.run(command, check=True, capture_output=True, text=True, cwd=Path(__file__).parent.parent.parent)
    return [json.loads(line) for line in done.stdout.splitlines()]


def of(which: str) -> dict[str, str]:
    """What a folder's state is when it holds this set and nothing else."""
    return dict.fromkeys(sorted(stops.SETS[which]), which)


def whole(seen: dict[str, str]) -> set[str]:
    """Which sets the files are of that others than her-study look at."""
    return set(seen.values()) - {"scrap"}


def test_kill_at_any_line_leaves_the_old_files_or_the_new(tmp_path: Path) -> None:
    """Each file is whole at any time; after the next load, or the next write, all are of one set, and no scrap is left."""
    found = stopped("killed", tmp_path)
    assert len(found) > 100
    for one in found:
        assert whole(one["seen"]) <= {"old", "new"}
        assert one["loaded"] in (of("old"), of("new"))
        assert one["rewritten"] == of("later")
    assert {len(whole(one["seen"])) for one in found} == {1, 2}  # it was also killed between two renames
    ends = [one["loaded"] == of("new") for one in found]
    assert ends == sorted(ends)  # old up to one line, new from there on
    assert [one["code"] for one in found] == [-signal.SIGKILL] * (len(found) - 1) + [0]


def test_kill_while_the_old_files_are_put_back(tmp_path: Path) -> None:
    """The run that undoes an interrupted write may be killed at any line itself."""
    found = stopped("killed_again", tmp_path)
    assert len(found) > 50
    assert all(whole(one["seen"]) == {"old", "new"} for one in found)
    assert all(one["loaded"] == of("old") for one in found)


def test_ctrl_c_at_any_line_is_told_what_was_written(tmp_path: Path) -> None:
    """No scrap is left, and either all files are new and were told, or all are old and none was."""
    found = stopped("pressed", tmp_path)
    assert len(found) > 100
    for one in found:
        assert one["seen"] == of("old" if one["code"] == 10 else "new")
    assert {one["code"] for one in found[:-1]} == {10, 10 + len(stops.NEW)}


@pytest.mark.parametrize("mode", ["failing", "failing_for_good"])
def test_a_disk_that_fills_up_at_any_call(tmp_path: Path, mode: str) -> None:
    """Whichever call of the system fails, and be it all from there on: an error means the old files, none the new."""
    found = stopped(mode, tmp_path)
    assert len(found) > 20
    for one in found:
        assert whole(one["seen"]) <= {"old", "new"}
        assert one["loaded"] == of("new" if one["code"] in {0, 4} else "old")
        if one["code"] == 2 and mode == "failing":
            assert one["seen"] == of("old")  # at once, not at the next run
    assert {one["code"] for one in found} >= {0, 2, 4}


def test_many_at_once_end_with_one_set(tmp_path: Path) -> None:
    """Four processes write eight files each into one folder, some of them are killed: the eight are of one process."""
    for one in stopped("racing", tmp_path):
        assert len(one["texts"]) == 8
        assert len(set(one["texts"].values())) == 1


def test_all_is_on_the_disk_before_the_first_rename(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """New bytes, journal and folder are synced before any rename, and the renames before the journal is emptied."""
    output.write(tmp_path, {"a": b"old", "b": b"old"})
    calls: list[str] = []

    def noting(name: str) -> Any:
        honest = getattr(os, name)

        def call(first: Any, *rest: Any) -> Any:
            what = os.readlink(f"/proc/self/fd/{first}") if isinstance(first, int) else first
            calls.append(f"{name} {Path(what).relative_to(tmp_path)}")
            return honest(first, *rest)

        return call

    for name in SYNCED:
        monkeypatch.setattr(os, name, noting(name))
    output.write(tmp_path, {"a": b"new", "b": b"new"})
    assert calls == [
        f"ftruncate {journal.NAME}",
        "fsync .her-study-0.new",
        "fsync .her-study-1.new",
        f"fsync {journal.NAME}",
        "fsync .",
        "replace .her-study-0.new",
        "replace .her-study-1.new",
        "fsync .",
        f"ftruncate {journal.NAME}",
        f"fsync {journal.NAME}",
    ]
    calls.clear()
    output.write(tmp_path, {"a": b"newer"})
    emptied = f"ftruncate {journal.NAME}"
    assert calls == [emptied, "fsync .her-study-0.new", "replace .her-study-0.new", "fsync .", emptied]


def test_a_journal_that_is_torn_names_nothing(tmp_path: Path) -> None:
    """Cut at any byte, as by a power cut, it is dropped: the first rename waits for all of it."""
    entries = [journal.Entry("a", True, 1, 1), journal.Entry("b", False, 2, 2)]  # noqa: FBT003
    text = json.dumps(entries).encode()
    for length in range(len(text)):
        (tmp_path / "a").write_bytes(b"a")
        (tmp_path / ".her-study-0.old").write_bytes(b"old")
        (tmp_path / journal.NAME).write_bytes(text[:length])
        output.settle(tmp_path)
        assert os.listdir(tmp_path) == ["a"]
        assert (tmp_path / "a").read_bytes() == b"a"


def test_what_was_changed_after_a_crash_is_not_put_back(tmp_path: Path) -> None:
    """An author who went on with a file after the crash keeps it, and deleted files stay deleted; the rest is put back."""
    code = "import pathlib,sys; from tests import stops; next(stops.killed_again(pathlib.Path(sys.argv[1])))"
    root = Path(__file__).parent.parent.parent
    subprocess.run([sys.executable, "-c", code, str(tmp_path)], check=True, cwd=root)
    folder = tmp_path / "half"
    assert (folder / journal.NAME).stat().st_size
    assert (folder / stops.LOCK).read_bytes() == stops.NEW[stops.LOCK]
    (folder / stops.TEXTS).write_bytes(b"edited since")
    output.settle(folder)
    assert (folder / stops.TEXTS).read_bytes() == b"edited since"
    assert (folder / stops.LOCK).read_bytes() == stops.OLD[stops.LOCK]
    assert journal.NAME not in os.listdir(folder)


@pytest.mark.parametrize(
    "text",
    [
        b"5",
        b"[5]",
        b"{}",
        b'["abcd"]',
        b"[" * 100_000,
        b'[["../outside", false, 1, 1]]',
        b'[["link/outside", false, TIME, 4]]',
        b'[["../outside", false, TIME, 4]]',
        b'[["ABOVE/outside", false, TIME, 4]]',
        b'[["..", false, TIME, 4]]',
        b'[["\\u0000", true, 1, 1], ["\\ud800", true, 1, 1], ["", true, 1, 1]]',
        b'[["a", 1, 1, 1]]',
        bytes(100),
        b"\xff" * 100,
    ],
)
def test_a_strangers_journal_reaches_nothing_outside(tmp_path: Path, text: bytes) -> None:
    """It may be in a course from anyone: whatever it says, files outside the folder stay, and it is gone afterwards."""
    outside = tmp_path / "outside"
    outside.write_bytes(b"mine")
    folder = tmp_path / "course"
    folder.mkdir()
    (folder / "link").symlink_to(tmp_path)
    (folder / ".her-study-0.old").write_bytes(b"evil")
    text = text.replace(b"TIME", str(outside.stat().st_mtime_ns).encode()).replace(b"ABOVE", os.fsencode(tmp_path))
    (folder / journal.NAME).write_bytes(text)
    output.settle(folder)
    assert outside.read_bytes() == b"mine"
    assert os.listdir(folder) == ["link"]


@pytest.mark.parametrize("kind", ["fifo", "link", "folder", "vast"])
def test_a_journal_that_is_no_file(tmp_path: Path, kind: str) -> None:
    """A pipe, a link or a folder of its name is refused in one line, without waiting or following; a vast file is dropped."""
    (tmp_path / "outside").write_bytes(b"mine")
    path = tmp_path / "course" / journal.NAME
    path.parent.mkdir()
    if kind == "vast":
        with path.open("wb") as file:
            file.truncate(1 << 40)
        output.settle(path.parent)
        assert not path.exists()
        return
    if kind == "fifo":
        os.mkfifo(path)
    elif kind == "link":
        path.symlink_to(tmp_path / "outside")
    else:
        path.mkdir()
    with pytest.raises(BuilderError, match=r"a write was interrupted.*delete \.her-study-journal"):
        output.settle(path.parent)
    with pytest.raises(BuilderError, match="nothing was written"):
        output.write(path.parent, {"a": b"1"})
    assert (tmp_path / "outside").read_bytes() == b"mine"
