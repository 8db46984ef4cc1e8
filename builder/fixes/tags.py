"""HTML tags of inline text, as Markdown has them: `H<sub>2</sub>O` becomes `H~2~O`.

Only pairs of tags with one meaning and no attributes are rewritten. Each rewriting is proved: read as Markdown, the new
text must say just what the old one says without the tags. So no other sign of the text may change its meaning.
"""

from __future__ import annotations

import re

from builder.fixes.wording import Changes, changed
from builder.text import cloze, code, markup

_MARKS = {
    "sub": "~",
    "sup": "^",
    "b": "**",
    "strong": "**",
    "i": "*",
    "em": "*",
    "s": "~~",
    "del": "~~",
    "strike": "~~",
    "code": "`",
}
_PAIR = re.compile(rf"<({'|'.join(_MARKS)})>([^<>]*)</\1>", re.IGNORECASE)


def as_markdown(text: str, *, math: bool) -> Changes:
    """The changes that make Markdown of the tags of a text, by the number of each character that changes.

    In `a<b>c</b>` they are: 1 becomes `**`, 2 and 3 go, 5 becomes `**`, 6 to 8 go.
    """
    changes: Changes = {}
    codes = code.spans(text)
    for found in _PAIR.finditer(text):
        mark = _MARKS[found[1].lower()]
        own = _in_place_of(found.start(), found.start(2), mark) | _in_place_of(found.end(2), found.end(), mark)
        new = changed(text, changes | own)
        if not code.is_inside(codes, found.start()) and _read(new, math=math) == _read(text, math=math):
            changes |= own
    return changes


def _in_place_of(start: int, end: int, mark: str) -> Changes:
    return {start: mark} | dict.fromkeys(range(start + 1, end), "")


def _read(text: str, *, math: bool) -> str:
    """The text as read, without the pairs of tags that it shows."""
    return _PAIR.sub(r"\2", markup.plain(cloze.filled(text), math=math))
