"""Where everything stands on an answer sheet, in millimetres from the top left corner of the page.

One table, `builder.layout.table`, says how large things are; `pages` lays a version of a
paper out by it. The exporter prints what it says, and whoever reads a filled
sheet asks it where to look: the marks at the four corners give the page's
place and turn, the QR code says which paper, version, page and student it is.
"""

from __future__ import annotations

from builder.layout.flow import Entry, Label, Mark, Page, pages
from builder.layout.table import LETTERS, PAPERS, TABLE, Box, Measures, code, corners, fields, foot, title

__all__ = [
    "LETTERS",
    "PAPERS",
    "TABLE",
    "Box",
    "Entry",
    "Label",
    "Mark",
    "Measures",
    "Page",
    "code",
    "corners",
    "fields",
    "foot",
    "pages",
    "title",
]
