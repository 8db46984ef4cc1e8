"""What course.yaml and a bank say for items that say nothing themselves."""

from __future__ import annotations

from typing import TYPE_CHECKING

from builder.model.scoring import Scored

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from builder.loading.bank import Placed
    from builder.model import CourseFile, Item
    from builder.model.scoring import Scoring, Scorings


def with_maths(items: list[Placed], head: CourseFile | None) -> list[Placed]:
    """The items of a course. With `math: true`, TeX is read in each whose bank and which itself says nothing."""
    return [(_with_maths(item), at) for item, at in items] if head and head.math else items


def _with_maths(item: Item) -> Item:
    return item if "math" in item.model_fields_set else item.model_copy(update={"math": True})


def scoring_of(
    items: Iterable[Placed], course: Scorings | None, banks: Mapping[str, Scorings | None]
) -> dict[str, Scoring]:
    """The rule for each item that its bank or else the course has one for, by the item's id; `banks` are by path."""
    return {
        item.id: rule
        for item, at in items
        if isinstance(item, Scored)
        if (rule := _said(item, banks.get(at.path)) or _said(item, course))
    }


def _said(item: Scored, scorings: Scorings | None) -> Scoring | None:
    return scorings.of(item.sort) if scorings else None
