"""An item cites nothing, or a key that the references lack.

A claim without a work behind it is hearsay: nobody can look it up, and the
list of references printed with the course leaves its source out. Naming the
source is also what lets a learner weigh what they learn (Wozniak's rule to
give sources; Haladyna and Rodriguez 2013, on content-related evidence).

Every item of a course with references needs at least one key in `cites:`, and
every key there has to stand in the references. A key that does not is a typing
mistake that makes the course unsound: the structural check reports it, even
with `--no-lint`. An item without any key is reported by this rule. Courses
without references are left alone.

Bad:

    - id: loneliness-masi
      kind: basic
      prompt: Which approach does the paper on *Her* report from Masi et al. (2011) as the strongest?
      answer: Work on social perceptions
      cites: [masi2010]  # C01

    - id: loneliness-crutch
      kind: basic
      prompt: Which image does the paper on *Her* use for the devices that Theodore leans on?
      answer: A crutch
      cites: []  # C01

Good:

    - id: loneliness-masi
      kind: basic
      prompt: Which approach does the paper on *Her* report from Masi et al. (2011) as the strongest?
      answer: Work on social perceptions
      cites: [masi2011]
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from builder.diagnostics import Severity
from builder.rules import Hit

if TYPE_CHECKING:
    from collections.abc import Iterator

    from builder.model import Course

SEVERITY = Severity.ERROR
REMEDY = "cite the work that the claim comes from, by its key in the references: cites: [KEY]"


def check(course: Course) -> Iterator[Hit]:
    """Items without a citation, in a course that has references; wrong keys are found by `builder.loading.links`."""
    if not course.references:
        return
    for item in course.active:
        if not item.cites:
            yield Hit(course.at[item.id] / "cites", "the item cites no work (at least 1)")
