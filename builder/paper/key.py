"""What is right on a paper, what it is worth, and how much room an answer takes: for each kind of item."""

from __future__ import annotations

import unicodedata
from math import ceil
from typing import TYPE_CHECKING, Any

from builder.model.items import (
    LETTERS,
    Basic,
    Cloze,
    Essay,
    Matching,
    Mcq,
    Numeric,
    Occlusion,
    Ordering,
    Reversed,
    Short,
    TrueFalse,
)
from builder.text import markup

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from builder.model import Item

_WORDS_A_LINE = 8  # of handwriting, on 16 cm
_LINES_A_MARK = 2  # where there is no word limit
_MOST_LINES = 75  # of a short answer: three pages; who needs more takes a sheet
_ESSAY_LINES = 48  # two pages, where there is no word limit
_MOST_ESSAY_LINES = 250


def key_of(item: Item, order: Sequence[int]) -> tuple[str, ...]:
    """The right answer as a marker reads it off the paper (see `QuizItem.key`), where `order` is the printed order.

    A choice of the options Paris, right, and Lima, printed in the order (1, 0): Paris stands second, so the key is B.
    """
    match item:
        case Mcq():
            return tuple(LETTERS[place] for place, i in enumerate(order) if item.options[i].is_right)
        case TrueFalse():
            return ("true" if item.answer else "false",)
        case Matching():
            return tuple(LETTERS[order.index(i)] for i in item.targets)
        case Ordering():
            return tuple(str(i + 1) for i in order)
        case Cloze():
            return tuple(blank.text for blank in item.blanks)
        case Occlusion():
            return item.labels
        case Basic() | Reversed():
            return (item.answer,)
        case Numeric():
            return (f"{item.answer} {item.unit.symbol}" if item.unit else item.answer,)
        case Short():
            return tuple(point.point for point in item.key_points)
        case Essay():
            return tuple(row.criterion for row in item.rubric)


def lines_of(item: Item) -> int:
    """The room for a written answer, in lines of handwriting; 0 where nothing is written."""
    match item:
        case Short():
            lines = item.words / _WORDS_A_LINE if item.words else _LINES_A_MARK * item.points
            return min(ceil(lines), _MOST_LINES)
        case Essay():
            return min(ceil(item.words / _WORDS_A_LINE) if item.words else _ESSAY_LINES, _MOST_ESSAY_LINES)
        case Basic() | Reversed() | Numeric():
            return 1
        case Cloze():
            return len(item.blanks)
        case Occlusion():
            return len(item.boxes)
        case Mcq() | TrueFalse() | Matching() | Ordering():
            return 0


def parts_of(item: Item) -> tuple[float, ...]:
    """The marks of each entry of the key, where the author says them."""
    match item:
        case Short():
            return tuple(point.marks for point in item.key_points)
        case Essay():
            return tuple(row.marks for row in item.rubric)
        case Mcq() | TrueFalse() | Matching() | Ordering() | Cloze() | Occlusion() | Basic() | Reversed() | Numeric():
            return ()


def accepted_of(item: Item) -> dict[str, Any]:
    """Other answers than the key's, and how answers are compared: fields of `QuizItem` that are not at their defaults.

    Where nothing else is right, `accept` is empty; else it has the other texts of each entry of the key.
    """
    match item:
        case Basic() | Reversed():
            return {"accept": (item.accept,) if item.accept else (), "case": item.case, "accents": item.accents}
        case Cloze():
            return {"accept": item.accepted if item.accept else ()}
        case Occlusion():
            return {"accept": item.accepted if any(item.accepted) else ()}
        case Mcq() | TrueFalse() | Matching() | Ordering() | Numeric() | Short() | Essay():
            return {}


def letters_of(item: Item, order: Sequence[int]) -> tuple[str, ...]:
    """For each gap the letters that are right there, of the words to choose from in their printed order.

    None where there are no such words, or more than there are letters. Of the words Seine, Rhine and Lutetia, for the
    gaps Seine and Paris, Lutetia may be an accepted answer to the second. A word that two gaps hide stands there twice,
    and both letters are right at both.
    """
    match item:
        case Cloze():
            hidden = tuple(blank.text for blank in item.blanks)
        case Occlusion():
            hidden = item.labels
        case Mcq() | TrueFalse() | Matching() | Ordering() | Basic() | Reversed() | Numeric() | Short() | Essay():
            return ()
    if not 0 < len(item.words) <= len(LETTERS):
        return ()
    words = [_bare(item.words[i]) for i in order]
    right = [{_bare(it) for it in (text, *others)} for text, others in zip(hidden, item.accepted, strict=True)]
    return tuple(
        "".join(letter for letter, word in zip(LETTERS, words, strict=False) if word in known) for known in right
    )


def _bare(text: str) -> str:
    """A word as it is told from others: without emphasis, but by case and signs, since `mA` is not `MA`."""
    return unicodedata.normalize("NFC", markup.plain(text))


def is_whole(item: Item) -> bool:
    """Whether a blueprint may set the marks: the answer is right or wrong as a whole, or its parts are shares of the marks."""
    match item:
        case Mcq() | TrueFalse() | Basic() | Reversed() | Numeric():
            return True
        case Matching() | Ordering() | Cloze() | Occlusion() | Short() | Essay():
            return False


def worth(item: Item, points: Mapping[str, float]) -> float:
    """The marks of an item on a paper: those that `points` set for its kind, if its answer is right or wrong as a whole."""
    return points.get(item.kind, item.points) if is_whole(item) else item.points
