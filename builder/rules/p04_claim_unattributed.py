"""A prompt asks for a source's claim as if it were a plain fact.

What a text says of its subject is that text's reading. An item that asks what
"is said" teaches an interpretation as the truth, and a student who knows
another reading can't tell which one earns the mark: opinions belong in items
only with their owner's name (Haladyna, Downing and Rodriguez 2002, guideline
on opinion-based items; Wozniak's rule to give sources).

The rule looks at items that rest on a text: `basis:` is a source of the
outline, or `both`, or is left out while the locators lead to a text. A hit
means: a prompt, or the way back of a reversed item, speaks of a claim without
an owner. That is a verb of saying in the passive ("is said to", "are called
mirrors of", "was described as"), a question for the argument, claim, view or
reading of a matter ("What is the argument for ..."), or a claim of nobody in
particular ("some argue"). A term that is given its name ("is called rumination")
is no claim. An owner is a source by its id in the outline, its
title or its author, an author of the references, "according to", "the author",
a theory, or what follows "by".

Nothing else needs an owner in the prompt, since the line of sources on the card
gives one: a case, a question about the story of the film, a question about a
theory, a public fact (a source with sections of kind `facts`). What stands in
quotation marks, or only "can be read" in a way, is left alone too, and so are
courses without an outline.

Bad:

    - id: connection-surrogate
      kind: basic
      basis: paper
      prompt: What is said to make the surrogate scene in *Her* fail?  # P04
      answer: A stranger's body does not fit the bond
      locator: [paper/crisis-connection/p5]

Good:

    - id: connection-surrogate
      kind: basic
      basis: paper
      prompt: What, on the paper's reading of *Her*, makes the surrogate scene fail?
      answer: A stranger's body does not fit the bond
      locator: [paper/crisis-connection/p5]
    - id: connection-leaving
      kind: basic
      basis: paper
      prompt: Why does Samantha leave Theodore at the end of *Her*?
      answer: She has outgrown what he needs
      locator: [paper/crisis-connection/p4]
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from builder.comparing.names import AUTHOR_YEAR, any_of, authors, source_names
from builder.diagnostics import Severity
from builder.model.readings import prompts
from builder.rules import Hit
from builder.text.late import late
from builder.text.quotes import unquoted
from builder.text.words import prose

if TYPE_CHECKING:
    from collections.abc import Iterator

    from builder.model import Course, Item

SEVERITY = Severity.ERROR
REMEDY = "say whose claim it is: 'according to the paper', 'Worden (2009) holds'"
LANGUAGES = frozenset(["en"])
GENERIC = ("according to", "the author", "the authors", "theory", "theories")
_BE = r"(?:is|are|was|were|been|being|(?<!can )(?<!could )(?<!may )(?<!might )be)"
_ADVERBS = r"(?:\s+(?:also|often|both|all|each|not|never|sometimes|usually|widely|here|thus|then|best|once|even)){0,2}"
# Participles of saying, each with the words that make it one: a meeting is held, a patient treated, a term called so.
_SAID = (
    r"(?:said\s+(?:to|of|that|about|in|on)|(?:claimed|argued|suggested|asserted|concluded|cited|described)"
    r"|held\s+(?:to|that)|called\s+(?:[a-z][\w-]*\s+){1,3}(?:for|of)"
    r"|(?:treated|regarded|interpreted|seen|read)\s+as|read\s+(?:with|through|against|into)|credited\s+(?:with|to))\b"
)
_ASKED = r"(?:what|which(?:\s+[\w-]+){0,3}|whom?|how|why|where|when)"
_CLAIM = (
    r"(?:(?:argument|claim|thesis|contention)s?\s+(?:for|against|that|of(?!\s+[A-Z])|about|on|behind)"
    r"|(?:reading|interpretation)s?\s+(?:of|that)|views?\s+(?:that|on|about)|case\s+(?:for|against))\b"
)
UNOWNED = late(
    rf"\b(?:{_BE}{_ADVERBS}\s+{_SAID}"
    rf"|(?i:{_ASKED})\s+{_BE}(?:\s+[\w'\u2019()-]+){{1,7}}?\s+{_SAID}"
    rf"|(?i:{_ASKED})\s+{_BE}\s+the\s+(?:[\w-]+\s+){{0,2}}{_CLAIM}"
    rf"|(?:claim|argument|case|point)s?\s+{_BE}\s+(?:made|given|offered)\b"
    r"|(?i:some|many|critics|scholars|experts|researchers)\s+(?:argue|claim|maintain|contend|(?:hold|suggest|say)\s+that)\b)"
)
_HINT = late(  # a quick look: no prompt without one of these speaks of a claim
    "sai|say|claim|argu|suggest|assert|conclu|cite|descri|held|hold|call|treat|regard|interpret|seen|read|credit|thes|conten"
    "|view|case|point|maintain"
)
_BY = late(r"[^,.;:?!]*?\bby\s+(?!\w+ing\b)")


def check(course: Course) -> Iterator[Hit]:
    """Prompts that ask for a claim of a text without a word on whose it is."""
    texts = {source.id for source in course.sources.values() if not source.is_facts}
    if not texts:
        return
    theirs = (name for work in course.references.values() for name in authors(work) if name not in course.lint.names)
    owners = any_of([*GENERIC, *theirs, *source_names(course, (course.sources[name] for name in sorted(texts)))])
    known = ", ".join(sorted(texts))
    for item in course.active:
        if not _rests_on(item, texts, course):
            continue
        for key, prompt in prompts(item):
            text = prose(prompt)
            if not _HINT.search(text) or owners.search(text):
                continue
            if any(name not in course.lint.names for name in AUTHOR_YEAR.findall(text)):
                continue
            if claim := _unowned(unquoted(text)):
                message = f"“{claim}”: the prompt does not say whose claim it asks for (sources: {known})"
                yield Hit(course.at[item.id] / key, message)


def _unowned(text: str) -> str:
    """The first words of a text that speak of a claim, with nobody named after them by whom it is made."""
    return next((found[0] for found in UNOWNED.finditer(text) if not _BY.match(text, found.end())), "")


def _rests_on(item: Item, texts: set[str], course: Course) -> bool:
    """Whether an item asks for what a text claims: by its basis, or else by where its locators lead."""
    if item.basis:
        return item.basis == "both" or item.basis in texts
    found = {course.places[locator].source.id for locator in item.locator if locator in course.places}
    return bool(found) and found <= texts
