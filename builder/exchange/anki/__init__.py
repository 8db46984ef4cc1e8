r"""Anki: packages of decks (.apkg), whole collections (.colpkg), and notes in plain text, in. Out is `build`.

The extra `anki` reads packages of today's Anki: `pip install "her-study[anki]"`; older ones and plain text need nothing.

Kept: what each note asks and answers, as its cards do, whatever its note type is called. The front of the first card is
the prompt, the first field that its back adds the answer, all further ones the explanation. A second card that asks
the other way round makes the item `reversed`, where the note has that card. Cloze texts keep their numbers and hints.
Typed answers are answers. Text keeps paragraphs, lists, tables, styles, formulas (`\(...\)`, `[$]...[/$]`), pictures
and recordings, which go into `media/` of the course. Tags stay, and those of the form `x::theme::y` or `x::bloom::y`
become keys. A deck is a theme.

Lost, and named: image occlusion, and notes that her-study made, which are left out; cards after those two; fields that
no card shows; colours, sizes and fonts; a blank that is on several cards is on the first; LaTeX other than formulas.
Reviews, due dates, flags, and the tags `leech` and `marked` belong to the student and stay in Anki.

Notes in plain text (*File > Export*, *Notes in Plain Text*) are read with or without the lines `#separator:`, `#html:`,
`#notetype column:`, `#deck column:`, `#tags column:`, `#guid column:` at the top. They name their note types, but not
what these show: a note with a blank is a cloze, one whose type is called reversed is, and all else is a question and
its answer. Pictures are not in such a file: those that it names are named as losses.

A second import is a merge by the note's guid, which lives through every edit in Anki; in plain text without guids, by
the text of the first field.

Form tried with the exports of Anki 26.9 (both, with and without "Support older Anki versions").
"""

from __future__ import annotations

import io
import zipfile
from typing import TYPE_CHECKING

from builder.exchange.anki import _notes, _plain
from builder.exchange.anki._collection import COLLECTIONS, Collection

if TYPE_CHECKING:
    from builder.exchange._frame import Read


def read(name: str, data: bytes) -> Read:
    """The notes of a package, or of plain text.

    Raises:
        BrokenSourceError: it is neither, or would unpack to more than is kept in memory.
        BuilderError: the extra `anki` is missing.
    """
    if not data.startswith(b"PK"):
        return _plain.read(name, data)
    collection = Collection(name, data)
    return _notes.taken(name, collection.notes(), collection.file)


def looks_like(name: str, data: bytes) -> bool:
    """Whether it is a package with a collection, or begins with a line that Anki writes."""
    if data.startswith(b"PK"):
        try:
            return not COLLECTIONS.keys().isdisjoint(zipfile.ZipFile(io.BytesIO(data)).namelist())
        except (zipfile.BadZipFile, NotImplementedError, UnicodeDecodeError, ValueError, OSError):
            return name.lower().endswith((".apkg", ".colpkg"))
    return bool(_plain.HEAD.match(data.removeprefix(b"\xef\xbb\xbf")[:200].decode("utf-8", "replace")))
