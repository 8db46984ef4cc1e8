"""The ten kinds of item that a bank holds.

The revised Bloom levels are Anderson and Krathwohl's (2001); `difficulty` is
the author's judgement from 1 (easy) to 3. Kinds are named as Anki's users and
QTI 3.0 name them: choice, match, order, text entry, extended text; a number as Moodle does.
"""

from __future__ import annotations

import hashlib
import json
from typing import Annotated, Literal, Self, get_args

from pydantic import Field, model_validator
from pydantic_core import PydanticCustomError

from builder.model.fields import (
    Aside,
    Audio,
    Bloom,
    CiteKey,
    Count,
    Difficulty,
    Flag,
    Frozen,
    Image,
    LocatorPath,
    Marks,
    Prose,
    Retired,
    Slug,
    Text,
    plain,
    refuse_twins,
)
from builder.model.numeric import NumericAnswer
from builder.model.option import Option
from builder.model.scoring import Criterion, KeyPoint, Scored, Sort
from builder.text import cloze

LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"  # what a paper names options, responses and steps by


class ItemBase(Frozen):
    """What every kind of item has. `id` is its identity for ever, never derived from the text."""

    id: Slug
    prompt: Prose
    explanation: Aside = ""
    theme: Slug | None = None
    theory: Slug | None = None
    bloom: Bloom | None = None
    difficulty: Difficulty | None = None
    basis: Slug | None = None
    locator: tuple[LocatorPath, ...] = ()
    cites: tuple[CiteKey, ...] = ()
    tags: tuple[Slug, ...] = ()
    marks: Marks | None = None
    image: Image | None = None
    audio: Audio | None = None
    math: Flag = False
    group: Slug | None = None
    contrast: Slug | None = None
    enemies: tuple[Slug, ...] = ()
    allow: dict[str, Text] = Field(default_factory=dict)  # a plain {} would be deep-copied for every item
    retired: Retired | None = None

    @property
    def points(self) -> float:
        """Marks on a paper: the author's, or one for each thing that can be right or wrong."""
        return self.marks or self.usual_marks

    @property
    def usual_marks(self) -> float:
        """What this kind is worth where the author says nothing."""
        return 1

    @property
    def digest(self) -> str:
        """Content hash: 16 hexadecimal digits over every field that is not at its default."""
        content = self.model_dump(mode="json", exclude_defaults=True)
        text = json.dumps(content, sort_keys=True, ensure_ascii=False, separators=(",", ":"))
        return hashlib.sha256(text.encode()).hexdigest()[:16]


class Basic(ItemBase):
    """A question and a short answer; `accept` lists other spellings where the answer is typed.

    With `case: true` capitals count in a typed answer, with `accents: false` accents don't.
    """

    kind: Literal["basic"]
    answer: Prose
    accept: tuple[Text, ...] = ()
    case: Flag = False
    accents: Flag = True


class Reversed(ItemBase):
    """Two cards: prompt to answer, and a prompt of its own for the way back; typed answers are as in `basic`."""

    kind: Literal["reversed"]
    answer: Prose
    reverse_prompt: Prose
    reverse_answer: Prose
    accept: tuple[Text, ...] = ()
    case: Flag = False
    accents: Flag = True


class Cloze(Scored, ItemBase):
    """A sentence with hidden parts, `{{c1::hidden}}` or `{{c1::hidden::hint}}`; a card for each number."""

    kind: Literal["cloze"]

    @model_validator(mode="after")
    def _syntax(self) -> Self:
        problem = cloze.problem(self.prompt)
        if problem:
            raise PydanticCustomError("cloze-syntax", "{problem}", {"problem": problem, "key": "prompt"})
        return self

    @property
    def blanks(self) -> tuple[cloze.Blank, ...]:
        """The hidden parts in the order of the text."""
        return tuple(part for part in cloze.pieces(self.prompt) if isinstance(part, cloze.Blank))

    @property
    def usual_marks(self) -> float:
        """One for each blank."""
        return len(self.blanks)


