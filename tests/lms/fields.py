"""The parameters of H5P held against the fields that a content type declares in its `semantics.json`."""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from pathlib import Path

_TAG = re.compile(r"</?([a-z][a-z0-9]*)")
_KINDS: dict[str, Any] = {
    "text": str,
    "boolean": bool,
    "number": int,
    "select": str,
    "group": dict,
    "list": list,
    "library": dict,
}


def faults(libraries: Path, library: str, params: Mapping[str, Any], at: str = "") -> Iterator[str]:
    """What some parameters have that the fields of their library don't allow, each with its place."""
    known = json.loads((libraries / library.replace(" ", "-") / "semantics.json").read_text("utf-8"))
    yield from _group(libraries, known, params, at)


def _group(libraries: Path, fields: list[Any], params: Mapping[str, Any], at: str) -> Iterator[str]:
    known = {field["name"]: field for field in fields}
    for name in sorted(params.keys() - known.keys()):
        yield f"{at}/{name}: no such field"
    for name in params.keys() & known.keys():
        yield from _fault(libraries, known[name], params[name], f"{at}/{name}")


def _fault(libraries: Path, field: dict[str, Any], value: Any, at: str) -> Iterator[str]:
    """What a value has that its field does not allow."""
    kind = field["type"]
    if kind == "group" and len(field["fields"]) == 1 and not isinstance(value, dict):
        value = {field["fields"][0]["name"]: value}  # a group of one field is that field
    if kind not in _KINDS or not isinstance(value, _KINDS[kind]):
        yield f"{at}: {value!r} is no {kind}"
    elif kind == "group":
        yield from _group(libraries, field["fields"], value, at)
    elif kind == "list":
        if not field.get("min", 0) <= len(value) <= field.get("max", len(value)):
            yield f"{at}: {len(value)} entries"
        for place, entry in enumerate(value):
            yield from _fault(libraries, field["field"], entry, f"{at}/{place}")
    elif kind == "select" and value not in [option["value"] for option in field["options"]]:
        yield f"{at}: {value!r} is none of its options"
    elif kind == "text":
        allowed = {"p", "br", "div", "span", "li", *field["tags"]} if "tags" in field else set()
        yield from (f"{at}: <{tag}> is not allowed" for tag in sorted({*_TAG.findall(value)} - allowed))
    elif kind == "library":
        if value["library"] in field["options"]:
            yield from faults(libraries, value["library"], value["params"], f"{at}/{value['library']}")
        else:
            yield f"{at}: {value['library']} is none of {', '.join(field['options'])}"
