"""Quotations in running text, and the excerpt of a text that a message quotes."""

from __future__ import annotations

from textwrap import shorten

from builder.text.late import late

SHOWN = 80  # characters of a text that a message quotes at most

# A single mark opens a quotation only before a word; inside a word or behind one it is an apostrophe.
QUOTE = late(
    r"\u201c(?P<curly>[^\u201c\u201d]+)\u201d|\"(?P<straight>[^\"]+)\"|\u00ab(?P<angle>[^\u00ab\u00bb]+)\u00bb"
    r"|(?<![\w\u2019])\u2018(?P<single>.+?)\u2019(?!\w)|(?<![\w'])'(?=[^\W\d])(?P<plain>[^'\n]*(?:\w'\w[^'\n]*)*)'(?!\w)"
)
MARKS = late("[\"'\u2018\u201c\u00ab]")  # no text without one of these holds a quotation


def excerpt(text: str) -> str:
    """The beginning of a text, as much as a message quotes, cut between two words."""
    return shorten(text, SHOWN, placeholder=" …")


def unquoted(text: str) -> str:
    """The text with a space in place of each character between quotation marks, so that places stay the same."""
    return QUOTE.sub(lambda quoted: " " * len(quoted[0]), text)
