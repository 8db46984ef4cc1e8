"""What stands on an answer sheet: the marks to fill in, what is printed beside them, and the pages that hold both."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Literal, NamedTuple

if TYPE_CHECKING:
    from builder.paper.record import PartName, SectionName
    from builder.paper.sheet.table import Box

Kind = Literal["bubble", "box", "line"]
Role = Literal[
    "part", "how", "number", "line number", "value", "gap", "line gap", "correction", "chosen", "continued", "unit"
]


class Mark(NamedTuple):
    """What a candidate fills in: a `bubble`, a `box` for one sign, or a `line` to write on.

    `question` is its number on the paper, or 0 for the box that says which
    question is answered; `value` what a filled bubble says (a letter, `true`,
    `false`), the letter or number of a box or gap, or nothing. `part` is the letter of a part of a question, or nothing.
    """

    kind: Kind
    question: int
    value: str
    at: Box
    part: str = ""


class Label(NamedTuple):
    """What is printed beside the marks: `role` says what, `text` which, `at` where.

    Numbers and gaps stand halfway up their box beside circles and boxes, and at
    its foot where they head a `line`.
    """

    role: Role
    text: str
    at: Box


@dataclass(slots=True)
class Page:
    """One page of the sheet."""

    number: int
    marks: list[Mark] = field(default_factory=list)
    labels: list[Label] = field(default_factory=list)


class Entry(NamedTuple):
    """What the sheet needs to know of a question: its number, section, choices or boxes, lines, and printed unit.

    `under` is the part of the paper that it stands in, where that is another than its section; `part` the letter of a
    part of a question.
    """

    number: int
    section: SectionName
    choices: int  # options, boxes or gaps
    lines: int
    unit: str = ""
    under: PartName | None = None
    part: str = ""

    @property
    def stands_in(self) -> PartName:
        """The part of the paper that it stands in."""
        return self.under or self.section
