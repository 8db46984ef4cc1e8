"""Temporary folders are gone after a stop, whenever it comes."""

from __future__ import annotations

import gc
import shutil
import signal
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING, Any, NoReturn

import pytest

from builder.disk.temporary import TemporaryFolder

if TYPE_CHECKING:
    from collections.abc import Iterator


@pytest.fixture
def home(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Iterator[Path]:
    """The folder for temporary files, in a process that SIGTERM stops like Ctrl-C."""

    def stop(*_: object) -> NoReturn:
        raise KeyboardInterrupt

    before = signal.signal(signal.SIGTERM, stop)
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path))
    yield tmp_path
    signal.signal(signal.SIGTERM, before)


@pytest.mark.filterwarnings("ignore:Implicitly cleaning up:ResourceWarning")
def test_a_stop_while_a_folder_is_made_leaves_none(monkeypatch: pytest.MonkeyPatch, home: Path) -> None:
    """The signal comes when the folder is there and Python has not noted yet that it is to be deleted."""
    make = tempfile.mkdtemp

    def stopped(*args: Any) -> str:
        name: str = make(*args)
        signal.raise_signal(signal.SIGTERM)
        return name

    monkeypatch.setattr("tempfile.mkdtemp", stopped)
    with pytest.raises(KeyboardInterrupt):
        TemporaryFolder()
    gc.collect()
    assert not list(home.iterdir())


def test_a_stop_while_a_folder_is_deleted_leaves_nothing_of_it(monkeypatch: pytest.MonkeyPatch, home: Path) -> None:
    """The signal comes before the first file is deleted."""
    folder = TemporaryFolder()
    (Path(folder.name) / "file").write_text("x", "utf-8")
    delete = shutil.rmtree

    def stopped(*args: Any, **options: Any) -> None:
        signal.raise_signal(signal.SIGTERM)
        delete(*args, **options)

    monkeypatch.setattr("shutil.rmtree", stopped)
    with pytest.raises(KeyboardInterrupt):
        folder.cleanup()
    assert not list(home.iterdir())
