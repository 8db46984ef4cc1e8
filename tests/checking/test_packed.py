"""What is kept comes back as it was, and nothing else can."""

from __future__ import annotations

import pickle
from pathlib import Path

import pytest

from builder.checking.packed import dumps, loads
from builder.loading.bank import parse_bank
from tests import samples

GOOD = sorted((samples.HERE / "good").glob("*.yaml"))


@pytest.mark.parametrize("path", GOOD, ids=lambda path: path.stem)
def test_banks_come_back_as_they_were(path: Path) -> None:
    """Items of every kind, with their values, passages, places, and the names of what was typed."""
    bank = parse_bank(path.name, path.read_text("utf-8"))
    back = loads(dumps(bank))
    assert repr(back) == repr(bank)
    assert [it.model_fields_set for it, _ in back.items] == [it.model_fields_set for it, _ in bank.items]
    assert [it.digest for it, _ in back.items] == [it.digest for it, _ in bank.items]


class Calling:
    """What a forged pickle would have called."""

    def __init__(self, path: Path) -> None:
        self.path = path

    def __reduce__(self) -> tuple[object, ...]:
        return Path.touch, (self.path,)


@pytest.mark.parametrize("protocol", [0, 5])
def test_a_forged_entry_calls_nothing(tmp_path: Path, protocol: int) -> None:
    """A pickle that names a function is refused, and the function is not called."""
    path = tmp_path / "called"
    with pytest.raises(ValueError, match="nothing that was kept"):
        loads(pickle.dumps(Calling(path), protocol))
    assert not path.exists()


@pytest.mark.parametrize("data", [b"", b"\xff", b"cos\nsystem\n.", b"cbuiltins\neval\n.", dumps(("a", "b"))[:-3]])
def test_damaged_bytes_are_refused(data: bytes) -> None:
    """Cut off, no pickle, or one of the system's functions."""
    with pytest.raises(ValueError, match="nothing that was kept"):
        loads(data)


def test_what_could_not_come_back_is_not_kept() -> None:
    """A function, or an object of a class that is not of the model."""
    for value in (len, Path("a"), lambda: 1):
        with pytest.raises(ValueError, match="kept"):
            loads(dumps(value))
