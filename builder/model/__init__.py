"""What a course is made of: frozen, and free of YAML, HTML and places.

The models say what is allowed; whatever is left over is a typo. They are the
source of the published JSON Schemas (`builder.schemas`).

Their modules have no `from __future__ import annotations`: pydantic would compile
each annotation from its text, which is an eighth of the time that the models take to load.
"""

from builder.model.blueprint import Blueprint, Filter, Row
from builder.model.course import (
    AnkiDeck,
    Bank,
    Course,
    CourseFile,
    LintOptions,
    Outline,
    Paragraph,
    Place,
    Section,
    Source,
    Trap,
    Traps,
)
from builder.model.history import GivenPaper, History
from builder.model.items import (
    KINDS,
    Basic,
    Cloze,
    Essay,
    Item,
    ItemBase,
    Matching,
    Mcq,
    Numeric,
    Occlusion,
    Ordering,
    Reversed,
    Short,
    TrueFalse,
    kind_of,
)
from builder.model.lock import Lock, LockedItem, LockedNoteType, ReleasedNote
from builder.model.numeric import NumericAnswer
from builder.model.option import Option
from builder.model.own_rule import OwnRule
from builder.model.passage import Passage
from builder.model.specification import Specification

__all__ = [
    "KINDS",
    "AnkiDeck",
    "Bank",
    "Basic",
    "Blueprint",
    "Cloze",
    "Course",
    "CourseFile",
    "Essay",
    "Filter",
    "GivenPaper",
    "History",
    "Item",
    "ItemBase",
    "LintOptions",
    "Lock",
    "LockedItem",
    "LockedNoteType",
    "Matching",
    "Mcq",
    "Numeric",
    "NumericAnswer",
    "Occlusion",
    "Option",
    "Ordering",
    "Outline",
    "OwnRule",
    "Paragraph",
    "Passage",
    "Place",
    "ReleasedNote",
    "Reversed",
    "Row",
    "Section",
    "Short",
    "Source",
    "Specification",
    "Trap",
    "Traps",
    "TrueFalse",
    "kind_of",
]
