"""Courses from strangers: every file of one may be made to do harm, and every text of one to be taken for a command."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
import tarfile
import zlib
from html.parser import HTMLParser
from typing import TYPE_CHECKING, Any

import pytest

from builder import nodes
from builder.export import anki
from builder.loader import load
from builder.model.items import KINDS
from builder.nodes import dump
from tests import anki_collection, samples
from tests.pictures import png
from tests.test_hostile import HEAD, ITEM, MEBIBYTE, bounded, course_with, report

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

GOOD = samples.HERE / "good" / "all-kinds.yaml"
FORMS = ("text", "json", "github", "sarif")


def out_of(course: Path, name: str, target: str | Path) -> None:
    """Put a link in the place of a file of the course."""
    (course / name).unlink(missing_ok=True)
    os.symlink(target, course / name)


@pytest.mark.parametrize("name", ["course.yaml", "bank.yaml", "course.lock.yaml", "history.yaml"])
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
    "name", ["course.lock.yaml", "history.yaml", "references.yaml", "released.jsonl", "course.yaml"]
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
        ["a/"],
        ["x" * 5000],
        ["**/" * 12 + "*.yaml"],
        ["*/" * 12 + "*.yaml"],
        ["[" * 1000],
        ["x*.yaml"] * 99_000,
    ],
    ids=["joined", "dot", "slash", "long", "stars", "star", "brackets", "many"],
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
        assert [d.code for d in loaded.diagnostics] == ["image"]
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
    assert "'0.png' is not a readable picture" in said
    assert "'1.png'" not in said
    assert "'199.png' is not a readable picture" in said


EVIL = (
    "<script>alert(1)</script><img src=x onerror=alert(1)></div><!-- {{Front}} {{#Prompt}} [sound:x.mp3] [latex]x[/latex]"
    ' [[type:Answer]] [anki:tts lang=en]x[/anki:tts] #import "/etc/passwd" =cmd|x ##[error]x ::error::x %0A::error::x'
)
TEXTS = frozenset(
    "prompt answer accept explanation reverse_prompt reverse_answer right wrong why correction pairs distractors"
    " sequence point criterion levels reason alt title".split()
)


def spoilt(value: Any, *, is_text: bool = False) -> Any:
    """A bank's value with evil in every text of it."""
    if isinstance(value, dict):
        return {
            key: spoilt(
                inner, is_text=(key in TEXTS or is_text) and not (key == "answer" and inner in {"true", "false"})
            )
            for key, inner in value.items()
        }
    if isinstance(value, list):
        return [spoilt(inner, is_text=is_text) for inner in value]
    if not is_text:
        return value
    evil = EVIL.replace("{{", "").replace("}}", "") if "{{c1" in value else f"{EVIL} {{{{c9::x}}}}"
    return f"=1+1 {value} {evil}"


def spoilt_course(folder: Path) -> Path:
    """A course of every kind, whose texts are all evil."""
    course = samples.course(folder, GOOD)
    bank: Any = nodes.values("", GOOD.read_text("utf-8")).value
    for item in bank["items"]:
        item.pop("math", None)
    image = {"file": "a.png", "alt": "x"}
    bank["items"].append({"id": "pictured", "kind": "basic", "prompt": "p", "answer": "a", "image": image})
    (course / "a.png").write_bytes(png())
    (course / "bank.yaml").write_text(dump(spoilt(bank)), "utf-8")
    head = nodes.values("", (course / "course.yaml").read_text("utf-8")).value
    assert isinstance(head, dict)
    head["title"] = f"::stop-commands::x {EVIL}"
    (course / "course.yaml").write_text(dump(head), "utf-8")
    return course


class _Tags(HTMLParser):
    """What a browser would make of a card."""

    def __init__(self) -> None:
        super().__init__()
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.text = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))

    def handle_data(self, data: str) -> None:
        self.text += data


def test_no_text_acts_in_anki(tmp_path: Path) -> None:
    """HTML, scripts, templates, sounds and speech in every text of every kind are text on the cards that Anki itself renders."""
    loaded = load(spoilt_course(tmp_path / "course"))
    assert loaded.course
    assert {item.kind for item in loaded.course.items} == set(KINDS)
    collection = anki_collection.new(tmp_path)
    anki_collection.bring_in(collection, anki.files(loaded.course, 1_750_000_000)["sample.apkg"], tmp_path)
    database = collection.db
    assert database
    cards = [collection.get_card(number) for number in database.list("select id from cards")]
    assert len(cards) == sum(len(note.ordinals) for _, note in anki.rendered(loaded.course).rows)
    for card in cards:
        assert card.question_av_tags() == card.answer_av_tags() == []
        for field in card.note().fields:
            found = _Tags()
            found.feed(field)
            names = {tag for tag, _ in found.tags}
            assert not names & {"script", "iframe", "object", "embed", "link", "style", "svg", "form", "base", "meta"}
            assert not [name for _, given in found.tags for name in given if name.startswith("on")]
            sources = {given.get("src") for tag, given in found.tags if tag == "img"}
            assert all(re.fullmatch(r"sample-[0-9a-f]{12}\.png", source or "") for source in sources)
        question = card.render_output(reload=True).question_text
        shown = _Tags()
        shown.feed(question)
        if card.note().fields[0].strip() and "retired" not in question:
            assert shown.text.count("alert(1)") >= 1
    collection.close()


