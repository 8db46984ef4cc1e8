"""Several processes that read a pile: the same results, whatever becomes of any of them."""

from __future__ import annotations

import os
import platform
import signal
import subprocess
import sys
import time
from multiprocessing import active_children
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from PIL import Image

from builder.diagnostics import BuilderError
from builder.grading import crew
from builder.grading.decisions import Decision, Joined
from builder.grading.pages import Page
from builder.grading.reading import Part, read_all
from builder.paper.record import Quiz
from tests.marking import piles, sheets

if TYPE_CHECKING:
    from collections.abc import Iterator

pytestmark = pytest.mark.slow
COUNT = 12  # pages of the class
WAIT = 60  # seconds that another process may take on a machine that is busy
ROOT = Path(__file__).parent.parent.parent


@pytest.fixture(scope="module")
def pile(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The record of a class, all of its sheets as one PDF, a broken file, and a decision."""
    folder = tmp_path_factory.mktemp("class")
    made = piles.filled(sheets.generator("crew"))
    (folder / "quiz.json").write_text(made.quiz.model_dump_json(by_alias=True))
    (folder / "scans").mkdir()
    piles.saved(made.pages, folder / "scans/all.pdf")
    (folder / "scans/broken.tif").write_bytes(b"II*\0nothing")
    return folder


def quiz_in(folder: Path) -> Quiz:
    """The record."""
    return Quiz.model_validate_json((folder / "quiz.json").read_text())


def untold(_: float) -> None:
    """Nobody looks how far the reading is."""


def shown(pages: list[Page]) -> list[tuple[object, ...]]:
    """What pages say, without the objects that hold it."""
    rows = [
        [(row.question.id, row.answer, row.confidence, row.doubt, row.picture) for row in page.rows] for page in pages
    ]
    heads = [(page.file, page.number, page.digest, page.stamp, page.owner, page.reason) for page in pages]
    return list(zip(heads, rows, strict=True))


def test_more_processes_read_what_one_reads(pile: Path) -> None:
    """One, two and three processes give the same pages in the same order, each told as it is done."""
    told: list[float] = []
    one, two, three = (read_all(quiz_in(pile), Joined(), [pile / "scans"], n, told.append) for n in (1, 2, 3))
    assert len(one) == COUNT + 1
    assert [page.file.rsplit("/", 1)[-1] for page in one if page.refused] == ["broken.tif"]
    assert shown(two) == shown(three) == shown(one)
    assert told == [n / (COUNT + 1) for n in range(1, COUNT + 2)] * 3
    assert {id(row.question) for page in three for row in page.rows} <= {
        id(item) for page in three if page.layout for item in page.layout.version.items
    }


def test_a_process_that_breaks_down_costs_one_page(pile: Path) -> None:
    """Another takes its place, and all other pages are read."""
    found: dict[int, Page] = {}

    def take(_: int, place: int, page: Page | BuilderError) -> None:
        assert isinstance(page, Page)
        found[place] = page
        if len(found) == 1:
            for child in active_children():
                child.kill()

    name = str(pile / "scans/all.pdf")
    parts = [Part(0, name, first, first + 4) for first in range(0, COUNT, 4)]
    crew.share(quiz_in(pile), Joined(), parts, 1, take)
    broken = [page for page in found.values() if "breaks down" in page.refused]
    assert sorted(found) == list(range(COUNT))
    assert len(broken) == 1
    assert all(page.digest and not page.refused for page in found.values() if page not in broken)


def test_a_decision_that_can_not_be_stops_all(pile: Path) -> None:
    """What a decision names wrongly is told, whichever process comes to the page."""
    quiz = quiz_in(pile)
    digest = read_all(quiz, Joined(), [pile / "scans"], 1, untold)[5].digest
    wrong = Joined(pages={digest: Decision(student="nobody")})
    for processes in (1, 2):
        with pytest.raises(BuilderError, match="no student 'nobody' is on the roster"):
            read_all(quiz, wrong, [pile / "scans"], processes, untold)


def of_group(group: int) -> list[int]:
    """The processes of a group, those that have ended left out."""
    found = []
    for entry in Path("/proc").iterdir():
        try:
            state, _, own = (entry / "stat").read_text().rsplit(")", 1)[1].split()[:3]
        except OSError:
            continue
        if int(own) == group and state != "Z":
            found.append(int(entry.name))
    return found


@pytest.fixture
def reading(pile: Path, tmp_path: Path) -> Iterator[subprocess.Popen[str]]:
    """A run of `grade` whose processes read, in a group of its own, over a pile that takes a while."""
    (tmp_path / "many").mkdir()
    for n in range(40):
        os.link(pile / "scans/all.pdf", tmp_path / f"many/{n}.pdf")
    (tmp_path / "out").mkdir()
    (tmp_path / "out/decisions.yaml").write_text("by: Ada\n")
    call = [
        "-m",
        "builder",
        "grade",
        tmp_path / "many",
        "--quiz",
        pile / "quiz.json",
        "--jobs",
        2,
        "-o",
        tmp_path / "out",
    ]
    with subprocess.Popen(
        [sys.executable, *map(str, call)], cwd=ROOT, start_new_session=True, stderr=subprocess.PIPE, text=True
    ) as run:
        end = time.monotonic() + WAIT
        while len(of_group(run.pid)) < 4 and time.monotonic() < end:  # with the one that watches over what is shared
            time.sleep(0.05)
        yield run
        run.kill()


@pytest.mark.skipif(sys.platform != "linux", reason="looks into /proc")
@pytest.mark.parametrize("number", [signal.SIGKILL, signal.SIGINT, signal.SIGTERM])
def test_nothing_is_left_of_a_run_that_is_stopped(
    reading: subprocess.Popen[str], tmp_path: Path, number: signal.Signals
) -> None:
    """However it is stopped, no process of it goes on, and what was decided is still there."""
    if number == signal.SIGINT:
        os.killpg(reading.pid, number)  # as a terminal does
    else:
        reading.send_signal(number)
    reading.wait(WAIT)
    end = time.monotonic() + WAIT
    while of_group(reading.pid) and time.monotonic() < end:
        time.sleep(0.05)
    assert of_group(reading.pid) == []
    assert [path.name for path in (tmp_path / "out").iterdir()] == ["decisions.yaml"]
    assert (tmp_path / "out/decisions.yaml").read_text() == "by: Ada\n"
    if number == signal.SIGINT:
        said = reading.stderr.read() if reading.stderr else ""
        assert reading.returncode == 130
        assert "Traceback" not in said
        assert said.endswith("stopped: nothing was written\n")


def test_a_broken_page_stops_no_other_of_its_file(tmp_path: Path, pile: Path) -> None:
    """A TIFF whose second page is cut short still gives the others."""
    noise = [Image.effect_noise((700, 900), 60 + n) for n in range(3)]
    path = tmp_path / "three.tif"
    noise[0].save(path, save_all=True, append_images=noise[1:], compression="tiff_lzw")
    with Image.open(path) as picture:
        picture.seek(1)
        start = picture.tag_v2[273][0]  # type: ignore[attr-defined]
    data = bytearray(path.read_bytes())
    data[start : start + 2000] = b"\xff" * 2000
    path.write_bytes(data)
    pages = read_all(quiz_in(pile), Joined(), [path], 1, untold)
    assert [page.number for page in pages] == [1, 2, 3]
    assert ["can't be read" in page.refused for page in pages] == [False, True, False]


_PAGES = """
from resource import RUSAGE_SELF, getrusage
import numpy as np
from builder.grading.reading import keep_freed
keep_freed()
def page():
    dots = np.ones((5, 1 << 20), np.uint8)
    return (dots * 2).sum()
page()
before = getrusage(RUSAGE_SELF).ru_minflt
for _ in range(20):
    page()
print(getrusage(RUSAGE_SELF).ru_minflt - before)
"""


@pytest.mark.skipif(platform.libc_ver()[0] != "glibc", reason="other C libraries have their own ways")
def test_what_a_page_frees_serves_the_next_one() -> None:
    """The system is not asked again for the memory of each page: it was for 1,000 pieces of 4 KB a page of 10 MB."""
    done = subprocess.run([sys.executable, "-c", _PAGES], capture_output=True, text=True, check=True, cwd=ROOT)
    assert int(done.stdout) < 1000
