"""A style made ready, and one work on its way through it.

citeproc-py asks its XML tree for every term, macro and option again and again, by XPath. `Style` asks once. `Cite`
holds what changes while a work is printed: which variables were printed, which are held back, and how much of the
names is needed to tell works apart.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cached_property
from html import escape
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Mapping

    from builder.citations.works import Person, Work

_XML_LANG = "{http://www.w3.org/XML/1998/namespace}lang"
_FALLBACKS = {"verb-short": "verb", "symbol": "short", "verb": "", "short": ""}
_AFFIXES = frozenset({"prefix", "suffix", "delimiter", "names-delimiter", "name-delimiter", "sort-separator"})
STEPS = 20_000  # elements printed for one work: a style that wants more calls its macros in circles


_FONTS = ("font-style", "font-weight", "font-variant", "text-decoration", "vertical-align")


def dressed(element: Any, text: str) -> str:
    """A text in the font and affixes of its element; citeproc looks for its formatter only where there is a font."""
    made = element.format(text) if any(element.get(font) for font in _FONTS) else text
    return str(element.wrap(made))


class TooManyStepsError(Exception):
    """A style that never ends."""


class Style:
    """What the elements of a style ask of the whole: macros, terms, dates and options, in the language of output."""

    def __init__(self, root: Any, language: str) -> None:
        self.root, self.language = root, language
        self.elements = list(root.iter())  # keeps lxml's proxies, and with them citeproc's classes, alive
        self.macros = {e.get("name"): e for e in self.elements if e.tag.endswith("}macro")}
        for element in self.elements:
            for name in _AFFIXES & set(element.attrib):
                element.set(name, escape(element.get(name), quote=False))
        self.plain_name = root.makeelement(root.tag.replace("}style", "}name"))
        self.citation, self.bibliography = root.citation, root.bibliography
        self._terms: dict[tuple[str, str, str], tuple[str, str, str]] = {}
        self.conditions: dict[Any, list[tuple[str, list[str]]]] = {}
        self._options: dict[str, str] = {}
        self._taken = ""
        self.dates: dict[str, Any] = {}
        for locale in reversed(root.locales):
            self._take(locale)
        self.asks_to_part = any(e.get("disambiguate") for e in self.elements)
        self.has_suffix_variable = any(e.get("variable") == "year-suffix" for e in self.elements)

    def _take(self, locale: Any) -> None:
        """Take in a locale's terms, dates and options; they go before those taken in earlier."""
        terms = [e for e in locale.iter() if str(e.tag).endswith("}term")]
        language = str(locale.get(_XML_LANG, self._taken))[:2]
        if language != self._taken:  # a form that a language lacks is its longer form, before that of another language
            named = {term.get("name") for term in terms}
            self._terms = {key: made for key, made in self._terms.items() if key[0] not in named}
            self._taken = language
        if any(str(e.get("name", "")).startswith("ordinal") for e in terms):
            self._terms = {key: made for key, made in self._terms.items() if not key[0].startswith("ordinal")}
        for term in terms:
            key = (term.get("name"), term.get("form", "").replace("long", ""), term.get("gender-form", ""))
            parts = {str(e.tag).rpartition("}")[2]: e.text or "" for e in term}
            whole = term.text or "" if not parts else ""
            self._terms[key] = (parts.get("single", whole), parts.get("multiple", whole), term.get("gender", ""))
            if term.get("match"):
                self._terms[key[0], "match", ""] = (term.get("match"), "", "")
        for date in locale:
            if str(date.tag).endswith("}date"):
                self.dates[date.get("form")] = date
            elif str(date.tag).endswith("}style-options"):
                self._options |= dict(date.attrib)

    def term(self, name: str, form: str = "", *, plural: bool = False, gender: str = "") -> str | None:
        """A term; where it lacks the form, the next longer one; None where there is none."""
        form = "" if form == "long" else form
        while True:
            for key in ((name, form, gender), (name, form, "")):
                if key in self._terms:
                    return self._terms[key][plural]
            if form not in _FALLBACKS:
                return None
            form = _FALLBACKS[form]

    def ordinal(self, number: int, noun: str) -> str:
        """A number with its ending: 2nd, 11th; its gender is that of the term `noun`."""
        gender = self._terms.get((noun, "", ""), ("", "", ""))[2]
        for name, match in (
            (f"ordinal-{number % 100:02}", "whole-number" if number < 100 else "last-two-digits"),  # noqa: PLR2004
            (f"ordinal-{number % 10:02}", "last-digit"),
        ):
            if number % 100 < 10 and match == "whole-number" and self._match(name) == "last-two-digits":  # noqa: PLR2004
                continue
            found = self.term(name, gender=gender)
            if found is not None and (match == "whole-number" or self._match(name) == match):
                return f"{number}{found}"
        return f"{number}{self.term('ordinal', gender=gender) or ''}"

    @cached_property
    def range_mark(self) -> str:
        """What stands between the first and the last number of a range."""
        return self.term("page-range-delimiter") or "\u2013"

    def _match(self, name: str) -> str:
        usual = "last-two-digits" if int(name[-2:]) > 9 else "last-digit"  # noqa: PLR2004
        return self._terms.get((name, "match", ""), (usual, "", ""))[0]

    def is_on(self, option: str) -> bool:
        """An option of the locale, such as `punctuation-in-quote`."""
        return self._options.get(option) == "true"

    @cached_property
    def quotes(self) -> tuple[str, str, str, str]:
        """The outer and the inner quotation marks of the language."""
        first, second, third, fourth = (
            self.term(name) or '"' for name in ("open-quote", "close-quote", "open-inner-quote", "close-inner-quote")
        )
        return first, second, third, fourth

    def option(self, area: Any, name: str, usual: str = "") -> str:
        """An option that names inherit from the citation or bibliography, and those from the style."""
        found = area.get(name) if area is not None else None
        return str(found if found is not None else self.root.get(name, usual))