class Mcq(Scored, ItemBase):
    """Multiple choice: one right option, or several with `multiple: true`. Any order; shuffled by a seed."""

    kind: Literal["mcq"]
    options: Annotated[tuple[Option, ...], Field(min_length=2, max_length=len(LETTERS))]
    multiple: Flag = False

    @model_validator(mode="after")
    def _key(self) -> Self:
        right = sum(option.is_right for option in self.options)
        if not right:
            raise PydanticCustomError("no-right-option", "no option is 'right:'", {"key": "options"})
        if right > 1 and not self.multiple:
            raise PydanticCustomError(
                "several-right-options",
                "{right} options are 'right:' (say 'multiple: true' if that is meant)",
                {"right": right, "key": "options"},
            )
        return self

    @property
    def sort(self) -> Sort:
        """A choice of one, or of several."""
        return "multiple" if self.multiple else "mcq"

    @property
    def is_ordered(self) -> bool:
        """Whether the options are numbers, which stay in the author's order (NBME 2020; rule M13)."""
        return all(option.text.replace(",", "").replace(".", "").isdigit() for option in self.options)


class Numeric(ItemBase, NumericAnswer):
    """A number, typed or written on a line, with a tolerance, a unit, and other answers for a part of the marks."""

    kind: Literal["numeric"]


class TrueFalse(Scored, ItemBase):
    """A statement; a false one carries the `correction` that makes it true."""

    kind: Literal["truefalse"]
    answer: Flag
    correction: Aside = ""

    @property
    def usual_marks(self) -> float:
        """One for the verdict, one for the correction: papers ask for both."""
        return 2


class Matching(Scored, ItemBase):
    """Pairs to match, and spare responses (`distractors`) that match nothing."""

    kind: Literal["matching"]
    pairs: Annotated[tuple[tuple[Prose, Prose], ...], Field(min_length=2, max_length=len(LETTERS))]
    distractors: tuple[Prose, ...] = ()

    @property
    def responses(self) -> tuple[str, ...]:
        """Every response, those of the pairs first."""
        return (*(right for _, right in self.pairs), *self.distractors)

    @model_validator(mode="after")
    def _distinct(self) -> Self:
        if len(self.responses) > len(LETTERS):
            message = "pairs and distractors make {given} responses, more than the {most} letters"
            raise PydanticCustomError(
                "too-many", message, {"given": len(self.responses), "most": len(LETTERS), "key": "distractors"}
            )
        refuse_twins([left for left, _ in self.pairs], "pairs")
        refuse_twins(self.responses, "distractors" if self.distractors else "pairs")
        return self

    @property
    def usual_marks(self) -> float:
        """One for each pair."""
        return len(self.pairs)


class Ordering(Scored, ItemBase):
    """Steps to be put in order; `sequence` is the right one."""

    kind: Literal["ordering"]
    sequence: Annotated[tuple[Prose, ...], Field(min_length=2, max_length=len(LETTERS))]

    @model_validator(mode="after")
    def _distinct(self) -> Self:
        refuse_twins(self.sequence, "sequence")
        return self

    @property
    def usual_marks(self) -> float:
        """One for each pair of neighbours that can be right."""
        return len(self.sequence) - 1


class Short(ItemBase):
    """A short written answer, marked by key points; `words` is the limit."""

    kind: Literal["short"]
    key_points: Annotated[tuple[KeyPoint, ...], Field(min_length=1)]
    words: Count | None = None

    @property
    def usual_marks(self) -> float:
        """The sum of its key points."""
        return plain(sum(point.marks for point in self.key_points))


class Essay(ItemBase):
    """A long written answer, marked by a rubric; `words` is the limit."""

    kind: Literal["essay"]
    rubric: Annotated[tuple[Criterion, ...], Field(min_length=1)]
    words: Count | None = None

    @property
    def usual_marks(self) -> float:
        """The sum of its criteria."""
        return plain(sum(row.marks for row in self.rubric))


Item = Annotated[
    Basic | Reversed | Cloze | Mcq | TrueFalse | Matching | Ordering | Numeric | Short | Essay,
    Field(discriminator="kind"),
]


def kind_of(model: type[ItemBase]) -> str:
    """The `kind:` of the items of a class."""
    return str(*get_args(model.model_fields["kind"].annotation))


_UNION, _ = get_args(Item)
KINDS = tuple(map(kind_of, get_args(_UNION)))
