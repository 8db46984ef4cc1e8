"""The names that a course knows: those that course.yaml lists, and those of its sources, their authors and its works."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from builder.text.late import late
from builder.text.words import prose, stems

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping
    from typing import Any

    from builder.model import Course, Source

# The author of a citation with its year: `Masi et al. (2011)`, `(Turkle, 2011)`, `Worden's (2009)`.
AUTHOR_YEAR = late(
    r"(?<![^\W_])([^\W\d_a-z][\w'\u2019-]*?)(?:['\u2019]s)?(?:,? et\.? al\.?(?:['\u2019]s)?)?"
    r"(?: \((?:1[5-9]|20)\d\d|, (?:1[5-9]|20)\d\d[a-z]?[);,])"
)


def authors(work: Mapping[str, Any]) -> list[str]:
    """The family names of a work's authors; of an author that is no person, such as the WHO, the whole name."""
    return [str(name) for author in work.get("author", ()) if (name := author.get("family") or author.get("literal"))]


def source_names(course: Course, sources: Iterable[Source]) -> Iterator[str]:
    """The names by which a text may mention a source: its id, its titles with and without subtitle, its authors."""
    for source in sources:
        yield re.sub(r"[._-]", " ", source.id)
        work = course.references.get(source.ref or "", {})
        for title in (source.title, str(work.get("title", ""))):
            yield prose(title)
            yield prose(title).partition(":")[0]
        yield from authors(work)


def titles(course: Course) -> Iterator[str]:
    """Titles of works, of the journals and books that contain them, of sources, and of sections of sources."""
    for work in course.references.values():
        yield from (str(work[key]) for key in ("title", "container-title", "collection-title") if key in work)
    for source in course.sources.values():
        yield source.title
        yield from (section.title for section in source.sections)


def name_stems(course: Course) -> frozenset[str]:
    """Stems of the names that questions can't avoid: those in `lint: names:`, ids of sources, and their authors."""
    texts = [*course.lint.names, *course.sources]
    for source in course.sources.values():
        texts += authors(course.references.get(source.ref or "", {}))
    return frozenset().union(*(stems(text, course.tongue) for text in texts))


def any_of(phrases: Iterable[str]) -> re.Pattern[str]:
    """A pattern for any of these phrases as whole words.

    A phrase in lower case matches in any case. A phrase with a capital matches only as typed. Without phrases the
    pattern matches nothing.
    """
    each = sorted({phrase.strip() for phrase in phrases} - {""}, key=lambda phrase: (-len(phrase), phrase))
    forms = [f"(?i:{re.escape(phrase)})" if phrase.islower() else re.escape(phrase) for phrase in each]
    return re.compile(rf"(?<![^\W_])(?:{'|'.join(forms)})(?![^\W_])" if forms else r"(?!)")
