"""Where everything stands on an answer sheet, in millimetres from the top left corner of the page.

One table, `builder.paper.sheet.table`, says how large things are; `pages` lays a version of a
paper out by it. The exporter prints what it says, and whoever reads a filled
sheet asks it where to look: the marks at the four corners give the page's
place and turn, the QR code says which paper, version, page and student it is.
"""

from __future__ import annotations

from builder.paper.sheet.flow import Entry, Label, Mark, Page, pages
from builder.paper.sheet.table import LETTERS, PAPERS, TABLE, Box, Measures, code, corners, fields, foot, title

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
