r"""Slips that are sound YAML, and in which a part of a text is lost or comes out as another one.

- `answer: Sonata #1` ends before the `#`, where a comment begins. Who means a comment writes a space behind it.
- `accept: [1,3-butadiene]` is a list of two, `1` and `3-butadiene`.
- Lines of a list below `>` are joined into one line, dashes and numbers within.
- `SÃ¤ure` was UTF-8 once, and was read in another encoding. U+FFFD stands where such a reader found no letter, and
  characters of the private use area (U+E000 to U+F8FF) show in one font alone, as the bullets that Word copies.

Sources: YAML 1.2.2, sections 6.6 (comments), 7.4.1 (flow sequences) and 8.1.3 (folded style); Unicode 16.0, sections 23.5
and 23.8 (private use, replacement character).
"""

from __future__ import annotations

import re
from itertools import islice, pairwise
from typing import TYPE_CHECKING, Any

import yaml
from yaml.cyaml import CParser  # type: ignore[attr-defined]

from builder.diagnostics import Diagnostic, Lines, Severity
from builder.text.late import late

if TYPE_CHECKING:
    from collections.abc import Iterator

OF_STYLE = frozenset({"comma", "folded-list"})  # codes of slips that are seen by how a text is typed alone
CODES = OF_STYLE | {"comment", "lost-character", "misread"}
_LONG = 30  # letters of a word that are repeated on one side
_MOST = 100  # of one sort in one file
_NEAR = 200  # characters before a comma in which its key is looked for
_WIDE = 80  # columns that an author fills before a line of prose is broken

_COMMENT = late(r" #(?=[^\s#!])")
_COMMAS = late(r"\d,(?=\d)")
_OPENING = late(r"(?:^|[-:,\[{]) *\[", re.MULTILINE)  # a list begins, and no interval such as $[0,1]$
_NUMBER = late(r"[-+]?\d+(?:\.\d+)?")
_ACCEPTS = late(r"accept: *\[[^\]]*$")
_MARK = late(r"(?:([-*+])|(\d{1,2})[.)]) +\S+")
_LOST = late("[\ufffd\ue000-\uf8ff]")
# Letters of Latin-1 beyond ASCII, as UTF-8 has them in two bytes, read as Windows-1252; without closing quotes and dashes,
# which may stand behind a letter.
_PAIR = "Ã[\xa1-\xaa\xac-\xba\xbc-\xbf€‚ƒ„†‡ˆ‰Š‹ŒŽ‘“˜™š›œžŸ]|Â[\xa1-\xaa\xac-\xba\xbc-\xbf\xa0]|â€[™œ˜¦“”¢]"
_MISREAD = late(_PAIR)
_WORD = late(rf"(?:{_PAIR}|\w){{0,{_LONG}}}")


def slips(lines: Lines) -> Iterator[Diagnostic]:
    """Warnings of what is lost or distorted in a file that can be read; at most `_MOST` of each sort."""
    text = lines.text
    if not text.isascii():
        yield from islice(_mangled(lines), _MOST)
    comments = [found.start() + 1 for found in _COMMENT.finditer(text)] if " #" in text else []
    commas = list(_in_brackets(text)) if "[" in text else []
    if comments or commas:
        scalars = _scalars(text)
        yield from islice(_comments(lines, comments, scalars), _MOST)
        yield from islice(_commas(lines, commas, scalars), _MOST)


def may_list(value: str) -> bool:
    """Whether a folded text may have been a list: a quick look at the text that came of it."""
    return " - " in value or " 2. " in value or " * " in value or " 2) " in value or " + " in value


def folded(lines: Lines, event: Any) -> list[Diagnostic]:
    """A warning of a folded text in which the author has typed a list: two entries in lines that had room to go on."""
    typed = [line.strip() for line in lines.text[event.start_mark.index : event.end_mark.index].split("\n")[1:]]
    entries = []
    for above, line in zip(["", *typed], typed, strict=False):
        found = _MARK.match(line)
        if found and len(above) + len(found[0]) < _WIDE:
            entries.append(found[1] or int(found[2]))
    if not any(one == two if isinstance(one, str) else two == one + 1 for one, two in _pairs(entries)):
        return []
    what = "the lines of this list are joined into one, as '>' joins all lines"
    return [_warning(lines, event.start_mark.index, "folded-list", what, "write | in place of >")]


def _pairs(entries: list[Any]) -> Iterator[tuple[Any, Any]]:
    """Neighbours of one sort."""
    return ((one, two) for one, two in pairwise(entries) if type(one) is type(two))


def _warning(lines: Lines, at: int, code: str, what: str, remedy: str) -> Diagnostic:
    return Diagnostic(lines.span(at), code, what, remedy, Severity.WARNING)


