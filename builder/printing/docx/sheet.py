"""The answer sheet as DOCX: for papers that people mark, since Word moves what a machine would look for."""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING

from builder.model.fields import LETTERS
from builder.paper.numbers import given_unit
from builder.printing.docx.paper import fields, heading, number
from builder.printing.docx.runs import Sign
from builder.printing.form import Entry, sections
from builder.text.tree import Run

if TYPE_CHECKING:
    from builder.model import Item
    from builder.paper.record import QuizItem
    from builder.printing.docx.document import Desk
    from builder.printing.form import Section

_LINE = "______"
_APART = "     "


@dataclass(frozen=True, slots=True)
class _Blank(Entry):
    """A question on the sheet: what the record says of it."""

    entry: QuizItem


def sheet(desk: Desk) -> None:
    """Write the answer sheet of a version."""
    desk.head()
    fields(desk, (desk.words["name"], desk.words["candidate"]))
    for part in sections(desk.form, _blank):
        heading(desk, part.heading, [part.instruction, part.choose])
        _part(desk, part)


def _blank(entry: QuizItem, _: Item) -> _Blank:
    return _Blank(entry.number, entry.label, None, "", "", (), None, entry)


def _part(desk: Desk, part: Section[_Blank]) -> None:
    """Write the room for the answers of a part: for so many as are to be answered."""
    chosen = desk.form.quiz.choose.get(part.kind)
    if chosen and part.kind in {"short", "essay"}:
        lines = max(question.entry.lines for question in part.questions)
        for _ in range(chosen):
            desk.line("Below", f"{desk.words['chosen']}{desk.words['colon']} {_LINE}", keep_with_next=True)
            _ruled(desk, [""] * lines)
        return
    for question in part.questions:
        _question(desk, question)
        desk.part()


def _question(desk: Desk, question: _Blank) -> None:
    """Write the room for one answer, after the question's number."""
    words, entry = desk.words, question.entry
    if entry.part == "a":
        desk.numbering.question(desk.line("Question", "", keep_with_next=True), question.number)
    label = f"({entry.part})" if entry.part else ""
    numbered = partial(_numbered, desk, question.number, label)
    match entry.section:
        case "mcq":
            numbered(_APART.join(f"◯ {letter}" for letter in LETTERS[: len(entry.order)]))
        case "truefalse":
            numbered(_APART.join(f"◯ {words[value]}" for value in ("true", "false")))
            desk.line("Answer line", [Run(f"{words['correction']}{words['colon']} "), Sign.TAB])
        case "matching":
            numbered(_APART.join(f"({n}) {_LINE}" for n in range(1, len(entry.key) + 1)))
        case "ordering":
            numbered(_APART.join(f"{letter} {_LINE}" for letter in LETTERS[: len(entry.order)]))
        case "cloze" | "occlusion" if entry.letters:
            for n in range(1, len(entry.key) + 1):
                circles = _APART.join(f"◯ {letter}" for letter in LETTERS[: len(entry.order)])
                said = f"({n}){_APART}{circles}" if len(entry.key) > 1 else circles
                numbered(said) if n == 1 else desk.line("Below", said)
        case "cloze" | "occlusion":
            signs = [f"({n}) " for n in range(1, len(entry.key) + 1)] if len(entry.key) > 1 else [""]
            _ruled(desk, signs, question.number, label)
        case "numeric":
            made = number(desk, (Run(given_unit(entry.numeric, raised=True)),) if entry.numeric else ())
            desk.numbering.question(made, question.number, label)
        case "basic" | "short" | "essay":
            _ruled(desk, [""] * max(entry.lines, 1), question.number, label)


def _numbered(desk: Desk, number: int, label: str, said: str) -> None:
    desk.numbering.question(desk.line("Question", said), number, label)


def _ruled(desk: Desk, signs: list[str], number: int | None = None, label: str = "") -> None:
    """Write lines to write on, with a sign before each: the first one with the number of the question."""
    for count, sign in enumerate(signs):
        made = desk.line("Answer line", [Run(sign), Sign.TAB], keep_with_next=count == 0)
        if number and not count:
            desk.numbering.question(made, number, label)
