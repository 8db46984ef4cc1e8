"""An option or a true/false statement holds an absolute or a vague word.

Hardly anything is *always* or *never* so, and test-wise readers cross such
options out unread. Words such as *often* or *some* fail the other way: what
they cover differs from reader to reader, so nearly any claim can be defended
with them (NBME 2020, absolute terms and vague frequency words; Haladyna,
Downing and Rodriguez 2002, specific determiners). A hit means: one of the
words always, never, all, none, every, only, must, completely, entirely,
impossible, nobody, nothing (absolute), or often, usually, sometimes,
generally, rarely, many, some, several (vague); or one of their like in German,
Spanish or French.

A word that stands in every option of the item gives nothing away and is left
alone; so are titles in italics, words in quotation marks, and set phrases
such as *not only* or *above all*. Where a source's own claim is absolute, say
so in an `allow`.

Bad:

    - id: love-date-motive
      kind: mcq
      prompt: What does the paper on *Her* hear in the recoil on the date?
      options:
        - {right: Fear of losing Catherine, why: The paper ties the recoil to his marriage.}
        - {wrong: Hope of never loving again, why: The paper calls him longing.}  # M03
        - {wrong: Scorn of the woman he met, why: He likes her company.}
    - id: loneliness-cause
      kind: truefalse
      prompt: The paper on *Her* says that devices always cause loneliness.  # M03
      answer: false
      correction: It says that loneliness is the ground on which they are used.

Good:

    - id: love-date-motive
      kind: mcq
      prompt: What does the paper on *Her* hear in the recoil on the date?
      options:
        - {right: Fear of losing Catherine, why: The paper ties the recoil to his marriage.}
        - {wrong: Hope of a life without ties, why: The paper calls him longing.}
        - {wrong: Scorn of the woman he met, why: He likes her company.}
    - id: loneliness-cause
      kind: truefalse
      prompt: The paper on *Her* names devices as the main cause of loneliness.
      answer: false
      correction: It says that loneliness is the ground on which they are used.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from builder.diagnostics import Severity
from builder.model import Mcq, TrueFalse
from builder.rules import Hit
from builder.text.late import late
from builder.text.words import words

if TYPE_CHECKING:
    from collections.abc import Iterator

    from builder.model import Course

SEVERITY = Severity.WARNING
REMEDY = "say who, when or how much; or turn the claim so that it needs no such word"
LANGUAGES = frozenset(["en", "de", "es", "fr"])
ABSOLUTE = {
    "en": frozenset("always never all none every only must completely entirely impossible nobody nothing".split()),
    "de": frozenset(
        "immer nie niemals stets alle allen sämtliche ausnahmslos ausschließlich nur unmöglich niemand nichts".split()
    ),
    "es": frozenset(
        "siempre nunca jamás todos todas ninguno ninguna únicamente exclusivamente imposible nadie".split()
    ),
    "fr": frozenset("toujours jamais tous toutes aucun aucune uniquement exclusivement impossible personne".split()),
}
VAGUE = {
    "en": frozenset("often usually sometimes generally rarely many some several".split()),
    "de": frozenset("oft häufig manchmal meistens gewöhnlich selten viele einige mehrere manche".split()),
    "es": frozenset(
        "frecuentemente normalmente generalmente raramente muchos muchas algunos algunas varios varias".split()
    ),
    "fr": frozenset(
        "souvent parfois généralement habituellement rarement beaucoup plusieurs certains certaines".split()
    ),
}
_LISTED = {
    language: frozenset(
        form for word in ABSOLUTE[language] | VAGUE[language] for form in (word, word.capitalize(), word.upper())
    )
    for language in LANGUAGES
}
# Titles and other people's words, and phrases in which a listed word is neither absolute nor vague.
_SPARED = late(
    r"(?<![*\w])\*[A-Z][^*]*\*|(?<![_\w])_[A-Z][^_]*_|\"[^\"]*\"|“[^”]*”"
    r"|(?i:\b(?:not only|above all|after all|first of all|all the same|only (?:child|son|daughter)|too many)\b)"
)


def check(course: Course) -> Iterator[Hit]:
    """Options and true/false statements with a listed word."""
    tongue = course.tongue
    for item in course.active:
        if isinstance(item, TrueFalse):
            if found := _listed(item.prompt, tongue):
                yield Hit(course.at[item.id] / "prompt", _message(found, tongue))
        elif isinstance(item, Mcq):
            by_option = [_listed(option.text, tongue) for option in item.options]
            if not any(by_option):
                continue
            shared = set.intersection(*map(set, by_option))
            for i, found in enumerate(by_option):
                if telling := [word for word in found if word not in shared]:
                    yield Hit(course.at[item.id] / "options" / i, _message(telling, tongue))


def _listed(text: str, language: str) -> list[str]:
    """The listed words of a text, in lower case, in its order."""
    if _LISTED[language].isdisjoint(words(text)):
        return []
    left = words(_SPARED.sub(" ", text))
    return list(dict.fromkeys(word.lower() for word in left if word in _LISTED[language]))


def _message(found: list[str], language: str) -> str:
    kinds = [f"'{word}' is {'absolute' if word in ABSOLUTE[language] else 'vague'}" for word in found]
    return f"{' and '.join(kinds)} (limit: no such word)"
