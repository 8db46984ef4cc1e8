"""The paragraphs of a document of Word's as lines of Markdown, with the numbers that Word sets before them typed out."""

from __future__ import annotations

import posixpath
import re
from typing import TYPE_CHECKING, Any

from builder.diagnostics import Span
from builder.exchange import _files
from builder.exchange._frame import Read
from builder.exchange._lines import tidy
from builder.exchange._listed.marks import OPTION, QUESTION
from builder.exchange._xml import elements
from builder.model.fields import LETTERS
from builder.text import markdown
from builder.text.tree import Paragraph, Picture, Run

if TYPE_CHECKING:
    from collections.abc import Iterator

    from builder.exchange._package import Package
    from builder.text.tree import Inline

DOCUMENT = "word/document.xml"
_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_M = "{http://schemas.openxmlformats.org/officeDocument/2006/math}"
_A = "{http://schemas.openxmlformats.org/drawingml/2006/main}"
_R = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}"
_RELATIONS = "{http://schemas.openxmlformats.org/package/2006/relationships}Relationship"
_DRAWN = "{http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing}docPr"
_DEEPER = re.compile(r"[2-9]\Z")  # the style List Number 2, whatever Word calls it in its language
_OFF = {"0", "false", "none", "off"}
_BLACK = {"auto", "000000"}
_PREFIX = re.compile(r"\s*(?:\d{1,4} ?[.):]|\*?\(?[a-zA-Z][.)])\s+")
_STAR = re.compile(r"\\\*(?=  |$)|(?<=  )\\\*(?=\(?[a-zA-Z][.)]\s)")  # it marks an option, and is no sign
_NOT_TEXT = re.compile("[\ufdd0-\ufdef\x00-\x08\x0b-\x1f\x7f-\x9f]")


class Document:
    """A document; `found` gathers its pictures, and what is lost of it; `rows` the cells of its tables, once lines are read."""

    def __init__(self, name: str, package: Package) -> None:
        self.name, self._package = name, package
        self.found = Read()
        members = set(package)
        self._links = {
            it.get("Id"): it.get("Target")
            for it in self._all("word/_rels/document.xml.rels", _RELATIONS)
            if it.get("TargetMode") != "External"
        }
        self._formats = dict(self._numbering()) if "word/numbering.xml" in members else {}
        self._styles = {
            it.get(f"{_W}styleId"): number
            for it in self._all("word/styles.xml", f"{_W}style")
            if (number := _listed(it)) is not None
        }
        self._counts: dict[tuple[str, str], int] = {}
        self.rows: list[tuple[int, list[str]]] = []

    def _all(self, member: str, tag: str) -> Iterator[Any]:
        if member in set(self._package):
            yield from elements(self._package.place(member), self._package.read(member), tag)

    def _numbering(self) -> Iterator[tuple[tuple[str, str], str]]:
        """Whether a level of a list counts in digits or letters, by the list and the level."""
        kinds: dict[str, dict[str, str]] = {}
        for it in self._all("word/numbering.xml", f"{_W}abstractNum"):
            kinds[it.get(f"{_W}abstractNumId")] = {
                level.get(f"{_W}ilvl"): _value(level.find(f"{_W}numFmt")) for level in it.iterfind(f"{_W}lvl")
            }
        for it in self._all("word/numbering.xml", f"{_W}num"):
            for level, kind in kinds.get(_value(it.find(f"{_W}abstractNumId")), {}).items():
                yield (it.get(f"{_W}numId"), level), kind

    def lines(self) -> Iterator[tuple[int, str]]:
        """The number of each paragraph from 1, and its text; the cells of a row are one line."""
        row: Any = None
        cell: Any = None
        cells: list[str] = []
        start = 0
        for number, paragraph in enumerate(self._all(DOCUMENT, f"{_W}p"), 1):
            above, within = (next(paragraph.iterancestors(f"{_W}{tag}"), None) for tag in ("tr", "tc"))
            if row is not None and above is not row:
                yield self._row(start, cells)
                cells = []
            text = self._line(number, paragraph)
            if above is None:
                yield number, text
            else:
                start = start if cells and above is row else number
                said = " ".join(text.split())
                if within is cell and cells:
                    cells[-1] = f"{cells[-1]}  {said}".strip()
                else:
                    cells.append(said)
            row, cell = above, within
        if cells:
            yield self._row(start, cells)

    def _row(self, start: int, cells: list[str]) -> tuple[int, str]:
        """A row of a table as a line; its cells are kept as well."""
        self.rows.append((start, cells))
        return start, "  ".join(filter(None, cells))

    def _line(self, number: int, paragraph: Any) -> str:
        """A paragraph as a line that begins with its number or letter."""
        nodes = list(self._nodes(number, paragraph))
        bare = "".join(node.text for node in nodes if isinstance(node, Run))
        if not bare.strip(" _") and "___" in bare:
            return bare.strip()  # a line to write on
        found = _PREFIX.match(bare)
        prefix = found[0] if found and (QUESTION.match(bare.strip()) or OPTION.match(bare.strip())) else ""
        length = len(prefix)
        nodes = list(_cut(nodes, length))
        prefix = prefix.strip() or self._numbered(paragraph)
        is_option = bool(prefix) and not prefix[0].isdigit()
        if is_option and nodes and all(_is_marked(paragraph, length)):
            nodes = [node._replace(strong=True) if isinstance(node, Run) else node for node in nodes]
        line = tidy(nodes)
        said = markdown.write((Paragraph(line),), math=False) if line else ""
        said = _STAR.sub("*", said) if is_option else said
        return f"{prefix} {said}".strip() if prefix and said else said

    def _numbered(self, paragraph: Any) -> str:
        """The number or letter that Word sets before a paragraph; empty where it sets none."""
        style = _value(paragraph.find(f"{_W}pPr/{_W}pStyle"))
        key = _listed(paragraph) or self._styles.get(style, ("", ""))
        kind = self._formats.get(key, "")
        if kind == "decimal" and (key[1] != "0" or _DEEPER.search(style)):  # an option, counted in digits
            self._formats[key] = kind = "lowerLetter"
        if kind == "decimal":
            self._counts = {it: count for it, count in self._counts.items() if it == key or not self._is_letter(it)}
        elif not self._is_letter(key):
            return ""
        self._counts[key] = self._counts.get(key, 0) + 1
        count = self._counts[key]
        if kind == "decimal":
            return f"{count}."
        return f"{LETTERS[count - 1].lower()})" if count <= len(LETTERS) else ""

    def _is_letter(self, key: tuple[str, str]) -> bool:
        return self._formats.get(key, "") in {"lowerLetter", "upperLetter"}

    def _nodes(self, number: int, paragraph: Any) -> Iterator[Inline]:
        """What stands in a paragraph."""
        for part in paragraph.iter(f"{_W}r", f"{_M}oMath"):
            if part.tag == f"{_M}oMath":
                said = "".join(it.text or "" for it in part.iter(f"{_M}t"))
                self.found.lost(Span(self.name, number), f"a formula made in Word is its letters alone: {said[:60]}")
                yield Run(_NOT_TEXT.sub("", said))
                continue
            style = _style(part.find(f"{_W}rPr"))
            for it in part.iter(f"{_W}t", f"{_W}tab", f"{_W}br", f"{_W}noBreakHyphen", f"{_W}drawing"):
                if it.tag == f"{_W}drawing":
                    yield from self._picture(number, it)
                elif it.tag == f"{_W}br":
                    yield Run("", break_=True)
                else:
                    said = it.text or "" if it.tag == f"{_W}t" else "  " if it.tag == f"{_W}tab" else "-"
                    yield style._replace(text=_NOT_TEXT.sub("", said))

    def _picture(self, number: int, drawing: Any) -> Iterator[Inline]:
        """A picture, which is taken along."""
        span = Span(self.name, number)
        told = next(drawing.iter(_DRAWN), None)
        for blip in drawing.iter(f"{_A}blip"):
            target = self._links.get(blip.get(f"{_R}embed"), "")
            member = posixpath.normpath(posixpath.join("word", target)) if target else ""
            if member not in set(self._package):
                self.found.lost(span, "a picture is not in the file")
                continue
            content = self._package.read(member)
            name = _files.taken(
                self.found, f"media/{posixpath.basename(member)}", content, lambda it: self.found.lost(span, it)
            )
            if name:
                alt = " ".join((told.get("descr") or "").split()) if told is not None else ""
                yield Picture(name, alt or posixpath.basename(name).rpartition(".")[0])


