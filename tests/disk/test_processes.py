"""Processes beside this one: a caller that they can't begin for, or that loses one, is told so."""

from __future__ import annotations

import errno
import os
import pickle
import platform
import subprocess
import sys
import threading
import time
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from builder.diagnostics import BuilderError
from builder.disk import processes
from builder.printing.pdf import named

if TYPE_CHECKING:
    from collections.abc import Iterator
    from multiprocessing.connection import Connection

WAIT = 120  # seconds; a call that never ended took all of the time that it was given
ROOT = Path(__file__).parent.parent.parent
ROSTER = """
from builder.paper.record import Student
from builder.printing import papers
from tests.make.course import course_of
from tests.make.items import EXAMPLES
from tests.make.papers import quiz_of

people = tuple(Student(id=f"s{n}", name=f"Student {n}", version="A") for n in range(101))
course = course_of(EXAMPLES[:1])
papers.files(course, quiz_of(course, students=people))
"""
SCANS = """
from pathlib import Path
from builder.grading.decisions import Joined
from builder.grading.reading import read_all
from builder.paper.record import Quiz

quiz = Quiz.model_validate_json(Path("quiz.json").read_text())
read_all(quiz, Joined(), [Path("scans")], 2, lambda _: None)
"""


def called(script: str, folder: Path) -> subprocess.CompletedProcess[str]:
    """A script that is run as a file in a folder."""
    (folder / "script.py").write_text(script)
    env = {**os.environ, "PYTHONPATH": str(ROOT)}
    command = [sys.executable, "script.py"]
    return subprocess.run(command, cwd=folder, env=env, timeout=WAIT, capture_output=True, text=True, check=False)


@pytest.mark.slow
def test_a_script_without_a_guard_is_told_of_it(tmp_path: Path) -> None:
    """A roster is printed by a second process, which would begin the script once more: the call ends, and says why."""
    done = called(ROSTER, tmp_path)
    assert done.returncode == 1
    assert done.stderr.splitlines()[-1].endswith(f"BuilderError: {processes.UNSTARTED}")


@pytest.mark.slow
def test_so_is_one_that_reads_scans(tmp_path: Path) -> None:
    """Pages are shared among processes that would each begin the script once more: the call ends, and says why."""
    from tests.marking import sheets

    (tmp_path / "quiz.json").write_text(sheets.paper().quiz.model_dump_json(by_alias=True))
    (tmp_path / "scans").mkdir()
    for n in range(9):  # fewer are read by one process
        (tmp_path / f"scans/{n}.tif").write_bytes(b"II*\0nothing")
    done = called(SCANS, tmp_path)
    assert done.returncode == 1
    last = done.stderr.splitlines()[-1]
    assert "BuilderError: a process that reads pages can't be started" in last
    assert last.endswith(processes.GUARD)


def test_jobs_come_in_their_order_each_few_in_a_process_of_their_own() -> None:
    """What the jobs make comes in their order, and no process does more than its share of them."""
    count = 2 * named.JOBS_A_PROCESS + 1
    found = [data.split(b" ") for data in named.made([partial(_own, n) for n in range(count)], alone=False)]
    assert [int(number) for number, _ in found] == list(range(count))
    doers = [doer for _, doer in found]
    assert str(os.getpid()).encode() not in doers
    assert [doers.count(doer) for doer in dict.fromkeys(doers)] == [named.JOBS_A_PROCESS, named.JOBS_A_PROCESS, 1]


def _own(number: int) -> bytes:
    return f"{number} {os.getpid()}".encode()


@pytest.mark.parametrize(
    ("end", "message"),
    [(partial(os.abort), "was ended before its work was done"), (partial(int, "x"), "invalid literal for int")],
)
def test_a_job_that_fails_ends_all(end: partial[bytes], message: str) -> None:
    """What a job raises is raised, and a process that breaks down is told of; neither is waited for."""
    with pytest.raises((BuilderError, ValueError), match=message):
        list(named.made([partial(_own, 0), end, partial(_own, 1)], alone=False))


def squared(number: int) -> int:
    """What each unit comes to."""
    return number * number


def answers(pipe: Connection[Any, Any], *, waits: bool) -> None:
    """Wait for a word that never comes, or send more than anybody takes."""
    while True:
        if waits:
            pipe.recv()
        else:
            pipe.send_bytes(bytes(1_000_000))


@pytest.mark.parametrize("waits", [True, False])
def test_a_process_that_nobody_listens_to_ends_in_silence(capfd: pytest.CaptureFixture[str], *, waits: bool) -> None:
    """It ends by itself, with no traceback below what its caller said last."""
    helper = processes.started(partial(answers, waits=waits))
    helper.pipe.close()
    helper.process.join(WAIT)
    assert helper.process.exitcode == 0
    assert capfd.readouterr().err == ""