def _mangled(lines: Lines) -> Iterator[Diagnostic]:
    """Characters that a program has lost on the way here."""
    typed = lines.text.encode("utf-8", "replace")  # bytes are looked through much faster than characters
    for found in _LOST.finditer(lines.text) if b"\xee" in typed or b"\xef" in typed else ():
        code, remedy = ord(found[0]), "type the character that is meant"
        if found[0] == "\ufffd":
            yield _warning(lines, found.start(), "lost-character", "U+FFFD stands where a character was lost", remedy)
        else:
            what = f"U+{code:04X} has a meaning in one font alone: readers see an empty box"
            yield _warning(lines, found.start(), "lost-character", what, remedy)
    over = 0  # the end of the last word
    for found in _MISREAD.finditer(lines.text) if any(sign in lines.text for sign in ("Ã", "Â", "â€")) else ():
        if found.start() < over:
            continue
        start, over = _word(lines.text, *found.span())
        said = lines.text[start:over]
        try:
            meant = said.encode("cp1252").decode("utf-8")
        except UnicodeError:
            continue
        what = f"'{said}' is '{meant}' in UTF-8 that was read in another encoding"
        yield _warning(lines, start, "misread", what, f"write '{meant}', or take the text anew from its source")


def _word(text: str, start: int, end: int) -> tuple[int, int]:
    """Where the word around a part of a text begins and ends, as far as a finding repeats it."""
    before = next((n for n in range(_LONG) if not text[max(start - n - 1, 0) : start - n].isalnum()), _LONG)
    behind = _WORD.match(text, end)
    return start - before, behind.end() if behind else end


def _scalars(text: str) -> list[tuple[int, int, bool]]:
    """Where each scalar begins and ends, and whether it is plain; as far as the text can be read."""
    parser = CParser(text)
    found: list[tuple[int, int, bool]] = []
    try:
        while True:
            event: Any = parser.get_event()
            kind = type(event)
            if kind is yaml.ScalarEvent:
                found.append((event.start_mark.index, event.end_mark.index, not event.style))
            elif kind is yaml.StreamEndEvent:
                return found
    except yaml.YAMLError:
        return found


def _in_brackets(text: str) -> Iterator[int]:
    """Where a comma stands between two digits, in a line in which a list may have begun. No part of the text is read twice."""
    start, is_list = 0, False
    for found in _COMMAS.finditer(text):
        at = found.end() - 1
        if (cut := text.rfind("\n", start, at)) >= 0:
            start, is_list = cut + 1, False
        is_list = is_list or bool(_OPENING.search(text, start, at))
        start = at
        if is_list:
            yield at


def _comments(lines: Lines, places: list[int], scalars: list[tuple[int, int, bool]]) -> Iterator[Diagnostic]:
    """Comments without a space behind their sign, which were meant as text."""
    text = lines.text
    scalar = iter([*scalars, (len(text), len(text), False)])
    before, (start, end, _) = 0, next(scalar)
    over = 0  # the end of the last comment
    for at in places:
        while end <= at:
            before, (start, end, _) = end, next(scalar)
        if at >= start or at < over:
            continue  # in a text, or in a comment
        gap = text[max(before, over) : at]
        _, cut, here = gap.rpartition("\n")
        over = text.find("\n", at)
        over = len(text) if over < 0 else over
        if "#" in here or (not here.strip() and (cut or at == len(gap))):
            continue  # it goes on in a comment that has a space, or has its line for itself
        said = text[at:over].strip()
        said = said if len(said) <= 30 else f"{said[:30].rstrip()} …"  # noqa: PLR2004 - as much as a finding repeats
        what = f"'{said}' is a comment, and no part of the text before it"
        yield _warning(lines, at, "comment", what, "put quotes around the whole text; a comment has a space behind #")


def _commas(lines: Lines, places: list[int], scalars: list[tuple[int, int, bool]]) -> Iterator[Diagnostic]:
    """Commas between two digits, without a space, that part one text in two."""
    ends = {end: lines.text[start:end] for start, end, is_plain in scalars if is_plain}
    starts = {start: lines.text[start:end] for start, end, is_plain in scalars if is_plain}
    for at in places:
        left, right = ends.get(at), starts.get(at + 1)
        if left is None or right is None:
            continue
        line = lines.text[max(at - _NEAR, 0) : at].rpartition("\n")[2]
        if _NUMBER.fullmatch(left) and _NUMBER.fullmatch(right) and not _ACCEPTS.search(line):
            continue  # a list of numbers, such as a box on a picture
        what = f"the comma makes two entries of '{left},{right}'"
        remedy = f"put quotes around it: '{left},{right}'; or a space behind the comma if two are meant"
        yield _warning(lines, at - len(left), "comma", what, remedy)
