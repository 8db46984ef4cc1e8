"""Small values of Moodle's XML: texts, marks, grades."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from builder.exchange._grid import share_of

if TYPE_CHECKING:
    from fractions import Fraction

    from builder.exchange.moodle._into import Question


def text_of(element: Any) -> str:
    """The text of an element, without space at its ends; empty where there is none."""
    return (element.text or "").strip() if element is not None else ""


def child(element: Any, tag: str) -> Any:
    """The first child of an element that has this name; None without one. `find` takes several times as long."""
    return next(element.iterchildren(tag), None)


def answers_of(question: Question) -> list[Any]:
    """The elements of the answers."""
    return list(question.element.iterchildren("answer"))


def share(answer: Any) -> Fraction:
    """The share of the marks that an answer earns."""
    return share_of(answer.get("fraction") or text_of(child(answer, "fraction")))
