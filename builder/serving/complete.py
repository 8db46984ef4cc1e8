"""What may be typed next: keys from the schemas, values from the schemas and from the course."""

from __future__ import annotations

import inspect
import re
from typing import TYPE_CHECKING, NamedTuple

from builder.model.items import KINDS
from builder.serving import chunks, known, shapes
from builder.serving.cursor import ENTRY
from builder.serving.snippets import snippet

if TYPE_CHECKING:
    from collections.abc import Iterator

    from builder.model import Course
    from builder.serving.cursor import Cursor, Spot

_MOST = 200  # proposals at once: an editor asks again as more is typed
_PICTURE = re.compile(r"!\[[^\]]*\]\(<?([^)\s>]*)$")  # the name of a picture in a text, as far as it is typed


class Proposal(NamedTuple):
    """A text for the place from column `start` to the cursor.

    `kind` is `key`, `value`, `name` (of the course) or `item`, whose text is a snippet (`snippets.py`).
    """

    label: str
    text: str
    start: int
    kind: str
    detail: str = ""
    page: str = ""
    is_needed: bool = False


class Proposals(NamedTuple):
    """What may be typed, and whether there is more that is not listed."""

    listed: list[Proposal]
    is_cut: bool


def proposals(spot: Spot, course: Course | None) -> Proposals:
    """What may be typed at a place; nothing in a comment, or in a file of another sort.

    Of very many names, those that hold what is typed come alone, and at most `_MOST`.
    """
    found = _found(spot, course)
    if len(found) <= _MOST:
        return Proposals(found, is_cut=False)
    typed = spot.text.split("\n")[spot.row][found[0].start : spot.column].casefold()
    fitting = [it for it in found if typed in it.label.casefold()]
    return Proposals(fitting[:_MOST], is_cut=True)


def _found(spot: Spot, course: Course | None) -> list[Proposal]:
    lines = spot.text.split("\n")
    role = shapes.role(spot.path, spot.text)
    before = lines[spot.row][: spot.column] if spot.row < len(lines) else ""
    if role is None or before.lstrip().startswith("#") or " #" in before:
        return []
    if course and (shown := _PICTURE.search(before)):
        return [Proposal(file, file, shown.start(1), "name", what) for file, what in known.files(course).items()]
    here = chunks.here(spot)
    found: list[Proposal] = []
    if here.is_value is not True:
        found += [_key(shape, here.start) for shape in shapes.keys(role, here)]
        found += [
            Proposal(code, f"{code}: ", here.start, "key", what, "")
            for code, what in known.codes(here.way).items()
            if code not in here.beside.get(here.way, {})
        ]
        found += _items(role, here, before, course)
    if here.is_value is not False:
        found += _values(role, here, course)
    return found


def _items(role: str, here: Cursor, before: str, course: Course | None) -> Iterator[Proposal]:
    """An item of each kind, behind the dash of an entry that says nothing yet."""
    if role != "bank" or here.way != ("items", ENTRY) or before[: here.start].strip() != "-":
        return
    for kind in KINDS if not here.beside.get(here.way, {}).keys() - {here.word} else ():
        text = snippet(kind, course.by_id if course else ())
        yield Proposal(f"item: {kind}", text, here.start, "item", "a whole item to write over", kind_page(kind))


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
    from builder.starting.page import model_of

    return inspect.cleandoc(model_of(kind).__doc__ or "") if kind in KINDS else ""
