from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
import time
from typing import TYPE_CHECKING

import pytest
from click.testing import CliRunner, Result

from builder.cli import main
from tests import samples

if TYPE_CHECKING:
    from pathlib import Path

GOOD = samples.HERE / "good" / "all-kinds.yaml"


def run(*arguments: str | Path) -> Result:
    """One call of the command line, in this process; the sample course is sound, and no more than that."""
    if arguments[0] in {"release", "build", "check"}:
        arguments = (*arguments, "--no-lint")
    return CliRunner().invoke(main, [str(a) for a in arguments], catch_exceptions=False)


@pytest.fixture
def course(tmp_path: Path) -> Path:
    """A course that is released as 1.0.0, of the first of January."""
    folder = samples.course(tmp_path / "course", GOOD)
    assert run("release", "1.0.0", folder, "--date", "2026-01-01").exit_code == 0
    return folder


def edit(course: Path, old: str, new: str) -> None:
    """Change the bank."""
    bank = course / "bank.yaml"
    assert old in bank.read_text("utf-8")
    bank.write_text(bank.read_text("utf-8").replace(old, new, 1), "utf-8")


def test_release_writes_lock_and_texts_and_prints_the_changelog(tmp_path: Path) -> None:
    """The two files appear beside course.yaml; stdout names them and gives the section to paste."""
    folder = samples.course(tmp_path / "course", GOOD)
    result = run("release", "1.0.0", folder, "--date", "2026-01-01")
    assert result.exit_code == 0
    assert result.stdout.splitlines()[:2] == [str(folder / "course.lock.yaml"), str(folder / "released.jsonl")]
    assert "## [1.0.0] - 2026-01-01" in result.stdout
    assert "time: '2026-01-01T00:00:00Z'" in (folder / "course.lock.yaml").read_text("utf-8")


def test_release_without_a_date_is_of_now(tmp_path: Path) -> None:
    """The clock gives the time, never one to come."""
    from builder.loading.course import load

    folder = samples.course(tmp_path / "course", GOOD)
    before = int(time.time())
    assert run("release", "0.1.0", folder).exit_code == 0
    lock = load(folder).lock
    assert lock
    assert before <= lock.time <= time.time()


@pytest.mark.parametrize(
    ("arguments", "reason"),
    [
        (["1.0.0"], "not later than 1.0.0"),
        (["1.1"], "write three numbers, as 1.0.0"),
        (["1.1.0", "--date", "2099-01-01"], "lies in the future"),
        (["1.1.0", "--date", "2025-12-31"], "Anki takes only what is newer"),
    ],
)
def test_a_wrong_call_is_one_line_and_writes_nothing(course: Path, arguments: list[str], reason: str) -> None:
    """A version or day that can't be is refused with exit code 2."""
    edit(course, "answer: Intimacy", "answer: Closeness")
    before = (course / "course.lock.yaml").read_bytes()
    result = run("release", *arguments, course)
    assert result.exit_code == 2
    assert reason in result.stderr.splitlines()[-1]
    assert (course / "course.lock.yaml").read_bytes() == before


def test_nothing_new_is_nothing_to_release(course: Path) -> None:
    """A release that would change nothing is refused."""
    result = run("release", "1.1.0", course)
    assert result.exit_code == 2
    assert "nothing has changed since release 1.0.0" in result.stderr


@pytest.mark.parametrize("command", [["release", "1.1.0"], ["build"], ["plan"], ["check"]])
def test_unsafe_changes_stop_every_command(course: Path, command: list[str], tmp_path: Path) -> None:
    """A deleted item is an error for author, builder and maintainer alike, `--no-lint` or not."""
    edit(course, "  - id: out-of-use\n", "  - id: renamed\n")
    before = (course / "course.lock.yaml").read_bytes()
    out = ["-o", str(tmp_path / "out")] if command == ["build"] else []
    result = run(*command, course, *out)
    assert result.exit_code == 1
    assert "error[" in result.stderr
    assert (course / "course.lock.yaml").read_bytes() == before
    assert not (tmp_path / "out").exists()


def test_plan_speaks_text_markdown_and_json(course: Path) -> None:
    """The same plan for people, changelog and programs; git's marks where there is no terminal."""
    edit(course, "answer: Intimacy", "answer: Closeness")
    assert "Answer: [-Intimacy-]{+Closeness+}" in run("plan", course).stdout
    assert "~~Intimacy~~**Closeness**" in run("plan", course, "--format", "markdown").stdout
    assert json.loads(run("plan", course, "--format", "json").stdout)["counts"]["edited"] == 1


def test_build_warns_of_what_is_not_released(course: Path, tmp_path: Path) -> None:
    """An unreleased edit builds, and stderr says so; after the release it is silent."""
    edit(course, "answer: Intimacy", "answer: Closeness")
    warned = run("build", course, "-o", tmp_path / "a")
    assert warned.exit_code == 0
    assert "warning: 1 change since release 1.0.0" in warned.stderr
    run("release", "1.1.0", course)
    assert "since release" not in run("build", course, "-o", tmp_path / "a").stderr


def test_a_released_course_builds_the_same_bytes_anywhere(course: Path, tmp_path: Path) -> None:
    """Another folder, other file times, another time zone, user, locale, and SOURCE_DATE_EPOCH change nothing."""
    edit(course, "answer: Intimacy", "answer: Closeness")
    assert run("release", "1.1.0", course, "--date", "2026-02-01").exit_code == 0
    packages = []
    for place, environment in {
        "here": {"TZ": "UTC"},
        "deep/elsewhere": {"TZ": "Asia/Kathmandu", "LC_ALL": "C", "HOME": "/nonexistent", "SOURCE_DATE_EPOCH": "1"},
    }.items():
        copy = tmp_path / place
        shutil.copytree(course, copy)
        out = tmp_path / f"{place}-out"
        command = [sys.executable, "-m", "builder", "build", "--no-lint", str(copy), "-o", str(out)]
        subprocess.run(command, check=True, capture_output=True, env=os.environ | environment)
        packages.append((out / "sample.apkg").read_bytes())
    assert packages[0] == packages[1]
