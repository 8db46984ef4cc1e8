from __future__ import annotations

import os
import re
import shutil
import stat
import subprocess
import sys
from pathlib import Path

import pytest

from builder.cli import _rewriting
from builder.loading.course import shipped
from tests import samples
from tests.cli.test_commands import GOOD, run

BANK = """bank: {name}
title: B
items:
  - id: {name}-year   # for ever
    kind: mcq
    prompt: In which year did Masi et al publish?
    options: [{{right: "2011"}}, {{wrong: "2009"}}, {{wrong: "2018"}}]
    explanation: It’s so.
"""


def course(folder: Path) -> Path:
    """A course with faults in two banks, in two folders, and none in a third."""
    samples.course(folder, GOOD)
    text = (folder / "course.yaml").read_text("utf-8").replace("[bank.yaml]", "[bank.yaml, one/*.yaml, two/*.yaml]")
    (folder / "course.yaml").write_bytes(text.encode())
    for name in ("one", "two"):
        (folder / name).mkdir()
        (folder / name / "bank.yaml").write_bytes(BANK.format(name=name).encode())
    return folder


def contents(folder: Path) -> dict[Path, tuple[bytes, int]]:
    """Every file of a folder, its bytes and when it was changed."""
    return {path: (path.read_bytes(), path.stat().st_mtime_ns) for path in folder.rglob("*") if path.is_file()}


MENDED = (
    BANK.replace('{{right: "2011"}}, {{wrong: "2009"}}', '{{wrong: "2009"}}, {{right: "2011"}}')
    .replace("et al", "et al.")
    .replace("’", "'")
)


def test_fix_mends_the_banks_and_then_checks(tmp_path: Path) -> None:
    """Both banks are mended, stderr counts the fixes and goes on with the usual findings; nothing else is written."""
    folder = course(tmp_path / "c")
    before = contents(folder)
    result = run("check", folder, "--fix")
    assert result.stdout == ""
    assert result.stderr.startswith("fixed 6 faults in 2 files\n")
    assert "warning[C01]" in result.stderr
    assert result.exit_code == 0
    changed = {path for path, content in contents(folder).items() if before.get(path) != content}
    assert changed == {folder / "one" / "bank.yaml", folder / "two" / "bank.yaml"}
    assert {path.read_text("utf-8") for path in changed} == {MENDED.format(name="one"), MENDED.format(name="two")}


def test_fix_where_nothing_is_to_fix_writes_nothing(tmp_path: Path) -> None:
    """The second run says so, leaves every file as it is, and exits as `check` does."""
    folder = course(tmp_path / "c")
    run("check", folder, "--fix")
    before = contents(folder)
    result = run("check", folder, "--fix", "--no-lint")
    assert contents(folder) == before
    assert result.stderr.startswith("nothing to fix\n")
    assert result.exit_code == 0


def test_diff_shows_what_fix_would_do(tmp_path: Path) -> None:
    """A unified diff is on stdout, which `patch` applies to the same end as --fix; nothing changes, the exit code is 1."""
    folder, patched = course(tmp_path / "c"), course(tmp_path / "patched")
    for root in (folder, patched):
        (root / "two" / "bank.yaml").write_bytes(BANK.format(name="two").replace("\n", "\r\n").rstrip().encode())
    before = contents(folder)
    result = run("check", folder, "--diff")
    assert result.exit_code == 1
    assert result.stderr == "would fix 6 faults in 2 files\n"
    assert contents(folder) == before
    assert result.stdout.startswith(f"--- {folder / 'one' / 'bank.yaml'}\n+++ {folder / 'one' / 'bank.yaml'}\n@@ ")
    assert "\n-    explanation: It’s so.\n+" in result.stdout
    assert "\n+    explanation: It's so.\n" in result.stdout
    assert result.stdout.endswith("\n\\ No newline at end of file\n")
    patch = shutil.which("patch")
    if patch:
        text = result.stdout_bytes.replace(os.fsencode(f"{folder}{os.sep}"), b"")
        subprocess.run([patch, "-p0", "--binary"], input=text, cwd=patched, check=True, capture_output=True)
        run("check", folder, "--fix")
        for path, (data, _) in contents(folder).items():
            assert (patched / path.relative_to(folder)).read_bytes() == data


