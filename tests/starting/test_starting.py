"""From an empty folder to a course that checks clean, and items put into its banks."""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from builder import schemas
from builder.checking import check
from builder.deck import apkg
from builder.diagnostics import BuilderError
from builder.disk.output import write
from builder.model import CourseFile
from builder.model.items import KINDS
from builder.source import nodes
from builder.starting import new_course, with_item
from tests.cli.test_commands import run

if TYPE_CHECKING:
    from pathlib import Path

BANK = """# A bank
bank: one
title: One
theme: all
items:
  - {id: a, kind: basic, prompt: A, answer: B} # the first

  # the second
  - id: mcq-1
    kind: basic
    prompt: C
    answer: D
"""


@pytest.mark.parametrize("profile", ["standard", "strict", "lenient"])
def test_a_new_course_checks_clean_and_has_each_kind(tmp_path: Path, profile: str) -> None:
    """No finding in any profile; an item of each kind; a deck of them all."""
    files = new_course("mine", "My course", "en")
    files["course.yaml"] = files["course.yaml"].replace(b"profile: standard", f"profile: {profile}".encode())
    write(tmp_path / "mine", files)
    loaded = check(tmp_path / "mine")
    assert loaded.diagnostics == []
    course = loaded.course
    assert course
    assert [item.kind for item in course.items] == list(KINDS)
    assert len(apkg.rendered(course).rows) == len(KINDS)


def test_every_key_of_a_course_is_explained() -> None:
    """course.yaml names each key that it may have, with a comment, and the lint options too."""
    text = new_course("mine", "My course", "en")["course.yaml"].decode()
    for key in CourseFile.model_fields:
        assert re.search(rf"^(?:# )?{key}:", text, re.MULTILINE), key
    for key in CourseFile.model_fields["lint"].default.__class__.model_fields:
        assert re.search(rf"^  (?:# )?{key}:", text, re.MULTILINE), key


def test_editors_find_the_schemas_beside_the_course() -> None:
    """Each file's first line and the editor's settings name a schema that is there, the one of this release."""
    files = {path: data.decode() for path, data in new_course("mine", "My course", "en").items()}
    settings_of = json.loads(files[".vscode/settings.json"])["yaml.schemas"]
    assert set(settings_of) <= set(files)
    for path in ("course.yaml", "banks/first.yaml", "blueprints/quiz.yaml"):
        name = re.match(r"# yaml-language-server: \$schema=(?:\.\./)?(\S+)\n", files[path])
        assert name
        assert files[name[1]].encode() == schemas.documents()[name[1].removeprefix(".schemas/")]


@pytest.mark.slow
@settings(max_examples=150, deadline=None)
@given(
    st.text(st.characters(exclude_categories=("Cc", "Cs", "Cn", "Zl", "Zp", "Co")), min_size=1, max_size=40).filter(
        str.strip
    )
)
def test_any_title_arrives_as_it_was_typed(title: str) -> None:
    """Quotes, colons, hashes and words such as `no` in a title stay what they are."""
    parsed = nodes.values("course.yaml", new_course("mine", title, "en")["course.yaml"].decode())
    assert isinstance(parsed.value, dict)
    assert parsed.value["title"] == title
    assert parsed.value["anki"] == {"deck": title}


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("end", ["\n", "\r\n"])
def test_an_item_of_any_kind_is_put_at_the_end(kind: str, end: str) -> None:
    """What stood there stays, byte for byte; the new item has an id that is free, and comments."""
    bank = BANK.replace("\n", end)
    text, name = with_item("bank.yaml", bank, kind, {"a", "mcq-1"})
    assert text.startswith(bank.rstrip())
    assert name == ("mcq-2" if kind == "mcq" else f"{kind}-1")
    assert text.count(end) == text.count("\n")
    before, after = (nodes.values("bank.yaml", it).value for it in (bank, text))
    assert isinstance(before, dict)
    assert isinstance(after, dict)
    items = after["items"]
    assert isinstance(items, list)
    new = items[-1]
    assert items[:-1] == before["items"]
    assert isinstance(new, dict)
    assert (new["id"], new["kind"]) == (name, kind)
    assert "#" in text.removeprefix(bank.rstrip())


def test_a_list_at_the_margin_stays_there() -> None:
    """The dash of the new item stands under those of the others."""
    bank = "bank: one\ntitle: One\nitems:\n- {id: a, kind: basic, prompt: A, answer: B}\n"
    assert "\n- id: short-1\n" in with_item("bank.yaml", bank, "short", {"a"})[0]


@pytest.mark.parametrize(
    ("bank", "said"),
    [
        ("bank: one\nitems: [{id: a, kind: basic, prompt: A, answer: B}]\n", "no list `items:`"),
        ("bank: one\nitems:\n  - {id: a}\ntitle: One\n", "keys stand behind `items:`"),
        ("bank: [\n", "no list `items:`"),
        ("", "no list `items:`"),
    ],
)
def test_a_bank_of_another_layout_is_left_alone(bank: str, said: str) -> None:
    """Where an item can't be put at the end, that is said, and nothing is changed."""
    with pytest.raises(BuilderError, match=said):
        with_item("bank.yaml", bank, "basic", set())


