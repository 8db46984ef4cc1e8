"""The paper and the key as DOCX."""

from __future__ import annotations

from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING

from docx.enum.text import WD_TAB_ALIGNMENT, WD_TAB_LEADER
from docx.shared import Mm, Pt

from builder.printing.docx import pictures, styles, tables
from builder.printing.docx.blocks import BREAK, Place, write
from builder.printing.docx.lists import write_lettered, write_terms
from builder.printing.docx.runs import Sign
from builder.printing.facts import facts
from builder.printing.questions import (
    BasicTask,
    ClozeTask,
    EssayTask,
    MatchingTask,
    McqTask,
    NumericTask,
    OcclusionTask,
    OrderingTask,
    ShortTask,
    TrueFalseTask,
)
from builder.printing.text import on_one_line
from builder.text.tree import Run, single

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from docx.text.paragraph import Paragraph

    from builder.printing.answers import Answer, AnswerKey
    from builder.printing.docx.document import Desk
    from builder.printing.form import E, Reading, Section
    from builder.printing.questions import Paper, Question
    from builder.printing.text import Line, Text

_BLANK = "____"
_LONG = 6  # paragraphs of a text that may part from each other
_BETWEEN = 8  # millimetres between terms and responses
_STACKED = 18  # points of print from which on responses stand below the terms


def paper(desk: Desk, document: Paper) -> None:
    """Write a paper."""
    desk.head()
    fields(desk, document.fields)
    if single(document.cover) is None:
        _framed(desk, document.cover)
    elif document.cover:
        write(desk, document.cover, Place("Cover", 0, desk.measures.width))
    if document.instructions:
        write(desk, document.instructions, Place("Lead", 0, desk.measures.width))
    if desk.measures.columns == 2:  # noqa: PLR2004 - one or two
        styles.set_columns(desk.document, 2)
    for part in document.sections:
        if part.kind == "essay" and document.inline and desk.measures.columns > 1:
            styles.set_columns(desk.document, 1)  # essays are written on lines of full width, and come last
            desk.measures = replace(desk.measures, columns=1, column=desk.measures.width)
        section(desk, part, [part.instruction, part.choose, part.scoring], lambda question: _below(desk, question))
    desk.keep(desk.last)
    desk.line("End", [Run(desk.words["end"], strong=True)])


def _framed(desk: Desk, text: Text) -> None:
    """Write a text of several blocks in a frame: a table of one cell, since borders of paragraphs end at a list."""
    width = desk.measures.width
    table = desk.table(1, 1)
    tables.shape(table, [width], indent=0, is_leftward=desk.is_leftward)
    with desk.inside(table.rows[0].cells[0]):
        write(desk, text, Place("Cell", 0, width - 2 * tables.PADDING, others="Cell"))


def key(desk: Desk, document: AnswerKey) -> None:
    """Write a key."""
    desk.head()
    desk.line("Normal", [Run(desk.words["confidential"], strong=True)])
    if document.report:
        desk.line("Normal", document.report)
    if document.glance:
        desk.line("Heading 1", desk.words["glance"])
        desk.line("Normal", [Run("; " * (n > 0) + f"{g.number} {g.key}") for n, g in enumerate(document.glance)])
    for part in document.sections:
        section(desk, part, [part.choose], lambda answer: _answer(desk, answer))
    if document.works:
        desk.line("Heading 1", desk.words["works_cited"])
        for number, work in enumerate(document.works, 1):
            desk.line("Work", [Run(f"[{number}]"), Sign.TAB, *work])


def fields(desk: Desk, names: Iterable[str]) -> None:
    """Write what somebody writes at the head of a document, each on a line."""
    for name in names:
        desk.line("Field", [Run(f"{name}{desk.words['colon']}"), Sign.TAB])


def heading(desk: Desk, title: str, notes: Iterable[str]) -> None:
    """Write the heading of a part and its notes.

    They are one paragraph of several lines, since LibreOffice parts a heading
    from its questions where many paragraphs in a row are to be kept together.
    """
    desk.line("Heading 1", title)
    lines = [Run(note) for note in notes if note]
    desk.line("Instruction", [node for n, line in enumerate(lines) for node in ((BREAK, line) if n else (line,))])


def section(desk: Desk, part: Section[E], notes: list[str], render: Callable[[E], None]) -> None:
    """Write a part, its questions as `render` makes their answers."""
    measures = desk.measures
    heading(desk, part.heading, [part.size, *notes])
    place = Place("Question", measures.indent, measures.column - measures.indent)
    for question in part.questions:
        marks = question.points.replace(" ", "\u00a0")
        after = [Run("  "), Run(f"[{marks}]")]
        _reading(desk, question.reading)
        number = partial(desk.numbering.question, number=question.number, label=question.label)
        made = write(desk, question.prompt, place, after=after, number=number)
        desk.keep(made if len(made) <= _LONG else (made[0], made[-1]))
        desk.keep(desk.last)
        if question.image:
            shown = desk.blank("Below", keep_with_next=True)
            image = question.image
            pictures.add(shown.add_run(), desk.pen.media, image.file, image.alt, width=min(140, place.width))
        render(question)
        desk.part()


