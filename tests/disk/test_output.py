from __future__ import annotations

import errno
import os
import signal
import stat
import subprocess
import sys
import threading
from pathlib import Path
from typing import Any
from unittest.mock import Mock

import pytest

from builder.diagnostics import BuilderError
from builder.disk import journal, output

SYNCED = ("fsync", "replace", "ftruncate")


def test_files_are_written_and_nothing_else(tmp_path: Path) -> None:
    """The folder is made, holds just the files, and everyone whom the umask allows may read them."""
    paths = output.write(tmp_path / "new" / "dist", {"a": b"1", "b": b"2"})
    assert [p.read_bytes() for p in paths] == [b"1", b"2"]
    assert sorted(os.listdir(tmp_path / "new" / "dist")) == ["a", "b"]
    if sys.platform != "win32":  # where a file has but a read-only flag
        umask = os.umask(0)
        os.umask(umask)
        assert stat.S_IMODE(paths[0].stat().st_mode) == 0o666 & ~umask


@pytest.mark.parametrize("name", ["../a", "/etc/her-study", "sub/../../a", "link/a", "", ".", "..", "sub/.."])
def test_a_name_that_leads_out_is_refused(tmp_path: Path, name: str) -> None:
    """Nothing is written outside the folder, nor beside it, and then nothing at all."""
    folder = tmp_path / "dist"
    (folder / "sub").mkdir(parents=True)
    (folder / "link").symlink_to(tmp_path)
    with pytest.raises(BuilderError, match="nothing was written"):
        output.write(folder, {"good": b"1", name: b"2"})
    assert sorted(p.name for p in tmp_path.rglob("*")) == ["dist", "link", "sub"]


def test_a_link_is_replaced_and_a_folder_that_is_one_is_followed(tmp_path: Path) -> None:
    """-o may be a link to a folder; a link in it is put aside, and what it led to is not written."""
    (tmp_path / "real").mkdir()
    (tmp_path / "dist").symlink_to(tmp_path / "real")
    (tmp_path / "mine").write_bytes(b"mine")
    (tmp_path / "real" / "a").symlink_to(tmp_path / "mine")
    output.write(tmp_path / "dist", {"a": b"1", "b": b"2"})
    assert (tmp_path / "dist").is_symlink()
    assert sorted(os.listdir(tmp_path / "real")) == ["a", "b"]
    assert not (tmp_path / "real" / "a").is_symlink()
    assert (tmp_path / "mine").read_bytes() == b"mine"


@pytest.mark.parametrize("linked", [True, False])
def test_a_folder_in_the_place_of_a_file_undoes_the_rest(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, *, linked: bool
) -> None:
    """Where the last file can't be put in place the first is put back at once, on file systems without links as well."""
    output.write(tmp_path, {"a": b"old", "b": b"old"})
    if not linked:

        def refuse(*_: object, **__: object) -> None:
            raise OSError(95, "Operation not supported")

        monkeypatch.setattr(os, "link", refuse)
    honest = os.replace

    def held(source: Path, target: Path) -> None:
        if target.name == "b" and source.suffix == ".new":
            raise PermissionError(13, "Permission denied")  # as Windows says while another program has it open
        honest(source, target)

    monkeypatch.setattr(os, "replace", held)
    with pytest.raises(BuilderError, match="nothing was written: Permission denied"):
        output.write(tmp_path, {"new": b"new", "a": b"new", "b": b"new"})
    assert {path.name: path.read_bytes() for path in tmp_path.iterdir()} == {"a": b"old", "b": b"old"}
    monkeypatch.undo()
    (tmp_path / "c").mkdir()
    with pytest.raises(BuilderError, match="'c' is a folder"):
        output.write(tmp_path, {"a": b"new", "c": b"new"})
    assert (tmp_path / "a").read_bytes() == b"old"


