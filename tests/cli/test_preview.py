from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import urllib.request
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from click.testing import CliRunner

from builder.cli import main
from tests import samples
from tests.watching import saved, started

if TYPE_CHECKING:
    from collections.abc import Callable

GOOD = samples.HERE / "good" / "all-kinds.yaml"


def test_preview_writes_a_page_and_names_it(tmp_path: Path) -> None:
    """The page alone is written: nothing that only --watch needs."""
    course = samples.course(tmp_path / "course", GOOD)
    result = CliRunner().invoke(main, ["preview", str(course), "-o", str(tmp_path / "out")])
    assert result.exit_code == 0
    assert result.stdout == f"{tmp_path / 'out' / 'preview.html'}\n"
    assert os.listdir(tmp_path / "out") == ["preview.html"]


def test_preview_opens_the_browser(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """`--open` hands the page to the system's browser."""
    opened: list[str] = []
    monkeypatch.setattr("click.launch", opened.append)
    course = samples.course(tmp_path / "course", GOOD)
    CliRunner().invoke(main, ["preview", str(course), "-o", str(tmp_path / "out"), "--open"])
    assert opened == [str(tmp_path / "out" / "preview.html")]


def test_a_broken_course_has_no_preview(tmp_path: Path) -> None:
    """Errors are reported, and nothing is written."""
    course = samples.course(tmp_path / "course", samples.HERE / "bad" / "keys.yaml")
    result = CliRunner().invoke(main, ["preview", str(course), "-o", str(tmp_path / "out")])
    assert result.exit_code == 1
    assert "error[unknown-key]" in result.stderr
    assert not (tmp_path / "out").exists()


@pytest.mark.parametrize(
    ("options", "said"),
    [
        (["--editor", "x {file}"], "--editor is for the page of --watch"),
        (["--port", "4000"], "--port is for the page of --watch"),
        (["--watch", "-o", "out"], "--watch serves a page and writes nothing; leave out -o"),
        (["--watch", "--editor", "no-such-editor {file}"], "there is no program 'no-such-editor' here"),
    ],
)
def test_options_that_can_not_be_met_are_one_line(tmp_path: Path, options: list[str], said: str) -> None:
    """What only the page of --watch has is refused without it, and nothing is written or served."""
    course = samples.course(tmp_path / "course", GOOD)
    result = CliRunner().invoke(main, ["preview", str(course), *options])
    assert result.exit_code == 2
    assert said in result.stderr
    assert result.stderr.count("\n") == 1


@pytest.mark.skipif(sys.platform == "win32", reason="no process of Windows can send another one Ctrl-C alone")
def test_watch_serves_until_ctrl_c(tmp_path: Path) -> None:
    """A course with a mistake is served as well; its address answers, a save is counted anew, and Ctrl-C ends it cleanly."""
    course = samples.course(tmp_path / "course", GOOD)
    bank = course / "bank.yaml"
    text = bank.read_text("utf-8")
    bank.write_text(text.replace("answer: Intimacy", "anser: Intimacy"), "utf-8")
    pipes = {"stdout": subprocess.PIPE, "stderr": subprocess.STDOUT}
    with started("preview", course, "--no-lint", "--watch", **pipes) as process:
        assert process.stdout
        address = process.stdout.readline().strip()
        with urllib.request.urlopen(f"{address}state", timeout=20) as answer:  # noqa: S310 - it is our own
            assert json.load(answer)["errors"] == 1
        assert "for you alone" in process.stdout.readline()
        with saved(bank, text):
            assert process.stdout.readline() == "sample: 21 items: no problem found\n"
        process.send_signal(signal.SIGINT)
        assert process.wait(10) == 0
        assert os.listdir(course.parent) == ["course"]


def test_the_browser_is_given_no_address(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """--open hands the browser a file that only this user can read and that leads to the page; it is gone in the end."""
    seen: list[tuple[str, str, int]] = []

    def launch(path: str) -> None:
        seen.append((path, Path(path).read_text("utf-8"), os.stat(path).st_mode & 0o077))

    def once(_: object, look: Callable[[], object]) -> None:
        look()

    monkeypatch.setattr("click.launch", launch)
    monkeypatch.setattr("builder.cli._watch.watched", once)
    course = samples.course(tmp_path / "course", GOOD)
    address = CliRunner().invoke(main, ["preview", str(course), "--no-lint", "--watch", "--open"]).stdout.strip()
    ((path, text, others),) = seen
    assert f"url={address}" in text
    assert others == 0
    assert not os.path.exists(path)