@pytest.mark.slow
def test_from_an_empty_folder_to_a_deck_and_a_paper(tmp_path: Path) -> None:
    """`new`, `build` and `quiz` on what was made, and `add`, each without a question where no terminal is."""
    course = tmp_path / "my-course"
    made = run("new", course, "--language", "de")
    assert made.exit_code == 0, made.stderr
    assert made.stderr.count("\n") == 1
    assert run("build", course, "-o", tmp_path / "dist").exit_code == 0
    assert (tmp_path / "dist" / "my-course.apkg").is_file()
    drawn = run("quiz", course, "--blueprint", "quiz", "--format", "md", "-o", tmp_path / "dist")
    assert drawn.exit_code == 0, drawn.stderr
    added = run("add", "truefalse", course)
    assert re.fullmatch(rf"{re.escape(str(course))}/banks/first\.yaml:\d+: truefalse-1\n", added.stdout)
    codes = {
        d.code for d in check(course).diagnostics
    }  # the new item repeats what it was made from, and cites as that does
    assert "X01" in codes
    assert not codes & {"C01", "C02"}
    assert "- id: truefalse-1" in (course / "banks" / "first.yaml").read_text("utf-8").splitlines()[_line(added.stdout)]


@pytest.mark.parametrize("items", ["items:\n", "items: []\n", "items: # to come\n"])
def test_add_begins_a_bank_that_has_no_item_yet(tmp_path: Path, items: str) -> None:
    """Whoever asks for an unknown bank is told which file to make, and that file takes the first item."""
    course = tmp_path / "course"
    run("new", course, "--kinds", "basic")
    refused = run("add", "mcq", course, "--bank", "second")
    assert f"a new one is a file, such as {course}/banks/second.yaml, with lines 'bank: second'" in refused.stderr
    file = course / "banks" / "second.yaml"
    file.write_text(f"bank: second\ntitle: Second\ntheme: learning\n{items}", "utf-8")
    added = run("add", "mcq", course, "--bank", "second")
    assert added.exit_code == 0, added.stderr
    assert file.read_text("utf-8").splitlines()[_line(added.stdout)].strip().startswith("- id: mcq-1")
    assert {d.code for d in check(course).diagnostics} <= {"C02", "P01"}


def _line(said: str) -> int:
    return int(said.rsplit(":", 2)[1]) - 1


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["new", "FULL"], "isn't empty"),
        (["new", "NEW", "--kinds", "mqc"], "did you mean 'mcq'?"),
        (["new", "NEW", "--kinds", ","], "--kinds is empty"),
        (["new", "NEW", "--name", "My Course"], "use small letters"),
        (["new", "NEW", "--language", "Deutsch"], "write it like en"),
        (["new", "NEW", "--title", " "], "--title takes"),
        (["add"], "name a kind: there is basic, reversed"),
        (["add", "mqc", "COURSE"], "did you mean 'mcq'?"),
        (["add", "mcq", "COURSE", "--bank", "second"], "there is first"),
        (["add", "mcq", "COURSE", "--id", "a b"], "letters"),
        (["add", "mcq", "COURSE", "--id", "basic-testing-effect"], "is taken"),
    ],
)
def test_wrong_calls_are_one_line(tmp_path: Path, arguments: list[str], said: str) -> None:
    """What can't be done is said in one line, with exit code 2, and nothing is written."""
    course = tmp_path / "course"
    run("new", course, "--kinds", "basic,mcq")
    places: dict[str, Any] = {"FULL": course, "NEW": tmp_path / "new", "COURSE": course}
    before = {path: path.read_bytes() for path in course.rglob("*") if path.is_file()}
    refused = run(*(places.get(part, part) for part in arguments))
    assert (refused.exit_code, refused.stderr.count("\n")) == (2, 1)
    assert said in refused.stderr
    assert before == {path: path.read_bytes() for path in course.rglob("*") if path.is_file()}
    assert not (tmp_path / "new").exists()


def test_some_kinds_alone(tmp_path: Path) -> None:
    """`--kinds` names those to show."""
    run("new", tmp_path / "course", "--kinds", "short, mcq")
    loaded = check(tmp_path / "course")
    assert loaded.course
    assert [item.kind for item in loaded.course.items] == ["mcq", "short"]
    assert [d for d in loaded.diagnostics if d.code != "C02"] == []


def test_a_course_begins_again_where_it_was_killed(tmp_path: Path) -> None:
    """What a killed run has left, and folders without any file, are no course that could be lost."""
    (tmp_path / "new" / "banks").mkdir(parents=True)
    for name in (".her-study-journal", ".her-study-0.new"):
        (tmp_path / "new" / name).touch()
    begun = run("new", tmp_path / "new", "--title", "New", "--language", "en")
    assert begun.exit_code == 0, begun.stderr
    assert not list((tmp_path / "new").glob(".her-study-*"))
