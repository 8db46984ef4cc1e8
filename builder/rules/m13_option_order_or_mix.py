"""Numbers stand out of order, or one option is of another kind than the rest.

Readers who know the number should find it at once; a jumbled list tests their
patience. And a lone year among phrases, or a lone word among clauses, stands
out before it is read (Haladyna, Downing and Rodriguez 2002, logical or
numerical order and options of one kind; NBME 2020, mixed forms of numbers). A
hit means: all options are numbers, or amounts of one unit, that neither rise
nor fall (such options are printed in the author's order; `order: value` puts
them in order, `order: author` and `order: shuffle` say that another is meant);
or exactly one option is of a kind (year, other
number, single word, phrase) that no other is. A single word among short terms
of two words is no mixture; nor is a name among names.

Bad:

    - id: citations-bowlby-year
      kind: mcq
      prompt: From which year is the work by Bowlby that the paper on *Her* cites?
      options:  # M13
        - {wrong: "2018", why: This is the year of Van Breda.}
        - {right: "1988", why: The paper cites Bowlby (1988).}
        - {wrong: "2009", why: This is the year of Worden.}

Good:

    - id: citations-bowlby-year
      kind: mcq
      prompt: From which year is the work by Bowlby that the paper on *Her* cites?
      options:
        - {right: "1988", why: The paper cites Bowlby (1988).}
        - {wrong: "2009", why: This is the year of Worden.}
        - {wrong: "2018", why: This is the year of Van Breda.}
"""

from __future__ import annotations

import re
from collections import Counter
from typing import TYPE_CHECKING

from builder.diagnostics import At, Severity
from builder.model import Mcq
from builder.rules import Hit
from builder.text.amounts import is_in_order
from builder.text.late import late
from builder.text.words import prose, words

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from builder.model import Course

SEVERITY = Severity.WARNING
BY_VALUE = True
REMEDY = "put the numbers in order"
PHRASE = 3  # words that a phrase has at least, to be of another kind than a single word
_DIGIT = late(r"\d")
_YEAR = late(r"(?:1\d|20)\d\d")
_NUMBER = late(r"[$€£]?-?\d[\d.,]*\s*(?:%|[^\W\d_]+)?|0[xbo][\da-f]+", re.IGNORECASE)
_NAME = late(r"[A-Z][\w'’.-]*(?:,? (?:(?:and|of|the|de|van|von|et|al\.?|&) )*(?:[A-Z][\w'’.-]*|al\.?))*")


def check(course: Course) -> Iterator[Hit]:
    """Items whose numbers are jumbled, or in which one option is of a kind of its own."""
    for item in course.active:
        if not isinstance(item, Mcq):
            continue
        texts = [option.text for option in item.options]
        if min(len(words(text)) for text in texts) >= PHRASE:
            continue
        at = course.at[item.id] / "options"
        if item.order in {"author", "value"}:
            continue
        if item.order is None and item.is_ordered:
            if not is_in_order([o.text for o in item.options if o.pin is None], math=item.math):
                yield Hit(
                    At(at.path, at.keys, on_key=True),
                    f"the numbers stand as {', '.join(texts)} (limit: rising or falling)",
                )
        elif (odd := _odd_one(texts)) is not None:
            i, kind, others = odd
            message = f"1 {kind} among {len(texts) - 1} {others} (limit: none, or 2 of a kind)"
            yield Hit(at / i, message, None, "give the options one form")


def _odd_one(texts: Sequence[str]) -> tuple[int, str, str] | None:
    """The one option of a kind of its own, its kind, and that of the others; or None."""
    kinds = [_kind(text) for text in texts]
    count = Counter(kinds)
    if len(count) != 2 or min(count.values()) != 1 or len(texts) < 3:  # noqa: PLR2004 - one against the rest
        return None
    (others, _), (kind, _) = count.most_common()
    odd = kinds.index(kind)
    if {kind, others} == {"single word", "phrase"}:
        phrases = [text for text, its in zip(texts, kinds, strict=True) if its == "phrase"]
        if min(len(words(text)) for text in phrases) < PHRASE or all(_NAME.fullmatch(prose(text)) for text in texts):
            return None
    return odd, kind, "others"


def _kind(text: str) -> str:
    if _DIGIT.search(text):
        if _YEAR.fullmatch(text):
            return "year"
        if _NUMBER.fullmatch(text):
            return "number"
    return "phrase" if len(words(text)) > 1 else "single word"
