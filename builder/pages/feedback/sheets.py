"""The pages of a student's own sheet, as they were scanned, flat and upright, and where the marks are drawn on them."""

from __future__ import annotations

import io
from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple

from builder.grading import place
from builder.grading.frame import straight
from builder.grading.place import AstrayError
from builder.grading.scans import Scan, scans
from builder.grading.tables import shown
from builder.model.fields import LETTERS, Image
from builder.pages.feedback.questions import Verdict, verdict
from builder.paper.sheet import PAPERS
from builder.text.languages import is_leftward
from builder.text.numbers import decimal_sign
from builder.wording import wording

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence
    from pathlib import Path

    from builder.grading.marks import Answer, Result
    from builder.grading.pages import Page
    from builder.paper.record import Quiz
    from builder.paper.sheet import Box, Mark

_DOT = 1 / 4  # millimetres from dot to dot: about 100 to the inch
_QUALITY = 60  # of the JPEG: a page of some 100 kB
_BESIDE = 2.0  # millimetres from the last circle of a row to its marks


class Ring(NamedTuple):
    """A ring around a circle: `right` or `wrong` for one that was filled, `silent` for one that should have been."""

    at: Box
    verdict: Verdict


class Note(NamedTuple):
    """Marks beside a row, in millimetres from the corner of the page: behind `x`, or before it on a `leftward` sheet."""

    x: float
    y: float
    marks: str
    verdict: Verdict
    leftward: bool


@dataclass(frozen=True, slots=True)
class Seen:
    """A page of the sheet, in millimetres: its picture, and what is drawn on it."""

    number: int
    width: float
    height: float
    picture: Image
    rings: tuple[Ring, ...]
    notes: tuple[Note, ...]


def flat(paths: Iterable[Path], wanted: Mapping[str, Page]) -> Iterator[tuple[str, bytes]]:
    """The wanted pages of scans, by their hashes: each as JPEG, as if it had been laid flat and straight."""
    done: set[str] = set()
    for scan in scans(paths):
        if not isinstance(scan, Scan) or scan.digest not in wanted or scan.digest in done:
            continue
        layout, code = wanted[scan.digest].layout, place.coded(scan.dots)
        if layout is None or code is None:
            continue
        try:
            placed = place.placed(scan.dots, code, layout.paper)
        except AstrayError:
            continue
        done.add(scan.digest)
        width, height = PAPERS[layout.paper]
        ends = (_DOT / 2, _DOT / 2, width - _DOT / 2, height - _DOT / 2)
        data = io.BytesIO()
        picture = straight(scan.dots, placed.projection, ends, _DOT)
        picture.save(data, "JPEG", quality=_QUALITY, optimize=True)
        yield scan.digest, data.getvalue()


def seen(
    quiz: Quiz, result: Result, pages: Mapping[int, Page], pictures: Mapping[str, bytes]
) -> Iterator[tuple[Seen, bytes]]:
    """The pages of a student's sheet with what is drawn on them, in their order."""
    language = quiz.edition.language
    words, decimal, leftward = wording(language), decimal_sign(language), is_leftward(language)
    answers = {(it.question.number, it.question.part): it for it in result.answers}
    for number, page in sorted(pages.items()):
        if page.layout is None or page.digest not in pictures:
            continue
        width, height = PAPERS[page.layout.paper]
        chosen = {it.question: int(it.answer) for it in page.fields if it.use == "chosen" and it.answer.isdecimal()}
        rows: dict[tuple[int, str], list[Mark]] = {}
        for mark in page.layout.pages[number - 1].marks:
            key = (chosen.get(mark.question, mark.question), mark.part)
            if mark.kind == "bubble" and key in answers:
                rows.setdefault(key, []).append(mark)
        yield (
            Seen(
                number,
                width,
                height,
                Image(file=f"page-{number}.jpg", alt=words["own_sheet"].format(number)),
                tuple(ring for key, marks in rows.items() for ring in _rings(answers[key], marks)),
                tuple(_note(answers[key], marks, decimal, leftward=leftward) for key, marks in rows.items()),
            ),
            pictures[page.digest],
        )


def _rings(answer: Answer, marks: Iterable[Mark]) -> Iterator[Ring]:
    """Rings around the circles that were filled, and around those that should have been: of several rows, row by row."""
    for mark in (it for it in marks if it.use == "answer"):
        given = _in_row(answer, answer.given, mark)
        right = {value for key in answer.keys for value in _in_row(answer, key, mark)}
        is_wanted = mark.value in _in_row(answer, answer.question.signs, mark)
        if mark.value in given:
            yield Ring(mark.at, "right" if mark.value in right else "wrong")
        elif (
            is_wanted and answer.marks is not None and not answer.is_right and not (len(given) == 1 and given <= right)
        ):
            yield Ring(mark.at, "silent")


def _in_row(answer: Answer, signs: Sequence[str], mark: Mark) -> frozenset[str]:
    """What an answer or a key says in the row of a circle: the one sign of that term, step or gap, or all of it.

    The key `B A` of a matching says B in row 1; `BD A` of two gaps says B or D there, and that of a choice has one row.
    """
    if not mark.row:
        return frozenset(signs)
    place = LETTERS.index(mark.row) if answer.question.section == "ordering" else int(mark.row) - 1
    sign = signs[place] if place < len(signs) else ""
    return frozenset(sign if answer.question.letters else [sign] if sign else [])


def _note(answer: Answer, marks: list[Mark], decimal: str, *, leftward: bool) -> Note:
    """The marks at the end of the first row: where it ends at the left, the number of the question stands at its right."""
    last = min(marks, key=lambda mark: mark.at.x if leftward else -mark.at.x).at
    x = last.x - _BESIDE if leftward else last.x + last.width + _BESIDE
    marks_in_words = "" if answer.marks is None else shown(answer.marks).replace(".", decimal)
    return Note(x, last.y + 1, marks_in_words, verdict(answer), leftward)
