r"""A table, list or program is not read as its author meant it.

Blocks of a text begin and end by signs that are easily forgotten, and what
comes of it is still a text: it has to be looked at to be noticed. A hit means,
for a text of several lines:

- lines with bars at both ends that are no table, since the line of dashes
  below the head is missing;
- a row with more cells than the head: GitHub leaves the rest out, here the last
  cell takes it in. A bar inside a cell is written `\|`, in code too;
- a list of one entry. A minus at the start of a line is written `\-`;
- a list that begins with another number than 1 right below a line: it is a part
  of that line, unless an empty line is between;
- a program whose second line of three backquotes is missing;
- lists or quotations nested deeper than five.

- lines whose columns stand apart by tabs, as a table that was copied from a
  word processor or a spreadsheet: they become one line, without columns.

And, in any text, a table or a program in the middle of a line, as `>` and a text
that goes on below its key join lines; more than twenty square brackets that are open at once: where they
stand, no link, picture or other language is read; and a text that shows nothing, such
as `&nbsp;` or a link without words.

Sources: GitHub Flavored Markdown Spec (0.29, 2019), section 4.10; CommonMark
(0.31.2, 2024), sections 4.5, 5.2 and 5.3.

Bad:

    - id: table-truth
      kind: basic
      prompt: |  # T02
        Which connective has this table?

        | p | q | result |
        | 0 | 0 | 1      |
        | 1 | 0 | 0      |
      answer: Implication
      explanation: It is false where a truth implies a falsehood, and there alone.

Good:

    - id: table-truth
      kind: basic
      prompt: |
        Which connective has this table?

        | p | q | result |
        |---|---|--------|
        | 0 | 0 | 1      |
        | 1 | 0 | 0      |
      answer: Implication
      explanation: It is false where a truth implies a falsehood, and there alone.
"""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING

from builder.diagnostics import At, Severity
from builder.rules import Hit
from builder.text import brackets, cloze, tables
from builder.text.late import late
from builder.text.markup import parse, words
from builder.text.tree import Listing, Paragraph, Quote, Run, lines

if TYPE_CHECKING:
    from collections.abc import Iterator

    from builder.model import Course
    from builder.text.tree import Inline, Text

SEVERITY = Severity.WARNING
REMEDY = "`her-study explain text` shows how tables, lists and programs are written"
DEEPEST = 5  # levels of lists and quotations

_LEAD = r"^(?:[ >]|[-*+] |\d{1,9}[.)] )*"
_FENCE = late(rf"{_LEAD}(`{{3,}}(?=[^`]*$)|~{{3,}})(.*)")
_BARRED = late(rf"{_LEAD}\|.*\|\s*$")
_DASHES = late(r"\|[ \t]*:?-{3,}:?[ \t]*\|")
_ONE_LINE = late(r"\S[ \t]+```\w{2,}[+#]*[ \t].*```")
_TAB = late(r"\S[ ]*\t\s*\S")
_MARKER = late(r"(?:[-*+]|\d{1,9}[.)]|>)(?: |$)|>")
_ENTRY = late(r" {0,3}(?:[-*+]|\d{1,9}[.)]) +\S")
_LATE = late(r" {0,3}(?!1[.)])(\d{1,9}[.)]) +\S")


def check(course: Course) -> Iterator[Hit]:
    """Broken blocks in texts of several lines; each text is reported once."""
    for item, entries in course.texts:
        every = "".join([text for _, text in entries])
        is_usual = all(text[:1].isalnum() or not text for _, text in entries)
        may_nest = every.count("[") > brackets.DEEPEST or "-|" in every or "```" in every
        if is_usual and "\n" not in every and not may_nest:  # a quick look at all of them
            continue
        for keys, text in entries:
            typed = text.strip()
            filled = cloze.filled(typed)
            found = _fault(filled, math=item.math) if "\n" in typed else None
            found = found or _joined(filled) or _brackets(filled) or _nothing(filled, math=item.math)
            if found:
                at = course.at[item.id]
                yield Hit(At(at.path, at.keys + keys), found[0], remedy=found[1])
    for passage, at in course.passages:
        typed = passage.text.strip()
        found = (_fault(typed, math=passage.math) if "\n" in typed else None) or _joined(typed) or _brackets(typed)
        if found := found or _nothing(typed, math=passage.math):
            yield Hit(at / "text", found[0], remedy=found[1])