def test_a_file_deleted_after_it_was_put_in_place_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Who deletes the folder while it is filled may take a file and leave those that come after it."""
    replace = os.replace

    def lossy(source: str, target: str | Path) -> None:
        replace(source, target)
        if Path(target).name == "a":
            os.unlink(target)

    monkeypatch.setattr(os, "replace", lossy)
    told: list[Path] = []
    with pytest.raises(BuilderError, match=r"a: another program deleted it .* run the command again$"):
        output.write(tmp_path, {"a": b"1", "b": b"2"}, done=told.append)
    assert told == []


def test_a_folder_deleted_on_the_way_is_one_clear_line(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Whenever somebody deletes the folder, the write ends with the reason, and does not make it again."""
    honest = os.fsync
    for number in range(1, 5):
        folder = tmp_path / str(number)
        calls = iter(range(1, 100))

        def deleting(handle: int, folder: Path = folder, number: int = number, calls: Any = calls) -> None:
            honest(handle)
            if next(calls) == number:
                for path in folder.iterdir():
                    path.unlink()
                folder.rmdir()

        monkeypatch.setattr(os, "fsync", deleting)
        with pytest.raises(BuilderError, match="No such file or directory"):
            output.write(folder, {"a": b"1", "b": b"2"})
        assert not folder.exists()


def test_a_folder_that_may_not_be_written(tmp_path: Path) -> None:
    """Without permission there is one line; a half written set in such a folder is refused, not read."""
    folder = tmp_path / "dist"
    folder.mkdir()
    (folder / "a").write_bytes(b"old")
    code = (
        "import os,sys,pathlib; from builder.disk import output; from builder.diagnostics import BuilderError\n"
        "folder = pathlib.Path(sys.argv[1])\n"
        "os.geteuid() or os.setuid(65534)\n"
        "for act in (lambda: output.write(folder, {'a': b'1', 'b': b'2'}), lambda: output.settle(folder)):\n"
        "    try: act()\n"
        "    except BuilderError as error: print(error)\n"
        "    else: print('fine')\n"
    )

    def said() -> list[str]:
        command = [sys.executable, "-c", code, str(folder)]
        return subprocess.run(command, check=True, capture_output=True, text=True).stdout.splitlines()

    for path in (tmp_path, *tmp_path.parents):
        if path.stat().st_uid == os.geteuid() and path != Path("/"):
            path.chmod(path.stat().st_mode | 0o055)
    folder.chmod(0o555)
    assert said() == [f"{folder}: nothing was written: Permission denied; mend that, or name another folder", "fine"]
    folder.chmod(0o755)
    (folder / journal.NAME).write_bytes(b'[["a", true, 1, 1]]')
    (folder / journal.NAME).chmod(0o444)
    folder.chmod(0o555)
    assert "a write was interrupted, and the old files can't be put back: Permission denied" in said()[1]
    folder.chmod(0o755)
    assert (folder / "a").read_bytes() == b"old"


@pytest.mark.skipif(sys.platform == "win32", reason="Windows knows no such limit")
def test_no_file_may_pass_a_limit(tmp_path: Path) -> None:
    """Where the kernel cuts a file short (RLIMIT_FSIZE) in the middle of its bytes, the old ones stay, and no scrap."""
    output.write(tmp_path, {"a": b"old", "b": b"old"})
    code = (
        "import pathlib,sys; from builder.disk import output; from builder.diagnostics import BuilderError\n"
        "try: output.write(pathlib.Path(sys.argv[1]), {'a': b'new', 'b': b'x' * 100_000})\n"
        "except BuilderError as error: sys.exit(str(error))\n"
    )

    def limited() -> None:
        import resource

        signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
        resource.setrlimit(resource.RLIMIT_FSIZE, (50_000, 50_000))

    command = [sys.executable, "-c", code, str(tmp_path)]
    done = subprocess.run(command, check=False, capture_output=True, text=True, preexec_fn=limited)
    assert "nothing was written: File too large" in done.stderr
    assert {path.name: path.read_bytes() for path in tmp_path.iterdir()} == {"a": b"old", "b": b"old"}


