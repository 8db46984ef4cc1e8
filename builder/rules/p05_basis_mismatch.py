"""The basis of an item and its locators name different sources.

`basis:` tells a student how far to trust an item (a claim of one text, a
comparison, a public fact) and the locators tell where to look. If the two
disagree, a public fact is filed as an author's claim or the other way round,
and no check of the content against its source can succeed (Haladyna and
Rodriguez 2013, on content-related evidence).

Where the course has an outline and an item has a basis:
- a basis that lists facts (its sections are of kind `facts`) needs at least one locator in that source;
- a basis that is a text needs a locator in that text and none in another text: `both` is right for more;
- the basis `both` needs locators in two texts or more;
- any of them may name places of other sources that list facts beside its own, and facts may name places of texts.

A basis that is no source at all is found by the structural check, `--no-lint`
or not. A text as basis without any locator is left to P01.

Bad:

    - id: film-score
      kind: basic
      basis: paper  # P05
      prompt: Who was named in the Oscar nomination for the score of the film *Her*?
      answer: William Butler and Owen Pallett
      locator: [film/score]

Good:

    - id: film-score
      kind: basic
      basis: film
      prompt: Who was named in the Oscar nomination for the score of the film *Her*?
      answer: William Butler and Owen Pallett
      locator: [film/score]
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from builder.diagnostics import Severity
from builder.rules import Hit

if TYPE_CHECKING:
    from collections.abc import Iterator

    from builder.model import Course

SEVERITY = Severity.ERROR
REMEDY = "make 'basis:' name the source that the locators lead to"
BOTH, LEAST_OF_BOTH = "both", 2


def check(course: Course) -> Iterator[Hit]:
    """Items whose basis is not where their locators lead."""
    facts = {source.id for source in course.sources.values() if source.is_facts}
    bases = {*course.sources, BOTH} if course.sources else set()
    for item in course.active:
        if item.basis not in bases:
            continue
        places = [course.places.get(locator) for locator in item.locator]
        # A locator that leads nowhere is reported as such; its first part still tells the source that was meant.
        found = {
            place.source.id if place else locator.partition("/")[0]
            for place, locator in zip(places, item.locator, strict=True)
        }
        fault = _fault(item.basis, found, facts)
        if fault:
            yield Hit(course.at[item.id] / "basis", f"the basis is '{item.basis}', {fault}")


def _fault(basis: str, found: set[str], facts: set[str]) -> str:
    """How the sources that the locators lead to contradict the basis, or the empty string."""
    where = ", ".join(sorted(found)) or "nowhere"
    if basis in facts:
        return "" if basis in found else f"but no locator is in it (they lead to: {where})"
    texts = found - facts
    if found and not texts:
        return f"but the locators lead to facts alone ({where})"
    if basis == BOTH:
        return "" if len(texts) >= LEAST_OF_BOTH or not texts else f"but the locators lead to one text ({where})"
    return f"but the locators lead to: {where}" if texts - {basis} else ""
