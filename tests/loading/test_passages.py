"""Passages of a bank: what its items hold of them, and what is told of those that can't be asked."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from builder.loading.bank import parse_bank
from builder.loading.course import load
from builder.model import Passage
from builder.model.readings import files
from tests import samples
from tests.make.course import course_of

if TYPE_CHECKING:
    from pathlib import Path

ITEM: dict[str, Any] = {"id": "a", "kind": "basic", "prompt": "Who?", "answer": "One"}
BANK = """
bank: b
title: B
math: true
passages:
  - {id: own, text: It says $5 itself., math: false}
  - {id: lent, text: It says $x^2$.}
items:
  - {id: a, kind: basic, prompt: Who?, answer: One, passage: own}
  - {id: b, kind: basic, prompt: Whom?, answer: Two, passage: lent}
"""


def digest(passage: dict[str, Any] | None, **item: Any) -> str:
    """The content hash of an item on a passage."""
    named = {"passage": "p"} if passage else {}
    made = course_of([ITEM | named | item], passages=[{"id": "p", **passage}] if passage else None)
    return made.items[0].digest


def test_the_content_of_an_item_covers_its_passage() -> None:
    """Another text, title, number of parts or formula of a passage is another content; how many items are taken is none."""
    base = {"text": "A text."}
    others = [
        None,
        {"text": "Another."},
        *(base | more for more in ({"title": "T"}, {"parts": "true"}, {"math": "true"})),
    ]
    assert len({digest(base), *map(digest, others)}) == 1 + len(others)
    assert digest(base) == digest(base | {"take": "1"})


def test_the_content_of_other_items_is_what_it_was() -> None:
    """An item without a passage keeps the hash that it had before there were passages."""
    assert digest(None) == "64f3e4953fb8f811"


def test_a_passage_has_the_math_of_its_bank() -> None:
    """Where a passage says nothing of TeX, its bank does."""
    items = [item for item, _ in parse_bank("b.yaml", BANK).items]
    assert [item.passage and item.passage.math for item in items] == [False, True]


def test_a_passage_has_the_math_of_its_course(tmp_path: Path) -> None:
    """Where neither a passage nor its bank says anything of TeX, the course does."""
    folder = samples.course(tmp_path / "course", samples.HERE / "good" / "passages.yaml")
    head = folder / "course.yaml"
    head.write_text(head.read_text("utf-8") + "math: true\n", "utf-8")
    made = load(folder).course
    assert made
    assert {item.passage.math for item in made.items if item.passage} == {True}


def test_the_sample_loads_with_its_passages_in_place(tmp_path: Path) -> None:
    """Each item holds its own passage, and a passage has a place by the first item that is on it."""
    loaded = load(samples.course(tmp_path / "course", samples.HERE / "good" / "passages.yaml"))
    assert loaded.course
    assert loaded.diagnostics == []
    names = [item.passage.id if item.passage else "" for item in loaded.course.items]
    assert names == ["letter"] * 3 + ["table"] * 3 + [""]
    assert [(p.id, at.keys) for p, at in loaded.course.passages] == [
        ("letter", ("passages", 0)),
        ("table", ("passages", 1)),
    ]


def test_items_of_an_unsound_passage_are_left_out_in_silence(tmp_path: Path) -> None:
    """One mistake in a passage is told once, and none of its items is taken for one without a passage."""
    loaded = load(samples.course(tmp_path / "course", samples.HERE / "bad" / "passages.yaml"))
    assert loaded.course
    assert "c" not in loaded.course.by_id
    assert all("'c'" not in d.message for d in loaded.diagnostics)


def test_a_passage_needs_no_more_than_a_name_and_a_text() -> None:
    """A passage in memory is as sound as one that was typed, and an item takes it as it is."""
    passage = Passage(id="p", text="A text.")
    (item,) = course_of([ITEM | {"passage": passage}]).items
    assert item.passage == passage
    assert list(files(item)) == []


def test_a_picture_that_is_missing_is_told_at_its_passage(tmp_path: Path) -> None:
    """A file that a passage shows, and that is not there, is one finding, at the passage and not at its items."""
    folder = samples.course(tmp_path / "course", samples.HERE / "good" / "passages.yaml")
    bank = folder / "bank.yaml"
    bank.write_text(bank.read_text("utf-8").replace("Yours, Samantha", "![a lamp](lamp.png)"), "utf-8")
    (found,) = load(folder).diagnostics
    assert (found.code, found.span.line) == ("media", 7)
    assert "'lamp.png'" in found.message


def test_a_passage_of_more_items_than_letters_has_no_parts() -> None:
    """Twenty-seven parts of one question have no letters, and the bank is told so."""
    items = "\n".join(f"  - {{id: i{n}, kind: basic, prompt: Q{n}?, answer: A{n}, passage: p}}" for n in range(27))
    text = f"bank: b\ntitle: B\npassages: [{{id: p, text: T, parts: true}}]\nitems:\n{items}\n"
    (found,) = parse_bank("b.yaml", text).findings
    assert found.code == "too-many"
    assert found.at.keys == ("passages", 0, "parts")
