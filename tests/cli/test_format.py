from __future__ import annotations

import shutil
from typing import TYPE_CHECKING

import pytest
import yaml

from builder.checking import check
from builder.loading.course import shipped
from builder.model.items import KINDS
from builder.starting import new_course
from tests.cli.test_commands import run

if TYPE_CHECKING:
    from pathlib import Path

UNTIDY = "bank: b\ntitle: 'B'\nitems:\n- {id: a, kind: basic, prompt: p, answer: a} # kept\n"
TIDY = "bank: b\ntitle: B\nitems:\n  - {id: a, kind: basic, prompt: p, answer: a} # kept\n"


@pytest.fixture
def course(tmp_path: Path) -> Path:
    """A course of two banks, one of them untidy, and a translation with another."""
    folder = tmp_path / "course"
    for name, data in new_course("mine", "Mine", "en", ["basic"]).items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_bytes(data)
    (folder / "banks" / "second.yaml").write_bytes(b"\xef\xbb\xbf" + UNTIDY.encode())
    (folder / "es").mkdir()
    (folder / "es" / "course.yaml").write_text(
        "translates: ..\ncourse: mine-es\ntitle: M\nlanguage: es\nbanks: [second.yaml]\nanki: {deck: M}\n", "utf-8"
    )
    (folder / "es" / "second.yaml").write_text("items:\n- {id: a, prompt: q}\ntranslates: banks/second.yaml\n", "utf-8")
    run("format", folder / "banks" / "first.yaml")
    return folder


def test_banks_of_a_course_and_its_translations_are_laid_out(course: Path) -> None:
    """Only what differs is written; a byte order mark stays; the second run changes nothing."""
    first = (course / "banks" / "first.yaml").stat().st_mtime_ns
    told = run("format", course)
    assert (told.exit_code, told.stderr) == (0, "3 banks: 2 changed\n")
    assert (course / "banks" / "second.yaml").read_bytes() == b"\xef\xbb\xbf" + TIDY.encode()
    assert (course / "es" / "second.yaml").read_text("utf-8") == (
        "translates: banks/second.yaml\nitems:\n  - {id: a, prompt: q}\n"
    )
    assert (course / "banks" / "first.yaml").stat().st_mtime_ns == first
    assert run("format", course).stderr == "3 banks: none changed\n"


def test_a_bank_of_a_course_that_is_no_text_is_told_of(course: Path) -> None:
    """A merge that is not finished is no layout: the bank is named, and the exit code is 1; the others are laid out."""
    bank = course / "banks" / "first.yaml"
    half = "<<<<<<< HEAD\n" + bank.read_text("utf-8") + "=======\n>>>>>>> other\n"
    bank.write_text(half, "utf-8")
    told = run("format", course)
    assert told.exit_code == 1
    assert "merge-conflict" in told.stderr
    assert told.stderr.endswith("2 banks: 2 changed, 1 bank left as it is\n")
    assert bank.read_text("utf-8") == half


def test_a_new_course_is_in_its_layout(tmp_path: Path) -> None:
    """What `new` and `add` write needs no other layout, with each kind of item."""
    run("new", tmp_path / "new")
    for kind in KINDS:
        run("add", kind, tmp_path / "new")
    told = run("format", tmp_path / "new", "--diff")
    assert (told.exit_code, told.stdout) == (0, "")


def test_check_and_diff_write_nothing(course: Path) -> None:
    """--check names the banks, --diff shows the lines; both exit 1, and 0 once all is done."""
    bank = course / "banks" / "second.yaml"
    before = bank.read_bytes()
    told = run("format", bank, "--check")
    assert (told.exit_code, told.stdout, told.stderr) == (1, f"{bank}\n", "1 bank: 1 would change\n")
    diff = run("format", bank, "--diff")
    assert diff.exit_code == 1
    assert bank.read_bytes() == before
    assert "-title: 'B'\n+title: B\n" in diff.stdout
    run("format", bank)
    for option in ("--check", "--diff"):
        assert run("format", bank, option).exit_code == 0


def test_a_bank_that_can_t_be_kept_is_left_and_the_others_are_not(course: Path) -> None:
    """The place and the reason are told, the exit code is 1."""
    bank = course / "banks" / "first.yaml"
    odd = bank.read_text("utf-8").replace("items:", "items: # one\n  # two", 1).replace("title: ", "title: # x\n  ")
    bank.write_text(odd.replace("First bank", "First bank # y"), "utf-8")
    told = run("format", course)
    assert told.exit_code == 1
    assert f"{bank}:" in told.stderr
    assert "error[layout] two comments belong to one entry" in told.stderr
    assert told.stderr.endswith("3 banks: 2 changed, 1 bank left as it is\n")
    assert "# y" in bank.read_text("utf-8")


@pytest.mark.parametrize(
    ("name", "said"),
    [("gone.yaml", "can't be read"), ("course.yaml/x.yaml", "can't be read"), ("references.yaml", "no bank")],
)
def test_what_is_no_bank_is_said(course: Path, name: str, said: str) -> None:
    """A file that is not there is a wrong call, one of another sort a finding; never a traceback."""
    told = run("format", course / name)
    assert told.exit_code in {1, 2}
    assert said in told.stderr


def test_the_course_that_comes_along_is_not_written_by_chance(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Where no course was found, nothing is laid out but on demand."""
    monkeypatch.chdir(tmp_path)
    told = run("format")
    assert told.exit_code == 2
    assert "name the folder of a course" in told.stderr


def test_a_course_in_its_layout_says_and_finds_the_same(tmp_path: Path) -> None:
    """The shipped course has the layout; written with long lines and sorted keys, it gets it and says the same."""
    folder = tmp_path / "her"
    shutil.copytree(shipped(), folder)
    assert run("format", folder, "--check").exit_code == 0
    before = check(folder)
    for path in folder.rglob("*.yaml"):
        if "\nitems:\n" in (text := path.read_text("utf-8")) and "lock" not in path.name:
            path.write_text(yaml.safe_dump(yaml.safe_load(text), width=10**6), "utf-8")
    assert run("format", folder, "--check").exit_code == 1
    assert run("format", folder).exit_code == 0
    after = check(folder)
    assert before.course
    assert after.course
    assert after.course.items == before.course.items
    assert after.diagnostics == before.diagnostics == []
    assert run("format", folder, "--check").exit_code == 0
