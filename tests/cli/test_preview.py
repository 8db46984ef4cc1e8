from __future__ import annotations

import os
import signal
import subprocess
import sys
from typing import TYPE_CHECKING

import pytest
from click.testing import CliRunner

from builder.cli import main
from tests import samples
from tests.watching import saved, started

if TYPE_CHECKING:
    from pathlib import Path

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


@pytest.mark.skipif(sys.platform == "win32", reason="no process of Windows can send another one Ctrl-C alone")
def test_watch_writes_again_at_a_save(tmp_path: Path) -> None:
    """After a save the page holds the new text; a mistake is reported and the last page stays; Ctrl-C ends it cleanly."""
    course = samples.course(tmp_path / "course", GOOD)
    page = tmp_path / "out" / "preview.html"
    bank = course / "bank.yaml"
    text = bank.read_text("utf-8")
    pipes = {"stdout": subprocess.PIPE, "stderr": subprocess.PIPE}
    with started("preview", course, "-o", tmp_path / "out", "--watch", **pipes) as process:
        assert process.stdout
        assert process.stderr
        assert process.stdout.readline() == f"{page}\n"
        with saved(bank, text.replace("Intimacy", "Closeness")):
            process.stdout.readline()
        assert "Closeness" in page.read_text("utf-8")
        with saved(bank, text.replace("answer: Intimacy", "anser: Intimacy")):
            assert "error[unknown-key]" in process.stderr.readline()
        assert "Closeness" in page.read_text("utf-8")
        process.send_signal(signal.SIGINT)
        assert process.wait(10) == 0