def _fault(text: str, *, math: bool) -> tuple[str, str] | None:
    """The first fault of a text and what to do about it."""
    typed, is_open = _outside(text)
    if is_open:
        return "a program has no end", "end it by a line of as many ` or ~ as it begins with"
    if found := _tables(typed) or _tabs(typed):
        return found
    if late := _late(typed):
        return f"the list that begins with '{late}' is a part of the line above it", "put an empty line between the two"
    return _lists(parse(text, math=math), 1)


def _joined(text: str) -> tuple[str, str] | None:
    """A table or a program whose lines have become one."""
    if "-|" not in text and "```" not in text:
        return None
    typed, _ = _outside(text)
    if any(_DASHES.search(line) and not tables.aligns(line.lstrip("> ")) for line in typed):
        return "the lines of a table are joined into one", "write | behind the key, and the lines below it, indented"
    if any(_ONE_LINE.search(line) for line in typed):
        return "the lines of a program are joined into one", "write | behind the key, and the lines below it, indented"
    return None


def _tabs(typed: list[str]) -> tuple[str, str] | None:
    """Two lines in a row whose columns stand apart by tabs."""
    apart = [bool(_TAB.search(line)) for line in typed]
    if any(one and two for one, two in pairwise(apart)):
        return (
            "columns that stand apart by tabs are no table",
            "write | a | b | for a row, and |---|---| below the first",
        )
    return None


def _brackets(text: str) -> tuple[str, str] | None:
    """Brackets nested so deep that they are not read; the lines of a paragraph are read together."""
    if any(map(brackets.are_deep, text.split("\n\n"))):
        return (
            f"more than {brackets.DEEPEST} brackets are open at once",
            "close them, or put what is code into `backquotes`",
        )
    return None


def _nothing(text: str, *, math: bool) -> tuple[str, str] | None:
    """A text of which nothing is seen or heard. What begins with a letter or a digit shows that; code shows spaces, too."""
    if not text or text[0].isalnum():
        return None
    nodes = (node for line in lines(parse(text, math=math)) for node in line)
    if any(not isinstance(node, Run) or node.code or words(node).strip() for node in nodes):
        return None
    return "the text shows nothing", "write what is to be seen; what is meant as typed goes into `backquotes`"


def _outside(text: str) -> tuple[list[str], bool]:
    """The lines of a text with those of programs empty, and whether the last program has no end."""
    typed, fence = [], ""
    for line in text.split("\n"):
        found = _FENCE.match(line)
        is_end = bool(fence and found and found[1].startswith(fence) and not found[2].strip())
        typed.append("" if fence or found else line)
        if is_end:
            fence = ""
        elif found and not fence:
            fence = found[1]
    return typed, bool(fence)


def _tables(typed: list[str]) -> tuple[str, str] | None:
    """Tables without a line of dashes, and rows that are too long."""
    width = 0  # columns of the table that the line before belongs to
    for number, line in enumerate(typed):
        below = typed[number + 1] if number + 1 < len(typed) else ""
        columns = tables.aligns(below.lstrip("> "))
        if "|" not in line:
            width = 0
        elif width:
            found = len(tables.cells(line.lstrip("> ")))
            if found > width:
                remedy = "write a bar inside a cell as \\|, in code too; or give the head more columns"
                return f"a row of the table has {found} cells, its head {width}", remedy
        elif columns and len(columns) == len(tables.cells(line.lstrip("> "))):
            width = len(columns)
        elif _BARRED.match(line) and _BARRED.match(below) and not columns:
            return "lines between bars are no table", "put a line such as |---|---| below the head"
    return None


def _late(typed: list[str]) -> str:
    """The number of a list that stands right below a line which is in no list itself; else the empty string."""
    above, is_listed = "", False
    for line in typed:
        if above and not is_listed and (found := _LATE.match(line)):
            return found[1]
        above = line.strip()
        is_listed = bool(_ENTRY.match(line)) or (is_listed and bool(above))
    return ""


def _lists(text: Text[Inline], depth: int) -> tuple[str, str] | None:
    """Lists of one entry, and what is nested too deep."""
    for block in text:
        inside: tuple[Text[Inline], ...] = ()
        match block:
            case Listing(items):
                if len(items) == 1:
                    return "a list has one entry", "if it is none, put a backslash before its sign: \\- 5, 1\\. May"
                inside = items
            case Quote(blocks):
                inside = (blocks,)
            case Paragraph((Run(words), *_)) if depth > DEEPEST and _MARKER.match(words):
                return f"lists or quotations are nested deeper than {DEEPEST}", "make two texts of it"
            case _:
                pass
        for one in inside:
            if found := _lists(one, depth + 1):
                return found
    return None
