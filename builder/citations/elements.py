"""Elements of a style that print text, numbers, labels and groups, in place of citeproc-py's classes, which have faults.

citeproc-py makes an object of each element of a style. `builder.citations.processor` puts the classes of this module in
the place of citeproc's own. Choosing, macros, affixes and fonts stay citeproc's work.
"""

from __future__ import annotations

import re
from html import escape
from typing import TYPE_CHECKING, Any
from unicodedata import normalize

from citeproc import model

from builder.citations.cite import dressed
from builder.citations.wording import cased, curled, inside, paged
from builder.citations.works import RANGES

if TYPE_CHECKING:
    from collections.abc import Callable

    from builder.citations.cite import Cite

_ABOVE = re.compile("[\u02b0-\u02b8\u1d2c-\u1d6a]+")


def _raised(term: str) -> str:
    """A term as HTML, in which small raised letters become elements: 2ᵉ is 2<sup>e</sup>."""
    return _ABOVE.sub(lambda found: f"<sup>{normalize('NFKC', found[0])}</sup>", escape(term, quote=False))


def _worded(element: Any, text: str | None, cite: Cite, *, is_english: bool = False) -> str | None:
    """A text in the case, font and affixes that its element asks for; None for an empty text.

    Title case is for English works only; `is_english` allows it for a text that the style itself gives.
    """
    if not text:
        return None
    if element.get("strip-periods") == "true":
        text = text.replace(".", "")
    text = cased(text, element.get("text-case"), is_english=is_english or cite.is_english)
    return dressed(element, text)


class Text(model.Text):
    """A variable, macro, term or fixed text."""

    def render(self, cite: Cite, context: Any = None, **_: Any) -> str | None:
        """The text, or None."""
        text = self._found(cite, context)
        if text and self.get("quotes") == "true":
            marks = cite.style.quotes
            if self.get("strip-periods") == "true":
                text = text.replace(".", "")
            text = cased(inside(text, marks), self.get("text-case"), is_english=cite.is_english)
            return dressed(self, f"{marks[0]}{text}{marks[1]}")
        return _worded(self, text, cite)

    def _found(self, cite: Cite, context: Any) -> str | None:
        """The text that the element names: that of a macro, a term, a variable or its own value; None for nothing."""
        if macro := self.get("macro"):
            cite.step()
            return _unless_empty(cite, lambda: cite.style.macros[macro].render(cite, context=context))
        if term := self.get("term"):
            text = cite.style.term(term, self.get("form", ""), plural=self.get("plural") == "true")
            return curled(_raised(text), cite.style.quotes) if text else None
        if (variable := self.get("variable")) is None:
            return escape(self.get("value", ""), quote=False) or None
        if variable == "year-suffix":
            return cite.suffix or None
        short = f"{variable}-short"
        value = cite.taken(short if self.get("form") == "short" and cite.has(short) else variable)
        if value and variable in RANGES:
            value = paged(value, cite.style.root.get("page-range-format")) if variable == "page" else value
            value = value.replace("\u2013", cite.style.range_mark)
        return value and curled(value, cite.style.quotes)


class Number(model.Number):
    """A number: as digits, ordinal or Roman numeral."""

    def render(self, cite: Cite, **_: Any) -> str | None:
        """The number in its form; a value that is not a number is printed as it is."""
        variable = self.get("variable")
        value = cite.taken(variable)
        if value and cite.work.is_numeric(variable):
            pieces = [self._formed(piece, variable, cite) for piece in value.split("\u2013")]
            value = cite.style.range_mark.join(pieces)
        return _worded(self, value, cite)

    def _formed(self, piece: str, variable: str, cite: Cite) -> str:
        form = self.get("form", "numeric")
        if not piece.strip().isdecimal() or form == "numeric" or len(piece) > 4:  # noqa: PLR2004 - nothing has a 10,000th edition
            return piece
        number = int(piece)
        if form == "roman":
            return str(model.romanize(number)).lower()
        long = cite.style.term(f"long-ordinal-{number:02}") if form == "long-ordinal" else None
        return _raised(long or cite.style.ordinal(number, variable))


class Label(model.Label):
    """The word before or behind a number or a name: "pp.", "Eds."."""

    def render(self, cite: Cite, variable: str | None = None, *, plural: bool | None = None, **_: Any) -> str | None:
        """The term of the variable (or role), in the plural where there are several."""
        name = variable or self.get("variable")
        if variable is None and not cite.has(name):
            return None
        several = cite.work.is_plural(name) if plural is None else plural
        usual = self.get("plural", "contextual")
        term = cite.style.term(
            name, self.get("form", ""), plural=usual == "always" or (several and usual == "contextual")
        )
        return _worded(self, _raised(term) if term else None, cite, is_english=True)


