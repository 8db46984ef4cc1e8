from __future__ import annotations

import sys

import pytest

from builder.checking import reading
from builder.checking.memory import Memory
from builder.checking.reading import parse_banks
from builder.loading.bank import parse_bank

ITEM = "  - {{id: {0}, kind: basic, prompt: What is {0}?, answer: {0}}}\n"
BANKS = [
    (f"b{n}.yaml", f"bank: b{n}\ntitle: B\nitems:\n" + "".join(ITEM.format(f"i{n}-{i}") for i in range(3)))
    for n in range(7)
]
BAD = [("half.yaml", "items: [{id: a, kind: basic"), ("no.yaml", ""), ("odd.yaml", "items:\n  - {id: x, kind: odd}\n")]


@pytest.mark.skipif(sys.platform != "linux", reason="a process is forked on Linux alone")
def test_two_processes_read_what_one_reads(monkeypatch: pytest.MonkeyPatch) -> None:
    """Each bank, sound or not, comes to what it comes to alone, in its place; and all of the work is told."""
    monkeypatch.setattr(reading, "_MUCH", 0)
    monkeypatch.setattr(reading, "may_fork", lambda: True)
    every, told = BANKS + BAD, list[float]()
    alone = [parse_bank(*bank) for bank in every]
    assert parse_banks(every, told.append) == alone
    assert told == sorted(told)
    assert told[-1] == 1
    monkeypatch.setattr(reading, "parse_each", None)  # it is not asked
    assert list(Memory().parse(every)) == alone


def test_small_courses_get_along_with_one(monkeypatch: pytest.MonkeyPatch) -> None:
    """Where there is little to read, or one bank, no process is started."""
    monkeypatch.setattr(reading, "shared", None)
    monkeypatch.setattr(reading, "may_fork", lambda: True)
    assert len(parse_banks(BANKS)) == len(BANKS)
    monkeypatch.setattr(reading, "_MUCH", 0)
    assert len(parse_banks(BANKS[:1])) == 1
