"""A drawn and ordered paper with its key, as plain data: the record that is saved as `quiz.json`.

The record holds all that a paper depends on beside the items themselves: seed,
versions, printed order, key, points, content hashes, and the edition. So every
file is made from it again, byte for byte, and a later marking never asks the
bank.
"""

from fractions import Fraction
from typing import TYPE_CHECKING, Annotated, Literal, Self, cast, get_args

from pydantic import (
    AfterValidator,
    BeforeValidator,
    ConfigDict,
    Field,
    WithJsonSchema,
    model_validator,
)
from pydantic_core import PydanticCustomError

from builder import __version__
from builder.model.fields import HALVES, MOST_DIGITS, Frozen, halves, plain
from builder.model.grades import Grades
from builder.model.numeric import NumericAnswer
from builder.model.scoring import RuleName, Scoring, Share
from builder.paper.brief import Brief
from builder.paper.mixing import rank

if TYPE_CHECKING:
    from builder.model import Item

# The sections of a paper in their order: quick choices first, long writing last.
SectionName = Literal[
    "mcq", "truefalse", "matching", "ordering", "cloze", "occlusion", "basic", "numeric", "short", "essay"
]
SECTIONS: tuple[SectionName, ...] = get_args(SectionName)
# The parts of a paper in their order: sections of one kind, and one for all questions on passages before long writing.
PartName = SectionName | Literal["passage"]
PARTS: tuple[PartName, ...] = (*SECTIONS[:-2], "passage", *SECTIONS[-2:])
_Kind = Literal[SectionName, "reversed"]

MOST_VERSIONS = 1000
MOST_STUDENTS = 20_000
USUAL_DIGITS = 8  # of a candidate number
MOST_ID, MOST_NAME = 64, 200  # characters: a QR code and a line hold no more
_Said = Annotated[str, Field(max_length=1000)]  # a line
_Told = Annotated[str, Field(max_length=20_000)]  # a page or two

Format = Literal["pdf", "docx", "html", "md"]
FORMATS: tuple[Format, ...] = get_args(Format)


class Edition(Brief):
    """How a paper is printed. `size` is that of the text, in points; from 18 on it is large print (RNIB, APH).

    `answers` are given on a `sheet` of their own, or `inline` below each
    question; `language` is that of the fixed strings. `digits` are those of the candidate number, which a sheet without
    a name has circles for; 0: none.
    """

    spared = ("digits",)

    paper: Literal["a4", "letter"] = "a4"
    font: Literal["serif", "hyperlegible"] = "serif"
    size: Literal[11, 18, 24] = 11
    columns: Literal[1, 2] = 1
    answers: Literal["sheet", "inline"] = "sheet"
    language: Annotated[str, Field(pattern=r"^[a-z]{2,3}$")] = "en"
    digits: Annotated[int, Field(ge=0, le=MOST_DIGITS)] = USUAL_DIGITS

    @model_validator(mode="after")
    def _room(self) -> Self:
        if (self.size, self.columns) == (24, 2):
            raise PydanticCustomError("no-room", "a column of large print of 24 points holds but two or three words")
        return self


Points = Annotated[
    int | float,
    BeforeValidator(halves),
    Field(ge=0.5, le=100_000),
    WithJsonSchema({**HALVES, "maximum": 100_000}),
]


class Rule(Scoring):
    """By which rule the marks of a question are given: `Scoring` with nothing left open."""

    rule: RuleName
    penalty: Share = Fraction(0)


class QuizItem(Brief):
    """One question of a paper.

    `order` is the printed order of what is shuffled: entry k is the index, in
    the bank, of what stands at place k (options of a choice, responses of a
    matching, steps of an ordering; empty where nothing is shuffled). `key` is
    the right answer as a marker reads it off the paper: letters for choice and
    matching, `true` or `false`, the place of each printed step, or the text.
    `lines` is the room for a written answer, in lines of handwriting. `numeric` is
    by what a number is marked (`builder.model.verdict`), and stands with a number alone. `values`
    are those that were drawn for this version, by name, where the item has some.

    `passage` is the id of the text that it is on. Questions that are parts of one have its number, and each its own
    letter: `number` 12 and `part` a.

    `scoring` is the rule by which its marks are given, where one is said.
    Where none is, a choice is right or wrong as a whole, each pair and each
    gap has its part of the marks, and so has each step that rightly follows
    the one before. `parts` are the marks of each entry of the key, where the
    author says them: those of key points and of criteria. `accept` has for
    each entry of the key, a text or those of gaps, what else is right there:
    key Paris, Seine, and accept (Lutetia), (). Answers are compared as `case`
    and `accents` of the item say. `letters` has for each gap the letters that
    are right there, where candidates choose from words: those words stand in
    `order`, with the letters A, B and so on. `theme`, `theory` and `bloom` are
    what the item is about, for results by each of them.
    """

    spared = (
        *("passage", "part", "numeric", "values", "scoring", "parts", "accept", "case", "accents"),
        *("letters", "theme", "theory", "bloom"),
    )

    number: Annotated[int, Field(ge=1)]
    part: Annotated[str, Field(pattern=r"^[a-z]?$")] = ""
    id: str
    kind: str
    passage: str = ""
    digest: Annotated[str, Field(pattern=r"^[0-9a-f]{16}$", description="content hash of the item when it was drawn")]
    points: Points
    order: tuple[int, ...] = ()
    key: tuple[str, ...]
    lines: Annotated[int, Field(ge=0)] = 0
    numeric: NumericAnswer | None = None
    values: Annotated[dict[str, Annotated[str, Field(max_length=200)]], Field(max_length=20)] = {}
    scoring: Rule | None = None
    parts: tuple[Points, ...] = ()
    accept: tuple[tuple[str, ...], ...] = ()
    case: bool = False
    accents: bool = True
    letters: tuple[Annotated[str, Field(pattern=r"^[A-Z]+$")], ...] = ()
    theme: str = ""
    theory: str = ""
    bloom: str = ""

    @property
    def section(self) -> SectionName:
        """How it is answered: as the questions of which section."""
        return _section_of(cast("_Kind", self.kind))

    @property
    def under(self) -> PartName:
        """The part of the paper that it stands in."""
        return "passage" if self.passage else self.section

    @property
    def signs(self) -> tuple[str, ...]:
        """What is right, as it is filled in on a sheet: the key, or at each gap the letters of words to choose from."""
        return self.letters or self.key

    def with_signs(self, signs: tuple[str, ...]) -> Self:
        """The question with something else right."""
        return self.model_copy(update={"letters" if self.letters else "key": signs})

    @property
    def label(self) -> str:
        """What it is called: `12`, or `12 (a)`."""
        return f"{self.number} ({self.part})" if self.part else str(self.number)