class Group(model.Group):
    """Elements that are printed together, unless every variable among them is empty."""

    def render(self, cite: Cite, context: Any = None, **kwargs: Any) -> str | None:
        """What is in the group, joined by its delimiter."""
        delimiter = self.get("delimiter", "")
        text = _unless_empty(cite, lambda: self.render_children(cite, context=context, delimiter=delimiter, **kwargs))
        return dressed(self, text) if text else None


def _unless_empty(cite: Cite, print_all: Callable[[], str | None]) -> str | None:
    """The text that a group or macro prints, by `print_all`; None if it asks for variables, and all of them are empty.

    For example, a group prints "Vol. " and the variable `volume`: without a volume, it prints nothing.
    """
    called, printed = cite.called, len(cite.printed)
    cite.called = 0
    text = print_all()
    is_empty = cite.called > 0 and len(cite.printed) == printed
    cite.called += called
    return None if is_empty or not text else text


class Substitute(model.Substitute):
    """What stands in for missing names, such as the title; it is then not printed again at its usual place."""

    def render(self, cite: Cite, context: Any = None, **kwargs: Any) -> str | None:
        """The first of the elements that prints something."""
        outer, cite.form = cite.form, self.getparent()
        for child in self.getchildren():
            before = len(cite.printed)
            if isinstance(child, model.Choose):
                text = child.render(cite, context=context, is_one=True, **kwargs)
            else:
                text = child.render(cite, context=context, **kwargs)
            if text:
                cite.held.update(cite.printed[before:])
                cite.printed.append("")  # "Anon." counts as a name that was printed
                break
        cite.form = outer
        return str(text) if text else None


class Else(model.Else):
    """A branch."""

    def render(self, cite: Cite, context: Any = None, delimiter: str = "", **kwargs: Any) -> str | None:
        """The text of the branch; in place of missing names (`is_one`), only its first element that prints something."""
        if not kwargs.pop("is_one", False):
            return self.render_children(cite, context=context, delimiter=delimiter, **kwargs) or None
        for child in self.iterchildren():
            own = {"is_one": True} if isinstance(child, model.Choose) else {}
            if text := child.render(cite, context=context, **own, **kwargs):
                return str(text)
        return None


class If(Else, model.If):
    """A branch, taken when its conditions hold."""

    def render(self, cite: Cite, context: Any = None, delimiter: str = "", **kwargs: Any) -> str | None:
        """The text of the branch.

        Raises:
            ConditionFailed: the conditions don't hold; citeproc then tries the next branch.
        """
        results, match = self._results(cite), self.get("match")
        holds = any(results) if match == "any" else not any(results) if match == "none" else all(results)
        if not holds:
            # A new one each time: its traceback holds all frames that are running, and so the course.
            message = "the conditions of a branch don't hold"
            raise model.ConditionFailed(message)
        return super().render(cite, context=context, delimiter=delimiter, **kwargs)

    def _results(self, cite: Cite) -> list[bool]:
        """For each condition of the branch, whether it holds; a condition on several names counts for each name."""
        work, results = cite.work, []
        for kind, names in self._conditions(cite):
            for name in names:
                match kind:
                    case "type":
                        results.append(name == work.type)
                    case "variable":
                        results.append(name in work or (name == "year-suffix" and bool(cite.suffix)))
                    case "is-numeric":
                        results.append(work.is_numeric(name))
                    case "is-uncertain-date":
                        results.append(name in work.dates and work.dates[name].circa)
                    case "position":
                        results.append(name == "first" and cite.area is cite.style.citation)
                    case "disambiguate":
                        results.append(cite.is_alike)
                    case _:
                        results.append(False)  # no work here is cited with a page
        return results

    def _conditions(self, cite: Cite) -> list[tuple[str, list[str]]]:
        """The conditions of the branch, which are read from its attributes once."""
        known = cite.style.conditions
        if self not in known:
            known[self] = [(kind, str(value).split()) for kind, value in self.attrib.items() if kind != "match"]
        return known[self]


class Else_If(If, model.Else_If):  # noqa: N801 - citeproc finds the class of an element by its name
    """A further branch."""
