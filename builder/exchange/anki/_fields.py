r"""The fields of notes as texts: HTML with Anki's own signs for recordings, formulas and blanks.

`[sound:a.mp3]` is a recording, `[$]x[/$]` a formula, and `{{c2::hidden::hint}}` a blank, which ends at the first `}}`.
"""

from __future__ import annotations

import re
from html import escape, unescape
from typing import TYPE_CHECKING

from builder.exchange._blanks import Gap
from builder.exchange._frame import UnfitError
from builder.exchange._markup import from_html
from builder.exchange._rich import Rich, gap
from builder.text.tree import Run, flat, lines

if TYPE_CHECKING:
    from collections.abc import Callable

    File = Callable[[str], str | None]

_NOT_TEXT = re.compile("[\ufdd0-\ufdef]")  # noncharacters, which stand for gaps here
_SOUND = re.compile(r"\[sound:([^\]<>]{1,300})\]")
# None looks beyond the next sign that opens: many that nothing closes would else be looked through again and again.
_DISPLAY = re.compile(r"\[\$\$\]((?:(?!\[\$\$\]).)*?)\[/\$\$\]", re.DOTALL)
_INLINE = re.compile(r"\[\$\]((?:(?!\[\$\]).)*?)\[/\$\]", re.DOTALL)
_LATEX = re.compile(r"\[latex\]((?:(?!\[latex\]).)*?)\[/latex\]", re.DOTALL)
_DOLLARS = re.compile(r"\s*(\${1,2})([^$]+)\1\s*", re.DOTALL)
_OPENS = r"\{\{c\d{1,3}(?:,\d{1,3}){0,20}::"
_BLANK = re.compile(rf"\{{\{{c(\d{{1,3}}(?:,\d{{1,3}}){{0,20}})::((?:(?!\}}\}}|{_OPENS}).)*)\}}\}}", re.DOTALL)
_TAGS = re.compile(r"<[^<>]*>")
_OCCLUSION = re.compile(r"\{\{c\d+::image-occlusion:")


def rich(html: str, file: File, lost: Callable[[str], None]) -> Rich:
    """The text of a field."""
    return from_html(_unsigned(html, lost), file)


def clozed(html: str, file: File, lost: Callable[[str], None]) -> Rich:
    """The text of a field with blanks.

    Raises:
        UnfitError: it has boxes on a picture in their place, or blanks in blanks.
    """
    if _OCCLUSION.search(html):
        message = "image occlusion has to be drawn anew, as an item of the kind occlusion"
        raise UnfitError(message)
    gaps: list[Gap] = []

    def hide(found: re.Match[str]) -> str:
        hidden, _, hint = found[2].partition("::")
        numbers = found[1].split(",")
        if len(numbers) > 1:
            lost(f"the blank c{found[1]} is on several cards: it is on the first of them")
        text = from_html(hidden, file)
        if len(text.text) > 1:
            lost(f"the paragraphs in the blank c{numbers[0]} are one line")
        line = flat(text.text, (Run(" "),))
        gaps.append(Gap(line, _words(hidden), int(numbers[0]), _words(hint)))
        return gap(len(gaps) - 1)

    shown = _BLANK.sub(hide, _unsigned(html, lost))
    if re.search(_OPENS, shown):
        message = "a blank of it holds another one, or is not closed"
        raise UnfitError(message)
    return Rich(from_html(shown, file).text, tuple(gaps))


def words(text: Rich) -> str:
    """What a text says, without its markup."""
    said = (getattr(node, "text", "") or getattr(node, "file", "") for line in lines(text.text) for node in line)
    return " ".join("".join(said).split())


def _words(html: str) -> str:
    return " ".join(unescape(_TAGS.sub(" ", html)).split())


def _unsigned(html: str, lost: Callable[[str], None]) -> str:
    """HTML without signs that only Anki knows."""
    html = _NOT_TEXT.sub("", html)
    if "[" not in html:
        return html
    html = _SOUND.sub(lambda found: f'<audio src="{escape(unescape(found[1]).replace("%", "%25"))}"></audio>', html)
    html = _DISPLAY.sub(r"\\[\1\\]", html)
    html = _INLINE.sub(r"\\(\1\\)", html)

    def latex(found: re.Match[str]) -> str:
        inside = _DOLLARS.fullmatch(_TAGS.sub("", found[1]))
        if inside is None:
            lost("LaTeX that is no single formula stays as it is typed")
            return f"<code>{escape(_words(found[1]))}</code>"
        return f"\\({inside[2]}\\)" if inside[1] == "$" else f"\\[{inside[2]}\\]"

    return _LATEX.sub(latex, html)
