"""Another item gives the answer away.

On one paper, a question that mentions "manufactured intimacy, the paper's name
for the letters" answers the question what the paper calls the letters; the
mark then goes to those who leaf back (Haladyna, Downing and Rodriguez 2002 and
NBME 2020: items independent of each other). A hit means: all content words of
an item's answer, at least two or one of 9 letters, stand in another item's
prompt, or in its prompt and one option, response or step; and there stands
another content word of the question too, so that it speaks of the same thing.
Names (`lint: names:`, the sources and their authors) are no cue by themselves,
and options are no cue to a choice that offers the same wrong ones, nor to a question of
the same pattern ("Which element has the symbol K?"). What a
paper does not print, the hidden part of a cloze or a correction, gives nothing
away.

In a course this is a warning, and items listed as `enemies:` or of one
`group:` are left alone, since they never stand on one paper, and so are items of one passage, which are asked
together; on a drawn paper
it is an error.

Bad:

    - id: letters-label
      kind: basic
      prompt: Which two-word label does the paper on *Her* give the closeness in the commissioned letters?
      answer: Manufactured intimacy  # X02
    - id: letters-echo
      kind: basic
      prompt: Why does the paper on *Her* hear only echoes in the manufactured intimacy of letters?
      answer: They grow from no tie of the writer's own

Good:

    - id: letters-label
      kind: basic
      prompt: Which two-word label does the paper on *Her* give the closeness in the commissioned letters?
      answer: Manufactured intimacy
      enemies: [letters-echo]
    - id: letters-echo
      kind: basic
      prompt: Why does the paper on *Her* hear only echoes in the manufactured intimacy of letters?
      answer: They grow from no tie of the writer's own
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from builder.comparing.cues import given_away
from builder.comparing.names import name_stems
from builder.comparing.standing_cues import StandingCues
from builder.diagnostics import At, Severity
from builder.rules import Hit
from builder.rules._facts import InUse
from builder.text.words import STEMMED, as_said

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence
    from collections.abc import Set as AbstractSet

    from builder.comparing.cues import Answer, Cue
    from builder.model import Course, Item

SEVERITY = Severity.WARNING
REMEDY = "reword one of them, or list the other under `enemies:`"
LANGUAGES = STEMMED
WHOLE_COURSE = True
NAMED = 4  # so many cueing items are named in one message


def check(course: Course) -> Iterator[Hit]:
    """Items whose answer stands in other items that may be drawn with them."""
    yield from _hits(course, given_away(course.active, name_stems(course), _together, NAMED + 1, course.tongue))


class STANDING:
    """The cues of a course, kept between checks."""

    def __init__(self, course: Course) -> None:
        self.kept = StandingCues(name_stems(course), course.tongue, NAMED + 1)

    def look(self, course: Course, changed: AbstractSet[str]) -> Sequence[Hit]:
        """What `check` finds."""
        return list(_hits(course, self.kept.look(InUse(course), changed, _together)))


def _together(a: Item, b: Item) -> bool:
    """Whether two items may stand on one paper."""
    siblings = (a.group is not None and a.group == b.group) or a.is_beside(b)
    return not siblings and b.id not in a.enemies and a.id not in b.enemies


def _hits(course: Course, cues: Iterable[tuple[Answer, list[Cue]]]) -> Iterator[Hit]:
    for answer, found in cues:
        where = ", ".join(f"'{cue.by.id}'" for cue in found[:NAMED]) + (" and others" if len(found) > NAMED else "")
        said = as_said(answer.item.prompt, found[0].shared, course.tongue)
        link = f", beside {said}" if said else ""
        at = course.at[answer.item.id]
        yield Hit(At(at.path, (*at.keys, *answer.keys)), f"the answer stands in {where}{link} (limit: in no other)")
