#!/bin/sh
# python-calamine 0.5.0: a cell with a carriage return is read with `_x000D_` in its place, and a cell that says `_x0041_` as `_x005F_x0041_`.
# Expected: the text of the cell. Office Open XML writes such signs as `_xHHHH_` (ECMA-376, part 1, 22.9.2.19), and readers turn them back.
# Seen: 0.5.0 shows how the file writes them; 0.5.4 shows the text.
# Exits 0 while that is so.
set -eu
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cat > "$folder/try.py" <<'PYTHON'
import io
import sys

import xlsxwriter
from python_calamine import CalamineWorkbook

out = io.BytesIO()
book = xlsxwriter.Workbook(out, {"in_memory": True})
book.add_worksheet().write_row(0, 0, ["first\r\nlast", "_x0041_"])
book.close()
out.seek(0)
(row,) = CalamineWorkbook.from_filelike(out).get_sheet_by_index(0).to_python()
print(sys.argv[1], row)
PYTHON
python3 -m venv "$folder/venv"
for release in 0.5.0 0.5.4; do
  "$folder/venv/bin/pip" install --quiet --disable-pip-version-check "python-calamine==$release" xlsxwriter==3.2.9 2>/dev/null
  "$folder/venv/bin/python" "$folder/try.py" "$release"
done | tee "$folder/seen"
diff - "$folder/seen" <<'SEEN'
0.5.0 ['first_x000D_\nlast', '_x005F_x0041_']
0.5.4 ['first\r\nlast', '_x0041_']
SEEN
