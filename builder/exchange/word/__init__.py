"""Word files (.docx) with questions as people type them, in.

Kept: numbers begin questions and letters options, typed or set by Word's own numbering, of which
a deeper level counts options, in digits too. Without letters, the lines below a question are its options where some of
them are bold. The right option is known by a
star before or behind it; by a box or circle that is filled where those of other options are empty, while a sign before
all options is a bullet and says nothing; by bold, underlined, coloured or highlighted letters, where not all options have them; by a
line `Answer: B`; or, behind a heading such as *Answer key*, by a list or a table of numbers and letters.
`Explanation:` tells why. A question without options has its answer in the line `Answer:`. Bold, italics, sub- and
superscript stay, and pictures go into `media/` of the course.

A document without a question is a list of terms, where it has a table of two columns, with or without a row of heads, or where
each of its lines but a title has a dash, an equals sign or a colon between a term and its definition.

Lost, and named: text between questions, and a table behind the options or the answer of one, formulas made in Word, of which
the letters stay. Other tables are read row by row;
heads, notes, comments and what was deleted are not read. Questions of which nothing says what is right are left out.
The place of each is the number of its paragraph.

A second import is a merge by the text of the question: one whose text changed is a new one.

Form tried with files of python-docx 1.2 and LibreOffice 7.4.
"""

from __future__ import annotations

import io
import zipfile
from typing import TYPE_CHECKING

from builder.diagnostics import Span
from builder.exchange import _listed
from builder.exchange._frame import BrokenSourceError
from builder.exchange._listed import marks
from builder.exchange._package import Package
from builder.exchange._table import columns, terms
from builder.exchange.word._paragraphs import DOCUMENT, Document

if TYPE_CHECKING:
    from collections.abc import Iterator

    from builder.exchange._frame import Read
    from builder.exchange._listed import Line

_ANSWERED = {"option", "answer", "short", "number", "essay"}  # sorts of lines by which a question is complete


def read(name: str, data: bytes) -> Read:
    """The questions of a document.

    Raises:
        BrokenSourceError: it is no document of Word's, or would unpack to more than is kept in memory.
    """
    package = Package(name, data)
    if not data.startswith(b"PK") or DOCUMENT not in set(package):
        raise BrokenSourceError(Span(name), "no document of Word's", "save it as .docx")
    document = Document(name, package)
    lines = list(_lines(document))
    lines = list(_outside(lines, {number for number, _ in document.rows}))
    if all(line.sort != "question" for line in lines):
        lines = list(_terms(document, lines))
    read = _listed.taken(name, lines)
    read.files |= document.found.files
    read.notes += document.found.notes
    return read


def _lines(document: Document) -> Iterator[Line]:
    reader = marks.Reader()
    for number, text in document.lines():
        for part in text.split("\n"):
            yield from reader.lines(number, part)


def _outside(lines: list[Line], rows: set[int]) -> Iterator[Line]:
    """The lines, of which rows of a table behind the options or the answer of a question belong to none.

    A table between two options is of the first, and one behind an explanation that is said to be one belongs there.
    """
    sorts = [line.sort for line in lines if line.sort != "text"]
    before, after = "other", iter([*sorts, "other"])
    coming = next(after)
    for line in lines:
        if line.sort != "text":
            before, coming = line.sort, next(after)
        elif line.number in rows and before in _ANSWERED and coming != "option":
            yield line._replace(sort="other")
            continue
        yield line


def _terms(document: Document, lines: list[Line]) -> Iterator[Line]:
    """The lines of a document that asks nothing: each term asks for its definition, and all else is dropped."""
    rows = [(number, cells) for number, cells in document.rows if len(cells) == 2 and all(cells)]  # noqa: PLR2004 - a pair
    heads = columns.guessed(rows[0][1]) if rows else {}
    head = rows.pop(0)[0] if "question" in heads.values() else 0
    if heads.get(1) == "question":
        rows = [(number, cells[::-1]) for number, cells in rows]
    said = [(line.number, line.said) for line in lines if line.said]
    pairs = dict(rows or next(filter(None, (terms.pairs(part, terms.sign(part)) for part in (said, said[1:]))), []))
    for line in lines:
        if line.number in pairs:
            term, definition = pairs[line.number]
            yield line._replace(sort="question", said=term, label=str(line.number))
            yield line._replace(sort="short", said=definition)
        elif line.number != head:
            yield line._replace(sort="other")


def looks_like(_name: str, data: bytes) -> bool:
    """Whether it is a package that has a document of Word's."""
    if not data.startswith(b"PK"):
        return False
    try:
        return DOCUMENT in zipfile.ZipFile(io.BytesIO(data)).namelist()
    except (zipfile.BadZipFile, NotImplementedError, UnicodeDecodeError, ValueError, OSError):
        return False
