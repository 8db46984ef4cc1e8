"""What course.yaml and a bank say for items that say nothing themselves."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from pydantic import ValidationError

from builder.model import Basic
from builder.model.scoring import Scored
from builder.text.numbers import decimal_sign

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from builder.loading.bank import ParsedBank, Placed
    from builder.model import CourseFile, Item
    from builder.model.scoring import Scoring, Scorings

_LENT = ("math", "use", "status")  # keys of course.yaml that an item may have too


def lent(head: CourseFile) -> tuple[object, ...]:
    """All that items take from a course.yaml."""
    return (*(getattr(head, key) for key in _LENT), head.language)


def with_defaults(items: Sequence[Placed], head: CourseFile | None, *, have_values: bool) -> Sequence[Placed]:
    """The items of a bank, each with the course's `math`, `use` and `status` where neither its bank nor itself says one.

    Items with values have numbers as readers of the course's language see them; `have_values` says whether there are any.
    A passage has the course's `math` likewise.
    """
    if not head:
        return items
    if any(getattr(head, key) != Basic.model_fields[key].default for key in _LENT):
        items = [(_with_defaults(item, head), at) for item, at in items]
    if not have_values:
        return items
    return [(_in_language(item, head.language), at) if item.values else (item, at) for item, at in items]


def _in_language(item: Item, language: str) -> Item:
    try:
        return item.variant(item.values.drawn, decimal_sign(language)) if item.values else item
    except ValidationError:
        return item  # it is told of with all its variants (`builder.loading.variants`)


def _with_defaults(item: Item, head: CourseFile) -> Item:
    lent: dict[str, Any] = {key: getattr(head, key) for key in _LENT if key not in item.model_fields_set}
    if item.passage and "math" not in item.passage.model_fields_set:
        lent["passage"] = item.passage.model_copy(update={"math": head.math})
    return item.model_copy(update=lent) if any(getattr(item, key) != value for key, value in lent.items()) else item


def scoring_of(items: Iterable[Placed], course: Scorings | None, banks: Mapping[str, ParsedBank]) -> dict[str, Scoring]:
    """The rule for each item that its bank or else the course has one for, by the item's id; `banks` are by path."""
    if not course and not any(bank.scoring for bank in banks.values()):
        return {}
    return {
        item.id: rule
        for item, at in items
        if isinstance(item, Scored)
        if (rule := _said(item, banks[at.path].scoring) or _said(item, course))
    }


def _said(item: Scored, scorings: Scorings | None) -> Scoring | None:
    return scorings.of(item.sort) if scorings else None
