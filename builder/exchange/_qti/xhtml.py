"""HTML as QTI 2 and 3 have it inside items: XML with fewer elements and attributes, and back to what a browser knows."""

from __future__ import annotations

import re
from functools import lru_cache, partial
from html import escape
from typing import TYPE_CHECKING, Any

from builder.disk import media
from builder.exchange._html import Html
from builder.text.tree import Listing, Picture, Run, Sound

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from builder.text import cloze
    from builder.text.tree import Align, Block

_ALIGN = re.compile(r"qti-align-(left|center|right)")
_START = re.compile(r"start-(\d+)")
_PERCENT = re.compile(r"([1-9]\d?|100)%")
_STRIKE = "strike"
_SIGNS = (b"qti-align-", b"start-", b"strike", b"<img", b":img", b"<object", b":object", b"&#")
_XML_LANG = "{http://www.w3.org/XML/1998/namespace}lang"


class Xhtml(Html):
    """Writes texts; what QTI has no element or attribute for is a class."""

    def block(self, block: Block[cloze.Node]) -> str:
        """A block as an element: the first number of a list is a class."""
        made = super().block(block)
        if isinstance(block, Listing) and block.start not in {None, 1}:
            return made.replace(f' start="{block.start}"', f' class="start-{block.start}"', 1)
        return made

    def row(self, tag: str, cells: Iterable[tuple[cloze.Node, ...]], aligns: Iterable[Align]) -> str:
        """A row of a table, whose alignments are classes."""
        made = []
        for cell, align in zip(cells, aligns, strict=True):
            named = f' class="qti-align-{align}"' if align else ""
            made.append(f"<{tag}{named}>{self.line(cell)}</{tag}>")
        return f"<tr>{''.join(made)}</tr>"

    def node(self, node: cloze.Node) -> str:
        """A piece of a line: a recording is an object."""
        match node:
            case Picture(file, alt, width) if width:
                return f'<img src="{self.file(file)}" alt="{escape(alt).translate(self.hidden)}" width="{width}%" />'
            case Sound(file, transcript):
                return self.sound(file, transcript)
            case _:
                return super().node(node)

    def sound(self, file: str, transcript: str) -> str:
        """A recording, with its words for those who can't hear it."""
        kind = media.kind(file) or "application/octet-stream"
        return f'<object data="{self.file(file)}" type="{kind}">{self.words(transcript)}</object>'

    def run(self, run: Run) -> str:
        """A run, in its styles."""
        struck = run.strike
        made = super().run(run._replace(strike=False, lang=""))
        made = f'<span class="{_STRIKE}">{made}</span>' if struck else made
        return f'<span xml:lang="{run.lang}">{made}</span>' if run.lang else made


def is_odd(document: bytes) -> bool:
    """Whether a document might have what a browser does not know. Few have, and to look at all elements is slow."""
    is_foreign = document.count(b"xml:lang") > 1  # once is the language of the item
    return is_foreign or any(sign in document for sign in _SIGNS)


def as_html(element: Any) -> None:
    """Turn classes and objects inside an element into what a browser knows."""
    for part in _odd()(element):
        said = part.get("class") or ""
        if found := _ALIGN.search(said):
            part.set("style", f"text-align:{found[1]}")
        if part.tag == "ol" and (found := _START.fullmatch(said)):
            part.set("start", found[1])
        if part.tag == "span" and said == _STRIKE:
            part.tag = "s"
        if part.tag == "img" and _PERCENT.fullmatch(part.get("width") or ""):
            part.set("style", f"width:{part.get('width')}")
        if part.tag == "object" and (part.get("type") or "").startswith("image/"):
            part.tag = "img"
            part.set("src", part.get("data") or "")
            part.set("alt", " ".join("".join(part.itertext()).split()))
        elif part.tag == "object":
            part.tag = "audio"
            part.set("src", part.get("data") or "")
        if _XML_LANG in part.attrib:
            part.set("lang", part.attrib.pop(_XML_LANG))


@lru_cache(maxsize=1)
def _odd() -> Any:
    """What finds the parts of an element that a browser might not know: few, or none."""
    from lxml import etree

    return etree.XPath("descendant-or-self::*[@class or @xml:lang or self::img or self::object]")


def inside(element: Any) -> str:
    """The HTML inside an element."""
    text = escape(element.text or "", quote=False)
    return text + "".join([_paragraph(it) or _written()(it) for it in element]) if len(element) else text


def _paragraph(element: Any) -> str:
    """A plain paragraph as HTML, as most feedback is; empty for any other element, which takes many times as long."""
    text, tail = element.text, element.tail or ""
    is_plain = element.tag == "p" and not len(element) and not element.attrib
    if not is_plain or not text or "\r" in text or "\r" in tail:
        return ""
    return f"<p>{escape(text, quote=False)}</p>{escape(tail, quote=False)}"


@lru_cache(maxsize=1)
def _written() -> Callable[[Any], str]:
    """What writes an element, and the text after it, as HTML."""
    from lxml import etree

    return partial(etree.tostring, encoding="unicode", method="html")