def _listed(element: Any) -> tuple[str, str] | None:
    """The list of a paragraph or a style, and the level in it; None where it has none."""
    found = element.find(f"{_W}pPr/{_W}numPr")
    return None if found is None else (_value(found.find(f"{_W}numId")), _value(found.find(f"{_W}ilvl")) or "0")


def _value(element: Any) -> str:
    return "" if element is None else element.get(f"{_W}val") or ""


def _is_on(properties: Any, name: str) -> bool:
    found = None if properties is None else properties.find(f"{_W}{name}")
    return found is not None and (found.get(f"{_W}val") or "1") not in _OFF


def _style(properties: Any) -> Run:
    """The style of a run."""
    place = "" if properties is None else _value(properties.find(f"{_W}vertAlign"))
    return Run(
        "",
        em=_is_on(properties, "i"),
        strong=_is_on(properties, "b"),
        strike=_is_on(properties, "strike"),
        sub=place == "subscript",
        sup=place == "superscript",
    )


def _is_marked(paragraph: Any, skipped: int) -> list[bool]:
    """Whether each run with letters behind the first characters is underlined, highlighted or coloured."""
    made = []
    length = 0
    for run in paragraph.iter(f"{_W}r"):
        said = "".join(it.text or "" for it in run.iter(f"{_W}t"))
        length += len(said)
        if said[max(0, len(said) - max(0, length - skipped)) :].strip():
            properties = run.find(f"{_W}rPr")
            color = "" if properties is None else _value(properties.find(f"{_W}color"))
            made.append(
                _is_on(properties, "u") or _is_on(properties, "highlight") or bool(color and color not in _BLACK)
            )
    return made or [False]


def _cut(nodes: list[Inline], length: int) -> Iterator[Inline]:
    """The nodes without so many characters at the beginning."""
    for node in nodes:
        if isinstance(node, Run) and length and not node.break_:
            taken = min(length, len(node.text))
            length -= taken
            if node.text[taken:]:
                yield node._replace(text=node.text[taken:])
        else:
            yield node
