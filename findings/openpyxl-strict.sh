#!/bin/sh
# openpyxl 3.1.5: a workbook that Excel saved as "Strict Open XML Spreadsheet", which ends in .xlsx too, has no sheets, and loading it is no error:
# it warns of "an invalid specification for 0".
# Expected: its sheets, or a refusal when it is loaded. A loop over the sheets of a roster or a bank finds nobody, and says that all went well.
# Seen: an empty list of sheets; python-calamine reads the rows.
# Exits 0 while that is so.
set -eu
here=$(mktemp -d)
trap 'rm -rf "$here"' EXIT
python3 -m venv "$here/venv"
"$here/venv/bin/pip" install --quiet --disable-pip-version-check openpyxl==3.1.5 python-calamine==0.9.1
cd "$here"
"$here/venv/bin/python" -W ignore - <<'PYTHON'
from zipfile import ZipFile

import openpyxl
from python_calamine import CalamineWorkbook

STRICT = {  # the namespaces that ISO/IEC 29500-1 has in the place of those of part 4
    "http://schemas.openxmlformats.org/spreadsheetml/2006/main": "http://purl.oclc.org/ooxml/spreadsheetml/main",
    "http://schemas.openxmlformats.org/officeDocument/2006/relationships": "http://purl.oclc.org/ooxml/officeDocument/relationships",
}
book = openpyxl.Workbook()
book.active.append(["Name", "Group"])
book.active.append(["Ann", "B"])
book.save("usual.xlsx")
with ZipFile("usual.xlsx") as usual, ZipFile("strict.xlsx", "w") as strict:
    for name in usual.namelist():
        text = usual.read(name).decode()
        for old, new in STRICT.items():
            text = text.replace(old, new)
        strict.writestr(name, text)
seen = [[sheet.title for sheet in openpyxl.load_workbook(name)] for name in ("usual.xlsx", "strict.xlsx")]
rows = CalamineWorkbook.from_path("strict.xlsx").get_sheet_by_index(0).to_python()
print(seen, rows)
assert seen == [["Sheet"], []]
assert rows == [["Name", "Group"], ["Ann", "B"]]
PYTHON
