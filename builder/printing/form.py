"""One version of a quiz with what it takes to print it, and what all its files share: their head, and sections of questions.

The documents of this folder are frozen values that know no format: DOCX, HTML
and Markdown read them, and Typst gets them as JSON. A paper is made from the
record and the items that it names.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import cached_property
from itertools import groupby
from typing import TYPE_CHECKING, Generic, NamedTuple, TypeVar

from builder.model.fields import plain
from builder.paper.variants import variant_of
from builder.printing.text import read_passage

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence

    from builder.model import Course, Item, Passage
    from builder.model.fields import Image
    from builder.paper.record import Edition, PartName, Quiz, QuizItem, Version
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
        """The questions in print order, with their items, which have the values that were drawn for this version.

        Words to choose from have letters where these are filled in on a sheet, and none on a paper that is written on.
        """
        entries = self.version.items
        if self.inline:
            entries = tuple(it.model_copy(update={"letters": ()}) if it.letters else it for it in entries)
        return [(entry, variant_of(self.course, entry)) for entry in entries]

    def instruction(self, section: PartName, asked: Sequence[QuizItem]) -> str:
        """How questions of a section are answered: by writing, by filling in the letters of words, or some by each."""
        usual = self.words.sections[section]["inline" if self.inline else "sheet"]
        lettered = [bool(entry.letters) for entry in asked]
        if not any(lettered):
            return usual
        return self.words["word_letters"] if all(lettered) else f"{usual} {self.words['word_letters']}"

    @property
    def inline(self) -> bool:
        """Whether answers are written on the paper itself."""
        return self.quiz.edition.answers == "inline"


class Head(NamedTuple):
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
    facts = [words.counted(quiz.questions, "question"), words.counted(quiz.points, "mark")]
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
        number=quiz.questions,
        total=words.number(quiz.points),
        edition=quiz.edition,
    )


class Reading(NamedTuple):
    """A passage as it stands before the first of its questions.

    `label` is the number of a question whose parts are on it, else empty; `note` says which questions are on it. A key
    has its title alone: it shows neither note nor text.
    """

    label: str
    title: str
    note: str
    text: Text


@dataclass(frozen=True, slots=True)
class Entry:
    """What every file shows of a question: its number, its marks in words, its prompt and its picture.

    `label` stands where the number does: `12`, or `(a)` for a part of a question. `reading` is the passage that
    stands before the question. `scoring` is the rule by which the marks are given, in words, where one is said.
    """

    number: int
    label: str
    reading: Reading | None
    points: str
    scoring: str
    prompt: Text
    image: Image | None


E = TypeVar("E", bound=Entry)


class Section(NamedTuple, Generic[E]):
    """A part of a paper or a key: `numbers` are those of its questions (3 to 7), `total` the marks, `size` both counts in words.

    `choose` says how many of its questions are answered, where that is not all of them; `scoring` is the rule by which
    the marks are given, where it is said for all questions of the part at once.
    """

    number: int
    kind: PartName
    heading: str
    instruction: str
    choose: str
    numbers: str
    total: str
    size: str
    questions: tuple[E, ...]
    scoring: str = ""


def sections(
    form: Form,
    render: Callable[[QuizItem, Item], E],
    *,
    is_paper: bool = False,
    wanted: Callable[[QuizItem], bool] = lambda _: True,
) -> tuple[Section[E], ...]:
    """The `wanted` questions in their parts, each as `render` makes it; a paper has the texts of passages too."""
    words, out = form.words, []
    for number, (kind, group) in enumerate(groupby(form.pairs, key=lambda pair: pair[0].under), 1):
        pairs = [(entry, item) for entry, item in group if wanted(entry)]
        if not pairs:
            continue
        points = form.quiz.section_points(kind) if kind != "passage" else plain(sum(e.points for e, _ in pairs))
        choose = form.quiz.choose.get(kind)
        questions = len({entry.number for entry, _ in pairs})
        out.append(
            Section(
                number=number,
                kind=kind,
                heading=words.part(number, kind),
                instruction=form.instruction(kind, [entry for entry, _ in pairs] if kind != "passage" else ()),
                choose=words["choose"].format(choose, len(pairs)) if choose else "",
                numbers=_span([entry.number for entry, _ in pairs]),
                total=words.number(points),
                size=words["comma"].join((words.counted(questions, "question"), words.counted(points, "mark"))),
                questions=tuple(_rendered(form, pairs, render, is_paper=is_paper)),
            )
        )
    return tuple(out)


def _rendered(
    form: Form, pairs: list[tuple[QuizItem, Item]], render: Callable[[QuizItem, Item], E], *, is_paper: bool
) -> Iterator[E]:
    """The questions of a part, the first one on each passage with that passage."""
    before = ""
    for entry, item in pairs:
        made = render(entry, item)
        if item.passage and entry.passage != before:
            made = replace(made, reading=_reading(form, entry, item.passage, is_paper=is_paper))
        before = entry.passage
        yield made


def _reading(form: Form, first: QuizItem, passage: Passage, *, is_paper: bool) -> Reading | None:
    words, label, title = form.words, str(first.number) if first.part else "", passage.title or ""
    if not is_paper:
        return Reading(label, title, "", ()) if label or title else None
    last = max(entry.number for entry in form.version.items if entry.passage == first.passage)
    note = words["on_texts"].format(first.number, last) if last > first.number else words["on_text"].format(last)
    return Reading(label, title, "" if label else note, read_passage(passage, form.course.language))


def _span(numbers: list[int]) -> str:
    return str(numbers[0]) if len(numbers) == 1 else f"{numbers[0]}\u2013{numbers[-1]}"
