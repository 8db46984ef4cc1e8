"""Reference lists in APA style, formatted by citeproc from CSL data.

The style is the Citation Style Language project's `apa.csl` (APA 7th edition,
CC BY-SA 3.0), which travels in `builder/data/`. Titles may hold Markdown
emphasis, as pandoc reads CSL-YAML.
"""

from __future__ import annotations

import re
import warnings
from contextlib import contextmanager
from html import unescape
from importlib.resources import as_file, files
from itertools import takewhile
from typing import TYPE_CHECKING, Any

from builder.text.markup import Run, parse

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from builder.model import Course

_TAG = re.compile(r"<(/?)(i|b|em|strong|sup|sub|span)(?: [^<>]*)?>")
_TWICE = re.compile(r"^(.+?)\. (\([^)]*\))\. \1\.")
_BY_EDITORS = re.compile(r"^[^(]+ \((?:eds?)\.\)\. \(")
_EDITORS_AGAIN = re.compile(r" \([^()]*, eds?\.\)")
_ROLE = re.compile(r"\((eds?)\.\)")
_DOI = re.compile(r"https?://[^\s<]+[^\s<.,;]")


def bibliography(course: Course, keys: Iterable[str]) -> dict[str, tuple[Run, ...]]:
    """The full reference of each key, in the order of a reference list; web addresses are links.

    Keys that the course's references lack are left out: the structural check
    has reported them.
    """
    wanted = [key for key in dict.fromkeys(keys) if key in course.references]
    if not wanted:
        return {}
    entries = dict(_formatted([course.references[key] for key in wanted]))
    return {key: tuple(_runs(markup)) for key, markup in entries.items()}


def in_text(course: Course, keys: Iterable[str]) -> dict[str, tuple[Run, ...]]:
    """How a text cites each key: author and year in brackets. Keys that the references lack are left out."""
    wanted = [key for key in dict.fromkeys(keys) if key in course.references]
    if not wanted:
        return {}
    with _registered([course.references[key] for key in wanted]) as (style, citations):
        cited = {key: style.cite(citation, lambda _: None) for key, citation in zip(wanted, citations, strict=True)}
    return {key: tuple(_runs(str(markup))) for key, markup in cited.items()}


def _formatted(works: list[Mapping[str, Any]]) -> Iterator[tuple[str, str]]:
    """Key and citeproc's HTML of each work, sorted as the style sorts."""
    by_lower = {work["id"].lower(): work["id"] for work in works}
    with _registered(works) as (style, _):
        style.sort()
        for key, entry in zip(style.keys, style.bibliography(), strict=True):
            yield by_lower[key], _mended(str(entry))


@contextmanager
def _registered(works: list[Mapping[str, Any]]) -> Iterator[Any]:
    """Citeproc with APA's style and these works."""
    from citeproc import Citation, CitationItem, CitationStylesBibliography, CitationStylesStyle, formatter
    from citeproc.source.json import CiteProcJSON

    with warnings.catch_warnings(), as_file(files("builder") / "data" / "apa.csl") as style:
        warnings.simplefilter("ignore")  # citeproc warns of the CSL variables that it does not print
        source = CiteProcJSON([_csl_json(work) for work in works])
        made = CitationStylesBibliography(CitationStylesStyle(str(style), validate=False), source, formatter.html)
        citations = [Citation([CitationItem(work["id"].lower())]) for work in works]
        for citation in citations:
            made.register(citation)
        yield made, citations


def _mended(entry: str) -> str:
    """Three slips of citeproc-py 0.11 with APA's style put right.

    The title of a work without an author stands twice, as its author and again;
    so do the editors of an edited book; and the role is not capitalised.
    """
    entry = _TWICE.sub(r"\1. \2.", entry)
    if _BY_EDITORS.match(entry):
        entry = _EDITORS_AGAIN.sub("", entry, count=1)
    return _ROLE.sub(lambda role: f"({role[1].capitalize()}.)", entry)


def _csl_json(work: Mapping[str, Any]) -> dict[str, Any]:
    """CSL-JSON of a work: years are numbers, remarks for editors stay out."""
    out = {key: value for key, value in work.items() if key not in {"annote", "keyword", "note", "abstract"}}
    for key, value in out.items():
        if isinstance(value, dict) and "date-parts" in value:
            parts = [[int(part) for part in date] for date in value["date-parts"]]
            # Of a range inside a year or month, citeproc prints nothing: it gets the year or month.
            same = [one for one, *_ in takewhile(lambda part: len(set(part)) == 1, zip(*parts, strict=False))]
            out[key] = {**value, "date-parts": [same] if same else parts}
    # citeproc looks keys up in lower case.
    return out | {"id": work["id"].lower()}


def _runs(markup: str) -> Iterator[Run]:
    """Citeproc's HTML as runs; Markdown emphasis inside an italic title turns upright, as APA asks."""
    em = strong = False
    position = 0
    for tag in _TAG.finditer(markup):
        yield from _piece(markup[position : tag.start()], em=em, strong=strong)
        if tag[2] in {"i", "em"}:
            em = not tag[1]
        elif tag[2] in {"b", "strong"}:
            strong = not tag[1]
        position = tag.end()
    yield from _piece(markup[position:], em=em, strong=strong)


def _piece(text: str, *, em: bool, strong: bool) -> Iterator[Run]:
    position = 0
    for address in _DOI.finditer(text):
        yield from _styled(text[position : address.start()], em=em, strong=strong)
        href = unescape(address[0])
        yield Run(href, href=href)
        position = address.end()
    yield from _styled(text[position:], em=em, strong=strong)


def _styled(text: str, *, em: bool, strong: bool) -> Iterator[Run]:
    for run in parse(unescape(text)):
        yield run._replace(em=run.em != em, strong=run.strong or strong)