def test_what_another_wrote_meanwhile_is_not_overwritten(tmp_path: Path) -> None:
    """A text that is no more what it was when it was read, or is there now or gone, stops the write."""
    (tmp_path / "a").write_bytes("\ufeffé\r\n".encode())
    output.write(tmp_path, {"a": "é".encode(), "b": b"1"}, before={"a": "é\r\n", "b": None})
    for before in ({"a": "e"}, {"a": None}, {"c": "1"}):
        with pytest.raises(BuilderError, match="changed or gone meanwhile, so nothing was written"):
            output.write(tmp_path, {"a": b"2"}, before=before)
    assert {path.name: path.read_bytes() for path in tmp_path.iterdir()} == {"a": "é".encode(), "b": b"1"}


def test_ctrl_c_waits_for_the_renames(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Pressed between two of them it comes when all are done and told; before the first, nothing is written."""
    honest = os.replace

    def pressed(source: Path, target: Path) -> None:
        honest(source, target)
        signal.raise_signal(signal.SIGINT)

    done: list[Path] = []
    monkeypatch.setattr(os, "replace", pressed)
    with pytest.raises(KeyboardInterrupt):
        output.write(tmp_path, {"a": b"1", "b": b"2"}, done=done.append)
    assert done == [tmp_path / "a", tmp_path / "b"]
    assert sorted(os.listdir(tmp_path)) == ["a", "b"]
    monkeypatch.setattr(os, "link", lambda *_, **__: signal.raise_signal(signal.SIGINT))
    monkeypatch.setattr(os, "replace", honest)
    monkeypatch.setattr(os, "chmod", lambda *_: signal.raise_signal(signal.SIGINT))
    with pytest.raises(KeyboardInterrupt):
        output.write(tmp_path, {"a": b"3", "b": b"4"}, done=done.append)
    assert len(done) == 2
    assert {path.name: path.read_bytes() for path in tmp_path.iterdir()} == {"a": b"1", "b": b"2"}


def test_threads_may_write_as_well(tmp_path: Path) -> None:
    """Outside the main thread, where signals can't be handled, a write is the same, and one waits for the other."""
    threads = [
        threading.Thread(target=output.write, args=(tmp_path, {"a": b"%d" % i, "b": b"%d" % i})) for i in range(8)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(os.listdir(tmp_path)) == ["a", "b"]
    assert (tmp_path / "a").read_bytes() == (tmp_path / "b").read_bytes()


@pytest.mark.parametrize("call", [1, 2])
def test_a_journal_that_another_process_deletes_is_made_anew(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, call: int
) -> None:
    """The process that had the lock deletes the journal as it ends, at whichever look of the one that waited for it."""
    lstat, looks = os.lstat, iter(range(1, 100))

    def deleting(path: str | Path) -> os.stat_result:
        if os.path.basename(path) == journal.NAME and next(looks) == call:
            os.unlink(path)
        return lstat(path)

    monkeypatch.setattr(os, "lstat", deleting)
    with journal.locked(tmp_path, lambda: None):
        pass
    assert os.listdir(tmp_path) == []


def test_a_file_keeps_its_permissions(tmp_path: Path) -> None:
    """What its owner closed to others stays closed."""
    (tmp_path / "a").write_bytes(b"1")
    (tmp_path / "a").chmod(0o600)
    output.write(tmp_path, {"a": b"2"})
    assert stat.S_IMODE((tmp_path / "a").stat().st_mode) == 0o600


def test_a_file_in_the_place_of_the_folder_is_one_clear_line(tmp_path: Path) -> None:
    """A file where the folder should be is refused with the reason."""
    (tmp_path / "dist").write_bytes(b"a file")
    with pytest.raises(BuilderError, match="File exists"):
        output.write(tmp_path / "dist", {"a": b"1"})


def test_folders_made_for_nothing_go_again(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Where the disk is full, no empty folder is left either; one that was there stays."""
    (tmp_path / "there").mkdir()
    monkeypatch.setattr(output, "_write_synced", fails := Mock(side_effect=OSError(errno.ENOSPC, "full")))
    for name in ("there/a/b/new.txt", "there/new.txt", "deep/er/new.txt"):
        with pytest.raises(BuilderError, match="nothing was written"):
            output.write(tmp_path / "there" / "out", {name: b"x"})
    assert fails.call_count == 3
    assert [path.name for path in tmp_path.rglob("*")] == ["there"]
