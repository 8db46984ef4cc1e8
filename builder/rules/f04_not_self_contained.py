"""A card's prompt can't be understood without its neighbours.

Cards meet a student one by one, months later and among those of other
subjects. "What does she give him?" was clear while it was written, since the
one before it named both. A prompt has to bring its own context, and bring it
before the pronouns that lean on it (Matuschak 2020, precise prompts; Wozniak
on context cues).

A question on a passage has its context there, and is left alone.

Where course.yaml lists `lint: names:`, the prompt of a basic, reversed or cloze
card needs at least one of: a name from there, a source's id or title, an author
of a source or of any work in the references, an author with a year, or a person
whom the prompt introduces, by a name ("Mr Rao") or by who it is ("a father",
"a young client"). In a cloze what is hidden does not count. Also, he, she, they,
him, her or his may not come before the first of these; without `lint: names:`
any capitalised word may be that name. A capital that opens a sentence is taken
for a person's where 's or a verb follows, and in the second case a pronoun after it.

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

    - id: worden-first-task
      kind: basic
      prompt: A widow still lays the table for two. Which of Worden's tasks is before her?
      answer: The first
"""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING

from builder.comparing.names import AUTHOR_YEAR, any_of, authors, source_names
from builder.diagnostics import Severity
from builder.model import Basic, Cloze, Reversed
from builder.model.readings import prompts
from builder.rules import Hit
from builder.text.late import late
from builder.text.stop import STOP

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from builder.model import Course

SEVERITY = Severity.ERROR
REMEDY = "name the work, the source or the person first"
LANGUAGES = frozenset(["en"])
PRONOUNS = frozenset("he she they him her his".split())
_PRONOUN = late(rf"\b(?:{'|'.join(sorted(PRONOUNS))})\b", re.IGNORECASE)
_CAPITAL = late(r"[^\W\d_a-z][\w'\u2019-]*")
# Who is introduced: "a father", "another young client", "two workers".
_PERSON = late(
    r"\b(?:an?|another|one|two|three|four|some)\s+(?:[\w-]+\s+){0,3}?(?:father|mother|parent|man|men|woman|women|boy|girl"
    r"|child|children|son|daughter|brother|sister|husband|wife|widow|widower|couple|partner|friend|neighbour|colleague"
    r"|student|teacher|client|patient|resident|guest|stranger|nurse|doctor|counsellor|therapist|worker|person|people"
    r"|author|writer|reader|viewer|carer|volunteer)s?\b",
    re.IGNORECASE,
)
# After a capital that opens a sentence: what shows that it is a person's, and not that of "Letters" or "Loneliness".
_OWNS = late(r"['\u2019]s\b")
_ACTS = late(r"\s+(?:is|was|has|had|\w+(?:s|ed))\b[^.?!]*[.?!]?.*?\b(?:he|she|him|her|his)\b", re.DOTALL)
_ABSTRACT = late(r"\w+(?:ness|tion|sion|ment|ship|ing|ity|ism|[ae]nce)")
_BLANK = late(r"\{\{c\d+::.*?\}\}", re.DOTALL)


def check(course: Course) -> Iterator[Hit]:
    """Prompts that name nothing, and those whose pronouns come first."""
    names = any_of([*course.lint.names, *source_names(course, course.sources.values())])
    theorists = cache(lambda: any_of(name for work in course.references.values() for name in authors(work)))
    for item in course.active:
        if not isinstance(item, Basic | Reversed | Cloze) or item.passage:
            continue
        for key, prompt in prompts(item):
            text = _BLANK.sub("\u2026", prompt) if isinstance(item, Cloze) else prompt
            pronoun = next((found for found in _PRONOUN.finditer(text) if _leans(found, text)), None)
            if pronoun is None and (not course.lint.names or names.search(text)):
                continue
            first = _first_name(text, (names, theorists()), listed=bool(course.lint.names))
            at = course.at[item.id] / key
            if first is None and course.lint.names:
                yield Hit(
                    at, f"the prompt names none of: {', '.join(course.lint.names)}, a source, an author, a person"
                )
            elif pronoun and (first is None or pronoun.start() < first):
                yield Hit(at, f"'{pronoun[0]}' comes before anything that it could stand for")


def _first_name(text: str, names: Iterable[re.Pattern[str]], *, listed: bool) -> int | None:
    """Where the first name or person stands that gives a prompt its context; `listed` if the course lists names."""
    places = [match.start() for name in names for match in name.finditer(text) if not _leans(match, text)]
    places += [match.start() for pattern in (AUTHOR_YEAR, _PERSON) for match in pattern.finditer(text)]
    for match in _CAPITAL.finditer(text):
        is_word = match[0].lower() in STOP["en"] or match[0].lower() in PRONOUNS
        if not is_word and (not listed or _is_person(match, text)):
            places.append(match.start())
    return min(places, default=None)


def _is_person(match: re.Match[str], text: str) -> bool:
    """Whether a capitalised word is likely to be a person's name: abbreviations and openings of sentences seldom are."""
    word = re.sub(r"['\u2019]s$", "", match[0])
    if word.isupper():
        return False
    if not _opens_sentence(match.start(), text):
        return True
    after = text[match.start() + len(word) :]
    return bool(_OWNS.match(after) or (_ACTS.match(after) and not _ABSTRACT.fullmatch(word)))


def _opens_sentence(place: int, text: str) -> bool:
    return not text[:place].strip(" *_\"'\u201c\u2018") or text[:place].rstrip(" *_\"'\u201c\u2018")[-1:] in {
        ".",
        "?",
        "!",
        ":",
    }


def _leans(match: re.Match[str], text: str) -> bool:
    """Whether a match is a pronoun, and not a name spelt like one, as a title may be."""
    word = match[0]
    if word.lower() not in PRONOUNS:
        return False
    opens_sentence = match.start() == 0 or text[: match.start()].rstrip()[-1:] in {".", "?", "!"}
    return word.islower() or (opens_sentence and text[match.start() - 1 : match.start()] not in {"*", "_"})
