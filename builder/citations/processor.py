"""citeproc-py, in which elements of `builder.citations` replace some of its own.

citeproc-py 0.11 reads styles and locales, and does most of the choosing, grouping and formatting. Where one of its
elements differs from the CSL specification or APA's manual, a class of ours replaces it. The tests in
`tests/contract/test_processors.py` compare the results with those of citeproc-js and pandoc.
"""

from __future__ import annotations

import io
import re
from functools import cache
from typing import TYPE_CHECKING, Any, NamedTuple

from citeproc import LANGUAGE_NAMES, PRIMARY_DIALECTS, formatter
from citeproc.frontend import CitationStylesStyle
from citeproc.model import CitationStylesElement
from lxml import etree

from builder.citations import dates, elements, names
from builder.citations.cite import Cite, Style
from builder.citations.sorting import ordered
from builder.citations.telling import tell_apart
from builder.citations.wording import punctuated
from builder.citations.works import work_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from builder.citations.works import Person

_OURS = (
    elements.Text,
    elements.Number,
    elements.Label,
    elements.Group,
    elements.Substitute,
    elements.Else,
    elements.If,
    elements.Else_If,
    names.Names,
    names.Name,
    dates.Date,
)


# The XML declaration names an encoding, which no longer holds once the text is decoded.
_DECLARATION = re.compile(r"^\ufeff?<\?xml[^>]*\?>")


def _tag(made: type) -> str:
    return made.__name__.replace("_", "-").lower()


def _parser() -> etree.XMLParser:
    """A parser that makes an object of each element of a style, of our class if there is one, else of citeproc's."""
    lookup = etree.ElementNamespaceClassLookup()
    namespace = lookup.get_namespace("http://purl.org/net/xbiblio/csl")
    namespace[None] = CitationStylesElement
    namespace.update({_tag(made): made for made in (*CitationStylesElement.__subclasses__(), *_OURS)})
    parser = etree.XMLParser(remove_comments=True, remove_pis=True, no_network=True, resolve_entities=False)
    parser.set_element_class_lookup(lookup)
    return parser


class _StyleFile(CitationStylesStyle):
    """A style as citeproc reads it, from text, and with our elements."""

    def __init__(self, text: str, language: str) -> None:
        self.parser = _parser()
        self.xml = etree.parse(io.BytesIO(_DECLARATION.sub("", text, count=1).encode()), self.parser)
        self.root = self.xml.getroot()
        self.root.formatter = formatter.html
        self.root.set_locale_list(language, validate=False)


def _dialect(language: str) -> str:
    """The locale of a language: de-DE for de, en-US where citeproc has none."""
    if language in LANGUAGE_NAMES:
        return language
    return str(PRIMARY_DIALECTS.get(language.split("-", maxsplit=1)[0].lower(), "en-US"))


@cache
def style(text: str, language: str) -> Style:
    """A style, ready to print in a language; a style that names its own language (`default-locale`) keeps it."""
    file = _StyleFile(text, _dialect(language))
    if own := file.root.get("default-locale"):
        file.root.set_locale_list(_dialect(own), validate=False)
        language = own
    return Style(file.root, language)


class _Known(NamedTuple):
    """How a text cites a work that was `told` apart in some way, and whom that names first."""

    told: tuple[object, ...]
    text: str
    shown: tuple[Person, ...]


class Works:
    """Works, formatted by a style. With `apart`, they stand in one list, and are cited so that no two look alike."""

    def __init__(self, made: Style, works: Iterable[Mapping[str, Any]], *, apart: bool = True) -> None:
        self._style = made
        self._known: dict[int, _Known] = {}  # by the identity of cites, since two works may have one key
        self._cites = [Cite(work_of(work), made, suffix=str(work.get("year-suffix", ""))) for work in works]
        if self._cites and apart:
            tell_apart(self._cites, self._cited, self._ordered)

    def _ordered(self, cites: list[Cite]) -> list[Cite]:
        return ordered(cites, self._style.bibliography)

    def __len__(self) -> int:
        return len(self._cites)

    def entries(self) -> dict[str, str]:
        """The HTML of each work's entry, in the order of the list; works that the style gives no entry are left out."""
        area, entries, before = self._style.bibliography, {}, None
        has_dash = area.get("subsequent-author-substitute") is not None
        for cite in self._ordered(self._cites):
            cite.repeats = False
            text = self._printed(cite, area)
            if has_dash and before is not None and cite.shown and cite.shown == before:
                cite.repeats = True
                text = self._printed(cite, area)
            before = cite.shown
            if text:
                entries[cite.work.key] = text
        return entries

    def cited(self) -> dict[str, str]:
        """How a text cites each work."""
        return {cite.work.key: self._cited(cite) for cite in self._cites}

    def _cited(self, cite: Cite) -> str:
        """How a text cites a work: what was printed before, if nothing has changed of what tells it apart."""
        told = cite.suffix, cite.more, cite.given, cite.is_alike, cite.repeats
        known = self._known.get(id(cite))
        if known is None or known.told != told:
            text = self._printed(cite, self._style.citation)
            self._known[id(cite)] = known = _Known(told, text, cite.shown)
        cite.shown = known.shown
        return known.text

    def _printed(self, cite: Cite, area: Any) -> str:
        """A work as an area of the style prints it."""
        layout = area.layout
        text = layout.render_children(cite.afresh(area))
        if not text:
            return ""
        whole = str(layout.format(layout.wrap(text)))
        return punctuated(whole, self._style.quotes, marks_inside=self._style.is_on("punctuation-in-quote"))
