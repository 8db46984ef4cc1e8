#!/bin/sh
# xlsx2csv 0.8.6: a number whose format names a unit or a currency is taken for a day as soon as its words have a d, m, y or h, though they stand in quotes, and
# what is written is the format with that letter replaced. Expected: 3, or 3 m as the sheet shows; openpyxl says 3. The number is lost for good, and no error tells.
# Seen: 3 shown as 3.0 m is '0.0" 01"', and 4 so shown is too; 3.00 CHF, which has an H, is '#,##0.00 "c12f"', 3 points '0" points"'; with "Fr" it is 3.
# Exits 0 while that is so.
set -eu
here=$(mktemp -d)
trap 'rm -rf "$here"' EXIT
python3 -m venv "$here/venv"
"$here/venv/bin/pip" install --quiet --disable-pip-version-check xlsx2csv==0.8.6 openpyxl==3.1.5
cd "$here"
"$here/venv/bin/python" -W ignore - <<'PYTHON'
import csv
import io

from openpyxl import Workbook, load_workbook
from xlsx2csv import Xlsx2csv

ROWS = [(3, '0.0" m"'), (4, '0.0" m"'), (3, '#,##0.00 "CHF"'), (3, '0" Fr"'), (3, '0" points"')]
book = Workbook()
for number, shape in ROWS:
    book.active.append([number])
    book.active.cell(book.active.max_row, 1).number_format = shape
book.save("marks.xlsx")
out = io.StringIO()
Xlsx2csv("marks.xlsx").convert(out)
seen = [row[0] for row in csv.reader(io.StringIO(out.getvalue()))]
read = [row[0] for row in load_workbook("marks.xlsx").active.values]
print(seen, read)
assert read == [number for number, _ in ROWS]
assert seen == ['0.0" 01"', '0.0" 01"', '#,##0.00 "c12f"', "3", '0" points"'], seen
PYTHON
