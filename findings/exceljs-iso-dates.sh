#!/bin/sh
# exceljs 4.4.0 (npm): a date that a workbook holds as text, t="d", which ECMA-376 has and openpyxl writes where it is asked to, is read as so many days since 1900,
# for which its year is taken. Expected: the date, or a refusal. Deadlines, and days of an exam, lie in 1905, and no error tells.
# Seen: 4 May 2026, and 9:30 that day, are both 18 July 1905; openpyxl 3.1.5 and python-calamine 0.9.1 read what was written.
# Exits 0 while that is so.
set -eu
here=$(mktemp -d)
trap 'rm -rf "$here"' EXIT
python3 -m venv "$here/venv"
"$here/venv/bin/pip" install --quiet --disable-pip-version-check openpyxl==3.1.5 python-calamine==0.9.1
npm install --silent --no-audit --no-fund --prefix "$here" exceljs@4.4.0
cd "$here"
venv/bin/python - <<'PYTHON'
from datetime import date, datetime

import openpyxl
from python_calamine import CalamineWorkbook

book = openpyxl.Workbook(iso_dates=True)
for day in (date(2026, 5, 4), datetime(2026, 5, 4, 9, 30)):
    book.active.append([day])
book.save("days.xlsx")
seen = [row[0] for row in openpyxl.load_workbook("days.xlsx").active.values], CalamineWorkbook.from_path("days.xlsx").get_sheet_by_index(0).to_python()
print(*seen, sep="\n")
assert seen == ([date(2026, 5, 4), datetime(2026, 5, 4, 9, 30)], [[date(2026, 5, 4)], [datetime(2026, 5, 4, 9, 30)]])
PYTHON
cat >try.js <<'JS'
const assert = require("assert");
const { Workbook } = require("exceljs");
const book = new Workbook();
book.xlsx.readFile("days.xlsx").then(() => {
  const seen = book.worksheets[0].getColumn(1).values.slice(1).map((day) => day.toISOString().slice(0, 16));
  console.log(seen);
  assert.deepStrictEqual(seen, ["1905-07-18T00:00", "1905-07-18T00:00"]);
});
JS
node try.js
