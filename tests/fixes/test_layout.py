"""The one layout of banks: what a bank says stays, with its comments, and a second run changes nothing."""

from __future__ import annotations

import re
from typing import Any, get_args

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

from builder.fixes.layout import laid_out, order
from builder.loading.course import shipped
from builder.model import Bank, Item
from builder.model import order as keys
from builder.model.base import ItemBase
from builder.model.passage import Passage
from builder.model.translation import Translation
from builder.source import nodes
from builder.source.scalars import WIDTH
from tests import samples

COMMENT = re.compile(r"#!\d+!")  # the comments that tests put in

MESSY = """\
# yaml-language-server: $schema=../bank.json

# About this bank
title:   'One'
bank: one # its name


items:   # from easy to hard
- kind: mcq
  # never change it
  id: a   # the first
  prompt: "What does it say on the door of the house in which the two of them meet for the very first time that year?"
  options: [ {right: 'Yes', why: "It's so"},
    {wrong: "No", why: 'a "b"'} ] # two
  cites: [ 'x2001',   # the book
     y2002 ]
  difficulty: 2
  bloom: apply
  # accept: [none]
- id: b
  kind: basic
  answer: |
     $\\frac{1}{2}$
       further in
  prompt: >
    folded
    text

    of two paragraphs
# - id: c
"""

NEAT = """\
# yaml-language-server: $schema=../bank.json

# About this bank
bank: one # its name
title: One

items: # from easy to hard
  - kind: mcq
    # never change it
    id: a # the first
    prompt: >-
      What does it say on the door of the house in which the two of them meet for the very first
      time that year?
    options: [{right: "Yes", why: It's so}, {wrong: "No", why: a "b"}] # two
    cites:
      - x2001 # the book
      - y2002
    difficulty: 2
    bloom: apply
    # accept: [none]

  - id: b
    kind: basic
    prompt: >
      folded text

      of two paragraphs
    answer: |
      $\\frac{1}{2}$
        further in
# - id: c
"""


def test_one_layout() -> None:
    """Keys, quotes, long lines, brackets, lists and blank lines; where a comment would go astray, keys stay in their order."""
    assert laid_out("b.yaml", MESSY) == (NEAT, [])
    assert laid_out("b.yaml", NEAT) == (NEAT, [])
    calm = laid_out("b.yaml", MESSY.replace("  # never change it\n", ""))
    assert "  - id: a # the first\n    kind: mcq\n    bloom: apply\n    difficulty: 2\n" in calm.text


def test_ends_of_lines_stay() -> None:
    """A bank with CRLF keeps it on every line."""
    assert laid_out("b.yaml", MESSY.replace("\n", "\r\n")) == (NEAT.replace("\n", "\r\n"), [])


BANKS = sorted(
    path
    for root in (shipped(), samples.HERE)
    for path in root.rglob("*.yaml")
    if path.is_file() and re.search(rb"^items:\s*\n", path.read_bytes(), re.MULTILINE) and "lock" not in path.name
)


@pytest.mark.parametrize("path", BANKS, ids=lambda path: f"{path.parent.name}/{path.stem}")
def test_banks_that_are_there(path: Any) -> None:
    """Each bank of the shipped course and of the samples says the same before and after, and lines are short."""
    text = path.read_bytes().decode("utf-8", "replace").removeprefix("\ufeff")
    before = nodes.values(str(path), text)
    laid = laid_out(str(path), text)
    if laid.problems:
        assert laid.text == text
        assert before.problems or not isinstance(before.value, dict) or "\r" in text.replace("\r\n", "")
        return
    assert nodes.values(str(path), laid.text).value == before.value
    assert laid_out(str(path), laid.text) == laid
    long = [line for line in laid.text.splitlines() if len(line) > WIDTH and "https://" not in line and "#" not in line]
    assert all(re.search(r"^ *[|] |^ {6,}\S", line) for line in long), long


@pytest.mark.parametrize(
    ("typed", "waits"),
    [("Sonata #1", ""), ("S\u00c3\u00a4ure", ""), ("[1,3-diene, x]", "comma"), (">-\n  - one\n  - two", "folded-list")],
)
def test_a_slip_holds_the_layout_up_where_it_would_be_seen_no_more(typed: str, waits: str) -> None:
    """What is a slip in any style stays one; a list that was folded by mistake can't be told from prose in another style."""
    text = f"bank:   b\ntags: {typed}\nitems: [{{id: a}}]\n"
    laid = laid_out("b.yaml", text)
    assert [it.code for it in laid.problems] == [waits] * bool(waits)
    assert (laid.text == text) == bool(waits)
    assert nodes.values("b.yaml", laid.text).problems


def test_every_key_has_its_place() -> None:
    """The orders name all keys of the models, so that a new one can't be forgotten."""
    models = get_args(get_args(Item)[0])
    assert set(order.ITEM) == {key for model in models for key in model.model_fields} | {"of"}
    assert set(ItemBase.model_fields) <= {*keys._HEAD, *keys._FOOT}
    assert set(order.BANK) == {*Bank.model_fields, *Translation.model_fields}
    assert set(order.PASSAGE) == set(Passage.model_fields)


