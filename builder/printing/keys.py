"""What is right, as a key shows it: a document for each kind of item."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal, NamedTuple

from builder.printing.number import NumericKey

if TYPE_CHECKING:
    from builder.printing.number import SolvedPoint
    from builder.printing.text import Line, Text


class SolvedOption(NamedTuple):
    """An option: what it says, whether it is right, and why."""

    text: Text
    right: bool
    why: Text


class McqKey(NamedTuple):
    """Options in printed order."""

    options: tuple[SolvedOption, ...]
    kind: Literal["mcq"] = "mcq"


class TrueFalseKey(NamedTuple):
    """Whether the statement is true, and what makes a false one true."""

    verdict: bool
    correction: Text
    kind: Literal["truefalse"] = "truefalse"


class SolvedPair(NamedTuple):
    """A term with the response that belongs to it, and the letter of that response."""

    term: Text
    letter: str
    text: Text


class SpareResponse(NamedTuple):
    """A response that belongs to no term; `place` is its place on the paper, from 1."""

    place: int
    text: Text


class MatchingKey(NamedTuple):
    """Every term with its response, and the responses left over."""

    pairs: tuple[SolvedPair, ...]
    spare: tuple[SpareResponse, ...]
    kind: Literal["matching"] = "matching"


class OrderingKey(NamedTuple):
    """Steps in the right order."""

    steps: tuple[Text, ...]
    kind: Literal["ordering"] = "ordering"


class ClozeKey(NamedTuple):
    """What was hidden, gap by gap, and what else is right in each; `letters` are those of the right words, if they have some."""

    gaps: tuple[Line, ...]
    accept: tuple[tuple[Text, ...], ...]
    letters: tuple[str, ...]
    kind: Literal["cloze"] = "cloze"


class OcclusionKey(NamedTuple):
    """The label of each box of the picture, and what else is right there; `letters` are as in a cloze."""

    labels: tuple[Text, ...]
    accept: tuple[tuple[Text, ...], ...]
    letters: tuple[str, ...]
    kind: Literal["occlusion"] = "occlusion"


class BasicKey(NamedTuple):
    """The answer, and other spellings of it."""

    answer: Text
    accept: tuple[Text, ...]
    kind: Literal["basic"] = "basic"


class ShortKey(NamedTuple):
    """What a short answer must say."""

    key_points: tuple[SolvedPoint, ...]
    kind: Literal["short"] = "short"


class RubricRow(NamedTuple):
    """A criterion: its marks, as the language writes them, and its levels from worst to best."""

    text: Text
    marks: str
    levels: tuple[Text, ...]


class EssayKey(NamedTuple):
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