def test_diff_where_nothing_is_to_fix_checks(tmp_path: Path) -> None:
    """Then --diff is the usual check, with its findings and its exit code."""
    folder = samples.course(tmp_path / "c", GOOD)
    assert run("check", folder, "--diff", "--no-lint").stderr == "sample: 21 items: no problem found\n"
    result = run("check", folder, "--diff")
    assert (result.exit_code, result.stdout, result.stderr) == (0, "", run("check", folder).stderr)


@pytest.mark.parametrize(
    ("options", "expected"),
    [
        (["--select", "M13"], r"fixed 2 faults in 2 files"),
        (["--ignore", "M,C03"], r"fixed 2 faults in 2 files"),
        (["--no-lint"], r"fixed 2 faults in 2 files"),
        (["--select", "M13", "--no-lint"], "nothing to fix"),
    ],
)
def test_fixes_follow_the_choice_of_rules(options: list[str], expected: str, tmp_path: Path) -> None:
    """What is not checked is not fixed; with --select only the fixes of its rules are made."""
    assert re.match(expected, run("check", course(tmp_path / "c"), "--fix", *options).stderr)


@pytest.mark.parametrize(
    "options",
    [["--fix", "--diff"], ["--fix", "--format", "json"], ["--diff", "--format", "sarif"], ["--fix", "--watch"]],
)
def test_fix_and_diff_stand_alone(options: list[str], tmp_path: Path) -> None:
    """With each other, with --watch or with a format for programs they are a wrong call, and nothing is written."""
    folder = course(tmp_path / "c")
    before = contents(folder)
    result = run("check", folder, *options)
    assert result.exit_code == 2
    assert "--fix and --diff go with neither each other" in result.stderr
    assert contents(folder) == before


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no permissions of this kind to keep")
def test_the_rest_of_a_file_stays(tmp_path: Path) -> None:
    """A byte order mark, Windows line ends, a link and the permissions of a file survive its fix."""
    folder = course(tmp_path / "c")
    bank, real = folder / "one" / "bank.yaml", folder / "bank.txt"
    real.write_bytes(b"\xef\xbb\xbf" + BANK.format(name="one").replace("\n", "\r\n").encode())
    bank.unlink()
    bank.symlink_to(real)
    real.chmod(0o640)
    run("check", folder, "--fix")
    assert bank.is_symlink()
    assert real.read_bytes() == b"\xef\xbb\xbf" + MENDED.format(name="one").replace("\n", "\r\n").encode()
    assert stat.S_IMODE(real.stat().st_mode) == 0o640


def test_a_folder_that_is_not_writable_is_a_wrong_call(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """As where her-study is installed for all: one line, exit code 2, and no bank is fixed before the other fails."""
    folder = course(tmp_path / "c")
    before = contents(folder)
    monkeypatch.setattr("os.access", lambda path, _: Path(path).name != "two")
    result = run("check", folder, "--fix")
    assert result.exit_code == 2
    assert result.stderr == (
        f"her-study: {folder / 'two'}: not writable, so nothing was written; copy the course into a folder of your own\n"
    )
    assert contents(folder) == before


@pytest.mark.parametrize("meanwhile", [b"bank: new\n", None])
def test_a_file_that_changes_meanwhile_is_not_overwritten(
    meanwhile: bytes | None, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What an editor saved, or deleted, between reading and writing is not lost or made again."""
    folder = course(tmp_path / "c")
    bank = folder / "two" / "bank.yaml"
    honest = _rewriting._bytes

    def later(path: str, old: str, new: str) -> bytes:
        bank.unlink(missing_ok=True)
        if meanwhile is not None:
            bank.write_bytes(meanwhile)
        return honest(path, old, new)

    monkeypatch.setattr(_rewriting, "_bytes", later)
    result = run("check", folder, "--fix")
    assert result.exit_code == 2
    assert f"{bank}: changed or gone meanwhile" in result.stderr
    assert (folder / "one" / "bank.yaml").read_text("utf-8") == BANK.format(name="one")
    assert (bank.read_bytes() if bank.exists() else None) == meanwhile


def test_the_shipped_course_has_nothing_to_fix() -> None:
    """`check --diff` of the course that travels with the package is empty."""
    result = run("check", shipped(), "--diff")
    assert (result.exit_code, result.stdout) == (0, "")
