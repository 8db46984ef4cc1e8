r"""HTML from other systems as an author's text: blocks, styles, formulas, pictures and sounds; all else is dropped.

`<p>a <b>b</b></p>` is `a **b**`. Styles, classes and scripts go, `&nbsp;` is a space, headings are strong
paragraphs. Formulas are what stands in `\(...\)`, `\[...\]` or `$$...$$`, and Canvas's pictures of equations; a single
dollar is a dollar.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from functools import lru_cache
from typing import TYPE_CHECKING, Any
from urllib.parse import unquote

from builder.exchange._lines import broken, tidy, words
from builder.exchange._rich import CONTROL, Rich
from builder.text.tree import Code, Listing, Paragraph, Picture, Quote, Run, Sound, Table, Verse, flat

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from builder.text.tree import Align, Block, Inline, Text

_PLAIN = re.compile(r"[^<&\\$\s\u00a0\x00-\x1f]*(?: [^<&\\$\s\u00a0\x00-\x1f]+)*")
_STYLES: dict[str, dict[str, Any]] = {
    **{key: {"em": True} for key in ("em", "i", "cite", "dfn", "var")},
    **{key: {"strong": True} for key in ("strong", "b", "h1", "h2", "h3", "h4", "h5", "h6", "dt")},
    **{key: {"code": True} for key in ("code", "tt", "kbd", "samp")},
    "sub": {"sub": True},
    "sup": {"sup": True},
    **{key: {"strike": True} for key in ("s", "strike", "del")},
}
_BOXES = frozenset(
    """p div h1 h2 h3 h4 h5 h6 section article header footer figure figcaption center dl dt dd hr form address fieldset
    main aside details summary html body""".split()
)
_SILENT = frozenset(["script", "style", "head", "title", "template", "noscript"])
_KEPT = "\ufdd2"  # stands for a space that does not break, where it is to stay
_WEB = re.compile(r"(?:https?|mailto):", re.IGNORECASE)
_WIDTH = re.compile(r"width:\s*([1-9]\d?|100)%")
_ALIGN = re.compile(r"text-align:\s*(left|center|right)")
_LANGUAGE = re.compile(r"[a-z]{2,3}(-[A-Za-z0-9]{2,8})*\Z")
_DEEPEST = 40  # elements in each other; what lies deeper is taken as words


def from_html(html: str, file: Callable[[str], str | None] = lambda _: None) -> Rich:
    """The text of some HTML; `file` gives the name in the course of what has that address, or None."""
    html = html.strip()
    core = html[3:-4] if html.startswith("<p>") and html.endswith("</p>") else html
    if _PLAIN.fullmatch(core):
        return Rich((Paragraph((Run(core),)),) if core else ())
    return Rich(element_text(parsed(html), file))


def parsed(html: str) -> Any:
    """An element that holds some HTML."""
    from lxml import etree

    return etree.HTML(f"<div>{CONTROL.sub('', html)}</div>", _parser())[0][0]


@lru_cache(maxsize=1)
def _parser() -> Any:
    from lxml import etree

    return etree.HTMLParser(remove_comments=True, remove_pis=True)


def element_text(element: Any, file: Callable[[str], str | None]) -> Text[Inline]:
    """The text inside an element of a parsed document."""
    reader = _Reader(file)
    return tuple(reader.blocks(element, Run(""), 0))


@dataclass(slots=True)
class _Flow:
    """The blocks so far, and the line that is not yet one."""

    blocks: list[Block[Inline]] = field(default_factory=list)
    line: list[Inline] = field(default_factory=list)

    def end(self) -> None:
        """End the paragraph, if there is one."""
        if line := tidy(self.line):
            self.blocks.append(Paragraph(line))
        self.line = []


class _Reader:
    def __init__(self, file: Callable[[str], str | None]) -> None:
        self.file = file

    def blocks(self, element: Any, style: Run, depth: int) -> list[Block[Inline]]:
        """The blocks inside an element."""
        flow = _Flow()
        self.inside(element, style, flow, depth)
        flow.end()
        return flow.blocks

    def inside(self, element: Any, style: Run, flow: _Flow, depth: int) -> None:
        """Add what an element holds."""
        flow.line += words(element.text or "", style)
        for child in element:
            if isinstance(child.tag, str) and child.tag not in _SILENT:
                self.child(child, style, flow, depth + 1)
            flow.line += words(child.tail or "", style)

    def child(self, child: Any, style: Run, flow: _Flow, depth: int) -> None:
        """Add a child element: a block of its own, or a part of the line."""
        tag = child.tag
        if depth > _DEEPEST:
            flow.line += words("".join(child.itertext()), style)
        elif tag in {"ul", "ol", "table", "pre", "blockquote"} or (tag == "p" and child.get("class") == "verse"):
            flow.end()
            flow.blocks += self.block(child, style, depth)
        elif tag in _BOXES:
            flow.end()
            self.inside(child, style._replace(**_STYLES.get(tag, {})), flow, depth)
            flow.end()
        elif tag == "br":
            flow.line.append(Run("", break_=True))
        elif tag == "img":
            flow.line += self.picture(child, style)
        elif tag in {"audio", "video"}:
            flow.line += self.sound(child, style)
        else:
            self.inside(child, _styled(child, style), flow, depth)

    def block(self, element: Any, style: Run, depth: int) -> Iterator[Block[Inline]]:
        """A list, a table, a program, a quote or a verse."""
        match element.tag:
            case "ul" | "ol":
                items = tuple(tuple(self.blocks(item, style, depth)) for item in element if isinstance(item.tag, str))
                first = element.get("start", "1")
                start = int(first) if first.isdecimal() and len(first) < 10 else 1  # noqa: PLR2004 - as Markdown has it
                if items:
                    yield Listing(items, None if element.tag == "ul" else start)
            case "table":
                yield from self.table(element, style, depth)
            case "pre":
                code = "".join(element.itertext()).strip("\n")
                named = element.find("code")
                language = (named.get("class") or "" if named is not None else "").partition("language-")[2]
                yield Code((Run(code, code=True),) if code else (), "".join(language.split()[:1]))
            case "blockquote":
                if blocks := tuple(self.blocks(element, style, depth)):
                    yield Quote(blocks)
            case _:
                yield self.verse(element, style, depth)

    def verse(self, element: Any, style: Run, depth: int) -> Verse[Inline]:
        """Lines that end where they end; spaces that don't break set them in."""
        for part in element.iter():
            part.text, part.tail = ((text or "").replace("\u00a0", _KEPT) for text in (part.text, part.tail))
        flow = _Flow()
        self.inside(element, style, flow, depth)
        return Verse(
            tuple(
                tuple(
                    node._replace(text=node.text.replace(_KEPT, "\u00a0")) if isinstance(node, Run) else node
                    for node in tidy(line)
                )
                for line in broken(flow.line)
            )
        )

    def table(self, element: Any, style: Run, depth: int) -> Iterator[Block[Inline]]:
        """A table, whose first row is its head."""
        parts = [element, *(part for part in element if part.tag in {"thead", "tbody", "tfoot"})]
        rows = [[cell for cell in row if cell.tag in {"td", "th"}] for part in parts for row in part.iterfind("tr")]
        rows = [row for row in rows if row]
        if not rows:
            return
        width = max(map(len, rows))
        made = []
        for row in rows:
            cells = [flat(tuple(self.blocks(cell, style, depth)), (Run(" "),)) for cell in row]
            made.append((*cells, *[()] * (width - len(cells))))
        aligns: list[Align] = [""] * width
        for place, cell in enumerate(rows[0]):
            found = _ALIGN.search(cell.get("style") or "")
            aligns[place] = found[1] if found else ""  # type: ignore[assignment]
        yield Table(made[0], tuple(made[1:]), tuple(aligns))

    def picture(self, element: Any, style: Run) -> Iterator[Inline]:
        """A picture; one of an equation is the formula, and one whose file is missing its words."""
        tex = element.get("data-equation-content")
        alt = " ".join((element.get("alt") or "").split())
        if tex and tex.strip():
            yield style._replace(text=tex.strip(), math=True, href="", lang="")
            return
        name = self.file(unquote(element.get("src") or ""))
        width = _WIDTH.search(element.get("style") or "")
        if name:
            yield Picture(name, alt or name.rpartition("/")[2].rpartition(".")[0], int(width[1]) if width else 0)
        elif alt:
            yield style._replace(text=alt)

    def sound(self, element: Any, style: Run) -> Iterator[Inline]:
        """A recording; one whose file is missing is its words."""
        sources = [element.get("src"), *(source.get("src") for source in element.iter("source"))]
        name = self.file(unquote(next(filter(None, sources), "")))
        said = " ".join("".join(element.itertext()).split())
        if name:
            yield Sound(name, said)
        elif said:
            yield style._replace(text=said)


def _styled(element: Any, style: Run) -> Run:
    """The style inside an element."""
    style = style._replace(**_STYLES.get(element.tag, {}))
    language = element.get("lang") or ""
    if element.tag == "span" and _LANGUAGE.match(language):
        style = style._replace(lang=language)
    href = element.get("href") or ""
    return style._replace(href=href.strip()) if element.tag == "a" and _WEB.match(href.strip()) else style
