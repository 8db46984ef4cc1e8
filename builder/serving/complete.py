"""What may be typed next: keys from the schemas, values from the schemas and from the course."""

from __future__ import annotations

import inspect
from typing import TYPE_CHECKING, NamedTuple

from builder.serving import known, shapes
from builder.serving.cursor import cursor

if TYPE_CHECKING:
    from collections.abc import Iterator

    from builder.model import Course
    from builder.serving.cursor import Cursor, Spot

_NOT = ("prompt", "answer", "explanation", "title", "text")  # texts of the author's own


class Proposal(NamedTuple):
    """A text for the place from column `start` to the cursor. `kind` is `key`, `value` or `name` (of the course)."""

    label: str
    text: str
    start: int
    kind: str
    detail: str = ""
    page: str = ""
    is_needed: bool = False


def proposals(spot: Spot, course: Course | None) -> list[Proposal]:
    """What may be typed at a place; nothing in a comment, or in a file of another sort."""
    lines = spot.text.split("\n")
    role = shapes.role(spot.path, spot.text)
    before = lines[spot.row][: spot.column] if spot.row < len(lines) else ""
    if role is None or before.lstrip().startswith("#") or " #" in before:
        return []
    here = cursor(lines, spot.row, spot.column)
    found: list[Proposal] = []
    if here.is_value is not True:
        found += [_key(shape, here.start) for shape in shapes.keys(role, here)]
        found += [
            Proposal(code, f"{code}: ", here.start, "key", what, "")
            for code, what in known.codes(here.way).items()
            if code not in here.beside.get(here.way, {})
        ]
    if here.is_value is not False and known.key_of(here.way) not in _NOT:
        found += _values(role, here, course)
    return found


def _key(shape: shapes.Shape, start: int) -> Proposal:
    from builder.starting.page import shape_of

    needed = "needed" if shape.is_needed else ""
    page = str(shape.schema.get("description", ""))
    said = shape_of(shape.schema)
    return Proposal(
        shape.name, f"{shape.name}: ", start, "key", f"{said}{', needed' * bool(needed)}", page, bool(needed)
    )


def _values(role: str, here: Cursor, course: Course | None) -> Iterator[Proposal]:
    key = known.key_of(here.way)
    names = known.names(course, here.way, role) if course else {}
    for name, what in names.items():
        yield Proposal(name, name, here.start, "name", what)
    for value in shapes.values(role, here):
        if value not in names:
            page = kind_page(value) if key == "kind" else ""
            yield Proposal(value, value, here.start, "value", page.partition("\n")[0], page)


def kind_page(kind: str) -> str:
    """What a kind of item is, from its model; empty for another name."""
    from builder.model.items import KINDS
    from builder.starting.page import model_of

    return inspect.cleandoc(model_of(kind).__doc__ or "") if kind in KINDS else ""
