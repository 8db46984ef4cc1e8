"""What an item of a bank is known by: its own lines and what stands before all items, wherever it stands."""

from __future__ import annotations

import pytest

from builder.checking.slices import cut, keys
from builder.source import nodes

HEAD = "bank: b\ntitle: B\nitems:\n"
ONE = "  - id: one\n    kind: basic\n    prompt: What is it?\n    answer: It\n"
TWO = "  - {id: two, kind: basic, prompt: What is it not?, answer: It}\n"


def known(text: str) -> list[bytes]:
    """The keys of the items of a text."""
    found = nodes.values("bank.yaml", text)
    assert not found.problems
    return keys(text, found.starts)


def test_an_item_is_known_wherever_it_stands() -> None:
    """In another order, beside others, or alone."""
    one, two = known(HEAD + ONE + TWO)
    assert one != two
    assert known(HEAD + TWO + ONE) == [two, one]
    assert known(HEAD + TWO) == [two]


@pytest.mark.parametrize("head", ["# so\n", "math: true\n", "theme: grief\n"])
def test_what_stands_before_all_items_is_part_of_each(head: str) -> None:
    """A key that the bank lends its items makes other items of all of them."""
    assert not set(known(head + HEAD + ONE + TWO)) & set(known(HEAD + ONE + TWO))


def test_a_letter_makes_another_item_of_one() -> None:
    """The other one stays what it was."""
    one, two = known(HEAD + ONE + TWO)
    other, same = known(HEAD + ONE.replace("it?", "that?") + TWO)
    assert (other != one, same) == (True, two)


@pytest.mark.parametrize(
    "text",
    [
        f"{HEAD}{ONE}{TWO}theme: grief\n",
        "".join(f" {line}" for line in f"{HEAD}{ONE}{TWO}theme: grief\n".splitlines(keepends=True)),
        "{bank: b, title: B, items: [{id: one}, {id: two}]}\n",
        "bank: b\ntitle: B\nitems: [{id: one},\n  {id: two}]\n",
    ],
)
def test_items_without_lines_of_their_own_are_known_by_the_whole_text(text: str) -> None:
    """A key behind the items is lent to all of them, also where the whole file is indented; so are items of one line."""
    found = nodes.values("bank.yaml", text)
    assert cut(text, found.starts) is None
    one, two = known(text)
    assert one != two
    assert not {one, two} & set(known(text.replace("one", "ones")))
