"""A prompt asks for a source's claim as if it were a plain fact.

What a text says of its subject is that text's reading. An item that drops the
"according to" teaches an interpretation as the truth, and a student who knows
another reading can't tell which one earns the mark: opinions belong in items
only with their owner's name (Haladyna, Downing and Rodriguez 2002, guideline
on opinion-based items; Wozniak's rule to give sources).

The rule looks at items that rest on a text: `basis:` is a source of the
outline, or `both`, or is left out while the locators lead to a text. A source
that lists public facts (sections of kind `facts`) needs no attribution. Every
prompt, the way back of a reversed item included, has to name the source by its
id in the outline, its title or an author, or say "according to" or "the
author", or cite an author with a year. Courses without an outline are left alone.

Bad:

    - id: connection-surrogate
      kind: basic
      basis: paper
      prompt: Why does the surrogate scene in *Her* fail?  # P04
      answer: A stranger's body does not fit the bond
      locator: [paper/crisis-connection/p5]

Good:

    - id: connection-surrogate
      kind: basic
      basis: paper
      prompt: Why, on the paper's reading of *Her*, does the surrogate scene fail?
      answer: A stranger's body does not fit the bond
      locator: [paper/crisis-connection/p5]
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from builder.comparing.names import AUTHOR_YEAR, any_of, source_names
from builder.diagnostics import Severity
from builder.model.readings import prompts
from builder.rules import Hit
from builder.text.words import plain

if TYPE_CHECKING:
    from collections.abc import Iterator

    from builder.model import Course, Item

SEVERITY = Severity.ERROR
REMEDY = "say whose claim it is: 'according to the paper', 'Worden (2009) holds'"
GENERIC = ("according to", "the author", "the authors")


def check(course: Course) -> Iterator[Hit]:
    """Prompts on a text's claims without a word on whose they are."""
    texts = {source.id for source in course.sources.values() if not source.is_facts}
    if not texts:
        return
    owners = any_of([*GENERIC, *source_names(course, (course.sources[name] for name in sorted(texts)))])
    for item in course.active:
        if not _rests_on(item, texts, course):
            continue
        for key, prompt in prompts(item):
            text = plain(prompt)
            if not owners.search(text) and not any(
                cited not in course.lint.names for cited in AUTHOR_YEAR.findall(text)
            ):
                known = ", ".join(sorted(texts))
                yield Hit(
                    course.at[item.id] / key, f"the prompt does not say whose claim it asks for (sources: {known})"
                )


def _rests_on(item: Item, texts: set[str], course: Course) -> bool:
    """Whether an item asks for what a text claims: by its basis, or else by where its locators lead."""
    if item.basis:
        return item.basis == "both" or item.basis in texts
    found = {course.places[locator].source.id for locator in item.locator if locator in course.places}
    return bool(found) and found <= texts
