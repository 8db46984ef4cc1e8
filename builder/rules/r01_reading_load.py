"""A prompt is too long or too hard to read.

A question should cost thought about the subject, not about its sentence. Long
and tangled prompts measure reading, and most of all they cost those who read
in a second language (Haladyna, Downing and Rodriguez 2002, guidelines on
minimal reading time and plain vocabulary; NBME 2020, irrelevant difficulty).

A prompt may have 45 words. One of 25 words or more in English may also not pass grade 14
on the Flesch-Kincaid scale: 0.39 x words a sentence + 11.8 x syllables a word
- 15.59. Words with a capital count as one syllable, since names can't be made
shorter. Below 25 words the scale means little and is not applied.

Bad:

    - id: practice-duties
      kind: basic
      prompt: >-  # R01
        In the paper on *Her*, what, given the considerable complexity of contemporary technologically mediated
        interpersonal communication and the accompanying deterioration of psychological availability among
        metropolitan individuals generally, characterises professional responsibilities?
      answer: Attention to ties

Good:

    - id: practice-duties
      kind: basic
      prompt: >-
        In the paper on *Her*, people in cities talk more than ever and are there for each other less. What does
        this ask of social workers?
      answer: Attention to ties
"""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

from builder.diagnostics import Severity
from builder.model.readings import prompts
from builder.rules import Hit
from builder.text.late import late
from builder.text.words import ENGLISH, prose, words

if TYPE_CHECKING:
    from collections.abc import Iterator

    from builder.model import Course

SEVERITY = Severity.WARNING
REMEDY = "cut what the answer does not need, and split long sentences"
MOST_WORDS, GRADED, MOST_GRADE = 45, 25, 14.0
_SENTENCE_END = late(r"[.?!]+['\"\u2019\u201d)]*(?=\s+['\"\u2018\u201c(]*[^\W\d_a-z]|\s*$)")
_VOWELS = late(r"[aeiouy\u00e0-\u00f6\u00f8-\u00ff]+")
_SILENT = late(r"[^aeiouyl]e$|[^aeiouytd]ed$|[aeiouy]le$")


def check(course: Course) -> Iterator[Hit]:
    """Prompts of too many words, or of long words in long sentences."""
    for item in course.active:
        for key, prompt in prompts(item):
            count = len(words(prompt))
            if count > MOST_WORDS:
                yield Hit(course.at[item.id] / key, f"the prompt has {count} words (limit {MOST_WORDS})")
            elif count >= GRADED and course.tongue == ENGLISH:
                level = grade(prompt)
                if level > MOST_GRADE:
                    message = (
                        f"the prompt reads at grade {level:.1f} (limit {MOST_GRADE:.0f}, for {GRADED} words or more)"
                    )
                    yield Hit(course.at[item.id] / key, message)


def grade(text: str) -> float:
    """The Flesch-Kincaid grade of a text, names counted as one syllable."""
    typed = words(text)
    sentences = len(_SENTENCE_END.findall(prose(text))) or 1
    spoken = sum(1 if word[0].isupper() else _syllables(word) for word in typed)
    return 0.39 * len(typed) / sentences + 11.8 * spoken / len(typed) - 15.59


@cache
def _syllables(word: str) -> int:
    """Groups of vowels, less a silent e at the end."""
    return max(1, len(_VOWELS.findall(word)) - (1 if _SILENT.search(word) else 0))
