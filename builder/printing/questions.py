"""What a paper prints: its head, its texts, and each question with what the candidate answers it with."""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import partial
from typing import TYPE_CHECKING, Literal, NamedTuple

from builder.model import Basic, Cloze, Essay, Matching, Mcq, Numeric, Occlusion, Ordering, Reversed, Short, TrueFalse
from builder.model.fields import LETTERS
from builder.paper import numbers
from builder.printing.figure import shown
from builder.printing.form import Entry, head, sections
from builder.printing.rules import rule_in_words, said_once
from builder.printing.text import fixed, gapped, heard, hidden, on_one_line, read, read_number
from builder.text.tree import Run

if TYPE_CHECKING:
    from builder.model import Item
    from builder.paper.record import QuizItem
    from builder.printing.form import Form, Head, Section
    from builder.printing.text import Line, Node, Text
    from builder.wording import Wording


class McqTask(NamedTuple):
    """Options in printed order. Of `several` that may be right, `note` says how many are to be chosen."""

    options: tuple[Text, ...]
    several: bool
    note: str
    kind: Literal["mcq"] = "mcq"


class TrueFalseTask(NamedTuple):
    """A verdict, and a correction."""

    kind: Literal["truefalse"] = "truefalse"


class MatchingTask(NamedTuple):
    """Terms, each of which one of the responses belongs to; responses in printed order.

    `note` says so where a response may belong to several terms.
    """

    terms: tuple[Text, ...]
    responses: tuple[Text, ...]
    note: str
    kind: Literal["matching"] = "matching"


class OrderingTask(NamedTuple):
    """Steps in printed order."""

    steps: tuple[Text, ...]
    kind: Literal["ordering"] = "ordering"


class ClozeTask(NamedTuple):
    """Gaps, which stand in the prompt. `bank` is a line of words to choose from, or nothing; they may have letters."""

    bank: Line
    is_lettered: bool
    kind: Literal["cloze"] = "cloze"


class OcclusionTask(NamedTuple):
    """Boxes of a picture, each with a line for its label, numbered where there are several. `bank` is as in a cloze."""

    lines: int
    bank: Line
    is_lettered: bool
    kind: Literal["occlusion"] = "occlusion"


class BasicTask(NamedTuple):
    """A few words, on ruled lines."""

    lines: int
    kind: Literal["basic"] = "basic"


class NumericTask(NamedTuple):
    """A number on a line: `note` says what is asked of it, and `unit` is printed after the line; both may be empty."""

    note: Text
    unit: Text
    kind: Literal["numeric"] = "numeric"


class ShortTask(NamedTuple):
    """A short text on ruled lines; `limit` says how many words, or is empty."""

    limit: str
    lines: int
    kind: Literal["short"] = "short"


class EssayTask(NamedTuple):
    """A long text on ruled lines; `limit` says how many words, or is empty."""

    limit: str
    lines: int
    kind: Literal["essay"] = "essay"


Task = (
    McqTask
    | TrueFalseTask
    | MatchingTask
    | OrderingTask
    | ClozeTask
    | OcclusionTask
    | BasicTask
    | NumericTask
    | ShortTask
    | EssayTask
)


@dataclass(frozen=True, slots=True)
class Question(Entry):
    """A question as the candidate sees it: `task` is what it is answered with."""

    task: Task


class Paper(NamedTuple):
    """A whole paper: `fields` are what a candidate writes at its head.

    A `named` paper has none: a student's name is printed there.
    """

    head: Head
    cover: Text
    instructions: Text
    inline: bool
    named: bool
    fields: tuple[str, ...]
    sections: tuple[Section[Question], ...]


def paper(form: Form, *, named: bool = False) -> Paper:
    """The paper of a version."""
    words, quiz = form.words, form.quiz
    usual = words["instructions_inline" if form.inline else "instructions_sheet"]
    fields = ("name", "candidate", *["date"] * form.inline)
    return Paper(
        head=head(form),
        cover=fixed(quiz.cover, form.course.language, form.course.media),
        instructions=fixed(quiz.instructions or usual, form.course.language, form.course.media),
        inline=form.inline,
        named=named,
        fields=() if named else tuple(words[key] for key in fields),
        sections=tuple(
            _instructed(form, section) if section.kind == "passage" else said_once(words, section)
            for section in sections(form, lambda entry, item: _question(form, entry, item), is_paper=True)
        ),
    )


