"""Items of QTI 2 as entries of a bank: their texts, keys and feedback; each interaction is in `_qti.interactions`."""

from __future__ import annotations

from fractions import Fraction
from functools import cached_property, lru_cache
from typing import TYPE_CHECKING, Any

from builder.diagnostics import Span
from builder.exchange import _guide
from builder.exchange._frame import UnfitError
from builder.exchange._qti import interactions, reading
from builder.exchange._qti.processing import GENERAL
from builder.exchange._qti.reading import folder_of, refuse_unfit
from builder.exchange._qti.xhtml import inside
from builder.exchange._rich import Rich
from builder.text.numbers import as_decimal

if TYPE_CHECKING:
    from collections.abc import Sequence

_MOST_PARTS = 10_000  # the finest part of the marks that is told from rounding


class Reader(reading.Reader):
    """Takes one item after the other."""

    def take(self, element: Any, member: str, tags: Sequence[str]) -> None:
        """An item, in names of QTI 2 without namespaces, of a document that is that member of the package."""
        span = Span(self.package.place(member), element.sourceline or 1)
        name = element.get("identifier") or element.get("title") or ""
        wish = name[1:] if name[:1] == "_" and name[1:2].isdigit() else name
        question = Question(self, element, span, folder_of(member))
        try:
            kind = next((it.rpartition("::")[2] for it in tags if "::kind::" in it), "")
            value = interactions.value_of(question, kind)
        except UnfitError as error:
            self.read.refused(span, f"'{wish[:60]}' is left out: {error}")
            return
        self.add(question, value | question.common(value), wish, tags)


class Question(reading.Question):
    """One item: its declarations, its processing, and its feedback."""

    def __init__(self, reader: Reader, element: Any, span: Span, folder: str) -> None:
        super().__init__(reader, element, span, folder)
        parts: dict[str, list[Any]] = {}  # to look for each name anew takes several times as long
        for it in element:
            parts.setdefault(it.tag, []).append(it)
        refuse = element.get("adaptive") == "true" or "templateDeclaration" in parts
        self.unfit = "items that adapt themselves or draw their values have no counterpart" if refuse else ""
        self.body: Any = next(iter(parts.get("itemBody", ())), None)
        self.declarations = {it.get("identifier") or "": it for it in parts.get("responseDeclaration", ())}
        self.outcomes = parts.get("outcomeDeclaration", ())
        processing = next(iter(parts.get("responseProcessing", ())), None)
        self.rules: list[Any] = [] if processing is None else list(processing.iter())[1:]
        self.template = ((processing.get("template") if processing is not None else "") or "").rpartition("/")[2]
        self.feedback: dict[str, str] = {}
        for it in parts.get("modalFeedback", ()):
            name = it.get("identifier") or ""
            self.feedback[name] = self.feedback.get(name, "") + inside(it)
        self.taken: set[str] = set()  # names of feedback that has its place

    def uses(self, *tags: str) -> bool:
        """Whether its processing has an element of one of these names, or stands for the template that has one."""
        return any(it.tag in tags for it in self.rules) or ("mapResponse" in tags and "map_response" in self.template)

    def key(self, name: str) -> list[str]:
        """The correct response."""
        declaration = self.declarations.get(name)
        if declaration is None:
            return []
        return [" ".join((it.text or "").split()) for it in declaration.iterfind("correctResponse/value")]

    def entries(self, name: str) -> dict[str, Fraction]:
        """The mapping of a response: marks by value."""
        declaration = self.declarations.get(name)
        found = [] if declaration is None else declaration.findall("mapping/mapEntry")
        return {" ".join((it.get("mapKey") or "").split()): number(it.get("mappedValue")) for it in found}

    def is_bounded(self, name: str) -> bool:
        """Whether the mapping of a response has a lower bound."""
        declaration = self.declarations.get(name)
        mapping = None if declaration is None else declaration.find("mapping")
        return mapping is not None and mapping.get("lowerBound") is not None

    @cached_property
    def points(self) -> Fraction:
        """The marks that the item is worth; 0 where it does not say so."""
        most = None
        for declaration in self.outcomes:
            name = declaration.get("identifier")
            if name == "MAXSCORE" and (said := declaration.findtext("defaultValue/value")):
                return number(said)
            if name == "SCORE":
                most = declaration.get("normalMaximum")
        return number(most)

    def why(self, name: str) -> Rich:
        """The feedback of that name."""
        self.taken.add(name)
        return self.rich(self.feedback.get(name, ""))

    def common(self, value: dict[str, Any]) -> dict[str, Any]:
        """Marks and explanation; feedback that has no place is noted as dropped."""
        told = self.explanation(self.feedback.get(GENERAL, ""))
        made: dict[str, Any] = {"explanation": Rich((*told.text, *value.get("explanation", Rich(())).text))}
        for name, html in self.feedback.items():
            if name not in {*self.taken, GENERAL} and self.rich(html).text:
                self.lost(f"the feedback '{name[:40]}' is dropped")
        marks = _guide.marks(as_decimal(self.points))
        return made | ({"marks": marks} if marks else {})


@lru_cache(maxsize=1024)
def number(text: str | None) -> Fraction:
    """A number of a document; 0 where there is none."""
    try:
        return Fraction((text or "0").strip()[:40])
    except (ValueError, ZeroDivisionError):
        return Fraction(0)


def share(value: Fraction, of: Fraction) -> Fraction:
    """A part of the marks, freed from the rounding of binary numbers: 0.3333333333333333 of 1 is 1/3."""
    refuse_unfit("nothing earns marks", unless=of)
    return (value / of).limit_denominator(_MOST_PARTS)
