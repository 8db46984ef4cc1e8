"""Kahoot's spreadsheet for quizzes (`.xlsx`), out.

The extra `excel` writes it: `pip install "her-study[excel]"`. It has the columns and rows of Kahoot's own template:
*Create*, *Import spreadsheet* takes it.

Kept: the words of the prompt, the options and which of them are right, of an mcq with two to four options and of a
true/false. Each question has a time limit: 20 seconds, 30 where its texts have more than 150 characters, 60 from 250 on.

Lost, and named at each export: items of any other kind, and those of which the prompt has more than 120 characters, an
option more than 75, or which have more than four options: Kahoot would cut or refuse them, so they are left out. Of
the others: id, reasons, explanation, marks and scoring (Kahoot gives points for speed), theme, tags and whatever else
they have; markup, formulas and pictures, which are added in Kahoot by hand.

A second import in Kahoot makes another quiz. Coming in, a table in this form is read as one of Excel's: `explain excel`.

The limits are those of Kahoot's template as it stands in 2025; Kahoot itself, which needs an account, was not run.
"""

from __future__ import annotations

import io
from datetime import datetime
from typing import TYPE_CHECKING, Any

from builder.diagnostics import BuilderError
from builder.exchange._frame import Losses, Written
from builder.model import Mcq, TrueFalse
from builder.text import markup
from builder.text.tree import Run, lines

if TYPE_CHECKING:
    from collections.abc import Sequence

    from builder.diagnostics import Keys
    from builder.model import Course, Item

MOST_QUESTION = 120  # characters, as Kahoot counts them
MOST_ANSWER = 75
MOST_ANSWERS = 4
MOST_QUESTIONS = 1_000_000  # rows of a sheet
_HEAD = (
    "Question - max 120 characters", "Answer 1 - max 75 characters", "Answer 2 - max 75 characters",
    "Answer 3 - max 75 characters", "Answer 4 - max 75 characters",
    "Time limit (sec) – 5, 10, 20, 30, 60, 90, 120, or 240 secs", "Correct answer(s) - choose at least one",
)  # fmt: skip
_HEAD_ROW = 7  # from 0, as in the template: a title and advice stand above
_TIMES = ((250, 60), (150, 30), (0, 20))  # from how many characters on, how many seconds
_KEPT = {"id", "kind", "prompt", "options", "multiple", "answer"}
_MADE = datetime(2000, 1, 1)  # noqa: DTZ001 - a workbook has no zone; the same items are the same bytes


def write(course: Course, items: Sequence[Item]) -> Written:
    """The choices and verdicts among the items as a workbook of one sheet.

    Raises:
        BuilderError: XlsxWriter is not there.
    """
    losses = Losses(course)
    rows = [row for row in (_row(course, item, losses) for item in items) if row]
    return Written({f"{course.id}-kahoot.xlsx": _workbook(course.title, rows[:MOST_QUESTIONS])}, losses.found)


def _row(course: Course, item: Item, losses: Losses) -> list[str | int]:
    """The cells of a question; none where it is left out."""
    if not isinstance(item, Mcq | TrueFalse):
        losses.add(item, (), "left out: Kahoot has choices and true or false alone")
        return []
    found = Losses(course)  # what is lost of an item that is left out does not matter
    question = _words(item, found, ("prompt",), item.prompt)
    if isinstance(item, TrueFalse):
        options = [course.words["true"], course.words["false"]]
        right = [1 if item.answer else 2]
    else:
        options = [
            _words(item, found, ("options", place, "right" if option.is_right else "wrong"), option.text)
            for place, option in enumerate(item.options)
        ]
        right = [place for place, option in enumerate(item.options, 1) if option.is_right]
    if problem := _problem(question, options):
        losses.add(item, (), f"left out: {problem}", "shorten it, or leave it out of this quiz")
        return []
    losses.add(item, ("id",), "the id has no place in Kahoot")
    losses.found += found.found
    for key in sorted(item.model_fields_set - _KEPT):
        if getattr(item, key) not in (None, "", (), False, {}):
            losses.add(item, (key,), f"'{key}' has no place in Kahoot")
    for place, option in enumerate(item.options if isinstance(item, Mcq) else ()):
        for key in ("why", "pin"):
            if getattr(option, key):
                losses.add(item, ("options", place, key), f"'{key}' has no place in Kahoot")
    size = sum(map(len, (question, *options)))
    seconds = next(seconds for least, seconds in _TIMES if size >= least)
    return [question, *options, *[""] * (MOST_ANSWERS - len(options)), seconds, ",".join(map(str, right))]


def _problem(question: str, options: Sequence[str]) -> str:
    """What of a question is over the limits; empty if nothing is."""
    if len(question) > MOST_QUESTION:
        return f"its text has {len(question)} characters, and Kahoot takes {MOST_QUESTION}"
    if len(options) > MOST_ANSWERS:
        return f"it has {len(options)} options, and Kahoot takes {MOST_ANSWERS}"
    longest = max(map(len, options))
    if longest > MOST_ANSWER:
        return f"an option has {longest} characters, and Kahoot takes {MOST_ANSWER}"
    return "" if question and all(options) else "without its formulas and pictures, a text of it is empty"


def _words(item: Item, losses: Losses, keys: Keys, text: str) -> str:
    """The words of a text on one line."""
    nodes = [node for line in lines(markup.parse(text, math=item.math)) for node in line]
    if any(not isinstance(node, Run) or node != Run(node.text) for node in nodes) or "\n" in text.strip():
        losses.add(item, keys, "Kahoot takes words alone: markup, formulas and pictures are lost")
    return " ".join(markup.plain(text, math=item.math).split())


def _workbook(title: str, rows: Sequence[Sequence[str | int]]) -> bytes:
    try:
        import xlsxwriter
    except ImportError as error:
        message = "writing a workbook needs XlsxWriter: pip install 'her-study[excel]'"
        raise BuilderError(message) from error
    out = io.BytesIO()
    with xlsxwriter.Workbook(out, {"in_memory": True}) as book:
        book.set_properties({"created": _MADE})
        sheet: Any = book.add_worksheet("Sheet1")
        bold, text = book.add_format({"bold": True, "text_wrap": True}), book.add_format({"text_wrap": True})
        sheet.set_column(1, 1, 60, text)
        sheet.set_column(2, 7, 24, text)
        sheet.write_string(1, 1, title, bold)
        for place, head in enumerate(_HEAD, 1):
            sheet.write_string(_HEAD_ROW, place, head, bold)
        for number, row in enumerate(rows, 1):
            sheet.write_number(_HEAD_ROW + number, 0, number)
            for place, cell in enumerate(row, 1):
                write = sheet.write_number if isinstance(cell, int) else sheet.write_string
                write(_HEAD_ROW + number, place, cell)
    return out.getvalue()
