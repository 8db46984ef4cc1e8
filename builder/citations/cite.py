"""A style made ready, and one work on its way through it.

citeproc-py looks up each term, macro and option in its XML tree again and again, by XPath. `Style` looks them up once.
`Cite` holds what changes while a work is printed: which variables were printed, which must not be printed any more, and
how many names and initials are needed to tell works apart.
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
STEPS = 20_000  # elements printed for one work; a style that needs more probably calls its macros in circles


_FONTS = ("font-style", "font-weight", "font-variant", "text-decoration", "vertical-align")


def dressed(element: Any, text: str) -> str:
    """A text in the font and affixes of its element."""
    # Without a font there is nothing to format, and citeproc's search for a formatter takes long.
    made = element.format(text) if any(element.get(font) for font in _FONTS) else text
    return str(element.wrap(made))


class TooManyStepsError(Exception):
    """A style has printed more elements for one work than any sensible style does; it would probably never end."""


class Style:
    """What the elements of a style look up in the whole style: macros, terms, dates and options, in one language."""

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
        """Take in a locale's terms, dates and options, which replace those taken in earlier."""
        terms = [e for e in locale.iter() if str(e.tag).endswith("}term")]
        language = str(locale.get(_XML_LANG, self._taken))[:2]
        # If this language lacks a term's short form, its own long form must serve, not the short form of another
        # language. So a term that this language has drops all forms taken in from other languages.
        if language != self._taken:
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
        """A term in a form, or else in the next longer form that there is; None for an unknown term."""
        form = "" if form == "long" else form
        while True:
            for key in ((name, form, gender), (name, form, "")):
                if key in self._terms:
                    return self._terms[key][plural]
            if form not in _FALLBACKS:
                return None
            form = _FALLBACKS[form]

    def ordinal(self, number: int, noun: str) -> str:
        """A number with its ordinal ending: 2nd, 11th. In languages with genders it agrees with the term `noun`."""
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
        """Whether an option of the locale is on, such as `punctuation-in-quote`."""
        return self._options.get(option) == "true"

    @cached_property
    def quotes(self) -> tuple[str, str, str, str]:
        """The outer and the inner quotation marks of the language."""
        first, second, third, fourth = (
            self.term(name) or '"' for name in ("open-quote", "close-quote", "open-inner-quote", "close-inner-quote")
        )
        return first, second, third, fourth

    def option(self, area: Any, name: str, usual: str = "") -> str:
        """An option for names: as the area (the citation or the bibliography) sets it, or else as the style does."""
        found = area.get(name) if area is not None else None
        return str(found if found is not None else self.root.get(name, usual))


@dataclass(slots=True)
class Cite:
    """A work while it is printed in an area of a style: its citation or its bibliography.

    Three fields tell works apart that would be cited alike: `more` is how many names a citation shows at least;
    `given` has the people who are cited with given names, as "initials" or "whole"; `is_alike` says that both were not
    enough. `suffix` is the letter behind the year.

    `repeats` says that the entry before has the same names. `sorting` has the options of a sort key while one is
    printed. `printed` are the variables printed so far, `called` counts those asked for, `held` are those that must
    not be printed any more, and `shown` are the people who were named first.
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
    form: Any = None  # the element of missing names, whose form the names that stand in for them take

    # citeproc's own elements ask an item for this.
    has_locator = False

    def has(self, variable: str) -> bool:
        """Whether the variable has a value that may be printed."""
        return variable in self.work and variable not in self.held

    def taken(self, variable: str) -> str | None:
        """The text of a variable, which is then noted as printed; None where it has no text that may be printed."""
        self.called += 1
        value = self.work.values.get(variable) if variable not in self.held else None
        if value:
            self.printed.append(variable)
        return value or None

    def step(self) -> None:
        """Count an element that is printed.

        Raises:
            TooManyStepsError: there were more than `STEPS`.
        """
        self.steps += 1
        if self.steps > STEPS:
            raise TooManyStepsError

    def afresh(self, area: Any, sorting: Mapping[str, str] | None = None) -> Cite:
        """This cite, reset to be printed in `area`: nothing counts as printed yet."""
        self.area, self.sorting = area, sorting
        self.held, self.printed, self.called, self.shown, self.steps, self.form = set(), [], 0, (), 0, None
        return self

    @property
    def is_english(self) -> bool:
        """Whether the work's title is English, and so may stand in title case."""
        return (self.work.language or self.style.language).lower().startswith("en")
