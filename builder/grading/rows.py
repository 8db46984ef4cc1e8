"""What the circles of a page say: answers by question, the marks that a marker gave, chosen questions, the candidate number.

A question may have several rows of circles: one for each term of a matching, each step of an ordering, each gap with
words to choose from, each sign of a number. They are one answer. Where one row is in doubt, the answer is.
"""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from math import inf
from typing import TYPE_CHECKING, Literal, NamedTuple

import numpy as np

from builder.grading import filling
from builder.grading.reasons import reason
from builder.paper.sheet import entry
from builder.paper.sheet.circles import HALF

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from builder.grading.circles import Ink
    from builder.paper.record import QuizItem, Version
    from builder.paper.sheet import Box, Mark
    from builder.paper.sheet.marks import Use

_TENS = "10"
NONE = "-"  # a row without a mark, in an answer of several rows


@dataclass(slots=True)
class Row:
    """The circles of a question: what they say, how sure that is (0 to 1), and why a person has to look, or nothing.

    `levels` are the shares of ink by value. `picture` shows a row in doubt, as PNG. An answer of several rows has an
    entry for each, empty where no circle is marked, and its values are `2.B`: circle B of row 2.
    """

    question: QuizItem
    values: tuple[str, ...]
    answer: tuple[str, ...]
    confidence: float
    doubt: str
    levels: tuple[float, ...]
    is_decided: bool = False
    machine: str = ""  # what the machine read, and why it doubted that, where a person decided
    picture: bytes = b""

    @property
    def label(self) -> str:
        """What its question is called: `12`, or `14 (a)`."""
        return self.question.label

    @property
    def said(self) -> str:
        """The answer as a person types it: `B`, `B - A`, `-12.5`."""
        return said(self.answer)

    @property
    def known(self) -> tuple[str, ...]:
        """What may be typed for each of its rows; nothing where it is a number."""
        match self.question.section:
            case "numeric":
                return ()
            case "matching" | "ordering" | "cloze" | "occlusion":
                return (*dict.fromkeys(value.partition(".")[2] for value in self.values), NONE)
            case _:
                return self.values


@dataclass(slots=True)
class Field:
    """Circles of a page that are no answer: marks of a marker, the number of a chosen question, the candidate number.

    `question` and `part` are those of the mark (`builder.paper.sheet.Mark`); `answer` is what was read: marks as a
    number, the chosen number, or the digits. The rest is as in a row of answers.
    """

    use: Literal["marks", "chosen", "candidate"]
    question: int
    part: str
    values: tuple[str, ...]
    answer: str
    confidence: float
    doubt: str
    levels: tuple[float, ...]
    is_decided: bool = False
    machine: str = ""  # what the machine read, and why it doubted that, where a person decided
    picture: bytes = b""

    @property
    def label(self) -> str:
        """What it is called in decisions: `14 (a)`, `choice 1`, or `candidate`."""
        if self.question < 0:
            return f"choice {-self.question}"
        return f"{self.question} ({self.part})" if self.part else str(self.question or "candidate")


class Group(NamedTuple):
    """The rows of circles that are one answer or field, in their order: each its sign, its circles and its reading."""

    use: Use
    question: int
    part: str
    marks: tuple[Mark, ...]
    signs: tuple[str, ...]
    readings: tuple[filling.Reading, ...]
    rows: tuple[tuple[filling.Circle, ...], ...]

    @property
    def doubt(self) -> str:
        """Why a person has to look, by the first row that is in doubt, or nothing."""
        return next(
            (
                _beside(self.marks[0].use, sign, it.doubt)
                for sign, it in zip(self.signs, self.readings, strict=True)
                if it.doubt
            ),
            "",
        )

    @property
    def confidence(self) -> float:
        """How sure the least sure row is."""
        return min(reading.confidence for reading in self.readings)

    @property
    def answers(self) -> tuple[str, ...]:
        """What each row says; nothing where no circle is marked."""
        return tuple(reading.answer[0] if len(reading.answer) == 1 else "" for reading in self.readings)

    @property
    def levels(self) -> tuple[float, ...]:
        """The ink of each circle."""
        return tuple(circle.level for row in self.rows for circle in row)

    @property
    def values(self) -> tuple[str, ...]:
        """What the circles say: in one row `B`, in several `2.B`."""
        if self.signs == ("",):
            return tuple(circle.value for circle in self.rows[0])
        return tuple(
            f"{sign}.{circle.value}" for sign, row in zip(self.signs, self.rows, strict=True) for circle in row
        )


def _beside(use: Use, sign: str, doubt: str) -> str:
    """A reason with its row, or with its column where circles stand above each other: those of a number and of a candidate's."""
    return reason("column" if use in {"digit", "candidate"} else "row", sign, doubt) if sign else doubt


def said(answer: Sequence[str]) -> str:
    """An answer as a person types it, a dash for what is left out: `B - A`."""
    return " ".join(value or NONE for value in answer)


