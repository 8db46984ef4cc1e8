"""Which course a command works on where COURSE is not given, and that it says so."""

from __future__ import annotations

import os
import shutil
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from builder.cli import main
from builder.loading import course as loading
from tests import samples

GOOD = samples.HERE / "good" / "all-kinds.yaml"
BAD = samples.HERE / "bad" / "keys.yaml"


def run(*arguments: str) -> Result:
    """One call of the command line, in this process and in the folder that the test stands in."""
    return CliRunner().invoke(main, arguments, catch_exceptions=False)


@pytest.fixture
def mine(tmp_path: Path) -> Path:
    """A course of one's own with a folder in it, and one more in that."""
    folder = samples.course(tmp_path / "mine", GOOD)
    (folder / "notes" / "old").mkdir(parents=True)
    return folder


@pytest.fixture
def shipped(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A copy that takes the place of the shipped course, for the time of a test."""
    folder = shutil.copytree(loading.shipped(), tmp_path / "shipped")
    monkeypatch.setattr(loading, "shipped", lambda: folder)
    return folder


def contents(folder: Path) -> dict[str, bytes]:
    """Every file below a folder, by path."""
    return {str(path): path.read_bytes() for path in sorted(folder.rglob("*")) if path.is_file()}


@pytest.mark.parametrize("below", [".", "notes", "notes/old"])
def test_the_course_of_the_folder_or_of_one_above_is_taken(
    below: str, mine: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Inside a course, at any depth, `check` without COURSE checks that course and names it."""
    monkeypatch.chdir(mine / below)
    result = run("check", "--no-lint")
    assert result.exit_code == 0
    assert result.stderr == "sample: 21 items: no problem found\n"


def test_the_nearest_course_is_taken(mine: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Of two courses in one another, the inner one counts; its findings have paths from where one stands."""
    inner = samples.course(mine / "inner", BAD)
    (inner / "old").mkdir()
    monkeypatch.chdir(inner / "old")
    result = run("check", "--no-lint")
    assert result.exit_code == 1
    assert f"{Path('..', 'bank.yaml')}:2:1: error[unknown-key]" in result.stderr


def test_a_folder_of_that_name_is_no_course(mine: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A folder that is called course.yaml is passed over."""
    (mine / "notes" / "course.yaml").mkdir()
    monkeypatch.chdir(mine / "notes")
    assert run("check", "--no-lint").stderr.startswith("sample: ")


@pytest.mark.parametrize(
    ("arguments", "made"),
    [
        (["build", "--no-lint"], ["sample.apkg"]),
        (["preview"], ["preview.html"]),
        (
            ["page"],
            ["study-192.png", "study-512.png", "study.html", "study.svg", "study.webmanifest", "study.worker.js"],
        ),
        (["coverage", "--format", "html"], ["coverage.html"]),
        (
            ["quiz", "--items", "3", "--no-lint", "--format", "md"],
            ["key-A.md", "paper-A.md", "quiz.json"],
        ),
        (["plan"], None),
        (["history"], None),
        (["study", "--stats"], None),
    ],
)
def test_every_command_says_which_course_it_found(
    arguments: list[str], made: list[str] | None, mine: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Where no course was named, each command names the one that it works on; what it makes is of that one."""
    monkeypatch.chdir(mine / "notes")
    result = run(*arguments)
    assert result.exit_code == 0
    assert result.stderr.startswith("sample: 21 items: no problem found\n")
    assert (sorted(os.listdir("dist")) if made else None) == made


def test_a_course_that_was_named_is_not_told_of_again(mine: Path, tmp_path: Path) -> None:
    """With COURSE and nothing to report, stderr stays empty."""
    assert run("build", str(mine), "--no-lint", "-o", str(tmp_path / "out")).stderr == ""


def test_a_build_that_has_nothing_to_do_names_the_course_again(mine: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """What was kept of one course is not taken for another that appears where one stands."""
    inner = samples.course(mine / "inner", GOOD)
    (inner / "course.yaml").write_text((mine / "course.yaml").read_text("utf-8").replace("sample", "inner"), "utf-8")
    monkeypatch.chdir(inner)
    twice = run("build", "--no-lint"), run("build", "--no-lint")
    (inner / "course.yaml").unlink()
    outer = run("build", "--no-lint")
    assert [result.stderr for result in (*twice, outer)] == [
        "inner: 21 items: no problem found\n",
        "inner: 21 items: no problem found\n",
        "sample: 21 items: no problem found\n",
    ]


def test_elsewhere_the_shipped_course_is_taken_and_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Outside of any course, the line says that the course is the one that comes with her-study."""
    monkeypatch.chdir(tmp_path)
    course = loading.load(loading.shipped()).course
    assert course
    said = f"her, which comes with her-study: {len(course.items)} items: no problem found\n"
    assert run("check", "--no-lint").stderr == said


def test_a_folder_that_is_gone_holds_no_course(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Where the folder that one stands in was deleted, the shipped course is taken."""

    def gone() -> Path:
        raise FileNotFoundError

    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr(Path, "cwd", gone)
    assert run("check", "--no-lint").stderr.startswith("her, which comes with her-study: ")


def test_a_course_without_a_sound_head_is_named_by_its_folder(mine: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Where course.yaml does not say the course's id, its folder stands in the summary."""
    (mine / "course.yaml").write_text("title: x\n", "utf-8")
    monkeypatch.chdir(mine / "notes")
    result = run("check", "--no-lint")
    assert result.exit_code == 1
    assert result.stderr.splitlines()[-1].startswith("..: ")


@pytest.mark.parametrize(
    ("arguments", "what"),
    [
        (["release", "99.0.0", "--no-lint"], "release"),
        (["quiz", "--record", "--no-lint", "--format", "md"], "--record"),
        (["check", "--fix", "--no-lint"], "--fix"),
    ],
)
def test_the_shipped_course_is_written_to_only_where_it_is_named(
    arguments: list[str], what: str, shipped: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Outside of any course, what writes into a course is refused in one line; with COURSE it does as it is told."""
    elsewhere = tmp_path / "elsewhere"
    elsewhere.mkdir()
    monkeypatch.chdir(elsewhere)
    before = contents(shipped)
    refused = run(*arguments)
    assert refused.exit_code == 2
    assert refused.stderr == (
        f"her-study: {what} writes into the course's folder, and there is no course.yaml here or in a folder above; "
        "name the folder of a course\n"
    )
    assert contents(shipped) == before
    assert os.listdir(elsewhere) == []
    assert "writes into" not in run(*arguments, str(shipped)).stderr
