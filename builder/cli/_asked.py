"""The options of `her-study quiz` that say which paper to draw, and the blueprint that they amount to."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal, NamedTuple

from builder.diagnostics import BuilderError

if TYPE_CHECKING:
    from builder.model import Blueprint, Course, Item


class Asked(NamedTuple):  # --help waits for this class, and Python makes it five times as fast as a dataclass
    """The options that say which paper to draw; an option that was not given is None or empty."""

    blueprint: str | None
    items: int | None
    points: float | None
    theme: tuple[str, ...]
    theory: tuple[str, ...]
    kind: tuple[str, ...]
    bloom: tuple[str, ...]
    difficulty: tuple[str, ...]
    basis: tuple[str, ...]
    tags: tuple[str, ...]
    use: Literal["deck", "exam"] | None
    seed: str | None
    versions: int | None
    name: str | None
    avoid_last: int
    avoid: tuple[str, ...]

    @property
    def given(self) -> list[str]:
        """The names of the options that were given."""
        return [name for name, value in self._asdict().items() if value]

    @property
    def sorts(self) -> dict[str, tuple[str, ...]]:
        """The options that narrow down which items are drawn (themes, kinds and so on), with their values."""
        keys = ("theme", "theory", "kind", "bloom", "difficulty", "basis", "tags")
        return {key: values for key in keys if (values := getattr(self, key))}


def blueprint_of(course: Course, asked: Asked) -> Blueprint:
    """The course's blueprint that --blueprint names; without --blueprint, one made from the other options.

    Raises:
        BuilderError: the course has no such blueprint, an option does not go with one, or no item in use fits.
    """
    from builder.diagnostics import did_you_mean
    from builder.model import Blueprint

    own = [*(key for key in ("items", "points", "use") if getattr(asked, key)), *asked.sorts]
    name = asked.blueprint
    if name is None:
        # Without --use exam, the paper asks only what students have in their deck: it may go to anyone.
        made = {"blueprint": "quiz", "title": "Quiz", "use": asked.use or "deck", "graded": asked.use == "exam"}
        items = _for_use(course, Blueprint.model_validate(made | {"items": 1}))
        size = {"items": asked.items or (None if asked.points else 12), "marks": asked.points}
        only = {key: _in_use(items, key, values) for key, values in asked.sorts.items()}
        return Blueprint.model_validate(made | {"only": only} | size)
    if own:
        message = f"--{own[0]} is for papers without a blueprint; change '{name}' itself, or leave out --blueprint"
        raise BuilderError(message)
    if name not in course.blueprints:
        there = ", ".join(course.blueprints)
        remedy = did_you_mean(name, course.blueprints) or (f"there are {there}" if there else "the course has none")
        message = f"there is no blueprint '{name}'; {remedy}"
        raise BuilderError(message)
    return course.blueprints[name]


def _for_use(course: Course, blueprint: Blueprint) -> list[Item]:
    """The items in use whose `use:` (deck or exam) lets the blueprint ask them.

    Raises:
        BuilderError: there are items in use, and none of them.
    """
    items = [item for item in course.active if blueprint.may_ask(item)]
    if course.active and not items:
        what = "no item is kept for exams" if blueprint.use == "exam" else "all items are kept for exams"
        message = f"{what} (`use: exam`); {'leave out --use exam' if blueprint.use == 'exam' else 'give --use exam'}"
        raise BuilderError(message)
    return items


def _in_use(items: list[Item], key: str, values: tuple[str, ...]) -> tuple[str, ...]:
    """The values of the option `key`, after a check that at least one of the items has each of them.

    Raises:
        BuilderError: no item has a value; the message suggests the nearest one.
    """
    from builder.diagnostics import did_you_mean

    there = {str(v) for item in items for v in (item.tags if key == "tags" else [getattr(item, key)]) if v}
    for value in values:
        if value not in there:
            remedy = did_you_mean(value, there) or f"there is {', '.join(sorted(there)[:20]) or 'none'}"
            message = f"--{key} {value}: no item in use has it; {remedy}"
            raise BuilderError(message)
    return values
