"""Courses from strangers, every file of which may be made to do harm."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
import tarfile
import zlib
from typing import TYPE_CHECKING

import pytest

from builder.loading.course import load
from builder.source.nodes import dump
from tests import samples
from tests.pictures import png
from tests.whole.test_hostile import HEAD, ITEM, MEBIBYTE, bounded, course_with, report
from tests.whole.test_strangers_text import said, spoilt_course

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

GOOD = samples.HERE / "good" / "all-kinds.yaml"
FORMS = ("text", "json", "github", "sarif")


def out_of(course: Path, name: str, target: str | Path) -> None:
    """Put a link in the place of a file of the course."""
    (course / name).unlink(missing_ok=True)
    os.symlink(target, course / name)


@pytest.mark.parametrize("name", ["course.yaml", "bank.yaml", "course.lock.yaml", "history.yaml", "usage.jsonl"])
@pytest.mark.parametrize("target", ["/etc/passwd", "../outside.yaml"])
def test_a_link_out_of_the_course_is_not_followed(tmp_path: Path, name: str, target: str) -> None:
    """In the place of any file that is looked for it is an error; nothing of what it leads to is shown."""
    course = course_with(tmp_path / "course", HEAD + ITEM)
    (tmp_path / "outside.yaml").write_text("secret: x\n", "utf-8")
    out_of(course, name, target)
    said = report(course)
    assert f"{name}:1:1: error[outside-course]" in said or "course.yaml:3:9: error[outside-course]" in said
    assert "secret" not in said
    assert "root:" not in said


@pytest.mark.parametrize("key", ["references", "outline", "specification", "lint: {traps", "lint: {shingles"])
@pytest.mark.parametrize(
    "name", ["../outside.yaml", "/etc/passwd", "link.yaml", "sub/../../outside.yaml", "C:\\x.yaml"]
)
def test_files_that_a_course_names_are_below_it(tmp_path: Path, key: str, name: str) -> None:
    """References, outline, specification, traps and hashes are read from the course's folder alone."""
    course = course_with(tmp_path / "course", HEAD + ITEM)
    (tmp_path / "outside.yaml").write_text("secret: x\n", "utf-8")
    os.symlink("../outside.yaml", course / "link.yaml")
    head = course / "course.yaml"
    head.write_text(head.read_text("utf-8") + f"{key}: '{name}'{'}' * ('{' in key)}\n", "utf-8")
    said = report(course)
    assert "course.yaml:5:" in said
    assert "error[outside-course]" in said
    assert "secret" not in said


@pytest.mark.parametrize("name", ["../*.yaml", "/etc/*", "link.yaml", "sub/../../*.yaml"])
def test_blueprints_are_below_the_course(tmp_path: Path, name: str) -> None:
    """Patterns for blueprints lead no further than those for banks."""
    course = course_with(tmp_path / "course", HEAD + ITEM)
    (tmp_path / "outside.yaml").write_text("secret: x\n", "utf-8")
    os.symlink("../outside.yaml", course / "link.yaml")
    head = course / "course.yaml"
    head.write_text(head.read_text("utf-8") + f"blueprints: ['{name}']\n", "utf-8")
    assert "error[outside-course]" in report(course)


@pytest.mark.parametrize(
    "name", ["course.lock.yaml", "history.yaml", "usage.jsonl", "references.yaml", "released.jsonl", "course.yaml"]
)
def test_a_pipe_is_not_waited_for(tmp_path: Path, name: str) -> None:
    """A named pipe in the place of a file would never end; it is an error, or no file at all."""
    course = course_with(tmp_path / "course", HEAD + ITEM.replace(b"answer: a", b"answer: a, oops: b"))
    with (course / "course.yaml").open("a", encoding="utf-8") as head:
        head.write("references: references.yaml\n")
    (course / name).unlink(missing_ok=True)
    os.mkfifo(course / name)
    call = [sys.executable, "-m", "builder", "plan", str(course)]
    done = subprocess.run(call, check=False, capture_output=True, text=True, timeout=60, preexec_fn=bounded)
    assert done.returncode == (2 if name == "course.yaml" else 1)
    assert "Traceback" not in done.stderr


@pytest.mark.parametrize(
    "patterns",
    [
        ["**.yaml"],
        ["."],
        ["./"],
        ["a/"],
        ["a/" * 3000 + "b.yaml"],
        ["x" * 5000],
        ["**/" * 12 + "*.yaml"],
        ["*/" * 12 + "*.yaml"],
        ["[" * 1000],
        ["x*.yaml"] * 99_000,
    ],
    ids=["joined", "dot", "here", "slash", "folders", "long", "stars", "star", "brackets", "many"],
)
def test_patterns_for_files_end_soon(tmp_path: Path, patterns: list[str]) -> None:
    """However a pattern is written, and in however deep a folder: it is an error at its place, within the bounds."""
    course = course_with(tmp_path / "course", HEAD + ITEM)
    deep = course
    for _ in range(14):
        deep /= "d"
        deep.mkdir()
    head = course / "course.yaml"
    head.write_text(head.read_text("utf-8").replace("[bank.yaml]", json.dumps(patterns)), "utf-8")
    said = report(course)
    assert "course.yaml:3:" in said
    assert "error[no-such-file]" in said


