#!/bin/sh
# A valid workbook of five kilobytes ends the whole Python process: calamine allocates the rectangle up to the last cell.
#
# python-calamine 0.9.1 (on Linux x86-64, Python 3.11), workbook written by openpyxl 3.1.5: cells A1, B1, A2, B2 with
# text, and a blank in XFD1048576, the last cell of a sheet, as a stray click and a space bar leave it.
#
# Seen: `get_sheet_by_index(0)` raises nothing that Python could catch. Stderr says
#     memory allocation of 549755813888 bytes failed
# (2^34 cells of 32 bytes; a backtrace follows where RUST_BACKTRACE is set) and the process dies of SIGABRT. `iter_rows()` is no way out: the sheet is
# allocated before it is called. openpyxl, read-only, reads the two rows of the same file at once.
#
# her-study looks for such cells before it hands a workbook over (builder/paper/roster/workbook.py).
#
# Exits 0 while that is so, 1 when the process no longer dies, or openpyxl no longer reads the file.
set -eu
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
python3 -m venv "$work/env"
"$work/env/bin/python" -m pip install --quiet --disable-pip-version-check python-calamine==0.9.1 openpyxl==3.1.5
cd "$work"
env/bin/python - <<'PY'
import openpyxl

book = openpyxl.Workbook()
sheet = book.active
for row in (["ID", "Name"], ["7", "Ada"]):
    sheet.append(row)
sheet["XFD1048576"] = " "
book.save("far.xlsx")
rows = openpyxl.load_workbook("far.xlsx", read_only=True).worksheets[0].iter_rows(max_row=2, values_only=True)
read = [[cell for cell in row if cell] for row in rows]
print("openpyxl reads", read)
assert read == [["ID", "Name"], ["7", "Ada"]], read
PY
# Under a limit, so that no machine tries to find the half terabyte.
code=0
(
    ulimit -v 8000000
    ulimit -c 0
    exec env/bin/python - <<'PY'
from python_calamine import CalamineWorkbook

try:
    sheet = CalamineWorkbook.from_path("far.xlsx").get_sheet_by_index(0)
    print("calamine reads", next(sheet.iter_rows())[:2])
except BaseException as error:
    print("calamine raises", type(error).__name__, error)
PY
) || code=$?
echo "calamine's process ended with $code (134 is SIGABRT)"
[ "$code" = 134 ]
