from __future__ import annotations

import builtins
from typing import TYPE_CHECKING, NoReturn

import pytest
from hypothesis import given
from hypothesis import strategies as st

from builder.diagnostics import At
from builder.loading.bank import parse_bank
from tests import samples

if TYPE_CHECKING:
    from pathlib import Path

HEAD = "bank: b\ntitle: B\ntheme: grief\nitems:\n"
SOUND = "  - {id: sound, kind: basic, prompt: p, answer: a}\n"
BAD = "  - {id: bad, kind: basic, prompt: p}\n"


def test_a_bank_is_parsed_without_a_disk(monkeypatch: pytest.MonkeyPatch) -> None:
    """Path and text are all it takes: no file is opened, and the path may lead nowhere."""

    def refuse(*_: object, **__: object) -> NoReturn:
        raise AssertionError

    with monkeypatch.context() as away:  # pytest itself opens files when it tells of a failure
        away.setattr(builtins, "open", refuse)
        away.setattr("os.stat", refuse)
        bank = parse_bank("nowhere/b.yaml", HEAD + SOUND)
    assert [(item.id, item.theme, at) for item, at in bank.items] == [
        ("sound", "grief", At("nowhere/b.yaml", ("items", 0)))
    ]
    assert not (*bank.unsound, *bank.findings, *bank.diagnostics)


def test_a_bad_entry_is_left_out_and_told(tmp_path: Path) -> None:
    """The others stay, each at the place where it stands in the file."""
    bank = parse_bank(str(tmp_path), HEAD + BAD + SOUND)
    assert [(item.id, at.keys) for item, at in bank.items] == [("sound", ("items", 1))]
    assert [entry["id"] for entry in bank.unsound] == ["bad"]
    assert [(finding.code, finding.at.keys) for finding in bank.findings] == [("missing-key", ("items", 0))]


@pytest.mark.parametrize(
    ("text", "code"),
    [("", "empty-file"), ("items: [", "yaml-syntax"), ("- a", "wrong-type"), (HEAD.replace("B", ""), "empty")],
)
def test_a_text_that_is_no_bank_says_so(text: str, code: str) -> None:
    """There are no items then, and the reason is among what it came to."""
    bank = parse_bank("b.yaml", text)
    assert bank.items == []
    assert code in {*(d.code for d in bank.diagnostics), *(f.code for f in bank.findings)}


def test_more_mistakes_than_are_looked_at_leave_out_all_entries() -> None:
    """None of them is known to be sound."""
    bank = parse_bank("b.yaml", HEAD + BAD * 1001 + SOUND)
    assert bank.items == []
    assert len(bank.unsound) == 1002
    assert bank.findings[-1].code == "too-many"


@given(st.sampled_from(sorted((samples.HERE / "bad").glob("*.yaml"))), st.integers(0, 2000), st.text(max_size=5))
def test_a_text_always_comes_to_the_same(sample: Path, place: int, typed: str) -> None:
    """Whoever keeps what a path and a text came to keeps what they will come to."""
    text = sample.read_text("utf-8", "replace")
    text = text[:place] + typed + text[place:]
    assert parse_bank("b.yaml", text) == parse_bank("b.yaml", text)
