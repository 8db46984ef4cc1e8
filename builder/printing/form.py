"""One version of a quiz with what it takes to print it, and what all its files share: their head, and sections of questions.

The documents of this folder are frozen values that know no format: DOCX, HTML
and Markdown read them, and Typst gets them as JSON. A paper is made from the
record and the items that it names.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from itertools import groupby
from typing import TYPE_CHECKING, Generic, TypeVar

from builder.paper.variants import variant_of

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from builder.model import Course, Item
    from builder.model.fields import Image
    from builder.paper.record import Edition, Quiz, QuizItem, SectionName, Version
    from builder.printing.text import Text
    from builder.wording import Wording


@dataclass(frozen=True)
class Form:
    """One version of a quiz, with what it takes to print it."""

    course: Course
    quiz: Quiz
    version: Version

    @cached_property
    def words(self) -> Wording:
        """The fixed strings in the language of the edition: the course's own, if it brings some for that language."""
        return self.course.words_in(self.quiz.edition.language)

    @cached_property
    def pairs(self) -> list[tuple[QuizItem, Item]]:
        """The questions in print order, with their items, which have the values that were drawn for this version."""
        return [(entry, variant_of(self.course, entry)) for entry in self.version.items]

    @property
    def inline(self) -> bool:
        """Whether answers are written on the paper itself."""
        return self.quiz.edition.answers == "inline"


@dataclass(frozen=True, slots=True)
class Head:
    """What all files of a version say of it: titles, language, sums, fixed words, edition.

    `facts` are the sums in words; `number` is that of the questions, `total` that of the marks, as the language writes it.
    """

    words: Mapping[str, str]
    title: str
    heading: str
    language: str
    region: str | None
    course: str
    version: str
    seed: str
    identity: str
    facts: tuple[str, ...]
    number: int
    total: str
    edition: Edition


def head(form: Form) -> Head:
    """The head of a version's files."""
    quiz, words = form.quiz, form.words
    language, *subtags = form.course.language.split("-")
    facts = [words.counted(len(quiz.items), "question"), words.counted(quiz.points, "mark")]
    return Head(
        words=words.words,
        title=quiz.title,
        heading=quiz.heading or words["paper"],
        language=language,
        region=next((tag.upper() for tag in subtags if len(tag) == 2 and tag.isalpha()), None),  # noqa: PLR2004 - ISO 3166
        course=quiz.course,
        version=form.version.name,
        seed=quiz.seed,
        identity=quiz.identity,
        facts=(*facts, words["minutes"].format(quiz.minutes)) if quiz.minutes else tuple(facts),
        number=len(quiz.items),
        total=words.number(quiz.points),
        edition=quiz.edition,
    )


@dataclass(frozen=True, slots=True)
class Entry:
    """What every file shows of a question: its number, its marks in words, its prompt and its picture.

    `scoring` is the rule by which the marks are given, in words, where one is said.
    """

    number: int
    points: str
    scoring: str
    prompt: Text
    image: Image | None


E = TypeVar("E", bound=Entry)


@dataclass(frozen=True, slots=True)
class Section(Generic[E]):
    """A part of a paper or a key: `numbers` are those of its questions (3 to 7), `total` the marks, `size` both counts in words.

    `choose` says how many of its questions are answered, where that is not all of them; `scoring` is the rule by which
    the marks are given, where it is said for all questions of the part at once.
    """

    number: int
    kind: SectionName
    heading: str
    instruction: str
    choose: str
    numbers: str
    total: str
    size: str
    questions: tuple[E, ...]
    scoring: str = ""


def sections(form: Form, render: Callable[[QuizItem, Item], E]) -> tuple[Section[E], ...]:
    """The questions in their sections, each as `render` makes it."""
    words, out = form.words, []
    for number, (kind, group) in enumerate(groupby(form.pairs, key=lambda pair: pair[0].section), 1):
        pairs = list(group)
        points = form.quiz.section_points(kind)
        choose = form.quiz.choose.get(kind)
        out.append(
            Section(
                number=number,
                kind=kind,
                heading=words.part(number, kind),
                instruction=words.sections[kind]["inline" if form.inline else "sheet"],
                choose=words["choose"].format(choose, len(pairs)) if choose else "",
                numbers=_span([entry.number for entry, _ in pairs]),
                total=words.number(points),
                size=words["comma"].join((words.counted(len(pairs), "question"), words.counted(points, "mark"))),
                questions=tuple(render(entry, item) for entry, item in pairs),
            )
        )
    return tuple(out)


def _span(numbers: list[int]) -> str:
    return str(numbers[0]) if len(numbers) == 1 else f"{numbers[0]}\u2013{numbers[-1]}"
