"""What the options of `her-study quiz` ask for, and the blueprint that comes of it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal, NamedTuple

from builder.diagnostics import BuilderError

if TYPE_CHECKING:
    from builder.model import Blueprint, Course, Item


class Asked(NamedTuple):  # made five times as fast as a dataclass, and --help has to wait for it
    """What the options say of a paper that is to be drawn; what was not given is None or empty."""

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
        """Of which themes, kinds and so on items are drawn, by option."""
        keys = ("theme", "theory", "kind", "bloom", "difficulty", "basis", "tags")
        return {key: values for key in keys if (values := getattr(self, key))}


def blueprint_of(course: Course, asked: Asked) -> Blueprint:
    """The blueprint named, or one of the options."""
    from builder.diagnostics import did_you_mean
    from builder.model import Blueprint

    own = [*(key for key in ("items", "points", "use") if getattr(asked, key)), *asked.sorts]
    name = asked.blueprint
    if name is None:
        # A paper that nobody called an exam may go to anyone.
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
    """The items in use that the blueprint may ask by their `use:`."""
    items = [item for item in course.active if blueprint.may_ask(item)]
    if course.active and not items:
        what = "no item is kept for exams" if blueprint.use == "exam" else "all items are kept for exams"
        message = f"{what} (`use: exam`); {'leave out --use exam' if blueprint.use == 'exam' else 'give --use exam'}"
        raise BuilderError(message)
    return items


def _in_use(items: list[Item], key: str, values: tuple[str, ...]) -> tuple[str, ...]:
    """Values of an option, each of which some item in use has."""
    from builder.diagnostics import did_you_mean

    there = {str(v) for item in items for v in (item.tags if key == "tags" else [getattr(item, key)]) if v}
    for value in values:
        if value not in there:
            remedy = did_you_mean(value, there) or f"there is {', '.join(sorted(there)[:20]) or 'none'}"
            message = f"--{key} {value}: no item in use has it; {remedy}"
            raise BuilderError(message)
    return values