@pytest.mark.parametrize(
    ("text", "line", "said"),
    [
        ("bank: # one\n  name # two\nitems:\n  - {id: a}\n", 2, "two comments belong to one entry"),
        ("bank:\n  # between\n  name\nitems:\n  - {id: a}\n", 2, "between a key and its value"),
        ("? bank\n: name\nitems:\n  - {id: a}\n", 1, "no plain 'key: value'"),
        ("%YAML 1.1\n---\nbank: b\nitems:\n  - {id: a}\n", 1, "not known here"),
        ("bank: b\nbank: c\nitems:\n  - {id: a}\n", 2, "stands twice"),
        ("bank: b\rtitle: c\nitems:\n  - {id: a}\n", 1, "U+000D ends a line"),
        ("bank: b # \u2028title: c\nitems:\n  - {id: a}\n", 1, "U+2028 ends a line"),
        ("course: c\n", 1, "no bank"),
        ("", 1, "no bank"),
    ],
)
def test_what_can_t_be_kept_is_refused_with_its_place(text: str, line: int, said: str) -> None:
    """Nothing changes, and the reason is told where it is."""
    laid = laid_out("b.yaml", text)
    assert laid.text == text
    assert laid.problems[0].span.line == line
    assert said in laid.problems[0].message


# Signs that mean something in YAML stand beside letters and spaces.
_SIGNS = st.sampled_from([*"ab :#-?[]{},&*!|>'\"%@`\\~=\t\n\u00a0é№", "  ", ": ", " #", "No", "12:30", "word ", "---"])
_TEXT = st.lists(_SIGNS, max_size=12).map("".join) | st.lists(
    st.sampled_from(["word", "a", "#b", "c:"]), max_size=60
).map(" ".join)
_KEYS = st.sampled_from(["id", "kind", "prompt", "answer", "cites", "tags", "x y", "a: b", "'", "No", "<<"])
_VALUES = st.recursive(
    _TEXT,
    lambda inside: st.lists(inside, max_size=4) | st.dictionaries(_KEYS, inside, max_size=4),
    max_leaves=12,
)
_BANKS = st.fixed_dictionaries(
    {"bank": _TEXT, "items": st.lists(st.dictionaries(_KEYS, _VALUES, max_size=6), min_size=1, max_size=3)},
    optional={"title": _TEXT, "theme": _TEXT, "passages": st.lists(_VALUES, max_size=2)},
)


class _Dumper(yaml.CSafeDumper):
    """Writes no aliases, and every scalar in the one style that is asked for."""

    def ignore_aliases(self, data: object) -> bool:  # noqa: ARG002 - the base class names it
        return True


@st.composite
def _typed(draw: st.DrawFn) -> str:
    """A bank as somebody may have typed it, with comments and blank lines wherever they change nothing of it."""
    value = draw(_BANKS)
    text = yaml.dump(
        value,
        Dumper=_Dumper,
        sort_keys=False,
        allow_unicode=True,
        default_style=draw(st.sampled_from([None, None, '"', "'", "|", ">"])),
        default_flow_style=draw(st.sampled_from([False, None])),
        width=draw(st.sampled_from([20, 80, 1000])),
        indent=draw(st.integers(2, 5)),
    )
    meant = nodes.values("b.yaml", text)
    for number in range(draw(st.integers(0, 6))):
        rows = text.split("\n")
        at = draw(st.integers(0, len(rows) - 1))
        how = draw(st.sampled_from(["behind", "above", "blank"]))
        comment = f"#!{number}!"
        new = {
            "behind": [f"{rows[at]} {comment}"],
            "above": [" " * draw(st.integers(0, 8)) + comment, rows[at]],
            "blank": ["", rows[at]],
        }[how]
        changed = "\n".join([*rows[:at], *new, *rows[at + 1 :]])
        if nodes.values("b.yaml", changed).value == meant.value:
            text = changed
    return text


@pytest.mark.slow
@settings(max_examples=200, deadline=None)
@given(_typed())
def test_any_bank_says_the_same_and_keeps_its_comments(text: str) -> None:
    """Load before is load after, comments are all there, a second run changes nothing; or the bank is left, and said."""
    laid = laid_out("b.yaml", text)
    assert "without a change" not in "".join(problem.message for problem in laid.problems)
    if laid.problems:
        assert laid.text == text
        return
    before, after = nodes.values("b.yaml", text), nodes.values("b.yaml", laid.text)
    assert (after.value, after.faults) == (before.value, [])
    assert sorted(COMMENT.findall(laid.text)) == sorted(COMMENT.findall(text))
    assert laid_out("b.yaml", laid.text) == laid
    assert "\n\n\n" not in laid.text or re.search(r"[|>]", laid.text)
