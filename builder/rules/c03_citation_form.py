"""A citation in the text is misspelt, wrongly dated or in the wrong form.

A student copies what a card shows. A wrong year leads to another work, or to
none; a mixture of "and" and "&", of "et al" and "et al.", is learnt as well.
And where only one option cites properly, the form gives the key away
(Haladyna, Downing and Rodriguez 2002, guideline on cues). The form is APA's (7th edition).

Errors are:
- "et al" without its full stop, and "et. al";
- "et al." for a work of fewer than 3 authors;
- "&" between authors outside brackets: running text has "and";
- a year that no work by these authors in the references has;
- a key that ends in `-rec` (a known record, kept beside an entry as printed) outside the banks of `lint: audit:`.

Three or more authors spelt out before a year are a warning. Text in quotation
marks is exempt: it may show a form as printed. Year and number of authors are
not checked where the text is meant to be wrong: wrong options, spare
responses, false statements.

Bad:

    - id: loneliness-masi
      kind: basic
      prompt: Which approach does the paper on *Her* report from Masi et al (2010) as the strongest?  # C03
      answer: Work on social perceptions
      explanation: Unlike Sternberg & Barnes (1988), they compare treatments for a public-health problem.  # C03
      cites: [masi2011, seemann2023-rec]  # C03

    - id: citations-nelson
      kind: basic
      prompt: For which claim does the paper on *Her* cite Nelson, Thorne and Shapiro (2008)?  # C03
      answer: Shared memories tie friends

Good:

    - id: loneliness-masi
      kind: basic
      prompt: Which approach does the paper on *Her* report from Masi et al. (2011) as the strongest?
      answer: Work on social perceptions
      explanation: Another source is on love (Sternberg & Barnes, 1988); White and Epston (1990) are on therapy.
      cites: [masi2011, seemann2023]
"""

from __future__ import annotations

import re
from collections import defaultdict
from functools import lru_cache
from pathlib import PurePath
from typing import TYPE_CHECKING, Any, NamedTuple

from builder.diagnostics import At, Severity
from builder.model.readings import is_meant_wrong
from builder.rules import Hit
from builder.text.brackets import Brackets
from builder.text.late import late
from builder.text.quotes import MARKS, unquoted
from builder.text.words import prose, words

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from builder.model import Course

SEVERITY = Severity.ERROR
REMEDY = "write 'Masi et al. (2011)', 'White and Epston (1990)' or '(White & Epston, 1990)'"
RECORD, MANY = "-rec", 3
_ET_AL = late(r"\bet\b\.?\s+al\b\.?")
_BETWEEN = late(r",? and |,? & |, ")
_NAME = r"[^\W\d_a-z][\w'\u2019-]*"
# Two names and a year. A capital before them makes a title of it, as in New Media & Society.
_PAIR = late(rf"(?:^|[^\w\s]\s*|\b[a-z]\w*\s+)(?P<pair>{_NAME},? & {_NAME},? \(?\d{{4}})")


class Work(NamedTuple):
    """What a citation of a work consists of."""

    authors: tuple[str, ...]
    year: str


class Library:
    """The works of the references, by their first author, and the authors, by the first word of their names."""

    def __init__(self, references: Iterable[Mapping[str, Any]]) -> None:
        self.by_author: dict[str, list[Work]] = defaultdict(list)
        self.authors: dict[str, set[str]] = defaultdict(set)
        for entry in references:
            authors = tuple(str(name.get("family") or name.get("literal") or "") for name in entry.get("author", ()))
            dates = (entry.get("issued") or {}).get("date-parts") or [[""]]
            if authors:
                self.by_author[authors[0]].append(Work(authors, str(dates[0][0]) if dates[0] else ""))
            for author in filter(None, authors):
                self.authors[author.split()[0]].add(author)

    def citations(self, text: str) -> Iterator[re.Match[str]]:
        """Every citation of one of these authors: names, `et al.` and a year, as far as they stand there."""
        said = (word.removesuffix("'s").removesuffix("\u2019s") for word in words(text))
        names = {name for word in said if word in self.authors for name in self.authors[word]}
        return _citation(tuple(sorted(names))).finditer(text) if names else iter(())

    def cited(self, typed: str) -> tuple[list[str], list[Work]]:
        """Those of the names that are one work's first authors (they may follow another work's), and the works."""
        names = _BETWEEN.split(typed)
        for start in range(len(names)):
            rest = names[start:]
            by = [work for work in self.by_author.get(rest[0], ()) if list(work.authors[: len(rest)]) == rest]
            if by:
                return rest, by
        return [], []


