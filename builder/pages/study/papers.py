"""Blueprints as data for the page, which draws papers to practise on: which items fit which row, and how many are wanted."""

from __future__ import annotations

from math import ceil, floor
from typing import TYPE_CHECKING, Any

from builder.drawing.apart import apart
from builder.paper.key import is_whole

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from builder.model import Blueprint, Course, Item
    from builder.model.blueprint import Row


def papers(course: Course, order: Sequence[str]) -> list[dict[str, Any]]:
    """The blueprints whose papers have items that students know, as numbers of items in `order` (ids).

    One with `use: exam` is left out: what it asks is kept for exams. So is one of
    which none of these items could be a question.
    """
    places = {name: place for place, name in enumerate(order)}
    made = (_paper(course, blueprint, places) for blueprint in course.blueprints.values() if blueprint.use != "exam")
    return [paper for paper in made if paper["pool"]]


def rivals(course: Course, order: Sequence[str]) -> list[list[int]]:
    """Lists of items, as numbers in `order`, of which a paper may ask one: siblings of a group, and items kept apart.

    They are the same as on printed papers (`builder.drawing`).
    """
    places = {name: place for place, name in enumerate(order)}
    items = [course.by_id[name] for name in order]
    groups: dict[str, list[int]] = {}
    for item in items:
        if item.group is not None:
            groups.setdefault(item.group, []).append(places[item.id])
    pairs = [[places[one.id], places[two.id]] for one, two in apart(course, items)]
    return [*(group for group in groups.values() if len(group) > 1), *pairs]


def _paper(course: Course, blueprint: Blueprint, places: Mapping[str, int]) -> dict[str, Any]:
    pool = [course.by_id[name] for name in places if _is_asked(course.by_id[name], blueprint)]
    size = blueprint.questions
    return {
        "id": blueprint.blueprint,
        "title": blueprint.title,
        "minutes": blueprint.minutes,
        "questions": size,
        "marks": blueprint.marks,
        "choose": dict(blueprint.choose),
        "exam": blueprint.use is None,
        "points": dict(blueprint.points),
        "pool": [places[item.id] for item in pool],
        "fixed": [places[name] for name in blueprint.fixed if name in places],
        "rows": [_row(row, pool, places, size) for row in blueprint.rows],
    }


def _is_asked(item: Item, blueprint: Blueprint) -> bool:
    """Whether a paper to practise on may have the item. `may_ask` is for papers of an exam, on which `use: deck` is not."""
    wanted = blueprint.points.get(item.kind, item.points)
    fits = is_whole(item) or item.points == wanted
    return fits and blueprint.only.matches(item) and item.id not in blueprint.excluded


def _row(row: Row, pool: Sequence[Item], places: Mapping[str, int], size: int | None) -> dict[str, Any]:
    """A row: how many questions are wanted of these items. A share of a paper of no fixed length bounds nothing."""
    least, most = row.bounds
    if row.share is not None:
        exact = row.share * (size or 0) / 100
        least, most = (floor(exact), ceil(exact)) if size else (0, None)
    return {"said": str(row), "least": least, "most": most, "of": [places[i.id] for i in pool if row.matches(i)]}
