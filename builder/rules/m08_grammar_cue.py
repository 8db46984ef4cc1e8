"""The grammar of the stem fits some options and not others.

A stem that ends in *an* has told the reader that the answer starts with a
vowel, and *Which authors* that there are two: the item is answered by ear
(Haladyna, Downing and Rodriguez 2002, grammatical cues; NBME 2020, grammar
that fits one option). A hit means: the stem, or its gap, ends in *a* or *an*
and not every option starts with a sound that fits; or the stem asks for one or
for several (ends in is, are, was, were, has, have, or begins like *Which
authors does*), and by number only the key fits.

The sure cure is a stem that is a full question.

Bad:

    - id: grief-escape
      kind: mcq
      prompt: The paper on *Her* describes dwelling on the past as an  # M08
      options:
        - {right: escape from the present, why: The paper calls it so.}
        - {wrong: bridge to new ties, why: The paper sees the opposite.}
        - {wrong: cure for old wounds, why: The paper sees the opposite.}

Good:

    - id: grief-escape
      kind: mcq
      prompt: What does the paper on *Her* call dwelling on the past?
      options:
        - {right: An escape from the present, why: The paper calls it so.}
        - {wrong: A bridge to new ties, why: The paper sees the opposite.}
        - {wrong: A cure for old wounds, why: The paper sees the opposite.}
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from builder.diagnostics import Severity
from builder.model import Mcq
from builder.rules import Hit
from builder.text.late import late
from builder.text.words import prose, words

if TYPE_CHECKING:
    from collections.abc import Iterator

    from builder.model import Course

SEVERITY = Severity.ERROR
REMEDY = "make the stem a full question, or move the article into the options"
LANGUAGES = frozenset(["en"])
_GAP = late(r"__|…|\.\.\.")
_ARTICLE = late(r"(?<![\w(/])(an?)\s*(?:_{2,}|…|\.{3,}|[\s:.…–—-]*$)")
_AN = late(r"(?:[aeiou]|hour|honest|hono(?:u)?r|heir|8|1[18](?:,\d{3})*(?!\d))", re.IGNORECASE)
_YET_A = late(r"(?:uni[tvfqolc]|us[eu]|ut[eio]|ubi|eu|ewe|one\b|once\b)", re.IGNORECASE)
_SPELT = late(r"[A-Z]{2,3}(?![A-Za-z])|[A-Z](?![A-Za-z])")
_ENDS = late(r"\b(?:(are|were|have)|(is|was|has))[\s:_.…–—-]*$", re.IGNORECASE)
_AUXILIARY = r"(?:are|were|do|does|did|have|had|can|could|will|would)\b"
_ASKS = late(
    rf"(?:who|what) (?:are|were)\b|(?:which|what) (?:two |three |other )?(?!lens|means|news|series|ethics|species)[a-z]+[^\Wsui]s {_AUXILIARY}",
    re.IGNORECASE,
)
_HEAD_ENDS = frozenset(
    "of in for with to from on at by that which who whose about as between under over after before".split()
)
_ONE, _SEVERAL = frozenset("a an one another each".split()), frozenset("two three four these those both".split())
_PLURALS = frozenset("people children men women data media criteria phenomena".split())


def check(course: Course) -> Iterator[Hit]:
    """Items whose stem sorts out options by its grammar."""
    for item in course.active:
        if not isinstance(item, Mcq):
            continue
        # Nearly every stem is a question without a gap: then only its first words can tell.
        if item.prompt.endswith("?") and not _GAP.search(item.prompt) and not _ASKS.match(item.prompt):
            continue
        stem = prose(item.prompt).strip()
        texts = [option.text for option in item.options]
        if article := _ARTICLE.search(stem):
            fitting = [_article(text) in ("", article[1]) for text in texts]
            if not all(fitting):
                message = (
                    f"the stem ends in '{article[1]}', which fits {sum(fitting)} of {len(texts)} options (limit: all)"
                )
                yield Hit(course.at[item.id] / "prompt", message)
                continue
        wanted = _wanted(stem)
        if wanted and not item.multiple:
            numbers = [_number(text) for text in texts]
            key = next(i for i, option in enumerate(item.options) if option.is_right)
            if numbers[key] == wanted and all(n and n != wanted for n in numbers[:key] + numbers[key + 1 :]):
                message = f"the stem asks for the {wanted}, which fits the key alone (limit: several options)"
                yield Hit(course.at[item.id] / "prompt", message)


def _article(text: str) -> str:
    """The article that goes before a text, or the empty string where either may, or none."""
    first = next(iter(words(text)), "")
    if not first or first.lower() in _ONE:
        return ""
    if _SPELT.match(first):
        return "an" if first[0] in "AEFHILMNORSX" else "a"
    if first[:2].isupper():
        return ""  # NATO, UNESCO: read as a word or spelt
    return "an" if _AN.match(first) and not _YET_A.match(first) else "a"


def _wanted(stem: str) -> str:
    """The number, singular or plural, that a stem asks for; the empty string where it leaves that open."""
    if found := _ENDS.search(stem):
        return "plural" if found[1] else "singular"
    return "plural" if _ASKS.match(stem) else ""


def _number(text: str) -> str:
    """Whether an option names one or several, as far as can be told."""
    found = [word.lower() for word in words(text)]
    if not found or found[0] in _HEAD_ENDS or found[0].endswith(("ing", "ed")):
        return ""
    if "and" in found or "&" in text or "et" in found or found[0] in _SEVERAL:
        return "plural"
    if found[0] in _ONE:
        return "singular"
    end = next((i for i, word in enumerate(found) if word in _HEAD_ENDS), len(found))
    names = [word for word in found[:end] if not word.isdigit()]
    head = names[-1] if names else ""
    if head in _PLURALS or (head.endswith("s") and not head.endswith(("ss", "us", "is", "'s", "’s"))):
        return "plural"
    return "singular" if head else ""