class Version(Frozen):
    """The questions in one printed order. Every version asks the same ones."""

    name: Annotated[str, Field(pattern=r"^[A-Z]{1,3}$")]
    items: Annotated[tuple[QuizItem, ...], Field(min_length=1, max_length=1000)]


class Student(Frozen):
    """Who gets a paper with a name on it, and in which version."""

    id: str
    name: str
    version: str


def _bounded(students: tuple[Student, ...]) -> tuple[Student, ...]:
    """Students whose ids and names fit a sheet, as those of a roster do."""
    if any(len(student.id) > MOST_ID or len(student.name) > MOST_NAME for student in students):
        raise PydanticCustomError(
            "too-long",
            "an id has at most {id} characters, a name {name}",
            {"id": MOST_ID, "name": MOST_NAME},
        )
    return students


class Quiz(Brief):
    """A paper in all its versions: what was drawn, in which order, what is right, and how it is printed.

    `name` is what the paper is called in the history; `heading` what it is
    called on the page; `choose` how many questions of a kind are answered, where
    not all are. `grades` is the scale of the course, `themes` and `theories` are
    the titles of what its items are about.
    """

    spared = ("grades", "themes", "theories")
    model_config = ConfigDict(validate_by_name=True)

    schema_: Literal["her-study/quiz/2"] = Field("her-study/quiz/2", alias="schema")
    tool: str = __version__
    course: str
    title: _Said
    seed: _Said
    name: _Said = "quiz"
    blueprint: str | None = None
    heading: _Said = ""
    minutes: Annotated[int, Field(ge=1, le=1000)] | None = None
    cover: _Told = ""
    instructions: _Told = ""
    choose: dict[str, Annotated[int, Field(ge=1)]] = {}
    edition: Edition = Edition()
    formats: Annotated[tuple[Format, ...], Field(min_length=1)] = ("pdf",)
    versions: Annotated[tuple[Version, ...], Field(min_length=1, max_length=MOST_VERSIONS)]
    students: Annotated[tuple[Student, ...], Field(max_length=MOST_STUDENTS), AfterValidator(_bounded)] = ()
    grades: Grades | None = None
    themes: dict[str, str] = {}
    theories: dict[str, str] = {}

    @property
    def items(self) -> tuple[QuizItem, ...]:
        """The questions as the first version prints them."""
        return self.versions[0].items

    @property
    def points(self) -> float:
        """The marks of the whole paper: of the questions that are to be answered."""
        return plain(sum(self.section_points(part) for part in PARTS))

    @property
    def questions(self) -> int:
        """How many questions the paper has: those of one number are one."""
        return max(item.number for item in self.items)

    def section_points(self, kind: str) -> float:
        """The marks of a part: where candidates choose, those of so many of its questions."""
        points = [item.points for item in self.items if item.under == kind]
        return plain(sum(points[: self.choose[kind]] if kind in self.choose else points))

    @property
    def identity(self) -> str:
        """Twelve hexadecimal digits that tell this paper from any other: what its sheets carry, for a reader."""
        said = [
            self.course,
            self.seed,
            *(repr((v.name, [_told(i) for i in v.items])) for v in self.versions),
        ]
        return rank(*said).hex()[:12]

    def version(self, name: str) -> Version:
        """The version of that name."""
        return next(version for version in self.versions if version.name == name)


def _told(item: QuizItem) -> tuple[object, ...]:
    """What tells a question of a version from that of another paper."""
    drawn = (sorted(item.values.items()),) if item.values else ()
    return (item.id, item.digest, item.order, *drawn)


def under(item: "Item") -> PartName:
    """The part of the paper that an item stands in."""
    return "passage" if item.passage else _section_of(item.kind)


def _section_of(kind: _Kind) -> SectionName:
    match kind:
        case "reversed":
            return "basic"
        case "mcq" | "truefalse" | "matching" | "ordering" | "cloze" | "occlusion":
            return kind
        case "basic" | "numeric" | "short" | "essay":
            return kind
