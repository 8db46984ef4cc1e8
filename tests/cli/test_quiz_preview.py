"""`quiz --preview`: the pages of a paper in the browser, and no file of it."""

from __future__ import annotations

import os
from importlib.resources import files
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from click.testing import CliRunner

from builder.cli import main
from tests import samples

if TYPE_CHECKING:
    from click.testing import Result

GOOD = samples.HERE / "good" / "all-kinds.yaml"


@pytest.fixture
def opened(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> list[str]:
    """What the browser was asked to open; temporary files are made in a folder of the test's own."""
    made: list[str] = []
    monkeypatch.setattr("click.launch", made.append)
    (tmp_path / "temporary").mkdir()
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path / "temporary"))
    return made


def _asked(tmp_path: Path, *options: str) -> Result:
    course = samples.course(tmp_path / "course", GOOD)
    call = ["quiz", str(course), "--no-lint", "--items", "4", "-o", str(tmp_path / "out"), "--preview", *options]
    return CliRunner().invoke(main, call)


def test_preview_opens_one_private_page_and_writes_no_file(tmp_path: Path, opened: list[str]) -> None:
    """The output folder is not even made; the page is the user's own, for a key is on it."""
    result = _asked(tmp_path)
    assert result.exit_code == 0, result.output
    (page,) = (tmp_path / "temporary").iterdir()
    assert opened == [str(page)]
    assert result.stdout == f"{page}\n"
    assert page.read_text("utf-8").count("<img ") > 2
    assert os.name == "nt" or page.stat().st_mode & 0o077 == 0
    assert not (tmp_path / "out").exists()


def test_preview_speaks_the_words_that_the_course_brings(tmp_path: Path, opened: list[str]) -> None:
    """In a language that there is no table for, the files have the names that the course's own table gives them."""
    course = samples.course(tmp_path / "course", GOOD)
    table = (files("builder.wording") / "es.toml").read_text("utf-8")
    (course / "ca.toml").write_text(table.replace('paper = "', 'paper = "Catalan '), "utf-8")
    with (course / "course.yaml").open("a", encoding="utf-8") as head:
        head.write("language: ca\nwording: ca.toml\n")
    call = ["quiz", str(course), "--no-lint", "--items", "4", "-o", str(tmp_path / "out"), "--preview"]
    result = CliRunner().invoke(main, call)
    assert result.exit_code == 0, result.output
    (page,) = opened
    assert "<h2>Catalan " in Path(page).read_text("utf-8")


def test_preview_of_a_recorded_paper(tmp_path: Path, opened: list[str]) -> None:
    """With --from it shows the paper of a record."""
    course = samples.course(tmp_path / "course", GOOD)
    out = str(tmp_path / "out")
    CliRunner().invoke(main, ["quiz", str(course), "--no-lint", "--items", "3", "-o", out])
    before = sorted(os.listdir(out))
    result = CliRunner().invoke(
        main, ["quiz", str(course), "--no-lint", "--from", f"{out}/quiz.json", "-o", out, "--preview"]
    )
    assert result.exit_code == 0, result.output
    assert len(opened) == 1
    assert sorted(os.listdir(out)) == before


@pytest.mark.parametrize(
    ("options", "why"),
    [
        (["--record"], "--preview writes nothing; leave out --record"),
        (["--roster", "list.csv"], "--preview writes nothing; leave out --roster"),
        (["--format", "docx"], "--preview shows the pages of the PDF"),
    ],
)
def test_what_a_preview_can_not_do_is_refused(tmp_path: Path, opened: list[str], options: list[str], why: str) -> None:
    """Nothing is opened where an option asks for files, or for a format without pages."""
    result = _asked(tmp_path, *options)
    assert result.exit_code != 0
    assert why in str(result.stderr) + str(result.exception)
    assert opened == []