forking = pytest.mark.skipif(sys.platform != "linux", reason="a process is forked on Linux alone")


@forking
def test_two_processes_share_work_from_both_ends() -> None:
    """Each result is in its place; this process has done the first units, and the copy the last one at least."""
    here: list[int] = []
    told: list[int] = []

    def work(number: int) -> int:
        here.append(number)
        return squared(number)

    assert processes.shared(range(50), work, tell=told.append) == list(map(squared, range(50)))
    assert here == list(range(len(here)))
    assert len(here) < 50
    assert told == list(range(1, 51))
    assert processes.shared([], work) == []


@forking
def test_the_copy_works_while_this_process_does_something_else(tmp_path: Path) -> None:
    """However much it has to send: nothing of it waits until it is read."""

    def before() -> None:
        deadline = time.monotonic() + WAIT
        while not done.exists() and time.monotonic() < deadline:
            time.sleep(0.01)

    def work(number: int) -> tuple[int, bytes]:
        if number == 0:
            done.touch()
        return os.getpid(), bytes(1_000_000)

    done = tmp_path / "done"
    found = processes.shared(range(5), work, before=before)
    assert os.getpid() not in {pid for pid, _ in found[1:]}  # the last piece may still be on its way


@forking
@pytest.mark.parametrize("sent", [0, 1, 3])
def test_what_a_copy_leaves_undone_this_process_does(monkeypatch: pytest.MonkeyPatch, sent: int) -> None:
    """However many units it has sent before its end, as where the system ends it for lack of memory."""

    def some(units: range, *_: object) -> Iterator[bytes]:
        for number in units[::-1][:sent]:
            yield pickle.dumps(squared(number))
        while True:  # what is sent is on its way
            time.sleep(0.2)
            os._exit(9)

    monkeypatch.setattr(processes, "_made", some)
    assert processes.shared(range(7), squared) == list(map(squared, range(7)))


@forking
def test_what_cant_be_sent_this_process_does() -> None:
    """So it is with what fails there; what fails here too is raised once, and nobody else tells of it."""
    mine = os.getpid()

    def refused(value: object) -> bytes:
        raise ValueError(value)

    def fails(number: int) -> int:
        if os.getpid() != mine or number == 6:
            raise KeyError(number)
        return squared(number)

    assert processes.shared(range(5), squared, dumps=refused) == list(map(squared, range(5)))
    assert processes.shared(range(5), fails) == list(map(squared, range(5)))
    with pytest.raises(KeyError, match="6"):
        processes.shared(range(7), fails)


@forking
@pytest.mark.parametrize("call", ["memfd_create", "fork"])
def test_where_no_process_can_be_had_this_one_does_all(monkeypatch: pytest.MonkeyPatch, call: str) -> None:
    """As in a container that allows no further one, or no memory for it."""

    def refused(*_: object) -> int:
        raise BlockingIOError(errno.EAGAIN, os.strerror(errno.EAGAIN))

    monkeypatch.setattr(os, call, refused)
    assert processes.shared(range(5), squared) == list(map(squared, range(5)))


def forks(pipe: Connection[Any, Any]) -> None:
    """Whether the process that this is may fork."""
    pipe.send(processes.may_fork())


def test_a_worker_of_a_pool_is_not_forked() -> None:
    """Python lets it have no process of its own."""
    helper = processes.started(forks)
    assert helper.pipe.recv() is False
    helper.end()


def test_a_process_with_threads_is_not_forked() -> None:
    """What a thread holds the copy would wait for."""
    assert processes.processors() >= 1
    go = threading.Event()
    thread = threading.Thread(target=go.wait)
    thread.start()
    try:
        assert not processes.may_fork()
    finally:
        go.set()
        thread.join()


@pytest.mark.skipif(platform.libc_ver()[0] != "glibc", reason="other C libraries keep no freed memory")
def test_memory_that_was_freed_is_not_held_twice(monkeypatch: pytest.MonkeyPatch) -> None:
    """What lies free between blocks that are in use goes back to the system before a copy begins."""
    monkeypatch.setattr(processes, "_MUCH", 0)
    blocks = [bytearray(2000) for _ in range(50_000)]
    del blocks[:-1]  # the last one keeps the C library from giving the others back
    before = _resident()
    assert processes.shared([1, 2], str) == ["1", "2"]
    assert _resident() < before - 50_000_000
    assert len(blocks) == 1


def _resident() -> int:
    """The memory that this process holds, in bytes."""
    return int(Path("/proc/self/statm").read_text("ascii").split()[1]) * os.sysconf("SC_PAGE_SIZE")