def said(course: Path, *command: str) -> str:
    """All that a command prints."""
    call = [sys.executable, "-m", "builder", *command]
    done = subprocess.run(call, check=False, capture_output=True, cwd=course)
    assert b"Traceback" not in done.stderr, done.stderr.decode()
    return (done.stdout + done.stderr).decode()


def assert_harmless(text: str, form: str = "text") -> None:
    """Nothing in it steers a terminal, or is a command to the runner of a forge."""
    assert text
    assert all(c.isprintable() or c in "\n " for c in text)
    assert "##[" not in text
    for line in text.split("\n"):
        is_command = line.lstrip().startswith("::")
        assert not is_command or (form == "github" and re.match(r"::(error|warning) file=[^:,]+,line=\d+", line)), line


@pytest.mark.parametrize("form", FORMS)
def test_no_text_of_a_bank_is_a_command(tmp_path: Path, form: str) -> None:
    """Findings of evil texts, keys and names of files are shown in every format, and act in none."""
    course = spoilt_course(tmp_path / "course")
    with (course / "bank.yaml").open("a", encoding="utf-8") as bank:
        bank.write('- {id: x, kind: "::error::x", "::error::y ##[error]z": 1, prompt: "\u202e##[add-mask]x"}\n')
    for name in ("::error title=x::y.yaml", "##[error]x.yaml", "\x1b[2J\u202e.yaml", "a\n::error::b.yaml"):
        (course / name).write_bytes(HEAD + ITEM.replace(b"kind: basic", b"kind: b"))
    head = course / "course.yaml"
    head.write_text(head.read_text("utf-8").replace("bank.yaml", "'*.yaml'"), "utf-8")
    text = said(course, "check", "--format", form, ".")
    assert_harmless(text, form)
    assert "alert(1)" in text


@pytest.mark.parametrize("command", ["plan", "plan --format markdown", "coverage", "coverage --strict", "history"])
def test_no_text_of_a_course_is_a_command(tmp_path: Path, command: str) -> None:
    """What a stranger's lock, released texts and titles hold is shown by every command that shows it, and acts in none."""
    course = spoilt_course(tmp_path / "course")
    said(course, "release", "1.0.0", "--no-lint", ".")
    texts = course / "released.jsonl"
    lines = [json.loads(line) for line in texts.read_text("utf-8").splitlines()]
    for line in lines:
        line["fields"] = {k: f"{v}\r\x1b[2J ##[error]" for k, v in line["fields"].items()} | {"::error::\x1b[2J": "x"}
        line["tags"] = ["::error::\x1b[2J", "##[error]x"]
    texts.write_text("".join(f"{json.dumps(line)}\n" for line in lines), "utf-8")
    bank = course / "bank.yaml"
    bank.write_text(
        bank.read_text("utf-8").replace("explanation: ", "explanation: It’s ").replace("Intimacy", "Closeness"), "utf-8"
    )
    assert_harmless(said(course, *command.split(), "."))


def test_a_diff_steers_no_terminal(tmp_path: Path) -> None:
    """It is the bank's own text, for `patch`: names are made harmless, and a bank with signs that steer is not in it."""
    course = spoilt_course(tmp_path / "course")
    bank = (course / "bank.yaml").read_text("utf-8").replace("explanation: ", "explanation: It’s ")
    (course / "bank.yaml").unlink()
    (course / "\x1b[2J\n+++ x.yaml").write_text(bank, "utf-8")
    (course / "other.yaml").write_bytes(
        HEAD + ITEM.replace(b"id: a", b"id: b").replace(b"answer: a", "answer: \u202eIt’s".encode())
    )
    head = course / "course.yaml"
    head.write_text(head.read_text("utf-8").replace("bank.yaml", '"*x.yaml"\n- other.yaml'), "utf-8")
    text = said(course, "check", "--diff", ".")
    assert "It's" in text
    assert all(c.isprintable() or c in "\n " for c in text)
    assert [line for line in text.split("\n") if line.startswith("+++")] == ["+++ \\x1b[2J\\n+++ x.yaml"]


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
