"""A work in the references is cited by no item.

A list of references promises that each entry is used. A work that no item
cites is either dead weight or a part of the subject that the bank forgot:
items should sample all of the content (Haladyna and Rodriguez 2013, on
blueprints and content coverage).

Every entry needs at least one item in use that cites it. Exempt are entries
whose key ends in `-rec` (known records, kept beside an entry as printed) and
those whose `keyword:` holds the word `uncited`. Where no item cites anything,
C01 says so and this rule is silent.

Bad:

    items:
      - id: grief-worden-stuck
        kind: basic
        prompt: Which of Worden's tasks does the paper on *Her* say Theodore is stuck in?
        answer: The second
        cites: [worden2009]
    references:  # C02
      - {id: bowlby1988, type: book, title: A secure base}
      - {id: worden2009, type: book, title: Grief counseling and grief therapy}

Good:

    items:
      - id: grief-worden-stuck
        kind: basic
        prompt: Which of Worden's tasks does the paper on *Her* say Theodore is stuck in?
        answer: The second
        cites: [worden2009]
    references:  # each is cited, or marked
      - {id: bowlby1988, type: book, title: A secure base, keyword: uncited}
      - {id: worden2009, type: book, title: Grief counseling and grief therapy}
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from builder.diagnostics import At, Severity
from builder.rules import Hit

if TYPE_CHECKING:
    from collections.abc import Iterator

    from builder.model import Course
    from builder.model.group import Group

SEVERITY = Severity.WARNING
REMEDY = "write an item on it, delete the entry, or give it 'keyword: uncited'"
WHOLE_COURSE = True
OF_ALL = True
RECORD, UNCITED = "-rec", "uncited"


def check(course: Course) -> Iterator[Hit]:
    """Entries of the references that no active item cites."""
    cited = frozenset().union(*(group.of(_cited) for group in course.groups))
    if not cited:
        return
    for key, work in course.references.items():
        marks = str(work.get("keyword", "")).replace(",", " ").split()
        if key not in cited and not key.endswith(RECORD) and UNCITED not in marks:
            yield Hit(At(course.path, ("references",), on_key=True), f"no item cites '{key}' (at least 1)")


def _cited(group: Group) -> frozenset[str]:
    """The works that the items in use of a bank cite."""
    return frozenset(key for item in group.active for key in item.cites)