def test_names_longer_than_any_file_has(tmp_path: Path) -> None:
    """The system's refusal of such a name is a diagnostic, for files and for pictures."""
    long = "x" * 5000
    course = course_with(tmp_path / "a", HEAD + ITEM.replace(b"}", f", image: {{file: {long}.png, alt: x}}}}".encode()))
    assert "bank.yaml:4:" in report(course)
    head = course / "course.yaml"
    head.write_text(head.read_text("utf-8") + f"references: {long}\n", "utf-8")
    assert "course.yaml:5:13: error[no-such-file]" in report(course)


def test_an_expression_made_never_to_end_ends(tmp_path: Path) -> None:
    """A trap's pattern is searched in time linear to the text (RE2); what RE2 can't do is an error at its place."""
    text = b"a" * 50_000 + b"!"
    course = course_with(tmp_path / "course", HEAD + ITEM.replace(b"prompt: p", b"prompt: " + text))
    head = course / "course.yaml"
    head.write_text(head.read_text("utf-8") + "lint: {traps: traps.yaml}\n", "utf-8")
    trap = {"id": "t", "trap": "x", "instead": "y"}
    patterns = ["(a+)+$", "(a|a)*$", "(.*a){20}$", "a*" * 30 + "b"]
    traps = [trap | {"id": f"t{i}", "pattern": pattern, "caveat": pattern} for i, pattern in enumerate(patterns)]
    (course / "traps.yaml").write_text(
        dump({"traps": [*traps, trap | {"pattern": "(?=a)"}, trap | {"pattern": "("}]}), "utf-8"
    )
    said = report(course)
    assert len(re.findall(r"traps\.yaml:\d+:\d+: error\[bad-pattern\] not a regular expression of RE2", said)) == 2


PICTURES: dict[str, Callable[[], bytes]] = {
    "a claim of four gigapixels": lambda: png()[:16] + b"\xff\xff\xff\xff" * 2 + png()[24:],
    "a claim of 65,535 by 65,535": lambda: png()[:16] + b"\0\0\xff\xff" * 2 + png()[24:],
    "a JPEG of 65,500 by 65,500": lambda: b"\xff\xd8\xff\xc0\x00\x11\x08\xff\xdc\xff\xdc\x03" + bytes(100),
    "a GIF of 65,535 by 65,535": lambda: b"GIF89a\xff\xff\xff\xff" + bytes(100),
    "a zip in disguise": lambda: b"PK\x03\x04" + zlib.compress(bytes(1 << 20)),
    "HTML in disguise": lambda: b"<html><script>alert(1)</script></html>",
}


@pytest.mark.parametrize("name", PICTURES)
def test_a_picture_that_would_burst_is_refused(tmp_path: Path, name: str) -> None:
    """By its head, before anything unpacks it, whatever its name ends in."""
    for end in ("png", "jpg", "gif", "webp"):
        bank = HEAD + ITEM.replace(b"}", f", image: {{file: a.{end}, alt: x}}}}".encode())
        course = course_with(tmp_path / end, bank)
        (course / f"a.{end}").write_bytes(PICTURES[name]())
        loaded = load(course)
        assert [d.code for d in loaded.diagnostics] == ["media"]
        assert loaded.course
        assert loaded.course.media == {}


def test_pictures_of_gigabytes_are_not_read(tmp_path: Path) -> None:
    """Neither one of a gigabyte, nor two hundred as large as one may be."""
    items = b"".join(
        b"  - {id: a%d, kind: basic, prompt: p, answer: a, image: {file: %d.png, alt: x}}\n" % (i, i)
        for i in range(200)
    )
    course = course_with(tmp_path / "course", HEAD + items)
    for i in range(200):
        with (course / f"{i}.png").open("wb") as file:
            file.write(png())
            file.truncate((1024 if i == 0 else 8) * MEBIBYTE)
    said = report(course)
    assert "'0.png' can't be used: it has 1073741824 bytes, more than the 8388608 allowed" in said
    assert "'1.png'" not in said
    assert "'199.png' can't be used: it is more than the course can have" in said


@pytest.mark.parametrize(
    ("one", "other"), [("a-l", "a-1"), ("a-o", "a-0"), ("modern", "modem"), ("a-b", "a.b"), ("a_b", "a-b")]
)
def test_ids_that_look_alike_are_flagged(tmp_path: Path, one: str, other: str) -> None:
    """An id that an eye takes for another's is a warning at its place; letters of other alphabets can't be in an id."""
    item = ITEM.decode()
    bank = HEAD.decode() + item.replace("id: a", f"id: {one}") + item.replace("id: a", f"id: {other}")
    (problem,) = load(course_with(tmp_path / "course", bank.encode())).diagnostics
    assert (problem.code, problem.span.line, str(problem.severity)) == ("confusable-id", 5, "warning")
    assert f"'{other}' looks like '{one}'" in problem.message


def test_a_course_unpacked_from_an_archive_writes_only_where_it_is_told(tmp_path: Path) -> None:
    """Reading a stranger's course changes no file: neither in it nor beside it, whatever it holds of her-study's own names."""
    course = spoilt_course(tmp_path / "course")
    (course / ".her-study-0.old").write_bytes(b"evil")
    with tarfile.open(tmp_path / "course.tar", "w") as archive:
        archive.add(course, "course")

    def contents() -> dict[str, bytes]:
        return {str(path): path.read_bytes() for path in tmp_path.rglob("*") if path.is_file()}

    before = contents()
    for command in ("check", "plan", "coverage", "history"):
        said(course, command, ".")
    assert contents() == before
