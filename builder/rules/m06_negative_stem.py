"""A question asks for what is not so.

Readers overlook a *not*, above all under time pressure, and then fail a
question that they could answer. And the one who spots the exception has shown
what is false, which is less than knowing what is true (Haladyna, Downing and
Rodriguez 2002, word the stem positively; NBME 2020, negatives add difficulty
that has nothing to do with the matter). A hit means: the sentence that asks
holds not, except, never, least, cannot or a word in n't, or one of their like in
German, Spanish or French; an error if the word
is neither in capitals nor bold, else a warning. Over a course of 20 items or
more, negative questions may not be more than 5 %.

What a case describes may be negative: earlier sentences of the stem, "why"
questions, code, and clauses with who, that, when, if, because or although are left alone,
as are *at least*, *not only* and *but not*.

Bad:

    - id: alone-together-idea
      kind: mcq
      prompt: Which of these ideas does the paper on *Her* not take from Turkle?  # M06
      options:
        - {wrong: Company that makes no demands, why: The paper credits Turkle with it.}
        - {wrong: Presence without attention, why: The paper credits Turkle with it.}
        - {right: Ideals laid on a partner, why: This comes from Sternberg and Barnes.}

Good:

    - id: alone-together-idea
      kind: mcq
      prompt: Which of these ideas does the paper on *Her* take from Turkle?
      options:
        - {right: Company that makes no demands, why: The paper credits Turkle with it.}
        - {wrong: Estrangement from oneself, why: This comes from Seemann.}
        - {wrong: Ideals laid on a partner, why: This comes from Sternberg and Barnes.}
"""

from __future__ import annotations

import re
from functools import partial
from typing import TYPE_CHECKING

from builder.diagnostics import At, Severity
from builder.model import Mcq
from builder.rules import Hit
from builder.rules._facts import Facts, tallied
from builder.text import code
from builder.text.languages import Patterns
from builder.text.late import late

if TYPE_CHECKING:
    from collections.abc import Iterator

    from builder.comparing.tally import Tally
    from builder.model import Course, Item

SEVERITY = Severity.ERROR
REMEDY = "ask for what is so; if the exception is the point, write the word in capitals and allow it"
WHOLE_COURSE = True
BANK_LEAST, BANK_SHARE = 20, 0.05
LANGUAGES = frozenset(["en", "de", "es", "fr"])
_NEGATIVE = Patterns(
    {
        "en": r"\b(?:not|except|never|least|cannot|\w+n['’]t)\b",
        "de": r"\b(?:nicht|keine?[nmrs]?|nie|niemals|außer|am wenigsten)\b",
        "es": r"\b(?:no|nunca|excepto|salvo|menos)\b",
        "fr": r"\b(?:pas|jamais|sauf|excepté|le moins)\b",
    },
    re.IGNORECASE,
)
# A sentence ends before a capital or a figure, but not after "et al.", "Dr." or an initial.
_SENTENCE = late(
    r"(?<!\bal)(?<!\b[DM]r)(?<!\bM[rs]s)(?<!\bMs)(?<!\bSt)(?<!\bvs)(?<!\bcf)(?<!\b[A-Za-z])"
    r"[.!?][\"'”’)\]*_]*\s+(?=[\"'“‘(\[*_]*[A-Z0-9])"
)
_ASKING = late(r"[;:—–]\s+(?=(?:\w+ )?(?:which|what|who|whose|whom|why|how|when|where)\b)", re.IGNORECASE)
_SPARED = late(
    r"(?<![*\w])\*[A-Z][^*]*\*(?!\*)|\"[^\"]*\"|“[^”]*”"
    r"|(?i:\b(?:at least|not least|not only|whether or not|more often than not|(?:but|and) not)\b)"
    r"|(?i:\b(?:nicht nur|al menos|por lo menos|no solo|más o menos|pas seulement|au moins)\b)"
)
_BOLD = late(r"(\*\*|__)(?=\S).+?\1")
# What may come before the negative word where it only describes a case.
_DESCRIBES = Patterns(
    {
        "en": (
            r"\bwhy\b"
            r"|\b(?:because|although|though|unless|whereas|if|while)\b[^,;]*$"
            r"|\S\s+(?:who|whose|whom|when|(?<!\bit )(?<!\bso )that)\b[^,;]*$"
            r"|^when (?!do|is|are|was|were|ha[sd]|have|can|could|will|would|should)[^,;]*$"
        ),
        "de": (
            r"\b(?:warum|weshalb|wieso)\b"
            r"|(?:^|, )(?:der|die|das|den|dem|deren|dessen|weil|wenn|obwohl|falls|dass|wo|bei dem|bei der|in dem|in der)\b[^,;]*$"
        ),
        "es": r"\bpor qué\b|\b(?:que|quien|quienes|cuando|si|porque|aunque|donde)\b[^,;]*$",
        "fr": r"\bpourquoi\b|\b(?:qui|que|lorsque|quand|si|parce|dont|où)\b[^,;]*$",
    },
    re.IGNORECASE,
)


def check(course: Course) -> Iterator[Hit]:
    """Questions with a negative word, and courses with too many of them."""
    yield from _judged(course, tallied(course, _negatives_of))


def _negatives_of(item: Item, course: Course) -> tuple[bool, dict[str, bool] | None] | None:
    """Whether a choice's question has negative words, and which; None for another kind."""
    if not isinstance(item, Mcq):
        return None
    found = _negatives(code.without(item.prompt), course.tongue)
    return bool(found), found or None


def _judged(course: Course, tally: Tally) -> Iterator[Hit]:
    for name, found in tally.told.items():
        plain = [word for word, emphasised in found.items() if not emphasised]
        message = f"the question turns on '{(plain or list(found))[0]}' (limit: no negative word)"
        if plain:
            yield Hit(course.at[name] / "prompt", f"{message}, neither in capitals nor bold")
        else:
            yield Hit(course.at[name] / "prompt", message, Severity.WARNING)
    negative, number = tally.counts.get(True, 0), sum(tally.counts.values())
    if number >= BANK_LEAST and negative / number > BANK_SHARE:
        message = f"{negative} of {number} questions are negative ({negative / number:.0%}, limit {BANK_SHARE:.0%})"
        yield Hit(At(course.path), message, Severity.WARNING, "ask for what is so in some of them")


def _negatives(prompt: str, language: str) -> dict[str, bool]:
    """The negative words of the question itself, and whether each is in capitals or bold."""
    negative, describes = _NEGATIVE[language], _DESCRIBES[language]
    if not negative.search(prompt):  # a quick look
        return {}
    spared = _SPARED.sub(lambda match: "·" * len(match[0]), prompt)
    start = max((match.end() for match in _SENTENCE.finditer(spared)), default=0)
    start = max((match.end() for match in _ASKING.finditer(spared, start)), default=start)
    bold = [match.span() for match in _BOLD.finditer(spared)]
    found: dict[str, bool] = {}
    for match in negative.finditer(spared, start):
        if not describes.search(spared[start : match.start()]):
            in_bold = any(first < match.start() < last for first, last in bold)
            found[match[0]] = match[0].isupper() or in_bold
    return found


STANDING = partial(Facts, _negatives_of, _judged)
