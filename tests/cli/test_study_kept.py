"""The cards of a course, kept from one start of `her-study study` to the next."""

from __future__ import annotations

import subprocess
import sys
from typing import TYPE_CHECKING

import click
import pytest

from builder.cli import _kept
from builder.cli._deck import deck
from builder.cli.study import command
from builder.loading.course import load
from builder.study.making import made
from builder.study.sheets import written
from tests import samples
from tests.cli.test_commands import GOOD, run

if TYPE_CHECKING:
    from pathlib import Path

SECOND = """
import sys
from builder.cli import main
try: main(["study", sys.argv[1], "--forecast"])
except SystemExit: pass
import builder.cli._studying
print(*sys.modules)
"""


@pytest.fixture
def cache(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An empty cache, and no progress; where cards are kept."""
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path / "data"))
    return tmp_path / "cache" / "her-study" / "banks"


def started(folder: Path) -> bytes:
    """The deck of a start, as bytes."""
    with click.Context(command):
        return written(deck(folder))


@pytest.mark.parametrize("path", sorted((samples.HERE / "good").glob("*.yaml")), ids=lambda path: path.stem)
def test_a_second_start_has_the_cards_of_a_fresh_one(
    path: Path, tmp_path: Path, cache: Path, loads: list[object]
) -> None:
    """Of every sample course: the cards of the course as it is read anew, and it is not read."""
    folder = samples.course(tmp_path / "course", path)
    first = started(folder)
    assert (started(folder), len(loads)) == (first, 1)
    course = load(folder).course
    assert course
    assert first == written(made(course))
    assert len(list(cache.iterdir())) == 1


def test_a_second_start_loads_neither_models_nor_yaml(tmp_path: Path, cache: Path) -> None:
    """What shows the first card knows them no more than what shows the help."""
    folder = samples.course(tmp_path / "course", GOOD)
    assert run("study", folder, "--forecast").exit_code == 0
    done = subprocess.run([sys.executable, "-c", SECOND, str(folder)], capture_output=True, text=True, check=True)
    (*_, modules) = done.stdout.splitlines()
    assert not {"pydantic", "yaml", "builder.model", "builder.loading"} & set(modules.split())
    assert cache.exists()


def test_findings_are_shown_at_each_start(tmp_path: Path, cache: Path) -> None:
    """The second start says of the course what the first has said."""
    folder = samples.course(tmp_path / "course", GOOD)
    both = [run("study", folder, "--stats") for _ in range(2)]
    assert (both[0].stderr, both[0].stdout) == (both[1].stderr, both[1].stdout)
    assert cache.exists()


@pytest.mark.parametrize("trouble", ["edited", "other program", "torn", "empty", "of another shape"])
def test_what_is_no_longer_true_is_passed_over(
    trouble: str, tmp_path: Path, cache: Path, loads: list[object], monkeypatch: pytest.MonkeyPatch
) -> None:
    """The course is read again, and its cards are those of now."""
    folder = samples.course(tmp_path / "course", GOOD)
    first = started(folder)
    (entry,) = cache.iterdir()
    bank = folder / "bank.yaml"
    match trouble:
        case "edited":
            bank.write_text(bank.read_text("utf-8").replace("prompt: ", "prompt: Now ", 1), "utf-8")
        case "other program":
            monkeypatch.setattr(_kept, "_program", lambda: "another")
        case "torn":
            entry.write_bytes(entry.read_bytes()[:-1])
        case "empty":
            entry.write_bytes(b"")
        case _:
            _kept._shelf().put([(entry.name, b'{"asked": []}\n[]')])
    second = started(folder)
    assert len(loads) == 2
    assert (second == first) == (trouble != "edited")