def _instructed(form: Form, section: Section[Question]) -> Section[Question]:
    """The part of passages: each question whose kind is the first of its kind on its passage says how it is answered.

    Of three questions on a text, two choices and a short one, the first choice and the short one say it.
    """
    made: list[Question] = []
    told: set[str] = set()
    for question in section.questions:
        if question.reading:
            told = set()
        kind = question.task.kind
        is_lettered = isinstance(question.task, ClozeTask | OcclusionTask) and question.task.is_lettered
        sort = f"{kind} by letters" if is_lettered else kind
        said = (
            form.words["word_letters"]
            if is_lettered
            else form.words.sections[kind]["inline" if form.inline else "sheet"]
        )
        how = "" if sort in told else said
        told.add(sort)
        made.append(replace(question, scoring=" ".join(filter(None, (how, question.scoring)))))
    return section._replace(questions=tuple(made))


def _question(form: Form, entry: QuizItem, item: Item) -> Question:
    words, language = form.words, form.course.language
    asked = gapped(item, language) if isinstance(item, Cloze) else read(item, language, item.prompt)
    return Question(
        number=entry.number,
        label=f"({entry.part})" if entry.part else str(entry.number),
        reading=None,
        points=words.counted(entry.points, "mark"),
        scoring=rule_in_words(words, entry, item),
        prompt=(*asked, *heard(item, in_words=False)),
        image=shown(item),
        task=_task(form, entry, item),
    )


def _task(form: Form, entry: QuizItem, item: Item) -> Task:
    words, said = form.words, partial(read, item, form.course.language)
    match item:
        case Mcq():
            options = tuple(said(item.options[i].text) for i in entry.order)
            return McqTask(options, item.multiple, words.to_choose(item.choose) if item.multiple else "")
        case TrueFalse():
            return TrueFalseTask()
        case Matching():
            responses = tuple(said(item.responses[i]) for i in entry.order)
            note = words["reused"] if item.has_classes else ""
            return MatchingTask(tuple(said(left) for left, _ in item.pairs), responses, note)
        case Ordering():
            return OrderingTask(tuple(said(item.sequence[i]) for i in entry.order))
        case Cloze():
            bank = _bank(form, entry, item, hidden(item, form.course.language))
            return ClozeTask(bank, is_lettered=bool(entry.letters))
        case Occlusion():
            labels = tuple(on_one_line(said(label)) for label in item.labels)
            return OcclusionTask(entry.lines, _bank(form, entry, item, labels), is_lettered=bool(entry.letters))
        case Basic() | Reversed():
            return BasicTask(entry.lines)
        case Numeric():
            note = numbers.asks(item, words, is_printed=form.inline)
            return NumericTask(read_number(item, note), read_number(item, numbers.given_unit(item)))
        case Short():
            return ShortTask(_limit(words, item), entry.lines)
        case Essay():
            return EssayTask(_limit(words, item), entry.lines)


def _bank(form: Form, entry: QuizItem, item: Cloze | Occlusion, right: tuple[Line, ...]) -> Line:
    """The words to choose from in printed order, behind what they are: what is `right`, and the further words.

    Where they are chosen on a sheet, each has its letter.
    """
    if not entry.order:
        return ()
    words, language = form.words, form.course.language
    said = [*right, *(on_one_line(read(item, language, text)) for text in item.word_bank or ())]
    listed: list[Node] = []
    for place, i in enumerate(entry.order):
        letter = (Run(LETTERS[place], strong=True), Run("\u00a0")) if entry.letters else ()
        listed += (*letter, *said[i], Run(" \u00b7 "))
    return (Run(f"{words['word_bank']}{words['colon']} ", em=True), *listed[:-1])


def _limit(words: Wording, item: Short | Essay) -> str:
    return words.counted(item.words, "limit") if item.words else ""
