"""Courses from strangers, every text of which is made to be taken for a command."""

from __future__ import annotations

import json
import re
import subprocess
import sys
from html.parser import HTMLParser
from typing import TYPE_CHECKING, Any

import pytest

from builder.deck import apkg
from builder.loading.course import load
from builder.model.items import KINDS
from builder.source import nodes
from builder.source.nodes import dump
from tests import anki_collection, samples
from tests.pictures import png
from tests.whole.test_hostile import HEAD, ITEM

if TYPE_CHECKING:
    from pathlib import Path

GOOD = samples.HERE / "good" / "all-kinds.yaml"
FORMS = ("text", "json", "github", "sarif")


EVIL = (
    "<script>alert(1)</script><img src=x onerror=alert(1)></div><!-- {{Front}} {{#Prompt}} [sound:x.mp3] [latex]x[/latex]"
    ' [[type:Answer]] [anki:tts lang=en]x[/anki:tts] #import "/etc/passwd" =cmd|x ##[error]x ::error::x %0A::error::x'
)
TEXTS = frozenset(
    "prompt answer accept explanation reverse_prompt reverse_answer right wrong why correction pairs distractors"
    " sequence point criterion levels reason alt title".split()
)


NUMBERS = frozenset("value tolerance between share unit".split())


def spoilt(value: Any, *, is_text: bool = False) -> Any:
    """A bank's value with evil in every text of it."""
    if isinstance(value, dict):
        is_number = value.get("kind") == "numeric"
        return {
            key: spoilt(
                inner,
                is_text=(key in TEXTS or is_text)
                and key not in NUMBERS
                and not (key == "answer" and (is_number or inner in {"true", "false"})),
            )
            if key != "unit"
            else inner
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
    bank["items"] = [item for item in bank["items"] if "values" not in item]  # evil braces name values that it has not
    for item in bank["items"]:
        item.pop("math", None)
        item.pop("order", None)  # evil options have no value
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
    anki_collection.bring_in(collection, apkg.files(loaded.course, 1_750_000_000)["sample.apkg"], tmp_path)
    database = collection.db
    assert database
    cards = [collection.get_card(number) for number in database.list("select id from cards")]
    assert len(cards) == sum(len(note.ordinals) for _, note in apkg.rendered(loaded.course).rows)
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


@pytest.mark.slow
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


@pytest.mark.slow
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
