"""Class lists in Excel workbooks."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from builder.diagnostics import BuilderError
from builder.paper import roster
from builder.paper.roster import workbook as workbooks
from tests.make.workbook import DAY, ZEROS, Cell, workbook, zipped

if TYPE_CHECKING:
    from collections.abc import Sequence

HEAD: list[Cell] = ["ID", "Name"]


def read(data: bytes) -> list[tuple[str, str]]:
    """Ids and names in the order of a list."""
    return [(student.id, student.name) for student in roster.read("list.xlsx", data, ["A", "B"]).students]


def trouble(data: bytes) -> str:
    """What is said of a list that is refused."""
    with pytest.raises(BuilderError) as caught:
        read(data)
    return str(caught.value)


@pytest.mark.parametrize(
    ("cell", "shown"),
    [
        ("8802", "8802"),
        ("0008802", "0008802"),
        (8802, "8802"),
        (8802.0, "8802"),
        (-8802, "-8802"),
        (123_456_789_012_345, "123456789012345"),
        (1.5, "1.5"),
        (True, "TRUE"),
        ((46024, DAY), "2026-01-02"),
        ("  s8802\n ", "s8802"),
    ],
)
def test_cells_are_read_as_excel_shows_them(cell: Cell, shown: str) -> None:
    """A number has no decimal point of its own, and what was typed as text stays."""
    assert read(workbook([HEAD, [cell, "Amy Adams"]])) == [(shown, "Amy Adams")]


def test_a_workbook_of_titles_gaps_and_two_sheets() -> None:
    """The sheet whose heads are known is read, from its heads on; lines are counted as Excel counts them."""
    cover: list[list[Cell]] = [["Course", "Letters"], ["Term", "autumn"]]
    sheet: list[list[Cell]] = [
        ["Term: autumn"],
        [],
        ["Nr", "Student", "SIS User ID"],
        [1, "Adams, Amy", "s1"],
        [],
        [2, "Isaac, Paul", "s2"],
    ]
    assert read(workbook(cover, sheet)) == [("s1", "Adams, Amy"), ("s2", "Isaac, Paul")]
    sheet[-1][-1] = "s1"
    assert trouble(workbook(cover, sheet)) == "list.xlsx: line 6 has the id 's1' of line 4; correct the file"


def test_what_stands_beside_the_table_does_no_harm() -> None:
    """No delimiter parts the cells of a workbook: a remark to the right of a name is a remark."""
    assert read(workbook([HEAD, ["s1", "Adams, Amy", "has paid"]])) == [("s1", "Adams, Amy")]


def test_empty_sheets_hold_no_list() -> None:
    """A workbook without a filled cell is refused as an empty file is."""
    assert trouble(workbook([], [])).startswith("list.xlsx: nothing stands in it; write id,name")


def test_what_excel_has_rounded_is_refused() -> None:
    """Excel keeps fifteen digits of a number; of a longer id the rest is gone."""
    said = trouble(workbook([HEAD, [1234567890123456789, "Amy Adams"]]))
    assert said.startswith("list.xlsx: line 2 has the id '1.23457E+18', which a spreadsheet has shortened")


@pytest.mark.parametrize("zeros", ["0000000", "00000;@"])
def test_numbers_that_are_shown_with_zeros_are_refused(zeros: str) -> None:
    """The file holds 8802 where Excel shows 0008802: the id would be another one; as text it is taken."""
    rows: list[list[Cell]] = [HEAD, [(8802, ZEROS), "Amy Adams"]]
    said = trouble(workbook(rows, zeros=zeros))
    assert said.startswith(
        "list.xlsx: line 2 has the id 8802 as a number, which Excel may show with zeros in front: save"
    )
    assert read(workbook(rows)) == [("8802", "Amy Adams")]
    assert read(workbook([HEAD, ["0008802", "Amy Adams"]], zeros=zeros)) == [("0008802", "Amy Adams")]


@pytest.mark.parametrize(
    ("far", "is_read"), [("XFD1048576", False), ("AA1000000", False), ("C200000", True), ("XFD2", True)]
)
def test_a_blank_far_off_does_not_fill_the_memory(far: str, is_read: bool) -> None:  # noqa: FBT001 - a parameter
    """What makes more cells of a sheet than can be kept is refused by the name of the cell, before it is read."""
    data = workbook([HEAD, ["8802", "Amy Adams"]], far=far)
    if is_read:
        assert read(data) == [("8802", "Amy Adams")]
    else:
        assert trouble(data) == f"list.xlsx: a sheet reaches as far as {far}; copy the list alone into a new workbook"


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (b"PK\x03\x04 and so on", "no Excel workbook that can be read (File is not a zip file); save it as CSV UTF-8"),
        (
            zipped({"mimetype": "application/vnd.oasis.opendocument.spreadsheet"}),
            "a zip archive or another program's file",
        ),
        (zipped({"xl/workbook.xml": "<workbook"}), "no Excel workbook that can be read ("),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1 and so on", "no Excel workbook that can be read ("),
        (workbook([HEAD, ["7", "Ada"]])[:-30], "no Excel workbook that can be read ("),
    ],
)
def test_what_is_no_workbook_is_told(data: bytes, said: str) -> None:
    """One line with the remedy, whatever is wrong inside."""
    told = trouble(data)
    assert told.startswith(f"list.xlsx: {said}")
    assert "CSV UTF-8" in told


def test_a_bomb_is_not_unpacked(monkeypatch: pytest.MonkeyPatch) -> None:
    """A small file that unpacks to more than there is room for is refused by the size that it names."""
    monkeypatch.setattr(workbooks, "MOST_BYTES", 5000)
    assert trouble(workbook([HEAD, ["7", "Ada" * 2000]])).startswith(
        "list.xlsx: more than 5000 bytes when it is unpacked"
    )


def test_without_the_extra_the_remedy_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    """A workbook is no matter for an installation without calamine, and the line says both ways out."""
    monkeypatch.setitem(sys.modules, "python_calamine", None)
    assert trouble(workbook([HEAD])) == (
        "list.xlsx: an Excel workbook; save it as CSV UTF-8, or let it be read: pip install 'her-study[excel]'"
    )


_texts = st.text(st.characters(codec="utf-8", exclude_categories=("Cc", "Cs", "Zl", "Zp")), min_size=1, max_size=20)
_names = _texts.map(lambda text: " ".join(text.split())).filter(bool)


@given(st.lists(_names, min_size=1, max_size=6, unique=True))
def test_names_of_any_script_come_back_in_order(names: Sequence[str]) -> None:
    """Whatever stands in the cells, with the signs of XML too, is read back."""
    rows: list[list[Cell]] = [HEAD]
    rows += [[f"s{n}", name] for n, name in enumerate(names)]
    assert read(workbook(rows)) == [(f"s{n}", name) for n, name in enumerate(names)]


@given(st.data())
def test_any_damage_is_read_or_refused(data: st.DataObject) -> None:
    """A byte that has changed anywhere in a workbook brings no traceback."""
    whole = bytearray(workbook([HEAD, ["8802", "Amy Adams"], [8803, "Paul Isaac"]]))
    whole[data.draw(st.integers(4, len(whole) - 1))] = data.draw(st.integers(0, 255))
    try:
        found = read(bytes(whole))
    except BuilderError as error:
        assert str(error).startswith("list.xlsx: ")  # noqa: PT017 - either is right
    else:
        assert found
