"""Where a cursor stands in a text that is being typed, and what may stand there."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from builder.loading.bank import parse_bank
from builder.loading.course import load, shipped
from builder.model.items import KINDS, Cloze
from builder.serving import chunks, shapes
from builder.serving.card import card
from builder.serving.complete import proposals
from builder.serving.cursor import Cursor, Spot, cursor, end_of, word_at
from builder.serving.hover import hover
from builder.serving.mend import changed
from tests import samples
from tests.make.items import EXAMPLES

if TYPE_CHECKING:
    from builder.model import Course

BANK = """\
bank: a
items:
- id: x
  kind: mcq
  options:
    - right: Yes
      why: |
        text
    - wr
  # a comment
  cites:
  - one
  - tw
  image: {file: f.png, al
  allow: {M01: "a: b", M
  accept: {c1: [a, b
- {id: y, kind: numeric, unit: {sy
- id: z
  kind: short
  key_points:
    - point: a
      ma
"""
ITEM = ("items", "[]")


def _at(words: str) -> Cursor:
    before = BANK[: BANK.index(words) + len(words)].split("\n")
    return cursor(BANK.split("\n"), len(before) - 1, len(before[-1]))


@pytest.mark.parametrize(
    ("words", "way", "is_value", "word"),
    [
        ("bank: a", ("bank",), True, "a"),
        ("- id: x", (*ITEM, "id"), True, "x"),
        ("    - right: Y", (*ITEM, "options", "[]", "right"), True, "Y"),
        ("    - wr", (*ITEM, "options", "[]"), None, "wr"),
        ("  - tw", (*ITEM, "cites", "[]"), None, "tw"),
        ("f.png, al", (*ITEM, "image"), False, "al"),
        ("{file: f", (*ITEM, "image", "file"), True, "f"),
        ('"a: b", M', (*ITEM, "allow"), False, "M"),
        ("c1: [a, b", (*ITEM, "accept", "c1", "[]"), None, "b"),
        ("unit: {sy", (*ITEM, "unit"), False, "sy"),
        ("      ma", (*ITEM, "key_points", "[]"), None, "ma"),
    ],
)
def test_the_way_to_a_place(words: str, way: tuple[str, ...], *, is_value: bool | None, word: str) -> None:
    """Lists with and without an indent, brackets, quotes, blocks and comments on the way."""
    here = _at(words)
    assert (here.way, here.is_value, here.word) == (way, is_value, word)


def test_what_stands_beside() -> None:
    """The keys of each mapping on the way are known, so that the kind says which keys may come."""
    assert _at("    - wr").beside[ITEM]["kind"] == "mcq"
    assert [it.name for it in shapes.keys("bank", _at("    - wr"))] == ["right", "wrong", "why", "pin"]
    assert "figures" in [it.name for it in shapes.keys("bank", _at("kind: numeric, un"))]
    assert [it.name for it in shapes.keys("bank", _at("      ma"))] == ["marks"]


COURSE = load(shipped()).course


@pytest.mark.parametrize("bank", ["themes/grief.yaml", "blueprints/midterm.yaml", "course.yaml", "outline.yaml"])
def test_every_place_of_a_file_can_be_asked(bank: str) -> None:
    """At places all over a sound file there is an answer, and a key that stands there is one that may."""
    text = (shipped() / bank).read_text("utf-8")
    lines = text.split("\n")
    role = shapes.role(bank, text)
    assert role
    for row, line in enumerate(lines[:70]):
        for column in range(0, len(line) + 1, 29):
            spot = Spot(bank, text, row, column)
            proposals(spot, COURSE)
            hover(spot, COURSE)
        head = line.lstrip(" -")
        key = head.partition(":")[0]
        if key.isidentifier() and head.startswith(f"{key}:") and not line.lstrip().startswith("#"):
            start = len(line) - len(head)
            here = cursor(lines, row, start + len(key))
            allowed = {it.name for it in shapes.keys(role, here)}
            assert key in allowed or not allowed, (row, key, here.way)


@settings(max_examples=60, deadline=None)
@given(st.text(st.sampled_from([*"ab :-#[]{},'\"|>\n\t&*é🎞"]), max_size=80), st.integers(0, 90))
def test_any_text_can_be_asked(text: str, index: int) -> None:
    """Whatever is typed, wherever the cursor is: an answer, and no failure."""
    before = text[:index].split("\n")
    for path in ("course.yaml", "bank.yaml"):
        spot = Spot(path, f"items:\n{text}", len(before), len(before[-1]))
        proposals(spot, COURSE)
        assert hover(spot, COURSE) is not None
    assert word_at(before[-1], len(before[-1]))[0] <= len(before[-1])


@settings(max_examples=60, deadline=None)
@given(*[st.lists(st.sampled_from(["a", "b", "c", ""]), max_size=8).map("\n".join)] * 2)
def test_changed_lines_make_the_new_text(old: str, new: str) -> None:
    """An editor that makes all changes holds the new text."""
    lines = re.findall(r"[^\n]*\n|[^\n]+\Z", old)
    for change in reversed(changed(old, new)):
        lines[change.first : change.last] = [change.text]
    assert "".join(lines) == new


def test_every_bank_of_the_samples_can_be_opened() -> None:
    """Bad banks too: completion at their ends finds nothing or something, and never fails."""
    for path in sorted((samples.HERE / "bad").glob("*.yaml")):
        text = path.read_bytes().decode("utf-8", "replace")
        rows = text.split("\n")
        for row in range(0, len(rows), 5):
            proposals(Spot(str(path), text, row, len(rows[row])), COURSE)


def test_every_kind_is_shown_as_its_card() -> None:
    """Behind an id stand the question and the answer; a cloze doesn't give its answer away above the line."""
    for item in EXAMPLES:
        question, _, answer = card(item).partition("\n\n---\n\n")
        assert item.id in question
        assert answer
        if isinstance(item, Cloze):
            assert all(blank.text not in question for blank in item.blanks)


@pytest.mark.parametrize("kind", KINDS)
def test_a_whole_item_is_proposed_for_each_kind(kind: str) -> None:
    """What an editor puts in, with each place left as proposed, is an item that follows its model."""
    text = "bank: a\ntitle: A\nitems:\n  - "
    made = next(it for it in proposals(Spot("bank.yaml", text, 3, 4), COURSE).listed if it.label == f"item: {kind}")
    plain = re.sub(r"\$\{\d+:((?:[^}\\]|\\.)*)\}", lambda it: re.sub(r"\\(.)", r"\1", it[1]), made.text)
    lines = plain.split("\n")
    bank = text + "\n".join([lines[0], *(f"  {line}" for line in lines[1:])]) + "\n"
    parsed = parse_bank("bank.yaml", bank, lambda _: None)
    assert not (*parsed.findings, *parsed.diagnostics)
    ((item, _),) = parsed.items
    assert item.kind == kind


def test_what_may_be_typed_beside_names() -> None:
    """Numbers of a small range, true and false, pictures in a text; of very many names those that fit."""

    def labels(line: str, course: Course | None = COURSE) -> list[str]:
        text = f"bank: a\nitems:\n  - kind: truefalse\n    {line}"
        return [it.label for it in proposals(Spot("bank.yaml", text, 3, 4 + len(line)), course).listed]

    assert labels("difficulty: ") == ["1", "2", "3"]
    assert labels("answer: ") == ["true", "false"]
    assert COURSE
    many = replace(COURSE, items=tuple(COURSE.items[0].model_copy(update={"id": f"item-{n}"}) for n in range(900)))
    found = labels("enemies: [item-89", many)
    assert found == ["item-89", *(f"item-89{n}" for n in range(10))]
    assert len(labels("enemies: [", many)) == 200
    first = [
        it.label for it in proposals(Spot("bank.yaml", "bank: a\nitems:\n  - ", 2, 4), None).listed if it.is_needed
    ]
    assert first == ["kind", "id", "prompt"]


@pytest.mark.parametrize("bank", ["themes/grief.yaml", "references.yaml", "blueprints/midterm.yaml", "outline.yaml"])
def test_an_entry_alone_tells_as_much_of_a_place_as_the_whole_file(bank: str) -> None:
    """The way to a place and what is typed there are the same, whether all entries are read or its own."""
    text = (shipped() / bank).read_text("utf-8")
    lines = text.split("\n")
    for row, line in enumerate(lines[:120]):
        for column in range(0, len(line) + 1, 11):
            whole, part = cursor(lines, row, column), chunks.here(Spot(bank, text, row, column))
            assert (whole.way, whole.is_value, whole.word, whole.start) == (
                part.way,
                part.is_value,
                part.word,
                part.start,
            )
            inside = {way: it for way, it in whole.beside.items() if way}
            assert inside == {way: it for way, it in part.beside.items() if way}


def test_a_text_is_the_pieces_that_it_is_cut_into() -> None:
    """Nothing is left out or told twice, whatever is typed; rows count line breaks."""
    for path in sorted((samples.HERE / "bad").glob("*.yaml")):
        text = path.read_bytes().decode("utf-8", "replace")
        parts = chunks.chunks(text)
        assert "".join(it.text for it in parts) == text[parts[0].start :] if parts else True
        assert all(it.row == text.count("\n", 0, it.start) for it in parts)


@pytest.mark.parametrize(
    ("line", "begins", "entry"),
    [
        ("    cites: [bow, see]  ", "bow", "bow"),
        ("    cites: [bow , see]", "see", "see"),
        ("    tags: [it's so, b]", "it's", "it's so"),
        ("  - {id: a, kind: baisc}", "kind", "kind: baisc"),
        ("  - [a, 'b, c' ]", "'b", "'b, c'"),
        ("  pairs: [[a, b], [c]]", "[a", "[a, b]"),
        ("    cites: [bow", "bow", "bow"),
        ("    prompt: Is it [a, b]?  ", "Is", "Is it [a, b]?"),
        ("  - id: a, b", "id", "id: a, b"),
        ("", "", ""),
    ],
)
def test_a_finding_ends_where_its_entry_does(line: str, begins: str, entry: str) -> None:
    """Within brackets no neighbour is underlined; elsewhere the rest of the line is."""
    start = line.index(begins)
    assert line[start : end_of(line, start)] == entry
