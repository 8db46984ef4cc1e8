"""The eleven kinds of item that a bank holds.

The revised Bloom levels are Anderson and Krathwohl's (2001); `difficulty` is
the author's judgement from 1 (easy) to 3. Kinds are named as Anki's users and
QTI 3.0 name them: choice, match, order, text entry, extended text; a number as Moodle does.
"""

from typing import Annotated, Literal, Self, get_args

from pydantic import Field, model_validator
from pydantic_core import PydanticCustomError

from builder.model.base import ItemBase
from builder.model.choices import Mcq, TrueFalse
from builder.model.fields import LETTERS, Count, Flag, Prose, Retired, Text, WordBank, plain, refuse_twins
from builder.model.numeric import NumericAnswer
from builder.model.occlusion import Occlusion
from builder.model.option import Option
from builder.model.scoring import Criterion, KeyPoint, Scored
from builder.text import cloze

__all__ = [
    "KINDS",
    "LETTERS",
    "Basic",
    "Cloze",
    "Criterion",
    "Essay",
    "Item",
    "ItemBase",
    "KeyPoint",
    "Matching",
    "Mcq",
    "Numeric",
    "Occlusion",
    "Option",
    "Ordering",
    "Retired",
    "Reversed",
    "Short",
    "TrueFalse",
    "kind_of",
]


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
    """A sentence with hidden parts, `{{c1::hidden}}` or `{{c1::hidden::hint}}`; a card for each number.

    `accept` lists other texts that are right, by the number of the blank: `{c1: [Ted]}`. With `word_bank: true` a
    paper prints the hidden words to choose from, in any order, or with a list these further words among them. Where
    answers are given on a sheet, up to 26 words have letters, and each gap a row of circles.
    """

    kind: Literal["cloze"]
    accept: dict[
        Annotated[str, Field(pattern=r"^c[1-9]\d{0,2}$")], Annotated[tuple[Prose, ...], Field(min_length=1)]
    ] = Field(default_factory=dict)
    word_bank: WordBank = None

    @model_validator(mode="after")
    def _syntax(self) -> Self:
        problem = cloze.problem(self.prompt)
        if problem:
            raise PydanticCustomError("cloze-syntax", "{problem}", {"problem": problem, "key": "prompt"})
        return self

    @model_validator(mode="after")
    def _gaps(self) -> Self:
        """Other texts belong to one blank each, and further words are none of the hidden ones."""
        hidden: dict[str, list[str]] = {}
        for blank in self.blanks:
            hidden.setdefault(f"c{blank.number}", []).append(blank.text)
        for key, others in self.accept.items():
            if len(hidden.get(key, ())) != 1:
                message = "'{gap}' has {blanks} blanks, and other texts are those of one"
                told = {"gap": key, "blanks": len(hidden.get(key, ())), "keys": ("accept", key)}
                raise PydanticCustomError("no-such-blank", message, told)
            refuse_twins([*hidden[key], *others], "accept")
        if self.word_bank:
            refuse_twins([*dict.fromkeys(blank.text for blank in self.blanks), *self.word_bank], "word_bank")
        return self

    @property
    def blanks(self) -> tuple[cloze.Blank, ...]:
        """The hidden parts in the order of the text."""
        return tuple(part for part in cloze.pieces(self.prompt) if isinstance(part, cloze.Blank))

    @property
    def accepted(self) -> tuple[tuple[str, ...], ...]:
        """For each blank, in the order of the text, what else is right there."""
        return tuple(self.accept.get(f"c{blank.number}", ()) for blank in self.blanks)

    @property
    def words(self) -> tuple[str, ...]:
        """What a paper prints to choose from: the hidden texts in the order of the text, then the further words, or nothing."""
        return () if self.word_bank is None else (*(blank.text for blank in self.blanks), *self.word_bank)

    @property
    def usual_marks(self) -> float:
        """One for each blank."""
        return len(self.blanks)


class Matching(Scored, ItemBase):
    """Pairs to match, and spare responses (`distractors`) that match nothing.

    Several terms may have one response: then the responses are classes, to which terms are assigned.
    """

    kind: Literal["matching"]
    pairs: Annotated[tuple[tuple[Prose, Prose], ...], Field(min_length=2, max_length=len(LETTERS))]
    distractors: tuple[Prose, ...] = ()

    @property
    def responses(self) -> tuple[str, ...]:
        """Every response once, those of the pairs first."""
        return (*dict.fromkeys(right for _, right in self.pairs), *self.distractors)

    @property
    def targets(self) -> tuple[int, ...]:
        """For each pair the place of its response in `responses`: whale, bat, cod as mammal, mammal, fish is (0, 0, 1)."""
        place = {text: i for i, text in enumerate(dict.fromkeys(right for _, right in self.pairs))}
        return tuple(place[right] for _, right in self.pairs)

    @property
    def has_classes(self) -> bool:
        """Whether a response belongs to more than one term."""
        return len(set(self.targets)) < len(self.pairs)

    @model_validator(mode="after")
    def _distinct(self) -> Self:
        if len(self.responses) > len(LETTERS):
            message = "pairs and distractors make {given} responses, more than the {most} letters"
            raise PydanticCustomError(
                "too-many", message, {"given": len(self.responses), "most": len(LETTERS), "key": "distractors"}
            )
        refuse_twins([left for left, _ in self.pairs], "pairs")
        refuse_twins(self.responses, "distractors")
        if len(self.responses) == 1:
            message = "all terms have the one response '{text}'"
            raise PydanticCustomError("lone-response", message, {"text": self.responses[0], "key": "pairs"})
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


class Numeric(ItemBase, NumericAnswer):
    """A number, typed or written on a line, with a tolerance, a unit, and other answers for a part of the marks."""

    kind: Literal["numeric"]


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
    Basic | Reversed | Cloze | Occlusion | Mcq | TrueFalse | Matching | Ordering | Numeric | Short | Essay,
    Field(discriminator="kind"),
]


def kind_of(model: type[ItemBase]) -> str:
    """The `kind:` of the items of a class."""
    return str(*get_args(model.model_fields["kind"].annotation))


_UNION, _ = get_args(Item)
KINDS = tuple(map(kind_of, get_args(_UNION)))
