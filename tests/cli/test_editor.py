from __future__ import annotations

import os
import shutil
import stat
import sys
import time
from pathlib import Path

import pytest

from builder.cli import _editor
from builder.diagnostics import BuilderError

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="programs of Windows are no scripts with a first line")


@pytest.fixture
def programs(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder of made-up editors, each of which writes down its arguments, one a line."""
    folder = tmp_path / "bin"
    folder.mkdir()
    for name in ("code", "subl", "emacsclient", "vim", "own", "tool.cmd"):
        program = folder / name
        program.write_text(
            f'#!/bin/sh\nprintf "%s\\n" "$@" > "{tmp_path}/said.part"\nmv "{tmp_path}/said.part" "{tmp_path}/said"\n'
        )
        program.chmod(program.stat().st_mode | stat.S_IXUSR)
    monkeypatch.setenv("PATH", f"{folder}{os.pathsep}{os.environ['PATH']}")
    return folder


def said(folder: Path) -> list[str]:
    """The arguments of the editor that was started."""
    file = folder.parent / "said"
    for _ in range(200):
        if file.exists():
            return file.read_text("utf-8").splitlines()
        time.sleep(0.05)
    pytest.fail("no editor was started")


@pytest.mark.parametrize(
    ("given", "environment", "expected"),
    [
        ("code -g {file}:{line}", {}, ["code", "-g", "{file}:{line}"]),
        ("own '--at={line}' \"{file}\"", {}, ["own", "--at={line}", "{file}"]),
        ("code --wait", {}, ["code", "--wait", "-g", "{file}:{line}:{column}"]),
        (None, {"EDITOR": "vim", "VISUAL": "code"}, ["code", "-g", "{file}:{line}:{column}"]),
        (None, {"EDITOR": "emacsclient"}, ["emacsclient", "-n", "+{line}:{column}", "{file}"]),
        (None, {"EDITOR": "vim"}, []),
        (None, {"EDITOR": "zed"}, []),  # is not installed
        (None, {"VISUAL": "'", "EDITOR": "subl"}, ["subl", "{file}:{line}:{column}"]),
        (None, {}, []),
    ],
)
def test_the_editor_is_found(
    programs: Path, given: str | None, environment: dict[str, str], expected: list[str]
) -> None:
    """An option says what it says; of the environment, an editor with a window of its own gets what it takes."""
    if shutil.which("zed") is None or "zed" not in environment.values():
        assert _editor.editor(given, environment) == expected
    assert programs.is_dir()


@pytest.mark.parametrize(
    ("given", "why"),
    [
        ("", "is empty"),
        ("own 'x", "No closing quotation"),
        ("own", "say where the file stands"),
        ("{file}", "say where the file stands"),
        ("no-such-editor {file}", "there is no program"),
    ],
)
def test_what_is_no_editor_is_refused(programs: Path, given: str, why: str) -> None:
    """Each wrong command is one line that says what is missing."""
    assert programs.is_dir()
    with pytest.raises(BuilderError, match=why):
        _editor.editor(given, {})


def test_a_name_is_one_argument_and_no_shell_reads_it(programs: Path, tmp_path: Path) -> None:
    """Spaces, quotes, semicolons, dollars and braces of a file's name reach the editor as they are."""
    name = "a b; touch $(x) `y` '{line}' \"&.yaml"
    _editor.opener(_editor.editor("own -g {file}:{line} {column}", {}))(str(tmp_path / name), 12, 3)
    assert said(programs) == ["-g", f"{tmp_path / name}:12", "3"]


def test_scripts_of_windows_get_no_signs_of_its_shell(programs: Path) -> None:
    """A `.cmd` file, which cmd.exe would run, is not given a name with signs that end an argument there."""
    opens = _editor.opener(_editor.editor("tool.cmd {file}", {}))
    with pytest.raises(BuilderError, match="may take signs"):
        opens("a&calc.yaml", 1, 1)
    opens("plain.yaml", 1, 1)
    assert said(programs) == [str(Path("plain.yaml").absolute())]


def test_an_editor_that_has_gone_is_told(programs: Path) -> None:
    """An editor that is no longer there, or that can't be run, is one line."""
    opens = _editor.opener(_editor.editor("own {file}", {}))
    (programs / "own").unlink()
    with pytest.raises(BuilderError, match="no program 'own'"):
        opens("a.yaml", 1, 1)
