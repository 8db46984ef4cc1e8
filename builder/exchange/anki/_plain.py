"""Notes in plain text: rows of fields, below lines that say how to read them."""

from __future__ import annotations

import csv
import io
import re
from html import escape
from typing import TYPE_CHECKING

from builder.diagnostics import Diagnostic, Span
from builder.disk.reader import decode
from builder.exchange._frame import BrokenSourceError
from builder.exchange.anki import _notes
from builder.exchange.anki._collection import Note, NoteType, Template

if TYPE_CHECKING:
    from collections.abc import Iterator

    from builder.exchange._frame import Read

HEAD = re.compile(r"#(?:separator|html|tags|columns|notetype|deck|guid|if matches)(?: column)?:", re.IGNORECASE)
_LINE = re.compile(r"#([a-z ]+?)( column)?:(.*)", re.IGNORECASE)
_NAMED = {"tab": "\t", "comma": ",", "semicolon": ";", "space": " ", "pipe": "|", "colon": ":", "\\t": "\t"}
_MOST_FIELD = 1_000_000  # characters
_BLANK = re.compile(r"\{\{c\d+::")
# How Anki calls the note type with a card for each way, in the languages of many users.
_REVERSED = re.compile(r"(?i)revers|invers|invert|umgekehrt|beide richtungen|bidire[ck]")
_FRONT, _BACK = "Front", "Back"


def read(name: str, data: bytes) -> Read:
    """The notes of a text.

    Raises:
        BrokenSourceError: it is no text of this form.
    """
    text = decode(name, data)
    if isinstance(text, Diagnostic):
        raise BrokenSourceError(text.span, text.message, text.help)
    head: dict[str, str] = {}
    start = 0
    for line in text.splitlines(keepends=True):
        found = _LINE.match(line) if line.startswith("#") else None
        if not line.startswith("#"):
            break
        if found:
            head[found[1].lower() + (found[2] or "")] = found[3].strip(" \r\n")
        start += len(line)
    return _notes.taken(name, _rows(name, text, start, head), lambda _: None)


def _delimiter(said: str | None, text: str) -> str:
    """What parts the fields: as the head says, else what Anki tries first in the first line that has it."""
    if said:
        return _NAMED.get(said.lower(), said[:1])
    first = text.split("\n", 1)[0]
    return next((sign for sign in "\t|;:, " if sign in first), "\t")


def _rows(name: str, text: str, start: int, head: dict[str, str]) -> Iterator[Note]:
    csv.field_size_limit(_MOST_FIELD)
    below = text.count("\n", 0, start)
    reader = csv.reader(
        io.StringIO(text[start:], newline=""), delimiter=_delimiter(head.get("separator"), text[start:])
    )
    columns = {key[:-7]: int(at) - 1 for key, at in head.items() if key.endswith(" column") and at.isdecimal()}
    names = [cell.strip().lower() for cell in head.get("columns", "").split(reader.dialect.delimiter)]
    if "tags" in names:
        columns.setdefault("tags", names.index("tags"))
    is_html = head.get("html", "").lower() == "true" or ("html" not in head and "<" in text)
    line = below + 1
    try:
        for row in reader:
            if any(cell.strip() for cell in row):
                yield _note(Span(name, line), row, columns, head, is_html=is_html)
            line = below + reader.line_num + 1
    except csv.Error as error:
        raise BrokenSourceError(Span(name, below + reader.line_num), f"no notes in plain text: {error}") from error


def _note(span: Span, row: list[str], columns: dict[str, int], head: dict[str, str], *, is_html: bool) -> Note:
    said = {key: row[at] for key, at in columns.items() if at < len(row)}
    cells = [cell for place, cell in enumerate(row) if place not in columns.values()]
    if not is_html:
        cells = [escape(cell, quote=False).replace("\n", "<br>") for cell in cells]
    while len(cells) > 2 and not cells[-1].strip():  # noqa: PLR2004 - a front and a back, whatever they hold
        cells.pop()
    cells += [""] * (2 - len(cells))
    kind = _kind(said.get("notetype", head.get("notetype", "")), cells)
    tags = f"{head.get('tags', '')} {said.get('tags', '')}".split()
    deck = said.get("deck", head.get("deck", ""))
    return Note(said.get("guid") or cells[0], kind, tuple(cells), tuple(tags), deck, frozenset(), span)


def _kind(name: str, cells: list[str]) -> NoteType:
    """A note type that shows so many fields as Anki's own of that name would."""
    fields = (_FRONT, _BACK, *(f"Field {number}" for number in range(3, len(cells) + 1)))
    further = "".join(f"{{{{{field}}}}}" for field in fields[1:])
    if _BLANK.search(cells[0]):
        return NoteType(
            name, fields, (Template("Cloze", "{{cloze:Front}}", "{{cloze:Front}}" + further),), is_cloze=True
        )
    cards = [Template("Card 1", "{{Front}}", "{{FrontSide}}" + further)]
    # The third field of the type that is reversed at will says whether it is.
    is_at_will = "optional" in name.lower()
    if _REVERSED.search(name) and (not is_at_will or len(cells) > 2):  # noqa: PLR2004 - there is a third field
        front = "{{#Field 3}}{{Back}}{{/Field 3}}" if is_at_will else "{{Back}}"
        cards.append(Template("Card 2", front, "{{FrontSide}}{{Front}}"))
    if is_at_will:
        cards[0] = Template("Card 1", "{{Front}}", "{{FrontSide}}{{Back}}")
    return NoteType(name, fields, tuple(cards), is_cloze=False)
