"""Blueprints that a bank of `tests.make.quarrels` meets, or just misses."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from hypothesis import strategies as st
from pydantic import ValidationError

from builder.model import Blueprint
from tests.drawing import referee
from tests.make.quarrels import KINDS, VALUES

if TYPE_CHECKING:
    from collections.abc import Sequence

    from builder.model import Course, Item

seeds = st.text(st.characters(codec="utf-8", exclude_characters="\0"), max_size=4)


@st.composite
def _row(draw: st.DrawFn, model: Sequence[Item]) -> dict[str, Any]:
    """A row whose numbers the model meets, or misses by one."""
    sort: dict[str, Any] = {}
    for key in draw(st.lists(st.sampled_from([*VALUES, "kind"]), max_size=2, unique=True)):
        sort[key] = draw(st.lists(st.sampled_from(VALUES[key]), min_size=1, max_size=2, unique=True))
    here = sum(all(_has(item, key, values) for key, values in sort.items()) for item in model)
    number = max(0, here + draw(st.sampled_from([0, 0, 0, 0, 1, -1])))
    match draw(st.sampled_from(["count", "min", "max", "both", "share"])):
        case "both":
            return sort | {"min": max(0, number - 1), "max": number + 1}
        case "share":
            return sort | {"share": min(100, 100 * number // max(1, len(model)))}
        case key:
            return sort | {key: number}


def _has(item: Item, key: str, values: Sequence[Any]) -> bool:
    return bool(set(item.tags) & set(values)) if key == "tags" else getattr(item, key) in values


@st.composite
def blueprints(draw: st.DrawFn, course: Course, name: str = "paper") -> tuple[Blueprint, tuple[Item, ...]]:
    """A blueprint modelled on a choice of items, and that choice; the choice need not meet it."""
    taken = draw(st.lists(st.booleans(), min_size=len(course.items), max_size=len(course.items)))
    model = tuple(item for item, is_in in zip(course.items, taken, strict=True) if is_in) or course.items[:1]
    ids = [item.id for item in course.items]
    raw: dict[str, Any] = {"blueprint": name, "title": "A paper"}
    worth = {"mcq": draw(st.sampled_from([1, 1.5])), "basic": 2, "short": 2, "essay": 5}
    raw["points"] = {kind: marks for kind, marks in worth.items() if draw(st.booleans())}
    raw["use"] = draw(st.sampled_from([None, None, None, "exam", "deck"]))
    raw["graded"] = draw(st.sampled_from([True, True, False]))
    chosen = {item.kind for item in model if referee.is_long(item)} & raw["points"].keys()
    if chosen and draw(st.booleans()):
        raw["choose"] = dict.fromkeys(sorted(chosen), 1)
    rows = draw(st.lists(_row(model), max_size=3))
    if draw(st.booleans()):
        # One row for every kind: nothing is left open but which items.
        rows += [{"kind": kind, "count": sum(i.kind == kind for i in model)} for kind in KINDS]
    raw["rows"] = draw(st.permutations(rows))
    raw["fixed"] = draw(st.sampled_from([[], [], [model[0].id]]))
    raw["excluded"] = draw(st.sampled_from([[], [], [draw(st.sampled_from(ids))]]))
    raw["only"] = draw(st.sampled_from([{}, {}, {}, {"theme": "grief"}, {"difficulty": [1, 2]}]))
    if draw(st.booleans()):
        raw["items"] = len(model)
    try:
        made = Blueprint.model_validate(raw | {"items": len(model)})
        total = sum(referee.marks(item, made) for item in model if item.kind not in made.choose) + made.chosen
        if total and (draw(st.booleans()) or not ("items" in raw or referee.size(_without_items(made)))):
            raw["marks"] = total + draw(st.sampled_from([0, 0, 0, 0, 1]))
        return Blueprint.model_validate(raw), model
    except ValidationError:
        return Blueprint.model_validate({"blueprint": name, "title": "A paper", "items": len(model)}), model


def _without_items(blueprint: Blueprint) -> Blueprint:
    return blueprint.model_copy(update={"items": None})
