"""Tables as CSV or with tabs, as spreadsheets open and save them, out and in.

What is written, a row an item, text in her-study's own Markdown:

- `id`, `kind`, `theme`, `prompt`, `explanation`, `marks`, and `tags` with commas between them;
- `answer`: the answer, the letters of the right options (`B`, or `A, C`), or true or false;
- `A`, `B`, ... up to `Z`: options, terms of a matching, steps in their order, other answers to accept, key points,
  criteria; the correction of a true/false; prompt and answer of the way back of a reversed item;
- `with A`, `with B`, ...: what goes with each of them: the reason of an option, the response to a term (a distractor
  has no term), the marks of a key point or a criterion;
- `more`: all other keys of the item, as JSON.

Kept: everything that an item says. Lost: nothing, but pictures and recordings are named, not carried. A cell that a
spreadsheet would take for a formula begins with an apostrophe, which goes when it comes back.

Coming in: the same, or any table whose first rows name its columns, in English, German, Spanish or French: question,
answer or correct, options (`A`, `option 1`, `answer1`, or all in one cell with `|` between them) or wrong answers,
feedback to the question or to an option, question type, points, id, category, tags. Where the type says that a blank is
to be filled, options are what may be typed; where it is open-ended, the item is a draft of a short answer. The right
option is given by its letter, its number or its text, several with `|` or commas. Two columns are a term and its
definition, with or without a first row. Commas, semicolons and tabs are told apart; a text of terms may have a dash, an
equals sign or a colon between spaces on each of its lines, or be one line with semicolons between the pairs and commas
in them. How columns were read is said on stderr, in the form in which you may say it otherwise:
`--columns question=B,answer=Solution,A=D,tags=-`: a name of what it holds (`question`, `answer`, `A` to `Z`, `with A`
to `with Z`, `wrong`, `options`, `feedback`, `points`, `type`, `tolerance`, `unit`, `theme`, `tags`, `id`), and a column
by its heading, its letter or its number, or `-` for none.

A second import is a merge; without a column `id`, the text of a question is what its id is made from. An export never
changes a table that is there: it writes it anew.

Form tried with LibreOffice 7.4 and Python's csv.
"""

from __future__ import annotations

import csv
import io
import re
from typing import TYPE_CHECKING

from builder.diagnostics import Diagnostic, Span
from builder.disk.reader import decode
from builder.exchange import _table
from builder.exchange._frame import BrokenSourceError, Losses, Read, Written
from builder.exchange._table import columns as named
from builder.exchange._table import terms
from builder.text.cells import guarded

if TYPE_CHECKING:
    from collections.abc import Sequence

    from builder.model import Course, Item

_MOST_CELL = 1_000_000  # characters
_MOST_TERMS = 2_000_000  # bytes of a text of terms
_NO_TERMS = ("#", "//", "$", "<", "- ", "* ", "::")  # as lines of other formats begin
_BYTE_ORDERS = (b"\xff\xfe", b"\xfe\xff")


def write(course: Course, items: Sequence[Item]) -> Written:
    """The items as one table."""
    losses = Losses(course)
    head, rows = _table.made(items, losses)
    out = io.StringIO(newline="")
    writer = csv.writer(out, lineterminator="\r\n")
    writer.writerow(head)
    writer.writerows(map(guarded, row) for row in rows)
    return Written({f"{course.id}.csv": out.getvalue().encode("utf-8-sig")}, losses.found)


def read(name: str, data: bytes) -> Read:
    """The rows of a table, whose columns are told by their headings."""
    return read_columns(name, data, "")


def read_columns(name: str, data: bytes, columns: str) -> Read:
    """The rows of a table, of whose columns some are named: `question=B,answer=C`.

    Raises:
        BrokenSourceError: the file is no table.
        BuilderError: a column is named that is not there.
    """
    text = _text(name, data)
    rows = _pairs(name, text) or _rows(name, text)
    if not rows:
        raise BrokenSourceError(Span(name), "no row with anything in it")
    return _table.take(name, rows, named.asked(columns))


def _text(name: str, data: bytes) -> str:
    """The text of a file in UTF-8, or in UTF-16 with a byte order mark, as Excel writes text with tabs."""
    if data.startswith(_BYTE_ORDERS):
        try:
            return data.decode("utf-16")
        except UnicodeDecodeError as error:
            raise BrokenSourceError(Span(name), "it begins as UTF-16 and is none", "save it as UTF-8") from error
    text = decode(name, data)
    if isinstance(text, Diagnostic):
        # Excel's plain "CSV" is in the encoding of the country, which the file doesn't name: guessed, it would spoil letters.
        remedy = "in Excel, save it as 'CSV UTF-8', or as a workbook (.xlsx)" if text.code == "encoding" else text.help
        raise BrokenSourceError(text.span, text.message, remedy)
    return text


def _rows(name: str, text: str) -> list[tuple[int, list[str]]]:
    """The rows that hold anything, with the numbers of their lines."""
    csv.field_size_limit(_MOST_CELL)
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=_delimiter(text))
    rows = []
    line = 1
    try:
        for row in reader:
            if any(cell.strip() for cell in row) and not (line == 1 and row[0].lower().startswith("sep=")):
                rows.append((line, _table.cleaned(row)))
            line = reader.line_num + 1
    except csv.Error as error:
        raise BrokenSourceError(Span(name, reader.line_num), f"no table: {error}") from error
    return rows


def _pairs(name: str, text: str) -> list[tuple[int, list[str]]]:
    """Terms and definitions of a text that is no table, as Quizlet and Cram export them with signs of one's own choice."""
    lines = [(number, line.strip()) for number, line in enumerate(text.split("\n"), 1) if line.strip()]
    if _is_table(name) or "\t" in text or any(line.startswith(_NO_TERMS) for _, line in lines):
        return []
    sign = terms.sign(lines)
    if len(lines) == 1 and lines[0][1].count(";") >= terms.FEWEST - 1:
        number, line = lines[0]
        lines, sign = [(number, part.strip()) for part in line.split(";") if part.strip()], ","
    return terms.pairs(lines, sign)


def _is_table(name: str) -> bool:
    return name.lower().endswith((".csv", ".tsv", ".tab"))


def _delimiter(text: str) -> str:
    """What parts the cells of the first line: a tab, a semicolon or a comma, or what Excel's `sep=;` says."""
    first = text.split("\n", 1)[0]
    if first.lower().startswith("sep=") and first[4:5] in {"\t", ";", ",", "|"}:
        return first[4]
    first = re.sub(r'"[^"]*"', "", first)
    return max(("\t", ";", ","), key=first.count)


def looks_like(name: str, data: bytes) -> bool:
    """Whether its name says so, each of its first lines has as many tabs, or each of all is a term and its definition."""
    if _is_table(name):
        return True
    if data.startswith(b"PK"):
        return False  # an archive may have tabs among its bytes
    lines = [line for line in data[:20_000].decode("utf-8", "replace").split("\n")[:10] if line.strip()]
    tabs = {line.count("\t") for line in lines}
    if bool(lines) and len(tabs) == 1 and tabs != {0} and not data.startswith(b"#"):
        return True
    is_text = name.lower().endswith(".txt") and len(data) <= _MOST_TERMS
    return is_text and bool(_pairs(name, data.decode("utf-8-sig", "replace").replace("\r\n", "\n")))
