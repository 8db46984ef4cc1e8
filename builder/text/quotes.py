"""Quotation marks in running text, and how a message quotes one."""

from __future__ import annotations

import re
from textwrap import shorten

SHOWN = 80  # so many characters of a text stand in a message

# An apostrophe closes a word or stands inside one; a single quotation mark opens before a word.
QUOTE = re.compile(
    r"\u201c(?P<curly>[^\u201c\u201d]+)\u201d|\"(?P<straight>[^\"]+)\"|\u00ab(?P<angle>[^\u00ab\u00bb]+)\u00bb"
    r"|(?<![\w\u2019])\u2018(?P<single>.+?)\u2019(?!\w)|(?<![\w'])'(?=[^\W\d])(?P<plain>[^'\n]*(?:\w'\w[^'\n]*)*)'(?!\w)"
)
MARKS = re.compile("[\"'\u2018\u201c\u00ab]")  # no text without one of these holds a quotation


def excerpt(text: str) -> str:
    """As much of a text as a message quotes, cut at a word."""
    return shorten(text, SHOWN, placeholder=" …")


def unquoted(text: str) -> str:
    """The text with a space in place of each character between quotation marks, so that places stay the same."""
    return QUOTE.sub(lambda quoted: " " * len(quoted[0]), text)
