"""A drawn and ordered paper with its key, as plain data: the record saved as `quiz.json`.

The record holds all that a paper depends on beside the items themselves, so
that every file is made from it again, byte for byte, and a later marking never
asks the bank: seed, versions, printed order, key, points, content hashes, and
the edition. Order is by rank, a hash of seed and text, and so the same on any
machine and under any Python.
"""

from __future__ import annotations

import hashlib
from math import ceil
from typing import TYPE_CHECKING, Annotated, Literal, Self, get_args

from pydantic import ConfigDict, Field, model_validator
from pydantic_core import PydanticCustomError

from builder import __version__
from builder.model.fields import Frozen
from builder.model.items import KINDS, Basic, Cloze, Essay, Item, Matching, Mcq, Ordering, Reversed, Short, TrueFalse
from builder.paper.sheet import LETTERS

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence


# The order of sections on a paper: quick choices first, long writing last.
SECTIONS = ("mcq", "truefalse", "matching", "ordering", "cloze", "basic", "short", "essay")
_SECTION_OF = {kind: kind for kind in KINDS} | {"reversed": "basic"}
SET_AS_WHOLE = (Mcq, TrueFalse, Basic, Reversed)  # right or wrong in one: a blueprint may set their marks

MOST_VERSIONS = 1000
_WORDS_A_LINE = 8  # of handwriting, on 16 cm
_LINES_A_MARK = 2  # where there is no word limit
_MOST_LINES = 75  # of a short answer: three pages; who needs more takes a sheet
_ESSAY_LINES = 48  # two pages, where there is no word limit
_MOST_ESSAY_LINES = 250


Format = Literal["pdf", "docx", "html", "md"]
FORMATS: tuple[Format, ...] = get_args(Format)


class Edition(Frozen):
    """How a paper is printed. `size` is that of the text, in points; from 18 on it is large print (RNIB, APH).

    `answers` are given on a `sheet` of their own, or `inline` below each
    question; `language` is that of the fixed strings.
    """

    paper: Literal["a4", "letter"] = "a4"
    font: Literal["serif", "hyperlegible"] = "serif"
    size: Literal[11, 18, 24] = 11
    columns: Literal[1, 2] = 1
    answers: Literal["sheet", "inline"] = "sheet"
    language: Literal["en", "de", "es", "fr"] = "en"

    @model_validator(mode="after")
    def _room(self) -> Self:
        if (self.size, self.columns) == (24, 2):
            raise PydanticCustomError("no-room", "a column of large print of 24 points holds but two or three words")
        return self


class QuizItem(Frozen):
    """One question of a paper.

    `order` is the printed order of what is shuffled: entry k is the index, in
    the bank, of what stands at place k (options of a choice, responses of a
    matching, steps of an ordering; empty where nothing is shuffled). `key` is
    the right answer as a marker reads it off the paper: letters for choice and
    matching, `true` or `false`, the place of each printed step, or the text.
    `lines` is the room for a written answer, in lines of handwriting.
    """

    number: Annotated[int, Field(ge=1)]
    id: str
    kind: str
    digest: Annotated[str, Field(pattern=r"^[0-9a-f]{16}$", description="content hash of the item when it was drawn")]
    points: Annotated[int, Field(ge=1, le=100_000)]
    order: tuple[int, ...] = ()
    key: tuple[str, ...]
    lines: Annotated[int, Field(ge=0)] = 0

    @property
    def section(self) -> str:
        """The section of the paper that it belongs to."""
        return _SECTION_OF[self.kind]


class Version(Frozen):
    """The questions in one printed order. Every version asks the same ones."""

    name: Annotated[str, Field(pattern=r"^[A-Z]{1,3}$")]
    items: Annotated[tuple[QuizItem, ...], Field(min_length=1, max_length=1000)]


class Student(Frozen):
    """Who gets a paper with a name on it, and in which version."""

    id: str
    name: str
    version: str


class Quiz(Frozen):
    """A paper in all its versions: what was drawn, in which order, what is right, and how it is printed.

    `name` is what the paper is called in the history; `heading` what it is
    called on the page; `choose` how many questions of a kind are answered, where
    not all are.
    """

    model_config = ConfigDict(validate_by_name=True)

    schema_: Literal["her-study/quiz/2"] = Field("her-study/quiz/2", alias="schema")
    tool: str = __version__
    course: str
    title: str
    seed: str
    name: str = "quiz"
    blueprint: str | None = None
    heading: str = ""
    minutes: Annotated[int, Field(ge=1, le=1000)] | None = None
    cover: str = ""
    instructions: str = ""
    choose: dict[str, Annotated[int, Field(ge=1)]] = {}
    edition: Edition = Edition()
    formats: Annotated[tuple[Format, ...], Field(min_length=1)] = ("pdf",)
    versions: Annotated[tuple[Version, ...], Field(min_length=1, max_length=MOST_VERSIONS)]
    students: tuple[Student, ...] = ()

    @property
    def items(self) -> tuple[QuizItem, ...]:
        """The questions as the first version prints them."""
        return self.versions[0].items

    @property
    def points(self) -> int:
        """The marks of the whole paper: of the questions that are to be answered."""
        return sum(self.section_points(kind) for kind in SECTIONS)

    def section_points(self, kind: str) -> int:
        """The marks of a section: where candidates choose, those of so many of its questions."""
        points = [item.points for item in self.items if item.section == kind]
        return sum(points[: self.choose[kind]] if kind in self.choose else points)

    @property
    def identity(self) -> str:
        """Twelve hexadecimal digits that tell this paper from any other: what its sheets carry, for a reader."""
        said = [
            self.course,
            self.seed,
            *(repr((v.name, [(i.id, i.digest, i.order) for i in v.items])) for v in self.versions),
        ]
        return rank(*said).hex()[:12]

    def version(self, name: str) -> Version:
        """The version of that name."""
        return next(version for version in self.versions if version.name == name)


