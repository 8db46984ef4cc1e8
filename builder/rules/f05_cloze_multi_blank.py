"""A cloze note hides too much at once.

Each blank is a card, and cards cut from one sentence answer each other: the
review of c1 shows what c2 will ask. Several blanks under one number are a list
to recall. Clozes are cheap and strong while they hide one thing (Wozniak's
rules on cloze deletion and on overlapping clozes).

More than 2 blanks under one number are a warning. In a strict course
(`lint: profile: strict`) more than one number (c1, c2 ...) in a note without
`group:` is an error; notes that share a group are held apart on a paper. Elsewhere
a note may have as many numbers as its author likes.

Bad:

    - id: love-masks
      kind: cloze
      prompt: "The paper on *Her* reads {{c1::letters}} as masks and {{c2::devices}} as crutches for a shy man."  # F05

Good:

    - id: love-masks
      kind: cloze
      prompt: "The paper on *Her* reads {{c1::letters}} as masks and devices as crutches for a shy man."
"""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from builder.diagnostics import Severity
from builder.model import Cloze
from builder.rules import Hit

if TYPE_CHECKING:
    from collections.abc import Iterator

    from builder.model import Course

SEVERITY = Severity.ERROR
REMEDY = "hide one part, and make sibling notes with one 'group:' for the others"
MOST_NUMBERS, MOST_BLANKS = 1, 2


def check(course: Course) -> Iterator[Hit]:
    """Notes of several numbers without a group, and numbers of several blanks."""
    is_strict = course.lint.profile == "strict"
    for item in course.active:
        if not isinstance(item, Cloze):
            continue
        at = course.at[item.id] / "prompt"
        counts = Counter(blank.number for blank in item.blanks)
        if is_strict and len(counts) > MOST_NUMBERS and not item.group:
            yield Hit(at, f"the note has {len(counts)} numbers and no group (limit {MOST_NUMBERS})")
        for number, count in counts.items():
            if count > MOST_BLANKS:
                yield Hit(at, f"c{number} hides {count} parts (limit {MOST_BLANKS})", Severity.WARNING)
