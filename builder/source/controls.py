"""Characters that no file of a course holds: control characters, and those that turn the direction of writing."""

from __future__ import annotations

import re

# C0 and C1 controls except tab and line breaks, lone surrogates, noncharacters.
_CONTROL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x84\x86-\x9f\ud800-\udfff\ufdd0-\ufdef\ufffe\uffff]")
_ASCII = bytes(code for code in range(128) if _CONTROL.match(chr(code)))
# Characters that only an escape can bring into a value. A typed line break of any kind arrives as a line feed.
ESCAPED = re.compile(f"{_CONTROL.pattern}|[\r\x85]")
# Embeddings, overrides and isolates (Unicode Standard Annex 9, 2.1 to 2.4).
_TURNS = "\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069"
BIDI = re.compile(f"[{_TURNS}]")


def may_turn(text: str) -> bool:
    """Whether a text has a character of `BIDI`: to look for each of the nine alone is much faster than for all at once."""
    return not text.isascii() and any(sign in text for sign in _TURNS)


def control(text: str) -> re.Match[str] | None:
    """The first control character. Most texts are ASCII without any: to delete all from their bytes tells that soonest."""
    is_without = text.isascii() and len(text.encode().translate(None, _ASCII)) == len(text)
    return None if is_without else _CONTROL.search(text)