def _reading(desk: Desk, it: Reading | None) -> None:
    """Write a passage before the first of its questions, which it stays with: set apart by the indent of a quotation."""
    if not it:
        return
    measures = desk.measures
    if it.note:
        desk.line("Instruction", it.note, space_before=Pt(12))
    if it.label or it.title:
        head = desk.line("Question" if it.label else "Normal", [Run(it.title, strong=True)], space_before=Pt(12))
        if it.label:
            desk.numbering.question(head, int(it.label))
        desk.keep([head])
    if it.text:
        place = Place("Quote", measures.step, measures.column - measures.step, others="Quote", is_own=True)
        made = write(desk, it.text, place)
        desk.keep(made if len(made) <= _LONG else (made[0], made[-1]))
        desk.keep(desk.last)


def _below(desk: Desk, question: Question) -> None:
    """Write what stands below a prompt: how the question is scored, where it says so, and what it is answered with."""
    if question.scoring:
        desk.line("Instruction below", question.scoring)
    _task(desk, question)


def _task(desk: Desk, question: Question) -> None:
    """Write what a candidate answers with."""
    inline = desk.form.inline
    match question.task:
        case McqTask(options, note=note):
            _note(desk, note)
            write_lettered(desk, options, desk.measures.indent, desk.measures.column)
        case TrueFalseTask():
            _verdict(desk)
        case MatchingTask(terms, responses, note):
            _note(desk, note)
            _matching(desk, terms, responses)
        case OrderingTask(steps):
            if inline:
                write_terms(desk, steps, lambda _: _BLANK, desk.measures.indent, desk.measures.column)
            else:
                write_lettered(desk, steps, desk.measures.indent, desk.measures.column)
        case ClozeTask(bank):
            if bank:
                desk.line("Below", bank)
        case OcclusionTask(lines, bank):
            if bank:
                desk.line("Below", bank)
            _labels(desk, lines)
        case BasicTask(lines):
            ruled(desk, lines)
        case NumericTask():
            _number(desk, question.task)
        case ShortTask(limit, lines):
            _note(desk, limit)
            ruled(desk, lines)
        case EssayTask(limit, lines):
            _note(desk, limit)
            ruled(desk, lines, "Essay line")


def _note(desk: Desk, note: str) -> None:
    """Write a line on how to answer, where there is one."""
    if note:
        desk.line("Instruction below", note)


def ruled(desk: Desk, lines: int, style: str = "Answer line") -> None:
    """Write lines to write on, where answers are given on the paper."""
    for _ in range(lines if desk.form.inline else 0):
        desk.line(style, [Sign.TAB])


def _labels(desk: Desk, lines: int) -> None:
    """Write a line for the label of each box, with the number of the box where there are several."""
    for number in range(1, lines + 1) if desk.form.inline else ():
        desk.line("Answer line", [*([Run(f"({number}) ")] if lines > 1 else []), Sign.TAB])


def _verdict(desk: Desk) -> None:
    words = desk.words
    if desk.form.inline:
        desk.line("Below", f"☐ {words['true']}    ☐ {words['false']}", keep_with_next=True)
        desk.line("Answer line", [Run(f"{words['correction']}{words['colon']}"), Sign.TAB])


def _number(desk: Desk, task: NumericTask) -> None:
    if task.note:
        desk.line("Instruction below", on_one_line(task.note))
    if desk.form.inline:
        number(desk, on_one_line(task.unit))


def number(desk: Desk, unit: Line, sign: str = "") -> Paragraph:
    """Write half a line for a number, with a sign before it and its unit after it."""
    half = (desk.measures.column + desk.measures.indent) / 2
    made = desk.line("Below", [Run(sign), Sign.TAB, Run(" "), *unit])
    made.paragraph_format.space_before = Pt(12)
    made.paragraph_format.tab_stops.add_tab_stop(Mm(half), WD_TAB_ALIGNMENT.LEFT, WD_TAB_LEADER.LINES)
    return made


def _matching(desk: Desk, terms: tuple[Text, ...], responses: tuple[Text, ...]) -> None:
    """Write terms beside responses; one below the other where columns are narrow or print is large."""
    measures = desk.measures
    sign = (lambda n: f"{_BLANK} ({n})") if desk.form.inline else (lambda n: f"({n})")
    if measures.columns > 1 or measures.size >= _STACKED:
        write_terms(desk, terms, sign, measures.indent, measures.column)
        desk.keep(desk.last)
        write_lettered(desk, responses, measures.indent, measures.column, above=8)
        return
    room = measures.column - measures.indent
    half = (room - _BETWEEN) / 2
    table = desk.table(1, 2, style=None)
    tables.shape(table, [half + _BETWEEN, half], indent=measures.indent, is_leftward=desk.is_leftward)
    tables.keep_whole(table.rows[0])
    left, right = table.rows[0].cells
    with desk.inside(left):
        write_terms(desk, terms, sign, 0, half)
    with desk.inside(right):
        write_lettered(desk, responses, 0, half)
    # The row is whole anyway; Word would keep it with what follows for the sake of any paragraph in it.
    desk.last = [*left.paragraphs, *right.paragraphs]
    desk.part()


def _answer(desk: Desk, answer: Answer) -> None:
    """Write what is right, why, and where to read it up."""
    fact = desk.measures.fact
    place = Place("Fact", fact, desk.measures.column - fact)
    for label, text in facts(desk.words, answer):
        write(desk, text, place, before=[Run(f"{label}{desk.words['colon']}", em=True), Sign.TAB])