def version_name(number: int) -> str:
    """The name of version `number`, from 0: A to Z, then AA, AB and so on."""
    name = ""
    number += 1
    while number:
        number, letter = divmod(number - 1, len(LETTERS))
        name = LETTERS[letter] + name
    return name


def rank(*parts: str) -> bytes:
    """A place in a fixed, even shuffle: SHA-256 over the parts."""
    return hashlib.sha256("\0".join(parts).encode("utf-8", "surrogatepass")).digest()


def arrange(items: Iterable[Item], name: str, *seed: str, points: Mapping[str, int] | None = None) -> Version:
    """The version `name` of the paper of these items: in sections, each in the rank order of seed and version.

    `points` are the marks of kinds that are right or wrong as a whole, where they are not the items' own.
    """
    ordered = sorted(items, key=lambda item: (SECTIONS.index(section(item)), rank(*seed, name, item.id)))
    return Version(
        name=name, items=tuple(_entry(item, n, (*seed, name), points or {}) for n, item in enumerate(ordered, 1))
    )


def worth(item: Item, points: Mapping[str, int]) -> int:
    """The marks of an item on a paper that sets `points` by kind."""
    return points.get(item.kind, item.points) if isinstance(item, SET_AS_WHOLE) else item.points


def section(item: Item) -> str:
    """The section of the paper that an item belongs to."""
    return _SECTION_OF[item.kind]


def _entry(item: Item, number: int, seed: Sequence[str], points: Mapping[str, int]) -> QuizItem:
    order = shuffled(item, *seed)
    return QuizItem(
        number=number,
        id=item.id,
        kind=item.kind,
        digest=item.digest,
        points=worth(item, points),
        order=order,
        key=key_of(item, order),
        lines=lines_of(item),
    )


def lines_of(item: Item) -> int:
    """The room for a written answer, in lines of handwriting."""
    match item:
        case Short():
            return min(ceil(item.words / _WORDS_A_LINE) if item.words else _LINES_A_MARK * item.points, _MOST_LINES)
        case Essay():
            return min(ceil(item.words / _WORDS_A_LINE) if item.words else _ESSAY_LINES, _MOST_ESSAY_LINES)
        case Basic() | Reversed():
            return 1
        case Cloze():
            return len(item.blanks)
    return 0


def shuffled(item: Item, *seed: str) -> tuple[int, ...]:
    """The printed order of an item's options, responses or steps: entry k is the index of what stands at k.

    Pinned options keep to their end, numbers stay in the author's order, and
    an ordering is never printed solved.
    """
    match item:
        case Mcq():
            if item.is_ordered:
                return tuple(range(len(item.options)))
            ends = {"first": 0, None: 1, "last": 2}
            return _by_rank([o.text for o in item.options], item.id, *seed, ends=[ends[o.pin] for o in item.options])
        case Matching():
            return _by_rank(item.responses, item.id, *seed)
        case Ordering():
            order = _by_rank(item.sequence, item.id, *seed)
            return order if order != tuple(sorted(order)) else (*order[1:], order[0])
    return ()


def _by_rank(texts: Sequence[str], *seed: str, ends: Sequence[int] | None = None) -> tuple[int, ...]:
    # Ranked by text, so that the order of the options in the bank does not matter; equal texts by place.
    return tuple(sorted(range(len(texts)), key=lambda i: (ends[i] if ends else 0, rank(*seed, texts[i]), i)))


def key_of(item: Item, order: Sequence[int]) -> tuple[str, ...]:
    """The right answer as a marker reads it off the paper, where `order` is the printed one: see `QuizItem`."""
    match item:
        case Mcq():
            return tuple(LETTERS[place] for place, i in enumerate(order) if item.options[i].is_right)
        case TrueFalse():
            return ("true" if item.answer else "false",)
        case Matching():
            return tuple(LETTERS[order.index(i)] for i in range(len(item.pairs)))
        case Ordering():
            return tuple(str(i + 1) for i in order)
        case Cloze():
            return tuple(blank.text for blank in item.blanks)
        case Short():
            return tuple(point.point for point in item.key_points)
        case Essay():
            return tuple(row.criterion for row in item.rubric)
    return (item.answer,)
