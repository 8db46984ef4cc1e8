"""The processor's HTML as runs of text: emphasis, and web addresses as links."""

from __future__ import annotations

import re
from html import unescape
from typing import TYPE_CHECKING

from builder.text.markup import runs as styled
from builder.text.tree import Run

if TYPE_CHECKING:
    from collections.abc import Iterator

_TAG = re.compile(r"<(/?)(i|b|em|strong|sup|sub|u|l|sc|span)(?: [^<>]*)?>")
# An old DOI may hold brackets of any kind: 10.1002/(SICI)1097-4679(199901)55:3<243::AID-JCLP1>3.0.CO;2-X
_LINK = re.compile(r"https?://(?:doi\.org/10\.(?:[^\s<&]|&(?:lt|gt|amp);)+(?<![.,;])|[^\s<]+[^\s<.,;])")


def runs(markup: str) -> Iterator[Run]:
    """The runs of the HTML `markup`. Emphasis by Markdown inside an italic title is printed upright, as APA asks."""
    em = strong = False
    position = 0
    for tag in _TAG.finditer(markup):
        yield from _piece(markup[position : tag.start()], em=em, strong=strong)
        if tag[2] in {"i", "em"}:
            em = not em
        elif tag[2] in {"b", "strong"}:
            strong = not tag[1]
        position = tag.end()
    yield from _piece(markup[position:], em=em, strong=strong)


def _piece(text: str, *, em: bool, strong: bool) -> Iterator[Run]:
    position = 0
    for address in _LINK.finditer(text):
        yield from _styled(text[position : address.start()], em=em, strong=strong)
        href = unescape(address[0])
        yield Run(href, href=href)
        position = address.end()
    yield from _styled(text[position:], em=em, strong=strong)


def _styled(text: str, *, em: bool, strong: bool) -> Iterator[Run]:
    for run in styled(unescape(text)):
        yield run._replace(em=run.em != em, strong=run.strong or strong)
