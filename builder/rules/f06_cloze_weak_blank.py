"""A cloze hides a word that means nothing, or more than one can recall.

A blank for "the" is filled by grammar; a blank for half of the sentence has
ten right answers, and leaves too little to know what is asked. A good blank
hides one term, and the rest of the sentence determines it (Wozniak's rules on
cloze deletion and on least information; Matuschak 2020, tractable prompts).

Each blank needs a word of content (a figure or an abbreviation in capitals
counts), may have 4 words, and has to leave 6 words in sight, so that it is
never more than 40 % of the sentence. What is hidden in another language, by its
letters or as its author names it (`[à]{lang=fr}`), is not judged: there, a particle
may be just what is learnt.

Bad:

    - id: letters-mask
      kind: cloze
      prompt: "The paper on *Her* reads Theodore's letters {{c1::as}} a mask for his own distance."  # F06

Bad:

    - id: letters-mask
      kind: cloze
      prompt: "The paper on *Her* reads Theodore's letters as {{c1::a mask for his own distance}}."  # F06

Good:

    - id: letters-mask
      kind: cloze
      prompt: "The paper on *Her* reads Theodore's letters as a {{c1::mask}} for his own distance."
"""

from __future__ import annotations

import unicodedata
from typing import TYPE_CHECKING

from builder.diagnostics import Severity
from builder.model import Cloze
from builder.model.readings import worded_blanks
from builder.rules import Hit
from builder.text.markup import inline
from builder.text.tree import Run
from builder.text.words import STEMMED, stems, words

if TYPE_CHECKING:
    from collections.abc import Iterator

    from builder.model import Course

SEVERITY = Severity.ERROR
REMEDY = "hide one term of 1 to 4 words that the rest of the sentence determines"
LANGUAGES = STEMMED
MOST_WORDS, LEAST_LEFT = 4, 6


def check(course: Course) -> Iterator[Hit]:
    """Blanks without content, and blanks that hide too much."""
    for item in course.active:
        if not isinstance(item, Cloze):
            continue
        total = len(words(item.prompt))
        for blank in worded_blanks(item):
            fault = _fault(blank.text, total, course.tongue)
            if fault and not _is_foreign(blank.text):
                yield Hit(course.at[item.id] / "prompt", f"the blank “{blank.text}” {fault}")


def _fault(text: str, total: int, language: str) -> str:
    hidden = words(text)
    if not stems(text, language) and not any(_is_figure(word) for word in hidden):
        return "has no word of content"
    if len(hidden) > MOST_WORDS:
        return f"has {len(hidden)} words (limit {MOST_WORDS})"
    if total - len(hidden) < LEAST_LEFT:
        return f"leaves {total - len(hidden)} words (at least {LEAST_LEFT})"
    return ""


def _is_foreign(text: str) -> bool:
    """Whether a text has letters, and none that may be of a language which the rule knows: all of these are Latin."""
    runs = [run for run in inline(text) if isinstance(run, Run)]
    own = [c for run in runs if not run.lang for c in run.text if c.isalpha()]
    return bool(own or any(run.lang for run in runs)) and not any(
        unicodedata.name(c, "").startswith("LATIN") for c in own
    )


def _is_figure(word: str) -> bool:
    """Whether a word without a stem says something all the same: a number, or an abbreviation such as AI."""
    return any(c.isdigit() for c in word) or (len(word) > 1 and word.isupper())
