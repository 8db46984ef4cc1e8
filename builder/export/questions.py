"""What a paper prints, as JSON: sections of numbered questions, and never a word of the key.

The Typst template receives just this, so what is not here can't leak onto a
paper. Texts are lists of runs (`markup.as_data`); a gap is a run of its own.
"""

from __future__ import annotations

from itertools import groupby
from math import ceil
from typing import TYPE_CHECKING, Any

from builder import markup
from builder.diagnostics import BuilderError
from builder.export import formula
from builder.export.wording import SECTION_WORDS, WORDS, counted
from builder.model import Cloze, Essay, Matching, Mcq, Ordering, Short
from builder.quiz import section

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from builder.model import Course, Item
    from builder.quiz import Quiz, QuizItem

Data = dict[str, Any]
Runs = list[Data]

_WORDS_A_LINE = 8  # of handwriting, on 16 cm
_LINES_A_MARK = 2  # where there is no word limit
_MOST_LINES = 75  # three pages; who needs more takes a sheet


def paired(course: Course, quiz: Quiz) -> list[tuple[QuizItem, Item]]:
    """The questions of a paper with their items.

    Raises:
        BuilderError: an item is gone or has changed since the paper was drawn.
    """
    for entry in quiz.items:
        item = course.by_id.get(entry.id)
        if item is None or item.digest != entry.digest:
            what = "is not in the course" if item is None else "has changed since the paper was drawn"
            message = f"{entry.id}: this item {what}; draw the paper anew"
            raise BuilderError(message)
    return [(entry, course.by_id[entry.id]) for entry in quiz.items]


def head(course: Course, quiz: Quiz) -> Data:
    """What paper and key have in common: titles, language, sums, fixed words."""
    language, *subtags = course.language.split("-")
    region = next((tag.upper() for tag in subtags if len(tag) == 2 and tag.isalpha()), None)  # noqa: PLR2004 - ISO 3166
    return {
        "words": WORDS,
        "title": course.title,
        "language": language,
        "region": region,
        "course": course.id,
        "version": quiz.version,
        "seed": quiz.seed,
        "count": counted(len(quiz.items), "question"),
        "points": counted(quiz.points, "mark"),
        "number": len(quiz.items),
        "total": quiz.points,
    }


def sections(course: Course, quiz: Quiz, render: Callable[[QuizItem, Item], Data]) -> list[Data]:
    """The questions in their sections, each as `render` makes it."""
    out = []
    for kind, group in groupby(paired(course, quiz), key=lambda pair: section(pair[1])):
        pairs = list(group)
        title, instruction = SECTION_WORDS[kind]
        points = sum(entry.points for entry, _ in pairs)
        out.append(
            {
                "kind": kind,
                "title": title,
                "instruction": instruction,
                "numbers": _span([entry.number for entry, _ in pairs]),
                "total": points,
                "size": f"{counted(len(pairs), 'question')}, {counted(points, 'mark')}",
                "questions": [render(entry, item) for entry, item in pairs],
            }
        )
    return out


def _span(numbers: list[int]) -> str:
    return str(numbers[0]) if len(numbers) == 1 else f"{numbers[0]}\u2013{numbers[-1]}"


def question(entry: QuizItem, item: Item) -> Data:
    """A question as the candidate sees it."""
    out: Data = {"number": entry.number, "kind": section(item), "points": counted(entry.points, "mark")}
    out["prompt"] = list(_gapped(item)) if isinstance(item, Cloze) else runs(item, item.prompt)
    out["image"] = picture(item)
    match item:
        case Mcq():
            out["options"] = [runs(item, item.options[i].text) for i in entry.order]
            out["several"] = item.multiple
        case Matching():
            out["terms"] = [runs(item, left) for left, _ in item.pairs]
            out["responses"] = [runs(item, item.responses[i]) for i in entry.order]
        case Ordering():
            out["steps"] = [runs(item, item.sequence[i]) for i in entry.order]
        case Short():
            out["limit"] = _limit(item.words)
            lines = ceil(item.words / _WORDS_A_LINE) if item.words else _LINES_A_MARK * entry.points
            out["lines"] = min(lines, _MOST_LINES)
        case Essay():
            out["limit"] = _limit(item.words)
    return out


def runs(item: Item, text: str) -> Runs:
    """A text of an item as runs, formulas drawn."""
    return formula.drawn(markup.data(text, math=item.math), item.id)


def picture(item: Item) -> Data | None:
    """An item's image: its name in the course, and what it shows in words."""
    return item.image.model_dump() if item.image else None


def _limit(words: int | None) -> str:
    return counted(words, "limit") if words else ""


def _gapped(item: Cloze) -> Iterator[Data]:
    """The sentence with `{"gap": number or "", "hint": runs}` for each blank; a lone gap bears no number."""
    number = 0
    for part in markup.cloze(item.prompt):
        if isinstance(part, str):
            yield from runs(item, part)
        else:
            number += 1
            yield {"gap": str(number) if len(item.blanks) > 1 else "", "hint": runs(item, part.hint)}
