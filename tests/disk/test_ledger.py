from __future__ import annotations

import os
import signal
import sqlite3
import stat
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from pathlib import Path

import pytest

from builder.diagnostics import BuilderError
from builder.disk.ledger import Ledger

ROOT = Path(__file__).parent.parent.parent
_WRITES = """
import sys
from pathlib import Path
from builder.disk.ledger import Ledger
ledger = Ledger(Path(sys.argv[1]))
for number in range(int(sys.argv[3])):
    ledger.add("her", [f"{sys.argv[2]} {number}"])
    print(number, flush=True)
"""


def _lines(path: Path, topic: str = "her", after: int = 0) -> list[str]:
    """The lines that are in the file."""
    with closing(Ledger(path)) as ledger:
        return [line for _, line in ledger.lines(topic, after)]


def _writer(path: Path, name: str, lines: int) -> subprocess.Popen[str]:
    """A process that adds lines, and says the number of each that was added."""
    command = [sys.executable, "-c", _WRITES, str(path), name, str(lines)]
    return subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, text=True)


def test_a_line_is_kept_once_for_each_topic(tmp_path: Path) -> None:
    """What is there already is passed over; numbers grow, and lead on from the last that was read."""
    path = tmp_path / "in" / "progress.db"
    with closing(Ledger(path)) as ledger:
        assert ledger.add("her", ["a", "b", "a"]) == 2
        assert ledger.add("her", ["b", "c"]) == 1
        assert ledger.add("other", ["a"]) == 1
        (first, _), _, (last, _) = lines = ledger.lines("her")
        assert [line for _, line in lines] == ["a", "b", "c"]
        assert ledger.lines("her", last) == []
    assert _lines(path, "her", first) == ["b", "c"]


@pytest.mark.skipif(os.name == "nt", reason="Windows has no such permissions")
def test_nobody_else_can_read_it(tmp_path: Path) -> None:
    """The folder is made for the user alone."""
    Ledger(tmp_path / "mine" / "progress.db").close()
    assert stat.S_IMODE((tmp_path / "mine").stat().st_mode) == 0o700


def test_processes_write_at_once_and_lose_nothing(tmp_path: Path) -> None:
    """Four processes begin with an empty folder at the same time, and every line of theirs is there."""
    path = tmp_path / "progress.db"
    with ThreadPoolExecutor(4) as pool:
        list(pool.map(lambda name: _writer(path, name, 25).communicate(), "abcd"))
    assert set(_lines(path)) == {f"{name} {n}" for name in "abcd" for n in range(25)}


@pytest.mark.skipif(os.name == "nt", reason="Windows has no SIGKILL")
def test_a_killed_process_loses_nothing_that_it_has_added(tmp_path: Path) -> None:
    """Every line of which `add` has returned is there after SIGKILL, and the file is sound."""
    path = tmp_path / "progress.db"
    writer = _writer(path, "a", 10_000)
    assert writer.stdout
    said = [writer.stdout.readline() for _ in range(20)]
    writer.send_signal(signal.SIGKILL)
    said += writer.stdout.readlines()
    writer.communicate()
    kept = _lines(path)
    assert kept[: len(said)] == [f"a {number.strip()}" for number in said if number.endswith("\n")]
    assert len(kept) <= len(said) + 1
    with closing(sqlite3.connect(path)) as base:
        assert base.execute("pragma integrity_check").fetchone() == ("ok",)


def test_what_is_no_ledger_is_refused(tmp_path: Path) -> None:
    """A damaged file, one of a later version or of another program, and a folder that can't be made end in one line that names the file."""
    (tmp_path / "bad.db").write_bytes(b"no database at all" * 99)
    with pytest.raises(BuilderError, match=r"bad\.db: the progress can't be read or written: file is not a database"):
        Ledger(tmp_path / "bad.db")
    later = sqlite3.connect(tmp_path / "later.db")
    later.execute("pragma user_version = 99")
    later.close()
    with pytest.raises(BuilderError, match=r"later\.db: a later her-study wrote it"):
        Ledger(tmp_path / "later.db")
    for version, made in ((0, "table other (a)"), (1, "table other (a)"), (1, "view line as select 1 as number")):
        foreign = sqlite3.connect(tmp_path / "foreign.db")
        foreign.executescript(f"create {made}; pragma user_version = {version};")
        foreign.close()
        before = (tmp_path / "foreign.db").read_bytes()
        with pytest.raises(BuilderError, match=r"foreign\.db: another program wrote it"):
            Ledger(tmp_path / "foreign.db")
        assert (tmp_path / "foreign.db").read_bytes() == before
        (tmp_path / "foreign.db").unlink()
    (tmp_path / "file").touch()
    with pytest.raises(BuilderError, match="file: the folder can't be made"):
        Ledger(tmp_path / "file" / "progress.db")
