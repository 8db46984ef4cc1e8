from __future__ import annotations

import os
from pathlib import Path, PurePath

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from builder.disk.buffers import Buffers
from builder.disk.reader import DISK, is_file

BANK = "banks/one.yaml"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A folder with one saved file."""
    (tmp_path / "banks").mkdir()
    (tmp_path / BANK).write_text("saved", "utf-8")
    return tmp_path


def test_a_buffer_hides_the_file_on_the_disk(folder: Path) -> None:
    """Its text is read, its size counts; what is not open is read from the disk."""
    path, other = str(folder / BANK), folder / "banks" / "two.yaml"
    other.write_text("other", "utf-8")
    reader = Buffers({path: "héllo"})
    assert reader.read(path).decode() == "héllo"
    assert reader.status(path).size == 6
    assert reader.read(str(other)) == b"other"
    assert reader.status(str(other)) == DISK.status(str(other))


def test_a_buffer_needs_no_file(folder: Path) -> None:
    """What was never saved is there all the same, and what is nowhere is not."""
    path = str(folder / "new.yaml")
    reader = Buffers({path: ""})
    assert reader.is_there(path)
    assert is_file(reader, path)
    assert not reader.is_there(str(folder / "absent.yaml"))
    assert not is_file(reader, str(folder / "absent.yaml"))
    assert not is_file(reader, "\0")


def test_a_file_is_the_same_by_any_of_its_paths(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Relative or absolute, through a link or not: the buffer of the one is that of the other."""
    link = folder / "link.yaml"
    link.symlink_to(folder / BANK)
    monkeypatch.chdir(folder)
    for opened in (BANK, str(folder / BANK), str(link)):
        for asked in (BANK, str(folder / BANK), str(link)):
            assert Buffers({opened: "open"}).read(asked) == b"open"


@pytest.mark.parametrize(
    ("pattern", "names"),
    [
        ("banks/*.yaml", [BANK, "banks/two.yaml"]),
        ("**/*.yaml", ["a/b/c.yaml", BANK, "banks/two.yaml", "three.yaml"]),
        ("*.yaml", ["three.yaml"]),
        ("three.yaml", ["three.yaml"]),
        ("a/**/c.yaml", ["a/b/c.yaml"]),
        ("banks", []),
        ("**", []),
        ("**.yaml", []),
    ],
)
def test_unsaved_files_are_found_by_patterns(folder: Path, pattern: str, names: list[str]) -> None:
    """They come among the saved ones, by name; those outside the folder don't."""
    new = ["banks/two.yaml", "a/b/c.yaml", "three.yaml", "../four.yaml"]
    reader = Buffers({str(folder / name): "" for name in (*new, BANK)})
    assert reader.matching(folder, pattern) == [str(folder / name) for name in names]


NAMES = st.sampled_from(["a", "b", "ab", "a.yaml", "b.yaml", "ab.yaml"])
PATTERNS = st.lists(st.sampled_from(["a", "*", "?b", "*.yaml", "[ab].yaml", "a*"]), min_size=1, max_size=3)


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None, max_examples=100)
@given(st.lists(NAMES, min_size=1, max_size=4), PATTERNS, st.none() | st.integers(0, 2))
def test_a_pattern_finds_a_buffer_where_it_would_find_the_file(
    tmp_path_factory: pytest.TempPathFactory, names: list[str], parts: list[str], stars: int | None
) -> None:
    """Saving a new file changes nothing of what the patterns find."""
    pattern = "/".join(parts if stars is None else [*parts[:stars], "**", *(parts[stars:] or ["*"])])
    folder = tmp_path_factory.mktemp("course")
    path = folder / PurePath(*names)
    unsaved = Buffers({str(path): ""}).matching(folder, pattern)
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text("", "utf-8")
    assert unsaved == DISK.matching(folder, pattern)


def test_a_lone_surrogate_in_a_buffer_does_not_raise(tmp_path: Path) -> None:
    """An editor may hold text that is none; reading it as UTF-8 then says so."""
    path = os.path.join(tmp_path, "a.yaml")
    assert Buffers({path: "\ud800"}).read(path) == b"\xed\xa0\x80"
