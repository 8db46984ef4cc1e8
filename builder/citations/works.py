"""A cited work in the form that the elements of a style need: texts, people and dates by the names of CSL variables."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass, field
from html import escape
from typing import TYPE_CHECKING, Any, NamedTuple

from builder.text.late import late

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

_MARKUP = late(r"&lt;(/?(?:i|b|sup|sub|sc)|/span|span (?:class=\"nocase\"|style=\"font-variant: ?small-caps;\"))&gt;")
_DOI = late(r"^(?:https?://(?:dx\.)?doi\.org/|doi:\s*)", re.IGNORECASE)
_RANGE = late(r"(?<=\w)\s*(?:--?|\u2013)\s*(?=\w)")
_NUMERIC = late(r"[^\W\d_]*\d+[^\W\d_]*(?:\s*[-\u2013,&]\s*[^\W\d_]*\d+[^\W\d_]*)*")
_SEVERAL = late(r"\d\s*(?:--?|\u2013|,|&)\s*\w*\d")
_LISTED = late(r"\d(?:, | ?& ?)\w*\d")
_NUMBERS = frozenset(
    """
    chapter-number citation-number collection-number edition issue locator number number-of-pages number-of-volumes
    page page-first part-number printing-number section supplement-number version volume
    """.split()
)
# A hyphen in `number:` belongs to the number of a report or a patent.
RANGES = _NUMBERS - {"number", "version"}
_REMARKS = frozenset({"annote", "keyword", "note", "abstract", "id", "type", "custom"})
# What CSL-JSON called these variables before 1.0.2.
_RENAMED = {
    "shortTitle": "title-short",
    "journalAbbreviation": "container-title-short",
    "part": "part-number",
    "supplement": "supplement-number",
    "printing": "printing-number",
}
_LOWER_FIRST = late(r"^((?:[^\W\d_A-Z]\S*\s+|\S*['\u2019-](?=[A-Z]))+)(?=\S)")


@dataclass(frozen=True, slots=True)
class Person:
    """The name of a person in its parts, or that of a body such as the WHO, as `family` alone (`is_body`).

    `dropping` and `kept` are particles: of "Ludwig van Beethoven", cited as Beethoven, `van` is dropping; of "Vincent
    van Gogh", cited as van Gogh, it is kept.
    """

    family: str = ""
    given: str = ""
    suffix: str = ""
    dropping: str = ""
    kept: str = ""
    is_body: bool = False

    @property
    def is_unspaced(self) -> bool:
        """Whether family and given name are written without a space between, family first (Chinese, Japanese, Korean)."""
        return bool(self.family and self.given) and all(map(_is_cjk, (self.family[0], self.given[0])))


def _is_cjk(sign: str) -> bool:
    return unicodedata.name(sign, "").startswith(("CJK", "HIRAGANA", "KATAKANA", "HANGUL"))


class When(NamedTuple):
    """A date, a range of dates, or a date in words (`literal`).

    `begin` and `end` have year, month and day, as many as are known; `end` is empty for a single date. `season` counts
    from 1 for spring, and is 0 for none. `is_open` says that a range has no end yet.
    """

    begin: tuple[int, ...] = ()
    end: tuple[int, ...] = ()
    season: int = 0
    circa: bool = False
    literal: str = ""
    is_open: bool = False


@dataclass(slots=True)
class Work:
    """One work; `values` are HTML text, with the markup that CSL-JSON allows."""

    key: str
    type: str
    language: str
    values: dict[str, str] = field(default_factory=dict)
    people: dict[str, tuple[Person, ...]] = field(default_factory=dict)
    dates: dict[str, When] = field(default_factory=dict)

    def __contains__(self, variable: str) -> bool:
        return variable in self.values or variable in self.people or variable in self.dates

    def is_numeric(self, variable: str) -> bool:
        """Whether the value is a number, or several: "2", "2nd", "3-4"; not "Suppl. 2"."""
        return _NUMERIC.fullmatch(self.values.get(variable, "").replace("&amp;", "&")) is not None

    def is_plural(self, variable: str) -> bool:
        """Whether the value names more than one: pages 3-4, two volumes."""
        value = self.values.get(variable, "")
        if variable.startswith("number-of"):
            return value.isdecimal() and int(value) > 1
        # "No. 111-2" and "No. 7,231,379" are one number each.
        several = _SEVERAL if variable != "number" else _LISTED
        return self.is_numeric(variable) and several.search(value.replace("&amp;", "&")) is not None


def work_of(data: Mapping[str, Any]) -> Work:
    """The work that a reference describes (see `builder.model.csl`)."""
    work = Work(str(data["id"]), str(data["type"]), str(data.get("language", "")))
    for name, value in data.items():
        if name in _REMARKS:
            continue
        variable = _RENAMED.get(name, name)
        if isinstance(value, dict):
            work.dates[variable] = _when(value)
        elif isinstance(value, (list, tuple)):
            people = tuple(_people(value))
            if people:
                work.people[variable] = people
        else:
            work.values.setdefault(variable, _text(variable, str(value)))
    _amend(work)
    return work


def _amend(work: Work) -> None:
    """Fill in or take away variables that follow from others.

    The first page follows from the pages, and the title of an event from its old name. A publisher that is also the
    author is taken away.
    """
    values = work.values
    if "page" in values and "page-first" not in values:
        values["page-first"] = re.split(r"[\u2013,&\s]", values["page"])[0]
    if "event" in values and "event-title" not in values:
        values["event-title"] = values["event"]
    bodies = work.people.get("author", ())
    if len(bodies) == 1 and bodies[0].is_body and bodies[0].family == values.get("publisher"):
        del values["publisher"]


def _text(variable: str, text: str) -> str:
    """A value as HTML: tags that CSL-JSON allows stay tags, a DOI loses its web address, and ranges get a dash."""
    if variable == "DOI":
        text = _DOI.sub("", text.strip())
    made = _MARKUP.sub(lambda tag: f"<{tag[1]}>", escape(text, quote=False).replace("&amp;quot;", '"'))
    if variable.startswith("page") or (variable in RANGES and _NUMERIC.fullmatch(text)):
        made = _RANGE.sub("\u2013", made)
    return made


def _people(entries: Iterable[Mapping[str, str]]) -> Iterator[Person]:
    """The names of people; particles that an author typed into the family or the given name are set apart."""
    for entry in entries:
        parts = {name: escape(str(value).strip(), quote=False).replace("'", "\u2019") for name, value in entry.items()}
        if parts.get("literal"):
            yield Person(parts["literal"], is_body=True)
            continue
        family, given = parts.get("family", ""), parts.get("given", "")
        kept, dropping = parts.get("non-dropping-particle", ""), parts.get("dropping-particle", "")
        if not family:
            family, given = given, ""
        if not kept and (found := _LOWER_FIRST.match(family)) and found[0].strip() != family:
            kept, family = found[0].rstrip() if found[0].endswith(" ") else found[0], family[found.end() :]
        words = given.split()
        while not dropping and len(words) > 1 and _is_small(words[-1]):
            at = next(i for i in range(len(words), 0, -1) if i == 1 or not _is_small(words[i - 1]))
            words, dropping = words[:at], " ".join(words[at:])
        if family:
            yield Person(family, " ".join(words), parts.get("suffix", ""), dropping, kept)


def _is_small(word: str) -> bool:
    return word[0].islower() and word[-1] != "."


def _when(date: Mapping[str, Any]) -> When:
    parts = [tuple(int(part) for part in some) for some in date.get("date-parts", ())]
    begin, end = (*parts, (), ())[:2]
    season = int(date.get("season", 0)) if str(date.get("season", "0")).isdecimal() else 0
    is_open = end == (0,)
    circa = str(date.get("circa", "")).lower() not in {"", "0", "false", "no"}
    literal = escape(str(date.get("literal", "")), quote=False)
    return When(begin, () if is_open else end, season, circa, "" if begin else literal, is_open)
