from __future__ import annotations

import sys
from itertools import pairwise
from typing import TYPE_CHECKING

import pytest

from builder.checking import reading
from builder.checking.reading import parse_banks
from builder.loading.bank import parse_bank
from builder.loading.sharing import share
from tests import samples

if TYPE_CHECKING:
    from pathlib import Path

GOOD = sorted((samples.HERE / "good").glob("*.yaml"))
TWO = """bank: b
title: B
items:
  - {id: a, kind: mcq, prompt: Which?, theme: grief, tags: [x, y], cites: [key2020], options: [{right: A}, {wrong: B}]}
  - {id: b, kind: mcq, prompt: What?, theme: grief, tags: [y], cites: [key2020], options: [{right: C}, {wrong: D}]}
"""


@pytest.mark.parametrize("path", GOOD, ids=lambda path: path.stem)
def test_items_say_the_same_as_before(path: Path) -> None:
    """Items of every kind, with what was typed, and the hash of each."""
    text = path.read_text("utf-8")
    plain, small = (parse_bank(path.name, text) for _ in range(2))
    share([item for item, _ in small.items])
    assert small == plain
    assert repr(small) == repr(plain)
    assert [item.digest for item, _ in small.items] == [item.digest for item, _ in plain.items]


def test_what_is_equal_is_one_object() -> None:
    """Names, lists of names, and the keys that options were typed with."""
    a, b = (item for item, _ in parse_bank("b.yaml", TWO).items)
    assert a.cites is not b.cites
    share([a, b])
    assert a.kind == b.kind == "mcq"
    assert a.cites is b.cites
    assert a.theme is b.theme
    assert a.tags[1] is b.tags[0]
    keys = [part.model_fields_set for item in (a, b) for part in item.options if part.is_right]
    assert all(one is other for one, other in pairwise(keys))


@pytest.mark.skipif(sys.platform != "linux", reason="a process is forked on Linux alone")
@pytest.mark.parametrize("is_forked", [False, True])
def test_the_banks_of_a_large_course_are_shared_as_they_are_read(
    monkeypatch: pytest.MonkeyPatch,
    is_forked: bool,  # noqa: FBT001 - a parameter of the test
) -> None:
    """In either process, and the items are what they are in a small course."""
    banks = [(f"{n}.yaml", TWO) for n in range(3)]
    alone = parse_banks(banks)
    monkeypatch.setattr(reading, "_MUCH", 0)
    monkeypatch.setattr(reading, "_VERY_MUCH", 0)
    monkeypatch.setattr(reading, "may_fork", lambda: is_forked)
    read = parse_banks(banks)
    assert read == alone
    assert all(a.cites is b.cites for (a, _), (b, _) in (bank.items for bank in read))
