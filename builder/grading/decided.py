"""What people decided about a page, put in the place of what was read there."""

from __future__ import annotations

from typing import TYPE_CHECKING

from builder.diagnostics import BuilderError
from builder.grading.reasons import reason
from builder.grading.rows import NONE, most_marks
from builder.text.numbers import marks_given, read

if TYPE_CHECKING:
    from collections.abc import Sequence

    from builder.grading.decisions import Decision
    from builder.grading.pages import Page
    from builder.grading.rows import Field, Row
    from builder.paper.record import Version


def decide(page: Page, decision: Decision, version: Version, decimal: str) -> None:
    """Put what is decided into the rows and fields of a page; `decimal` is the decimal sign of the paper's language.

    Raises:
        BuilderError: a decision names a question that has no circles on the page, what no circle says, or marks that
            the question can't earn.
    """
    where, rows, fields = f"the decision about page {page.digest}", page.rows, page.fields
    _refuse_strange(where, "question", decision.answers, {row.question.label for row in rows})
    for use, told in (("marks", decision.marks), ("chosen", decision.chosen)):
        _refuse_strange(where, use, told, {it.label for it in fields if it.use == use})
    for row in rows:
        if row.question.label in decision.answers:
            typed = decision.answers[row.question.label]
            if row.question.section == "numeric":
                typed = _number(f"{where}, question {row.question.label}", typed.strip(), decimal)
            row.machine = row.doubt or reason("read_as", row.said or reason("blank"))
            row.answer = _answer(f"{where}, question {row.question.label}", row, typed)
            row.confidence, row.doubt, row.is_decided = 1.0, "", True
    for it in fields:
        told = decision.marks if it.use == "marks" else decision.chosen if it.use == "chosen" else {}
        if it.label in told:
            it.machine = it.doubt or reason("read_as", it.answer or reason("blank"))
            it.answer = _told(f"{where}, {it.use} {it.label}", it, told[it.label].strip(), version)
            it.confidence, it.doubt, it.is_decided = 1.0, "", True
        elif it.use == "candidate" and decision.student:
            it.doubt, it.is_decided = "", True


def _refuse_strange(where: str, what: str, told: dict[str, str], known: set[str]) -> None:
    strange = set(told) - known
    if strange:
        message = f"{where}: no circles of {what} {min(strange)} are on it"
        raise BuilderError(message)


def _number(where: str, typed: str, decimal: str) -> str:
    """A number as the candidate wrote it, with the decimal sign of the language."""
    made = typed.replace(",", ".").replace(".", decimal)
    if made and read(made, decimal) is None:
        message = f"{where}: '{typed}' is no number; type it like -12.5, or leave the answer empty for a blank"
        raise BuilderError(message)
    return made


def _answer(where: str, row: Row, typed: str) -> tuple[str, ...]:
    """The answer that was typed: `A`, `A C`, `B - A` for several rows, or a number."""
    match row.question.section:
        case "numeric":
            return (typed,) if typed else ()
        case "matching" | "ordering" | "cloze" | "occlusion":
            named = typed.split()
            if named and len(named) != len(row.question.key):
                message = f"{where}: '{typed}' has {len(named)} entries, and {len(row.question.key)} rows are filled in"
                raise BuilderError(message)
            _refuse_unknown(where, named, row.known)
            return tuple("" if value == NONE else value for value in named)
        case _:
            named = typed.split()
            _refuse_unknown(where, named, row.known)
            return tuple(value for value in row.known if value in named)


def _refuse_unknown(where: str, named: Sequence[str], known: Sequence[str]) -> None:
    for value in named:
        if value not in known:
            message = (
                f"{where}: there is no circle '{value}', but {', '.join(known)}; leave the answer empty for a blank"
            )
            raise BuilderError(message)


def _told(where: str, it: Field, typed: str, version: Version) -> str:
    """Marks, or the number of a question, as they were typed."""
    if it.use == "chosen":
        _refuse_unknown(where, [typed] if typed else [], it.values)
        return typed
    marks = marks_given(typed or "0")
    if marks is None:
        message = f"{where}: '{typed}' are no marks; type a number such as 3.5, or nothing where none are given"
        raise BuilderError(message)
    most = most_marks(it.question, it.part, version)
    if marks > most:
        message = f"{where}: {typed} are more than {most:g}; correct the number"
        raise BuilderError(message)
    return typed.replace(",", ".")
