"""Tables as CSV that no spreadsheet takes for formulas."""

from __future__ import annotations

import csv
import io
import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

# What a spreadsheet would run: at the start of a cell, or after a sign that some take for the start of another.
_FORMULA = re.compile(r"(?:^|(?<=[;\t\r|]))(?=\s*[=+\-@\t\r\uff1d\uff0b\uff0d\uff20])")


def table(rows: Iterable[Sequence[object]]) -> bytes:
    """Rows as CSV in UTF-8 with a byte order mark, by which spreadsheets know it. A text `=1+1` becomes `'=1+1`."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\r\n")
    for row in rows:
        writer.writerow([_FORMULA.sub("'", cell) if isinstance(cell, str) else cell for cell in row])
    return b"\xef\xbb\xbf" + out.getvalue().encode()
