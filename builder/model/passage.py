"""A passage: a text, with pictures and sounds in it, that several items ask about.

A bank lists its passages beside its items, and an item names the one that it belongs to. Once loaded, the item holds
the passage itself: so the content hash of an item covers its passage, and whoever shows an item has its text.
"""

from typing import Annotated, Any

from pydantic import BeforeValidator, ValidationError
from pydantic_core import PydanticCustomError

from builder.model.fields import Flag, Frozen, Number, Prose, Slug, Title


class Passage(Frozen):
    """A text that its items ask about. A paper prints it once, before its questions, which stand in the bank's order.

    A paper has all of the questions that may stand on it, or none. With `take: 3` it has three of them, or none.
    With `parts: true` they share one number, and are its parts (a), (b), (c).
    """

    id: Slug
    title: Title | None = None
    text: Prose
    take: Number | None = None
    parts: Flag = False
    math: Flag = False


def _known(value: Any) -> Any:
    """A passage as it is. A name that is left over is that of no passage: `resolved` has put passages for all others."""
    if isinstance(value, str):
        raise PydanticCustomError("unknown-passage", "'{typed}' is no passage of this bank", {"typed": value})
    return value


OfPassage = Annotated[Passage | None, BeforeValidator(_known, json_schema_input_type=Slug | None)]


def sound(passages: Any) -> dict[str, Passage | None]:
    """The passages of a bank by id, the first of each; None stands for one that is not sound."""
    found: dict[str, Passage | None] = {}
    for raw in passages if isinstance(passages, list | tuple) else ():
        try:
            passage = Passage.model_validate(raw)
        except ValidationError:
            if isinstance(raw, dict) and isinstance(raw.get("id"), str):
                found.setdefault(raw["id"], None)
        else:
            found.setdefault(passage.id, passage)
    return found


def resolved(entries: Any, passages: dict[str, Passage | None]) -> Any:
    """The items of a bank as typed, each with the passage that it names in the place of the name.

    An item of a passage that is not sound is left without one: what is wrong is told of the passage alone.
    """
    if not passages or not isinstance(entries, list | tuple):
        return entries
    return [_with_passage(entry, passages) for entry in entries]


def _with_passage(entry: Any, passages: dict[str, Passage | None]) -> Any:
    name = entry.get("passage") if isinstance(entry, dict) else None
    return {**entry, "passage": passages[name]} if isinstance(name, str) and name in passages else entry
