"""What is right, as a key shows it: a document for each kind of item."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from builder.printing.number import NumericKey

if TYPE_CHECKING:
    from builder.printing.number import SolvedPoint
    from builder.printing.text import Line, Text


@dataclass(frozen=True, slots=True)
class SolvedOption:
    """An option: what it says, whether it is right, and why."""

    text: Text
    right: bool
    why: Text


@dataclass(frozen=True, slots=True)
class McqKey:
    """Options in printed order."""

    options: tuple[SolvedOption, ...]
    kind: Literal["mcq"] = "mcq"


@dataclass(frozen=True, slots=True)
class TrueFalseKey:
    """Whether the statement is true, and what makes a false one true."""

    verdict: bool
    correction: Text
    kind: Literal["truefalse"] = "truefalse"


@dataclass(frozen=True, slots=True)
class SolvedPair:
    """A term with the response that belongs to it, and the letter of that response."""

    term: Text
    letter: str
    text: Text


@dataclass(frozen=True, slots=True)
class SpareResponse:
    """A response that belongs to no term; `place` is its place on the paper, from 1."""

    place: int
    text: Text


@dataclass(frozen=True, slots=True)
class MatchingKey:
    """Every term with its response, and the responses left over."""

    pairs: tuple[SolvedPair, ...]
    spare: tuple[SpareResponse, ...]
    kind: Literal["matching"] = "matching"


@dataclass(frozen=True, slots=True)
class OrderingKey:
    """Steps in the right order."""

    steps: tuple[Text, ...]
    kind: Literal["ordering"] = "ordering"


@dataclass(frozen=True, slots=True)
class ClozeKey:
    """What was hidden, gap by gap, and what else is right in each; `letters` are those of the right words, if they have some."""

    gaps: tuple[Line, ...]
    accept: tuple[tuple[Text, ...], ...]
    letters: tuple[str, ...]
    kind: Literal["cloze"] = "cloze"


@dataclass(frozen=True, slots=True)
class OcclusionKey:
    """The label of each box of the picture, and what else is right there; `letters` are as in a cloze."""

    labels: tuple[Text, ...]
    accept: tuple[tuple[Text, ...], ...]
    letters: tuple[str, ...]
    kind: Literal["occlusion"] = "occlusion"


@dataclass(frozen=True, slots=True)
class BasicKey:
    """The answer, and other spellings of it."""

    answer: Text
    accept: tuple[Text, ...]
    kind: Literal["basic"] = "basic"


@dataclass(frozen=True, slots=True)
class ShortKey:
    """What a short answer must say."""

    key_points: tuple[SolvedPoint, ...]
    kind: Literal["short"] = "short"


@dataclass(frozen=True, slots=True)
class RubricRow:
    """A criterion: its marks, as the language writes them, and its levels from worst to best."""

    text: Text
    marks: str
    levels: tuple[Text, ...]


@dataclass(frozen=True, slots=True)
class EssayKey:
    """The rubric by which an essay is marked."""

    rubric: tuple[RubricRow, ...]
    kind: Literal["essay"] = "essay"


Key = (
    McqKey
    | TrueFalseKey
    | MatchingKey
    | OrderingKey
    | ClozeKey
    | OcclusionKey
    | BasicKey
    | NumericKey
    | ShortKey
    | EssayKey
)
