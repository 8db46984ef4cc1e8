from __future__ import annotations

import os
import sys
from typing import TYPE_CHECKING, Any

import pytest

from builder.checking import reading
from builder.checking.memory import Memory
from builder.checking.packed import dumps
from builder.checking.reading import parse_banks
from builder.loading.bank import parse_bank

if TYPE_CHECKING:
    from multiprocessing.connection import Connection

ITEM = "  - {{id: {0}, kind: basic, prompt: What is {0}?, answer: {0}}}\n"
BANKS = [
    (f"b{n}.yaml", f"bank: b{n}\ntitle: B\nitems:\n" + "".join(ITEM.format(f"i{n}-{i}") for i in range(3)))
    for n in range(7)
]
BAD = [("half.yaml", "items: [{id: a, kind: basic"), ("no.yaml", ""), ("odd.yaml", "items:\n  - {id: x, kind: odd}\n")]

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="a process is forked on Linux alone")


@pytest.fixture(autouse=True)
def two(monkeypatch: pytest.MonkeyPatch) -> None:
    """However little there is to read, a second process helps."""
    monkeypatch.setattr(reading, "_MUCH", 0)
    monkeypatch.setattr(reading, "may_fork", lambda: True)


def test_two_processes_read_what_one_reads() -> None:
    """Each bank, sound or not, comes to what it comes to alone, in its place; and all of the work is told."""
    every, told = BANKS + BAD, list[float]()
    assert parse_banks(every, told.append) == [parse_bank(*bank) for bank in every]
    assert told == sorted(told)
    assert told[-1] == 1
    assert list(Memory().parse(every)) == [parse_bank(*bank) for bank in every]


def test_both_take_part(monkeypatch: pytest.MonkeyPatch) -> None:
    """This process reads from the front and takes the last banks from the other, whichever is quicker."""
    here: list[str] = []

    def noting(path: str, text: str) -> Any:
        here.append(path)
        return parse_bank(path, text)

    monkeypatch.setattr(reading, "parse_bank", noting)
    parse_banks(BANKS)
    assert here == [path for path, _ in BANKS[: len(here)]]
    assert len(here) < len(BANKS)  # the last one at least is the other's


@pytest.mark.parametrize("sent", [0, 1, 3])
def test_a_process_that_ends_early_leaves_its_banks_to_this_one(monkeypatch: pytest.MonkeyPatch, sent: int) -> None:
    """However many banks it has sent, as where the system ends it for lack of memory."""

    def some(texts: list[tuple[str, str]], pipe: Connection[bytes, Any]) -> None:
        for bank in texts[::-1][:sent]:
            pipe.send_bytes(dumps(parse_bank(*bank)))
        os._exit(9)

    monkeypatch.setattr(reading, "_send", some)
    assert parse_banks(BANKS) == [parse_bank(*bank) for bank in BANKS]


def test_what_cant_be_sent_is_read_here(monkeypatch: pytest.MonkeyPatch) -> None:
    """A bank that holds what can't come back is read again."""

    def refused(value: object) -> bytes:
        raise ValueError(value)

    monkeypatch.setattr(reading, "dumps", refused)
    assert parse_banks(BANKS) == [parse_bank(*bank) for bank in BANKS]
