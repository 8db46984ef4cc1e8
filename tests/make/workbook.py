"""Excel workbooks, made of the least that the format asks for (ECMA-376, part 1, section 12)."""

from __future__ import annotations

import io
import zipfile
from typing import TYPE_CHECKING
from xml.sax.saxutils import escape

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

Cell = str | float | bool | tuple[float, int] | None  # a tuple is a number in a style
ZEROS, DAY = 1, 2  # styles

_MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006"
_RELATIONS = "application/vnd.openxmlformats-package.relationships"
_KIND = "application/vnd.openxmlformats-officedocument.spreadsheetml"


def workbook(*sheets: Sequence[Sequence[Cell]], zeros: str = "0.00", far: str | None = None) -> bytes:
    """A workbook of these sheets, a row a list of cells.

    Numbers in the style `ZEROS` have the format `zeros`. The first sheet has a blank in the cell `far`, if one is named.
    """
    names = [f"worksheets/sheet{number}.xml" for number in range(1, len(sheets) + 1)]
    listed = "".join(f'<sheet name="S{n}" sheetId="{n}" r:id="r{n}"/>' for n in range(1, len(sheets) + 1))
    kinds = {f"xl/{name}": "worksheet" for name in names} | {"xl/workbook.xml": "sheet.main", "xl/styles.xml": "styles"}
    types = "".join(f'<Override PartName="/{part}" ContentType="{_KIND}.{kind}+xml"/>' for part, kind in kinds.items())
    parts = {
        "[Content_Types].xml": f'<Types xmlns="{_PACKAGE}/content-types">'
        f'<Default Extension="rels" ContentType="{_RELATIONS}+xml"/>{types}</Types>',
        "_rels/.rels": _links([("officeDocument", "xl/workbook.xml")]),
        "xl/workbook.xml": f'<workbook xmlns="{_MAIN}" xmlns:r="{_OFFICE}"><sheets>{listed}</sheets></workbook>',
        "xl/_rels/workbook.xml.rels": _links([*(("worksheet", name) for name in names), ("styles", "styles.xml")]),
        "xl/styles.xml": f'<styleSheet xmlns="{_MAIN}"><numFmts count="1"><numFmt numFmtId="164" formatCode="{zeros}"/>'
        '</numFmts><cellXfs count="3"><xf numFmtId="0"/><xf numFmtId="164"/><xf numFmtId="14"/></cellXfs></styleSheet>',
    }
    parts |= {f"xl/{name}": _sheet(rows) for name, rows in zip(names, sheets, strict=True)}
    if far:
        row = f'<row r="{far.lstrip("ABCDEFGHIJKLMNOPQRSTUVWXYZ")}">{_cell(far, " ")}</row></sheetData>'
        parts[f"xl/{names[0]}"] = parts[f"xl/{names[0]}"].replace("</sheetData>", row)
    return zipped(parts)


def zipped(parts: Mapping[str, str]) -> bytes:
    """A zip archive of texts by name."""
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, text in parts.items():
            archive.writestr(name, text)
    return made.getvalue()


def _links(targets: Sequence[tuple[str, str]]) -> str:
    links = "".join(
        f'<Relationship Id="r{n}" Type="{_OFFICE}/{k}" Target="{t}"/>' for n, (k, t) in enumerate(targets, 1)
    )
    return f'<Relationships xmlns="{_PACKAGE}/relationships">{links}</Relationships>'


def _sheet(rows: Sequence[Sequence[Cell]]) -> str:
    written = (
        f'<row r="{n}">{"".join(_cell(f"{chr(65 + at)}{n}", cell) for at, cell in enumerate(row) if cell is not None)}</row>'
        for n, row in enumerate(rows, 1)
    )
    return f'<worksheet xmlns="{_MAIN}"><sheetData>{"".join(written)}</sheetData></worksheet>'


def _cell(name: str, cell: Cell) -> str:
    match cell:
        case str():
            return f'<c r="{name}" t="inlineStr"><is><t xml:space="preserve">{escape(cell)}</t></is></c>'
        case bool():
            return f'<c r="{name}" t="b"><v>{int(cell)}</v></c>'
        case number, style:
            return f'<c r="{name}" s="{style}"><v>{number!r}</v></c>'
        case _:
            return f'<c r="{name}"><v>{cell!r}</v></c>'
