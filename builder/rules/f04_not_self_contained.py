"""A card's prompt can't be understood without its neighbours.

Cards meet a student one by one, months later and among those of other
subjects. "What does she give him?" was clear while it was written, since the
one before it named both. A prompt has to bring its own context, and bring it
before the pronouns that lean on it (Matuschak 2020, precise prompts; Wozniak
on context cues).

Where course.yaml lists `lint: names:`, the prompt of a basic, reversed or cloze
card needs at least one of: a name from there, a source's id, title or author,
or an author with a year. In a cloze what is hidden does not count. Also, he,
she, they, him, her or his may not come before the first such name; without
`lint: names:` any capitalised word may be that name.

Bad:

    - id: connection-gift
      kind: basic
      prompt: What does she give him?  # F04
      answer: Safety

    - id: connection-clock
      kind: basic
      prompt: What does he do when Samantha is silent, in the paper on *Her*?  # F04
      answer: Panic

Good:

    - id: connection-gift
      kind: basic
      prompt: Which burden does the paper on *Her* say Samantha spares Theodore by having no past?
      answer: Old quarrels
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from builder.comparing.names import AUTHOR_YEAR, any_of, source_names
from builder.diagnostics import Severity
from builder.model import Basic, Cloze, Reversed
from builder.model.readings import prompts
from builder.rules import Hit
from builder.text.words import STOP

if TYPE_CHECKING:
    from collections.abc import Iterator

    from builder.model import Course

SEVERITY = Severity.ERROR
REMEDY = "name the work, the source or the person first"
PRONOUNS = frozenset("he she they him her his".split())
_PRONOUN = re.compile(rf"\b(?:{'|'.join(sorted(PRONOUNS))})\b", re.IGNORECASE)
_CAPITAL = re.compile(r"[^\W\d_a-z][\w'\u2019-]*")
_BLANK = re.compile(r"\{\{c\d+::.*?\}\}", re.DOTALL)


def check(course: Course) -> Iterator[Hit]:
    """Prompts that name nothing, and those whose pronouns come first."""
    names = any_of([*course.lint.names, *source_names(course, course.sources.values())])
    for item in course.active:
        if not isinstance(item, Basic | Reversed | Cloze):
            continue
        for key, prompt in prompts(item):
            text = _BLANK.sub("\u2026", prompt) if isinstance(item, Cloze) else prompt
            pronoun = next((found for found in _PRONOUN.finditer(text) if _leans(found, text)), None)
            if pronoun is None and (not course.lint.names or names.search(text)):
                continue
            first = _first_name(text, names, listed=bool(course.lint.names))
            at = course.at[item.id] / key
            if first is None and course.lint.names:
                yield Hit(at, f"the prompt names none of: {', '.join(course.lint.names)}, a source, an author (year)")
            elif pronoun and (first is None or pronoun.start() < first):
                yield Hit(at, f"'{pronoun[0]}' comes before anything that it could stand for")


def _first_name(text: str, names: re.Pattern[str], *, listed: bool) -> int | None:
    """Where the first name stands that gives a prompt its context."""
    found = [match.start() for match in names.finditer(text) if not _leans(match, text)]
    found += [match.start() for match in AUTHOR_YEAR.finditer(text)]
    if not listed:
        capitals = (match for match in _CAPITAL.finditer(text) if match[0].lower() not in STOP)
        found += [match.start() for match in capitals if match.start() > 0 or not _PRONOUN.match(match[0])]
    return min(found, default=None)


def _leans(match: re.Match[str], text: str) -> bool:
    """Whether a match is a pronoun, and not a name spelt like one, as a title may be."""
    word = match[0]
    if word.lower() not in PRONOUNS:
        return False
    opens_sentence = match.start() == 0 or text[: match.start()].rstrip()[-1:] in {".", "?", "!"}
    return word.islower() or (opens_sentence and text[match.start() - 1 : match.start()] not in {"*", "_"})
