from __future__ import annotations

import io
import shutil
import subprocess
import sys
import time
import zipfile
from typing import TYPE_CHECKING, Any

import pytest
from click.testing import CliRunner

from builder.cli import main
from builder.diagnostics import BuilderError
from builder.exchange import excel, guessed
from builder.exchange._frame import BrokenSourceError
from tests.exchange.trip import taken, told
from tests.make.course import course_of
from tests.make.items import EXAMPLES
from tests.make.workbook import workbook, zipped

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

_ODD = {
    "id": "odd",
    "kind": "basic",
    "prompt": "=1+1\n\n- a list\n- of two",
    "answer": "'=2",
    "accept": ["007", "1.50", "2020-01-02", "_x0041_", "TRUE"],
}


def written(*values: Any) -> bytes:
    """The workbook of an export."""
    course = course_of(values)
    (data,) = excel.write(course, course.items).files.values()
    return data


def test_a_spreadsheet_that_saves_the_workbook_changes_nothing(tmp_path: Path) -> None:
    """LibreOffice opens it and saves it again: every item is as it was, also what looks like numbers, days and formulas."""
    program = shutil.which("soffice")
    if program is None:
        pytest.fail("LibreOffice is missing, and only it shows what a spreadsheet makes of it: sh tests/programs.sh")
    course = course_of([*EXAMPLES, _ODD])
    (data,) = excel.write(course, course.items).files.values()
    (tmp_path / "test.xlsx").write_bytes(data)
    profile = f"-env:UserInstallation={(tmp_path / 'profile').as_uri()}"
    command = [program, profile, "--headless", "--convert-to", "xlsx", "--outdir", str(tmp_path / "out")]
    subprocess.run([*command, str(tmp_path / "test.xlsx")], check=True, capture_output=True, timeout=180)
    back = {item.id: item for item in taken(excel.read("x.xlsx", (tmp_path / "out" / "test.xlsx").read_bytes()))}
    assert [told(back[item.id], []) for item in course.items] == [told(item, []) for item in course.items]


def test_no_cell_is_a_formula_or_a_number() -> None:
    """Every cell of the sheet is a text."""
    with zipfile.ZipFile(io.BytesIO(written(_ODD))) as archive:
        sheet = archive.read("xl/worksheets/sheet1.xml").decode()
    assert "<f>" not in sheet
    assert sheet.count("<v>") == sheet.count(' t="s"') > 20


def test_the_same_items_are_the_same_bytes() -> None:
    """No clock goes into a workbook."""
    assert written(_ODD) == written(_ODD)


def test_an_item_that_no_cell_holds_is_left_out_and_named() -> None:
    """Excel would cut it; the others are written."""
    course = course_of([{**_ODD, "id": "long", "answer": "🙂" * 16_384}, _ODD])
    made = excel.write(course, course.items)
    assert [(loss.at.keys[-1], loss.message[:8]) for loss in made.losses] == [(0, "left out")]
    (data,) = made.files.values()
    assert [item.id for item in taken(excel.read("x.xlsx", data))] == ["odd"]


def test_sheets_are_themes_and_what_is_no_table_is_named() -> None:
    """Heads may stand below a title; numbers are as they are shown."""
    head = ["Question", "Option 1", "Option 2", "Correct"]
    data = workbook(
        [["Our quiz"], head, ["Which?", 1.0, 2.5, 2]], [["notes", "on", "it"]], [head, ["Why?", "a", "b", 1]]
    )
    read = excel.read("x.xlsx", data)
    first, second = taken(read)
    assert (first.theme, second.theme) == ("s1", "s3")
    assert first.kind == "mcq"
    assert [option.text for option in first.options if option.is_right] == ["2.5"]
    assert read.told[0] == "sheet 'S1': --columns question=A,A=B,B=C,answer=D"
    assert [(note.span.path, note.severity.value) for note in read.notes] == [
        ("x.xlsx[S1]", "warning"),
        ("x.xlsx[S2]", "warning"),
    ]


def test_an_import_says_how_it_read_the_columns(tmp_path: Path) -> None:
    """And `--columns` reads them otherwise; a format without columns refuses it."""
    (tmp_path / "x.xlsx").write_bytes(workbook([["Sunt", "Was"], ["because", "Why?"]]))
    call = ["import", str(tmp_path / "x.xlsx"), "-o", str(tmp_path / "made")]
    result = CliRunner().invoke(main, [*call, "--columns", "question=Was,answer=Sunt"])
    assert result.exit_code == 0, result.output
    assert "sheet 'S1': --columns answer=A,question=B" in result.stderr
    assert "prompt: Why?" in (tmp_path / "made" / "banks" / "x.yaml").read_text("utf-8")
    refused = CliRunner().invoke(main, [*call, "--columns", "question=A", "--format", "gift"])
    assert (refused.exit_code, "there is csv, excel" in refused.stderr) == (2, True)


def _bomb() -> bytes:
    """A text of 300 kB that twenty thousand cells share: 6 GB, copied for each."""
    with zipfile.ZipFile(io.BytesIO(workbook([["question", "answer"]]))) as archive:
        parts = {name: archive.read(name).decode() for name in archive.namelist()}
    main = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
    parts["xl/sharedStrings.xml"] = f'<sst xmlns="{main}"><si><t>{"a" * 300_000}</t></si></sst>'
    cells = "".join(f'<row r="{n}"><c r="A{n}" t="s"><v>0</v></c></row>' for n in range(2, 20_000))
    sheet = "xl/worksheets/sheet1.xml"
    parts[sheet] = parts[sheet].replace("</sheetData>", f"{cells}</sheetData>")
    links = parts["xl/_rels/workbook.xml.rels"]
    office = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
    link = f'<Relationship Id="r9" Type="{office}/sharedStrings" Target="sharedStrings.xml"/></Relationships>'
    parts["xl/_rels/workbook.xml.rels"] = links.replace("</Relationships>", link)
    return zipped(parts)


@pytest.mark.parametrize(
    "made",
    [
        _bomb,
        lambda: workbook([["question", "answer"]], far="XFD1048576"),
        lambda: zipped({"xl/worksheets/sheet1.xml": "<a>" * 200_000}),
        lambda: zipped({"xl/workbook.xml": "\0" * 300_000_000}),
        lambda: workbook([["question", "answer"]])[:-40],
        lambda: b"PK\x03\x04xl/workbook.xml",
        lambda: b"\xd0\xcf\x11\xe0" + bytes(600),
        lambda: workbook([[]]),
    ],
    ids=["texts", "cells", "depth", "zip", "cut", "head", "old", "empty"],
)
def test_a_hostile_workbook_is_refused_in_time(made: Callable[[], bytes]) -> None:
    """Whatever it would unpack to, it is refused within bounds."""
    data = made()
    start = time.process_time()
    with pytest.raises(BrokenSourceError):
        excel.read("x.xlsx", data)
    assert time.process_time() - start < 10


@pytest.mark.parametrize(("module", "act"), [("xlsxwriter", "write"), ("python_calamine", "read")])
def test_a_missing_extra_is_named(module: str, act: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """One line says what to install."""
    data = written(_ODD)
    monkeypatch.setitem(sys.modules, module, None)
    with pytest.raises(BuilderError, match=r"pip install 'her-study\[excel\]'"):
        written(_ODD) if act == "write" else excel.read("x.xlsx", data)


def test_the_format_is_known_by_name_and_parts() -> None:
    """Whatever the name says, a zip with a workbook in it is one."""
    assert guessed("x.xlsx", b"PK\x03\x04") == guessed("x", workbook([["a"]])) == "excel"
