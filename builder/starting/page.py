"""The page of a kind of item, of a file or of a key: made from the models, so that it can't be out of date."""

from __future__ import annotations

import inspect
import re
from collections import defaultdict
from typing import TYPE_CHECKING, Any, cast, get_args

from builder.deck import apkg
from builder.grading.decisions import Decision, Decisions
from builder.grading.rekey import Change, Changes
from builder.model import Bank, Blueprint, Course, CourseFile, Item
from builder.model.base import ItemBase
from builder.model.course import AnkiDeck, Outline, Traps
from builder.model.items import KINDS, kind_of
from builder.model.specification import Specification
from builder.model.translation import Translation
from builder.paper.record import under
from builder.source import nodes
from builder.starting import pictures, sample
from builder.starting import raw as raw_file
from builder.wording import raw

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from pydantic import BaseModel

FILES: dict[str, type[BaseModel]] = {"course": CourseFile, "bank": Bank, "blueprint": Blueprint}
# Files that a course may have beside these: each is in full what its page shows as an example.
BESIDE: dict[str, type[BaseModel]] = {
    "outline": Outline,
    "specification": Specification,
    "traps": Traps,
    "translation": Translation,
}
# Files of those who mark, each with what one of its entries is called, and the model of that.
MARKING: dict[str, tuple[type[BaseModel], str, type[BaseModel]]] = {
    "decisions": (Decisions, "a page", Decision),
    "rekey": (Changes, "a change", Change),
}
ROSTER = "roster"
_UNION, _ = get_args(Item)
_MODELS = {kind_of(model): model for model in get_args(_UNION)}
_MODULE = re.compile(r" \(`builder\.[\w.]+`\)")  # where a developer reads on
_NUMBERS = {"integer": "a whole number", "number": "a number"}


def names() -> tuple[str, ...]:
    """The kinds and files that have a page."""
    return (*KINDS, *FILES, *BESIDE, *MARKING, ROSTER)


def page(name: str) -> str:
    """The page of a kind of item, or of a file: what it is, an example, what it becomes, and its keys.

    Raises:
        KeyError: there is no such page.
    """
    if name == ROSTER:
        from builder.starting.rosters import page as roster_page

        return roster_page()
    if name in MARKING:
        model, entry, of = MARKING[name]
        keys = ["Keys:", "", *_keys(model, set()), "", f"Keys of {entry}:", "", *_keys(of, set())]
        told = _MODULE.sub("", inspect.cleandoc(of.__doc__ or ""))
        return (
            "\n".join(
                [*_head(name, model), "", told, "", "For example:", "", raw_file(f"{name}.yaml").rstrip(), "", *keys]
            )
            + "\n"
        )
    if name in BESIDE:
        example = ["", "For example:", "", raw_file(f"{name}.yaml").rstrip(), "", "Keys:", ""]
        return "\n".join([*_head(name, BESIDE[name]), *example, *_keys(BESIDE[name], set())]) + "\n"
    if name in FILES:
        return "\n".join([*_head(name, FILES[name]), "", "Keys:", "", *_keys(FILES[name], set())]) + "\n"
    kind = _MODELS[name]
    own = {key for key in kind.model_fields if key not in ItemBase.model_fields and key != "kind"}
    shared = set(kind.model_fields) - own - {"kind"}
    return (
        "\n".join(
            [
                *_head(name, kind),
                *("", "For example:", "", sample(name).rstrip(), "", *_becomes(name)),
                *("", f"Keys of {name}:", "", *_keys(kind, shared)),
                *("", "Keys of every item:", "", *_keys(kind, own)),
            ]
        )
        + "\n"
    )


def _head(name: str, model: type[BaseModel]) -> Iterator[str]:
    """The name of a model, underlined, and what its docstring says."""
    yield from (name, "=" * len(name), "", _MODULE.sub("", inspect.cleandoc(model.__doc__ or "")))


def _becomes(kind: str) -> Iterator[str]:
    """What the example of a kind becomes in Anki and on paper."""
    (entry,) = cast("list[object]", nodes.values("sample", sample(kind)).value)
    item = _MODELS[kind].model_validate(entry).model_copy(update={"cites": ()})  # the course below has no works
    course = Course("course.yaml", "course", "", "en", "", AnkiDeck(deck="-"), {}, {}, (item,), media=pictures())
    ((_, note),) = apkg.rendered(course).rows
    cards = len(note.ordinals)
    yield f"In Anki: note type {note.type.name}, {cards} card{'s' if cards > 1 else ''}."
    yield f"On paper: in the part “{raw('en')['sections'][under(item)]['title']}”."


def _keys(model: type[BaseModel], without: set[str]) -> Iterator[str]:
    """A line for each key: its name, the shape of its value, and whether it has to be there."""
    shown = {key: shape for key, shape in shapes(model).items() if key not in {*without, "kind"}}
    width = max(map(len, shown), default=0)
    for key, shape in shown.items():
        yield f"  {key:{width}}  {shape}"


def shapes(model: type[BaseModel]) -> dict[str, str]:
    """The shape of the value of each key in words, and whether it has to be there."""
    schema = model.model_json_schema(by_alias=True)
    definitions, needed = schema.get("$defs", {}), schema.get("required", ())
    return {
        key: f"{_shape(it, definitions)}{'  (needed)' if key in needed else ''}"
        for key, it in schema["properties"].items()
    }


def model_of(kind: str) -> type[BaseModel]:
    """The model of a kind of item."""
    return cast("type[BaseModel]", _MODELS[kind])


def shape_of(schema: Mapping[str, Any]) -> str:
    """The shape of a value in words, from its JSON Schema; where it refers to another one, in one word."""
    return _shape(dict(schema), defaultdict(dict, {}))


def _shape(schema: dict[str, Any], definitions: Mapping[str, Any]) -> str:
    """The shape of a value in words, from its JSON Schema."""
    if "$ref" in schema:
        return _shape(definitions[schema["$ref"].rsplit("/", 1)[1]], definitions)
    if "anyOf" in schema:
        said = [_shape(it, definitions) for it in schema["anyOf"] if it.get("type") != "null"]
        return " or ".join(dict.fromkeys(said))
    if "discriminator" in schema:
        return "{id, kind, prompt, ...}"
    if "enum" in schema:
        return ", ".join(map(str, schema["enum"]))
    if "const" in schema:
        return str(schema["const"])
    match schema.get("type"):
        case "array":
            entries = schema.get("items") or (schema.get("prefixItems") or [{}])[0]
            return f"[{_shape(entries, definitions)}, ...]"
        case "object" if "properties" in schema:
            return f"{{{', '.join(schema['properties'])}}}"
        case "object":
            return "{name: value, ...}"
        case "boolean":
            return "true or false"
        case "integer" | "number" as number:
            least, most = schema.get("minimum", schema.get("ge")), schema.get("maximum", schema.get("le"))
            bounds = f" from {least} to {most}" if None not in {least, most} else ""
            halves = ", in halves" if schema.get("multipleOf") else ""
            return f"{_NUMBERS[number]}{bounds}{halves}"
        case _:
            return "Markdown" if "description" in schema else "text"