def check(course: Course) -> Iterator[Hit]:
    """Citations in the text of items, and known records cited outside the audit banks."""
    library = Library(course.references.values())
    for item, entries in course.texts:
        at = course.at[item.id]
        for i, key in enumerate(item.cites):
            if key.endswith(RECORD) and not any(PurePath(at.path).match(bank) for bank in course.lint.audit):
                message = f"'{key}' is a known record, for audit banks alone"
                yield Hit(at / "cites" / i, message, remedy=f"cite '{key.removesuffix(RECORD)}', the work as printed")
        for keys, text in entries:
            if "(" in text or "&" in text or " al" in text:
                said = prose(text)
                if MARKS.search(said):
                    said = unquoted(said)
                for message, severity in _faults(said, library, meant=not is_meant_wrong(item, keys)):
                    yield Hit(At(at.path, at.keys + keys), message, severity)


@lru_cache(maxsize=1 << 12)
def _citation(authors: tuple[str, ...]) -> re.Pattern[str]:
    names = "|".join(map(re.escape, sorted(authors, key=len, reverse=True)))
    return re.compile(
        rf"(?<![\w-])(?P<names>(?:{names})(?:(?:{_BETWEEN.pattern})(?:{names}))*)(?![\w-])(?:['\u2019]s)?"
        rf"(?P<etal>,? {_ET_AL.pattern})?(?:['\u2019]s)?(?:,? \(|, )?(?P<year>(?<=[(\s])\d{{4}}(?!\d))?"
    )


def _faults(text: str, library: Library, *, meant: bool) -> Iterator[tuple[str, Severity]]:
    """What is wrong with each citation of a text: one message each, with the heavier severity."""
    seen, brackets = [], Brackets(text)
    for found in library.citations(text):
        seen.append(found.span())
        errors, warnings = _form(brackets, found), []
        if meant:
            names, works = library.cited(found["names"])
            errors += _record(found, works)
            warnings = _spelt_out(found, names)
        if errors or warnings:
            severity = Severity.ERROR if errors else Severity.WARNING
            yield f"“{found[0].strip(' ,(')}”: {'; '.join(errors + warnings)}", severity
    for hint, pattern in ((" al", _ET_AL), (" & ", _PAIR)):
        for found in pattern.finditer(text) if hint in text else ():
            inside = any(start < found.end() and found.start() < end for start, end in seen)
            errors = [] if inside else _form(brackets, found)
            if errors:
                yield f"“{found[found.lastgroup or 0]}”: {'; '.join(errors)}", Severity.ERROR


def _form(brackets: Brackets, found: re.Match[str]) -> list[str]:
    out = []
    abbreviation = _ET_AL.search(found[0])
    if abbreviation and " ".join(abbreviation[0].split()) != "et al.":
        out.append("the abbreviation is 'et al.', with one full stop at its end")
    ampersand = found[0].find(" & ")
    if ampersand >= 0 and not brackets.are_open(found.start() + ampersand):
        out.append("'&' stands inside brackets only")
    return out


def _record(found: re.Match[str], works: Sequence[Work]) -> list[str]:
    """Where the references contradict a citation."""
    years = sorted({work.year for work in works if work.year})
    if found["year"] and years and found["year"] not in years:
        return [f"the year is {found['year']}, in the references {' or '.join(years)}"]
    authors = [len(work.authors) for work in works if not found["year"] or work.year == found["year"]]
    if found["etal"] and authors and max(authors) < MANY:
        return [f"'et al.' stands for {MANY} authors or more, this work has {max(authors)}"]
    return []


def _spelt_out(found: re.Match[str], names: Sequence[str]) -> list[str]:
    if found["year"] and len(names) >= MANY:
        return [f"{len(names)} authors are spelt out (from {MANY} on: {names[0]} et al.)"]
    return []