@dataclass(slots=True)
class Cite:
    """A work while it is printed in an area of a style, and what was found out about it there.

    `more` and `given` are what telling works apart asks for: how many names a citation shows at least, and whether
    who is named with given names, as "initials" or "whole"; `is_alike` that this was not enough. `repeats`
    tells that the entry before it in the list has the same names. `sorting` are the options of a sort key.
    """

    work: Work
    style: Style
    area: Any = None
    suffix: str = ""
    more: int = 0
    given: Mapping[Person, str] = field(default_factory=dict)
    is_alike: bool = False
    repeats: bool = False
    sorting: Mapping[str, str] | None = None
    held: set[str] = field(default_factory=set)
    printed: list[str] = field(default_factory=list)
    called: int = 0
    shown: tuple[Person, ...] = ()
    steps: int = 0
    form: Any = None  # the names that others stand in for

    # What citeproc's own elements ask of an item.
    has_locator = False

    def has(self, variable: str) -> bool:
        """Whether the variable has a value that may be printed."""
        return variable in self.work and variable not in self.held

    def taken(self, variable: str) -> str | None:
        """The text of a variable, noted as printed; None where there is none."""
        self.called += 1
        value = self.work.values.get(variable) if variable not in self.held else None
        if value:
            self.printed.append(variable)
        return value or None

    def step(self) -> None:
        """Count an element."""
        self.steps += 1
        if self.steps > STEPS:
            raise TooManyStepsError

    def afresh(self, area: Any, sorting: Mapping[str, str] | None = None) -> Cite:
        """This cite before anything of it is printed."""
        self.area, self.sorting = area, sorting
        self.held, self.printed, self.called, self.shown, self.steps, self.form = set(), [], 0, (), 0, None
        return self

    @property
    def is_english(self) -> bool:
        """Whether the work's title is English, and so may stand in title case."""
        return (self.work.language or self.style.language).lower().startswith("en")
