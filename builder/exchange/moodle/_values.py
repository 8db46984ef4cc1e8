"""Small values of Moodle's XML: texts, marks, grades."""

from __future__ import annotations

from fractions import Fraction
from functools import lru_cache
from typing import TYPE_CHECKING, Any

from builder.exchange._grid import share_of
from builder.text.numbers import as_decimal

if TYPE_CHECKING:
    from builder.exchange.moodle._into import Question


def text_of(element: Any) -> str:
    """The text of an element, without space at its ends; empty where there is none."""
    return (element.text or "").strip() if element is not None else ""


@lru_cache(maxsize=1024)
def marks(text: str) -> str:
    """Marks as a bank has them: `2.0000000` is 2; empty where there are none, or no halves."""
    try:
        value = Fraction(text)
    except (ValueError, ZeroDivisionError):
        return ""
    return as_decimal(value) if value > 0 and value * 2 == int(value * 2) and value <= 1000 else ""  # noqa: PLR2004


def answers_of(question: Question) -> list[Any]:
    """The elements of the answers."""
    return list(question.element.iterfind("answer"))


def share(answer: Any) -> Fraction:
    """The share of the marks that an answer earns."""
    return share_of(answer.get("fraction") or text_of(answer.find("fraction")))
