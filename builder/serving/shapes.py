"""What may stand at a place of a file, from the published schemas: keys with what they are, and values that are listed."""

from __future__ import annotations

import json
import re
from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING, Any, NamedTuple

from builder.loading.course import COURSE_FILE
from builder.model.lock import LOCK_FILE
from builder.schemas import MODELS
from builder.serving.cursor import ENTRY

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from builder.serving.cursor import Cursor, Way

_ROLES = {"bank": "bank", "blueprint": "blueprint", "sources": "outline", "traps": "traps", "papers": "history"}
# A line break at the front is found faster than the start of any line.
_FIRST = re.compile(
    r"\n(bank|blueprint|sources|traps|translates|items|papers|tolerance|themes|bloom|difficulty|references|- id):"
)
_HEAD = 4096  # characters in which a file most often says what it is
_FEW = 6  # numbers that are proposed one by one, such as those of a difficulty


class Shape(NamedTuple):
    """A key that may stand somewhere: its schema, and whether it has to."""

    name: str
    schema: Mapping[str, Any]
    is_needed: bool


def role(path: str, text: str) -> str | None:
    """Which of the files of a course a text is, by its own keys: `bank`, `course` and so on; None for any other."""
    name = path.replace("\\", "/").rpartition("/")[2]
    if name == COURSE_FILE:
        return "course"
    if not name.endswith((".yaml", ".yml")) or name == LOCK_FILE:
        return "references" if name.endswith(".json") and '"type"' in text and '"id"' in text else None
    keys = set(_FIRST.findall(f"\n{text[:_HEAD]}"))
    if not keys & {"translates", *_ROLES} and len(text) > _HEAD:
        keys = set(_FIRST.findall(f"\n{text}"))
    if "translates" in keys:
        return "translation"
    if found := next((name for key, name in _ROLES.items() if key in keys), None):
        return found
    if "items" in keys:
        return "bank"
    if keys & {"tolerance", "themes", "bloom", "difficulty"}:
        return "specification"
    return "references" if keys else None


@cache
def schema_of(name: str) -> dict[str, Any]:
    """The schema of a file that plays a role, by its name in `MODELS`; {} for one that has none.

    It is read, and not made from its model: pydantic completes a model when it is first used, and a check in another
    thread may be doing that just now.
    """
    if name not in MODELS:
        return {}
    schema: dict[str, Any] = json.loads((files("builder.schemas") / f"{name}.json").read_text("utf-8"))
    return schema


def keys(name: str, cursor: Cursor) -> list[Shape]:
    """The keys that may stand where a key is typed, but for those that are there."""
    shown: dict[str, Shape] = {}
    way = cursor.way
    schemas = [schema for schema in _at(name, way, cursor.beside) if "properties" in schema]
    needing = [set(schema["required"]) for schema in schemas if "required" in schema]
    needed = set.intersection(*needing) if needing else set()  # whatever the kind that is still to be typed
    for schema in schemas:
        for key, inner in schema["properties"].items():
            shown.setdefault(key, Shape(key, inner, key in needed))
    there = cursor.beside.get(way, {}).keys() - {cursor.word}
    return [shape for key, shape in shown.items() if key not in there]


def key(name: str, cursor: Cursor) -> Shape | None:
    """The key that a way ends with."""
    *way, last = cursor.way
    for schema in _at(name, tuple(way), cursor.beside):
        if last in schema.get("properties", {}):
            return Shape(last, schema["properties"][last], last in schema.get("required", ()))
    return None


def values(name: str, cursor: Cursor) -> list[str]:
    """The values that the schema lists for a place."""
    found: dict[str, None] = {}
    # What is typed now says nothing yet of the kinds that may stand there.
    beside = {way: {k: v for k, v in it.items() if (*way, k) != cursor.way} for way, it in cursor.beside.items()}
    for schema in _at(name, cursor.way, beside):
        if schema.get("type") == "boolean":
            found |= dict.fromkeys(["true", "false"])
        least, most = schema.get("minimum", schema.get("ge")), schema.get("maximum", schema.get("le"))
        if schema.get("type") == "integer" and least is not None and most is not None and most - least < _FEW:
            found |= dict.fromkeys(map(str, range(least, most + 1)))
        listed = [*schema.get("enum", ()), *([schema["const"]] if "const" in schema else [])]
        found |= dict.fromkeys(map(str, listed))
    return list(found)


def _at(name: str, way: Way, beside: Mapping[Way, Mapping[str, str]]) -> list[dict[str, Any]]:
    """The schemas that hold at the end of a way."""
    whole = schema_of(name)
    found = list(_variants(whole, whole, beside.get((), {})))
    for size, step in enumerate(way, 1):
        inner: list[dict[str, Any]] = []
        for schema in found:
            if step == ENTRY:
                inner += [schema["items"]] if isinstance(schema.get("items"), dict) else schema.get("prefixItems", [])
            elif step in schema.get("properties", {}):
                inner.append(schema["properties"][step])
            elif isinstance(schema.get("additionalProperties"), dict):
                inner.append(schema["additionalProperties"])
        known = beside.get(way[:size], {})
        found = [variant for schema in inner for variant in _variants(whole, schema, known)]
    return found


def _variants(whole: dict[str, Any], schema: dict[str, Any], known: Mapping[str, str]) -> Iterator[dict[str, Any]]:
    """The schemas that a schema stands for; of the kinds of items the one that is named, or all."""
    if "$ref" in schema:
        yield from _variants(whole, whole["$defs"][schema["$ref"].rpartition("/")[2]], known)
        return
    mapping = schema.get("discriminator", {}).get("mapping", {})
    if named := mapping.get(known.get(schema.get("discriminator", {}).get("propertyName", ""), "")):
        yield from _variants(whole, {"$ref": named}, known)
        return
    if mapping:  # no kind is said yet, so all of them may be
        first = schema["discriminator"]["propertyName"]
        yield {"properties": {first: {"enum": list(mapping), "description": "the kind of the item"}}}
    several = [*schema.get("anyOf", ()), *schema.get("oneOf", ())]
    for inner in several:
        described = {"description": schema["description"]} if "description" in schema else {}
        yield from _variants(whole, {**described, **inner}, known)
    if not several:
        yield schema
