"""A true-false statement is negated, or makes two claims at once.

"False" on a negated statement is a double negative, and readers trip over it
without lacking the knowledge. A statement of two claims can be half true, and
the item no longer shows which half a student doubted: one idea an item, worded
positively (Haladyna, Downing and Rodriguez 2002, guidelines on single content
and on negatives; NBME 2020, tangled statements).

The limit is none of: not, no, never, none, nobody, nothing, neither, nor,
cannot, words in n't; because, therefore; ", and" before a subject with its
verb; nor, but for the last, their like in German, Spanish and French. "Without" is fine, and so are "not only" and "no longer", which state
something. Text in quotation marks does not count.

Bad:

    - id: friendship-amy-judges
      kind: truefalse
      prompt: The paper on *Her* says that Amy does not judge Theodore because she is lonely.  # V02
      answer: true

    - id: friendship-amy-leaves
      kind: truefalse
      prompt: The paper on *Her* shows Amy alone, and it praises her marriage.  # V02
      answer: false
      correction: It shows the marriage at its end.

Good:

    - id: friendship-amy-judges
      kind: truefalse
      prompt: The paper on *Her* says that Amy sees Theodore without judging him.
      answer: true
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from builder.diagnostics import Severity
from builder.model import TrueFalse
from builder.rules import Hit
from builder.text.languages import Patterns
from builder.text.late import late
from builder.text.quotes import QUOTE
from builder.text.words import ENGLISH, prose

if TYPE_CHECKING:
    from collections.abc import Iterator

    from builder.model import Course

SEVERITY = Severity.WARNING
REMEDY = "state one claim, positively"
LANGUAGES = frozenset(["en", "de", "es", "fr"])
NEGATION = {
    "en": r"\b(?:not(?! only\b)|no(?! longer\b|\.)|never|none|nobody|nothing|neither|nor|cannot|\w+n['\u2019]t)\b(?!-)",
    "de": r"\b(?:nicht(?! (?:nur|mehr)\b)|kein(?:e|en|em|er|es)?|nie|niemals|niemand(?:en|em)?|nichts|weder)\b",
    "es": r"\b(?:no(?! (?:solo|sólo)\b)|nunca|jamás|nadie|nada|ningun[ao]|ningún|tampoco)\b",
    "fr": r"\bn(?:e\b|['\u2019])(?![^.;]*\bque\b)|\b(?:jamais|aucune?|ni)\b",
}
_BECAUSE = {
    "en": r"\b(?:because|therefore)\b",
    "de": r"\b(?:weil|deshalb|deswegen)\b",
    "es": r"\b(?:porque|por lo tanto|por eso)\b",
    "fr": r"\b(?:parce que?|parce qu['\u2019]|c['\u2019]est pourquoi)\b",
}
_NEGATED = Patterns(NEGATION, re.IGNORECASE)
_ARGUED = Patterns(_BECAUSE, re.IGNORECASE)
_VERB = r"(?:is|are|was|were|has|have|had|does|do|did|can|could|will|would|may|might|must|should)\b"
_SECOND = late(
    rf", and (?:then )?(?:(?i:he|she|it|they|we|this)(?!\w|['\u2019])\s+\w+"
    rf"|(?i:the|a|an|his|her|its|their|this|these|those)(?: [\w-]+){{1,3}}? {_VERB}"
    rf"|[^\W\d_a-z][\w-]+ (?:{_VERB}|\w{{2,}}(?:s|ed)\b(?!['\u2019])))"
)


def check(course: Course) -> Iterator[Hit]:
    """Statements with a negation or with two claims."""
    for item in course.active:
        if not isinstance(item, TrueFalse):
            continue
        text = QUOTE.sub("", prose(item.prompt))
        negated = _NEGATED[course.tongue].search(text)
        found = negated or _ARGUED[course.tongue].search(text) or (course.tongue == ENGLISH and _SECOND.search(text))
        if found:
            what = "is negated" if negated else "makes two claims"
            yield Hit(course.at[item.id] / "prompt", f"the statement {what}: “{found[0].strip(', ')}”")
