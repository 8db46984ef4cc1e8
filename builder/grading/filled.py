"""What markers and candidates filled in beside the answers: marks by item, and which questions were chosen."""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING, NamedTuple

from builder.grading.reasons import reason
from builder.paper.scoring import CORRECTED, RIGHT, score
from builder.paper.sheet import columns_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from builder.grading.pages import Page
    from builder.grading.rows import Field, Row
    from builder.paper.record import QuizItem, Version

_CIRCLES = ("mcq", "truefalse", "matching", "ordering")


class Filled(NamedTuple):
    """The marks that are filled in on a candidate's sheet, by item, and the parts of which all choices are known: their items."""

    marks: Mapping[str, Fraction]
    chosen: Mapping[str, frozenset[str]]


def is_in_circles(question: QuizItem) -> bool:
    """Whether a question is answered in circles, which a machine reads."""
    return question.section in _CIRCLES or bool(question.letters) or columns_of(question) > 0


def resolve(pages: Iterable[Page]) -> None:
    """Put into doubt what can't be: a question that is chosen twice, marks without a chosen question, or too many of them."""
    own = list(pages)
    seen: set[str] = set()
    for page in sorted(own, key=lambda it: it.stamp.page if it.stamp else 0):
        for choice in (it for it in page.fields if it.use == "chosen" and not it.doubt):
            if choice.answer in seen and not choice.is_decided:
                choice.doubt = reason("chosen_twice", choice.answer)
            seen.add(choice.answer or " ")
            marks = _marks_of(page, choice)
            if marks and marks.answer and not marks.doubt and not choice.doubt:
                _check(page, choice, marks)


def _check(page: Page, choice: Field, marks: Field) -> None:
    """Compare the marks of a chosen question with it."""
    if not choice.answer:
        if not choice.is_decided:
            choice.doubt = reason("none_chosen")
        return
    item = _item(page, choice)
    if item and Fraction(marks.answer) > Fraction(item.points):
        marks.doubt = reason("too_many", marks.answer, f"{item.points:g}")


def filled(pages: Iterable[Page], version: Version, rows: Mapping[str, Row]) -> Filled:
    """What is filled in on the pages of one candidate; `rows` are their answers by item. What is in doubt is left out."""
    marks: dict[str, Fraction] = {}
    chosen: dict[str, set[str]] = {}
    blocks: dict[str, bool] = {}
    for page in pages:
        for it in page.fields:
            if it.use == "marks" and it.question > 0 and it.answer and not it.doubt:
                item = next(one for one in version.items if (one.number, one.part) == (it.question, it.part))
                worth = _worth(item, it.answer, rows.get(item.id))
                if worth is not None:
                    marks[item.id] = worth
            elif it.use == "chosen":
                part = next(one.under for one in version.items if str(one.number) in it.values)
                own = None if it.doubt else _item(page, it)
                blocks[part] = blocks.get(part, True) and own is not None
                if own:
                    chosen.setdefault(part, set()).add(own.id)
                    given = _marks_of(page, it)
                    if given and given.answer and not given.doubt:
                        marks[own.id] = Fraction(given.answer)
    whole = {part: frozenset(chosen[part]) for part, is_known in blocks.items() if is_known}
    return Filled(marks, whole)


def _marks_of(page: Page, choice: Field) -> Field | None:
    """The marker's circles of an answer whose question was chosen."""
    return next((it for it in page.fields if it.use == "marks" and it.question == choice.question), None)


def _item(page: Page, choice: Field) -> QuizItem | None:
    """The question that was chosen."""
    items = page.layout.version.items if page.layout else ()
    return next((item for item in items if str(item.number) == choice.answer), None)


def _worth(item: QuizItem, given: str, row: Row | None) -> Fraction | None:
    """The marks of an item, from what a marker filled in: marks, right gaps, or whether a correction is right."""
    match item.section:
        case "cloze" | "occlusion":
            return score(item, (RIGHT,) * int(Fraction(given)))
        case "truefalse":
            if row is None or row.doubt:
                return None
            return score(item, (*row.answer, CORRECTED) if int(Fraction(given)) and row.answer else row.answer)
        case _:
            return Fraction(given)