def groups(marks: Sequence[Mark], ink: Ink, version: Version, *, is_two_level: bool) -> Iterator[Group]:
    """The circles of a page, group by group; `ink` has an entry for each of the marks."""
    several = {(item.number, item.part) for item in version.items if item.section == "mcq" and len(item.key) > 1}
    usual, further = float(np.median(ink.around)), float(np.median(ink.further))
    places: dict[tuple[Use, int, str], list[int]] = {}
    for place, mark in enumerate(marks):
        kind: Use = "answer" if mark.use == "digit" else mark.use
        places.setdefault((kind, mark.question, mark.part), []).append(place)
    for (use, question, part), own in places.items():
        rows: dict[str, list[int]] = {}
        for place in own:
            mark = marks[place]
            rows.setdefault(HALF if use == "marks" and mark.value == HALF else mark.row, []).append(place)
        found = [tuple(filling.circle(marks[i].value, ink, i) for i in row) for row in rows.values()]
        is_grid = marks[own[0]].use in {"digit", "candidate", "marks"}
        may = use == "answer" and (question, part) in several
        read = [
            filling.read(row, usual, further, several=may, is_two_level=is_two_level, is_grid=is_grid) for row in found
        ]
        yield Group(
            use,
            question,
            part,
            tuple(marks[i] for i in own),
            tuple(rows),
            tuple(read),
            tuple(found),
        )


def answered(question: QuizItem, group: Group, decimal: str, *, is_two_level: bool, writing: Callable[[], bool]) -> Row:
    """The answer to a question; `writing` tells whether something is written on the line for a number.

    A number has the `decimal` sign of the paper's language.
    """
    doubt = group.doubt
    match question.section:
        case "matching" | "ordering" | "cloze" | "occlusion":
            answer = group.answers if any(group.answers) else ()
        case "numeric":
            number, odd = signs_read(group.answers)
            answer, doubt = ((number.replace(".", decimal),) if number else ()), doubt or odd
            doubt = doubt or (_lost(group.answers) if is_two_level else "")
            if not answer and not group.doubt and writing():
                doubt = reason("written")
        case _:
            answer = group.readings[0].answer
    return Row(question, group.values, answer, 0.0 if doubt else group.confidence, doubt, group.levels)


def _lost(signs: Sequence[str]) -> str:
    """Why a number on a scan of two levels is in doubt, or nothing: of `340` in seven columns a fourth sign may be lost."""
    if all(signs):
        return ""
    return reason("a_column", reason("lost")) if any(signs) else reason("lost")


def signs_read(signs: Sequence[str]) -> tuple[str, str]:
    """The number that the columns of a grid say, and why it is none, or nothing: `-`, `1`, `.`, `5` is -1.5."""
    text = "".join(signs)
    inner = "".join(sign or " " for sign in signs).strip()
    if " " in inner:
        return text, reason("gap")
    digits = text.removeprefix("-")
    if text and ("-" in digits or digits.count(".") > 1 or not digits.strip(".")):
        return text, reason("no_number", text)
    return text, ""


def field(group: Group, version: Version, *, is_two_level: bool) -> Field:
    """What circles that are no answer say."""
    match group.use:
        case "marks":
            most = most_marks(group.question, group.part, version)
            answer, doubt = _marks(group, most, is_two_level=is_two_level)
            made: Literal["marks", "chosen", "candidate"] = "marks"
        case "candidate":
            answer, doubt = "".join(group.answers), ""
            if answer and " " in "".join(sign or " " for sign in group.answers).strip():
                doubt = reason("digit_gap")
            made = "candidate"
        case "answer" | "digit" | "chosen":
            answer, doubt, made = group.answers[0], "", "chosen"
            if not answer and is_two_level:
                doubt = reason("lost")
    doubt = group.doubt or doubt
    confidence = 0.0 if doubt else group.confidence
    return Field(made, group.question, group.part, group.values, answer, confidence, doubt, group.levels)


def most_marks(question: int, part: str, version: Version) -> float:
    """What a marker gives at most, in the circles of a question."""
    if question < 0:
        return inf  # which question that is, only the candidate's circles say
    item = next(it for it in version.items if (it.number, it.part) == (question, part))
    return entry(item).most


def _marks(group: Group, most: float, *, is_two_level: bool) -> tuple[str, str]:
    """The marks that a marker gave, as a number, and why they are in doubt; nothing where there are none."""
    said = dict(zip(group.signs, group.answers, strict=True))
    half = bool(said.pop(HALF, ""))
    if not any(said.values()) and not half:
        return "", ""
    total = sum((Fraction(int(value) * int(sign)) for sign, value in said.items() if value), Fraction(half, 2))
    shown = f"{float(total):g}"
    if not said.get("1", "") and any(said.values()):
        return shown, reason("ones")
    if is_two_level and not said.get(_TENS, "0"):
        return shown, reason("tens", reason("lost"))
    return shown, reason("too_many", shown, f"{most:g}") if total > most else ""


def around(marks: Sequence[Mark]) -> Box:
    """The circles of a group with the number of the question, and a little of what is above and below."""
    left = min(mark.at.x for mark in marks) - 14
    right = max(mark.at.x + mark.at.width for mark in marks) + 14
    top, bottom = min(mark.at.y for mark in marks) - 3, max(mark.at.y + mark.at.height for mark in marks) + 3
    return marks[0].at._replace(x=left, y=top, width=right - left, height=bottom - top)
