from __future__ import annotations

import shutil
import struct
import subprocess
import time
from typing import TYPE_CHECKING

import pytest

from builder.exchange import excel, guessed
from builder.exchange._frame import BrokenSourceError
from builder.paper.roster import binary
from tests.exchange.trip import taken, told
from tests.make.course import course_of
from tests.make.items import EXAMPLES

if TYPE_CHECKING:
    from pathlib import Path

pytest.importorskip("python_calamine")


def workbook(stream: bytes, *, size: int | None = None, circle: bool = False) -> bytes:
    """A file of sectors with one stream, `Workbook`, of these records."""
    stream += b"\0" * (-len(stream) % 512)
    number = len(stream) // 512
    own = (number + 2) // 126 + 1  # sectors of the table
    first = own + 1
    table = [0xFFFFFFFD] * own + [0xFFFFFFFE, *range(first + 1, first + number), first if circle else 0xFFFFFFFE]
    table += [0xFFFFFFFF] * (128 * own - len(table))
    head = binary.MAGIC + b"\0" * 16 + struct.pack("<HHHHH", 62, 3, 0xFFFE, 9, 6) + b"\0" * 10
    head += struct.pack("<IIIIIIIII", own, own, 0, 4096, 0xFFFFFFFE, 0, 0xFFFFFFFE, 0, 0)[:32] + struct.pack("<I", 0)
    head = head[:76] + struct.pack(f"<{own}I", *range(own))
    head += b"\xff" * (512 - len(head))
    name = "Workbook".encode("utf-16-le")
    entry = name.ljust(64, b"\0") + struct.pack("<H", len(name) + 2) + b"\2" + b"\0" * 49
    entry += struct.pack("<IQ", first, len(stream) if size is None else size)
    return head + struct.pack(f"<{128 * own}I", *table) + entry.ljust(512, b"\0") + stream


def records(*given: tuple[int, bytes]) -> bytes:
    """Records, padded to the least size of a stream."""
    made = b"".join(struct.pack("<HH", kind, len(body)) + body for kind, body in given)
    return made.ljust(4096, b"\0")


def test_an_old_workbook_of_a_spreadsheet_is_read(tmp_path: Path) -> None:
    """LibreOffice saves an export as .xls: every item is as it was."""
    program = shutil.which("soffice")
    if program is None:
        pytest.fail("LibreOffice is missing, and only it writes old workbooks: sh tests/programs.sh")
    course = course_of(EXAMPLES)
    (data,) = excel.write(course, course.items).files.values()
    (tmp_path / "q.xlsx").write_bytes(data)
    profile = f"-env:UserInstallation={(tmp_path / 'profile').as_uri()}"
    command = [program, profile, "--headless", "--convert-to", "xls", "--outdir", str(tmp_path)]
    subprocess.run([*command, str(tmp_path / "q.xlsx")], check=True, capture_output=True, timeout=180)
    old = (tmp_path / "q.xls").read_bytes()
    assert guessed("q.xls", old) == "excel"
    back = {item.id: item for item in taken(excel.read("q.xls", old))}
    assert [told(back[item.id], []) for item in course.items] == [told(item, []) for item in course.items]


def test_the_extent_is_that_of_the_last_cells_and_the_longest_text() -> None:
    """Of two sheets of 3 by 2 and of 1 by 4 cells, two of which show a shared text of ten bytes at most."""
    two, label = struct.pack("<HHHd", 2, 1, 0, 1.0), struct.pack("<HHHI", 0, 0, 0, 0)
    row = struct.pack("<HH", 0, 0) + b"\0" * 24 + struct.pack("<H", 3)
    begin = (0x0809, b"\0" * 16)
    data = records((0x00FC, b"x" * 10), begin, (0x0203, two), (0x00FD, label), begin, (0x00BD, row), (0x00FD, label))
    assert binary.extent(workbook(data)) == (3 * 2 + 1 * 4, 2 * 10)


def test_a_text_with_tabs_may_have_the_name_of_an_old_workbook() -> None:
    """Many systems export such files."""
    assert guessed("q.xls", b"Question\tAnswer\nWhat?\tThat\n") == "csv"


_FAR = struct.pack("<HHHd", 65_535, 255, 0, 1.0)


@pytest.mark.parametrize(
    "data",
    [
        workbook(records((0x0809, b"\0" * 16), (0x0203, _FAR))),
        workbook(records((0x0200, struct.pack("<IIHHH", 0, 0xFFFFFFFF, 0, 256, 0)))),
        workbook(
            records((0x00FC, b"x" * 8000), *[(0x003C, b"x" * 8000)] * 9, *[(0x00FD, b"\0" * 10)] * 5_000)[:65_024]
        ),
        workbook(records((0x002F, b""))),
        workbook(records(), circle=True),
        workbook(records(), size=100),
        workbook(records())[:700],
        binary.MAGIC,
        binary.MAGIC + b"\xff" * 2000,
        binary.MAGIC + b"\0" * binary.MOST_BYTES,
        b"no workbook",
    ],
    ids="far dimensions shared password circle short cut head ones large none".split(),
)
def test_a_hostile_old_workbook_is_refused_in_time(data: bytes) -> None:
    """Calamine sees none that would fill the memory, goes round in a circle, or is damaged."""
    start = time.process_time()
    with pytest.raises(BrokenSourceError):
        excel.read("q.xls", data)
    assert time.process_time() - start < 5
