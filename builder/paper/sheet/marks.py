"""What stands on an answer sheet: the marks to fill in, what is printed beside them, and the pages that hold both."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Literal, NamedTuple

if TYPE_CHECKING:
    from builder.paper.record import PartName, SectionName
    from builder.paper.sheet.table import Box

Kind = Literal["bubble", "box", "line"]
Role = Literal[
    "part",
    "how",
    "number",
    "line number",
    "value",
    "digit",
    "marker digit",
    "gap",
    "line gap",
    "correction",
    "other",
    "chosen",
    "continued",
    "unit",
    "candidate",
    "strip",
]
# What a mark is for: an answer, a digit of one, the number of the question that is answered, the candidate number, or the
# marks that a marker gives.
Use = Literal["answer", "digit", "chosen", "candidate", "marks"]


class Mark(NamedTuple):
    """What is filled in: a `bubble`, a `box` for one sign, or a `line` to write on.

    `question` is its number on the paper; -1, -2 and so on are the answers to questions that candidates choose, and 0
    is the candidate number. `value` is what a filled bubble says (a letter, a place, a digit, `true`, `false`), the
    number of a gap, or nothing. `part` is the letter of a part of a question, or nothing. `row` tells the rows of a
    question from each other: the number of a term, the letter of a step, the column of a digit from 1 on, or what a
    marker's digit is worth (1, 10, 100).
    """

    kind: Kind
    question: int
    value: str
    at: Box
    part: str = ""
    use: Use = "answer"
    row: str = ""


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
    """What the sheet needs to know of a question.

    `choices` are options, terms, steps or gaps, `responses` the letters that each term, or gap with words to choose from, may have; `lines` are those to
    write on; `unit` is printed after a number, whose grid has so many `columns` (0: a line alone). `most` is what a
    marker gives at most, in circles, with `halves` or without; 0 where no person marks.
    `under` is the part of the paper that it stands in, where that is another than its section; `part` the letter of a
    part of a question.
    """

    number: int
    section: SectionName
    choices: int
    lines: int
    unit: str = ""
    under: PartName | None = None
    part: str = ""
    responses: int = 0
    columns: int = 0
    most: float = 0
    halves: bool = False

    @property
    def stands_in(self) -> PartName:
        """The part of the paper that it stands in."""
        return self.under or self.section
