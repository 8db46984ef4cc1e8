"""Reference lists in APA style, formatted by citeproc from CSL data.

The style is the Citation Style Language project's `apa.csl` (APA 7th edition,
CC BY-SA 3.0), which travels in `builder/data/`. Titles may hold Markdown
emphasis, as pandoc reads CSL-YAML.
"""

from __future__ import annotations

import re
import warnings
from contextlib import contextmanager
from functools import cache
from html import unescape
from importlib.resources import as_file, files
from itertools import takewhile
from typing import TYPE_CHECKING, Any

from builder.diagnostics import BuilderError
from builder.text.markup import runs as styled
from builder.text.tree import Run

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping

    from builder.model import Course

_TAG = re.compile(r"<(/?)(i|b|em|strong|sup|sub|span)(?: [^<>]*)?>")
_TWICE = re.compile(r"^(.+?)\. (\([^)]*\))\. \1\.")
_BY_EDITORS = re.compile(r"^[^(]+ \((?:eds?)\.\)\. \(")
_EDITORS_AGAIN = re.compile(r" \([^()]*, eds?\.\)")
_ROLE = re.compile(r"\((eds?)\.\)")
_FIRST_ROLE = re.compile(r"^([^()<>]+ \()([a-z])(?=[a-z, &]*\.?\)\. \()")
_DOI = re.compile(r"https?://[^\s<]+[^\s<.,;]")


def bibliography(course: Course, keys: Iterable[str]) -> dict[str, tuple[Run, ...]]:
    """The full reference of each key, in the order of a reference list; web addresses are links.

    Keys that the course's references lack are left out: the structural check
    has reported them. Works to which the style gives no entry, such as
    personal communications, come last, as the text cites them.

    Raises:
        BuilderError: citeproc stops at a work; the message names it.
    """
    wanted = [key for key in dict.fromkeys(keys) if key in course.references]
    if not wanted:
        return {}
    works = [course.references[key] for key in wanted]
    entries = _told(lambda some: dict(_formatted(some)), works)
    bare = [work for work in works if work["id"] not in entries]
    entries |= _told(_cited, bare) if bare else {}
    return {key: tuple(_runs(markup)) for key, markup in entries.items()}


def in_text(course: Course, keys: Iterable[str]) -> dict[str, tuple[Run, ...]]:
    """How a text cites each key: author and year in brackets. Keys that the references lack are left out."""
    wanted = [key for key in dict.fromkeys(keys) if key in course.references]
    if not wanted:
        return {}
    cited = _told(_cited, [course.references[key] for key in wanted])
    return {key: tuple(_runs(markup)) for key, markup in cited.items()}


def _cited(works: list[Mapping[str, Any]]) -> dict[str, str]:
    """How a text cites each work, by its key."""
    with _registered(works) as (processor, citations):
        return {
            work["id"]: str(processor.cite(citation, lambda _: None))
            for work, citation in zip(works, citations, strict=True)
        }


def _told(act: Callable[[list[Mapping[str, Any]]], dict[str, str]], works: list[Mapping[str, Any]]) -> dict[str, str]:
    """What `act` makes of the works.

    Raises:
        BuilderError: citeproc stops at a work; the message names it.
    """
    try:
        return act(works)
    except Exception as error:
        for work in works:
            try:
                act([work])
            except Exception as own:  # noqa: BLE001 - citeproc raises whatever its code ran into
                message = (
                    f"the reference '{work['id']}' can't be formatted ({type(own).__name__}: {own}); "
                    f"simplify its names and dates, or give its type another look"
                )
                raise BuilderError(message) from error
        raise


def _formatted(works: list[Mapping[str, Any]]) -> Iterator[tuple[str, str]]:
    """Key and citeproc's HTML of each work, sorted as the style sorts."""
    by_lower = {work["id"].lower(): work["id"] for work in works}
    with _registered(works) as (processor, _):
        processor.sort()
        for item in processor.items:
            # A style prints no entry for some works, such as personal communications: they are cited in the text alone.
            for entry in processor.style.render_bibliography([item]):
                yield by_lower[item.key], _mended(str(entry))


@contextmanager
def _registered(works: list[Mapping[str, Any]]) -> Iterator[Any]:
    """Citeproc with APA's style and these works."""
    from citeproc import Citation, CitationItem, CitationStylesBibliography, CitationStylesStyle, formatter
    from citeproc.source.json import CiteProcJSON

    _complete()
    with warnings.catch_warnings(), as_file(files("builder") / "data" / "apa.csl") as style:
        warnings.simplefilter("ignore")  # citeproc warns of the CSL variables that it does not print
        source = CiteProcJSON([_csl_json(work) for work in works])
        made = CitationStylesBibliography(CitationStylesStyle(str(style), validate=False), source, formatter.html)
        citations = [Citation([CitationItem(work["id"].lower())]) for work in works]
        for citation in citations:
            made.register(citation)
        yield made, citations


# Roles of CSL 1.0.2 (appendix IV) that citeproc-py 0.11 does not know, and would take for text.
_ROLES = """
    chair compiler contributor curator director executive_producer guest host narrator organizer performer producer
    reviewed_author script_writer series_creator
    """.split()


@cache
def _complete() -> None:
    """Teach citeproc-py the roles that it lacks, and to sort by a season, at which it stops."""
    import citeproc
    from citeproc.model import Date_Part

    citeproc.NAMES.extend(role for role in _ROLES if role not in citeproc.NAMES)
    citeproc.VARIABLES.extend(role for role in _ROLES if role not in citeproc.VARIABLES)
    process = Date_Part.process

    def with_seasons(part: Any, date: Any, context: Any = None) -> Any:
        is_number = part.get("form", "long").startswith("numeric")
        if part.get("name") == "month" and is_number and "month" not in date and "season" in date:
            return f"{3 * int(date['season']):02}"  # where the season begins among the months of its year
        return process(part, date, context)

    Date_Part.process = with_seasons


def _mended(entry: str) -> str:
    """Three slips of citeproc-py 0.11 with APA's style put right.

    The title of a work without an author stands twice, as its author and again;
    so do the editors of an edited book; and roles are not capitalised, neither
    "(ed.)" nor the "(director)" behind who stands in the author's place.
    """
    entry = _TWICE.sub(r"\1. \2.", entry)
    if _BY_EDITORS.match(entry):
        entry = _EDITORS_AGAIN.sub("", entry, count=1)
    entry = _ROLE.sub(lambda role: f"({role[1].capitalize()}.)", entry)
    return _FIRST_ROLE.sub(lambda role: role[1] + role[2].upper(), entry)


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
    for run in styled(unescape(text)):
        yield run._replace(em=run.em != em, strong=run.strong or strong)
