"""How the value of a key is written that holds a list or a mapping: `pairs: [[term, response], ...]`.

The form follows from the model. Where names of its parts say more than their sorts, `_SAID` has them.
"""

from __future__ import annotations

import types
from functools import cache
from typing import TYPE_CHECKING, Annotated, Any, Literal, Union, get_args, get_origin

from pydantic import BaseModel

if TYPE_CHECKING:
    from collections.abc import Iterator

    from builder.diagnostics import At

# By the name of the model that has the key; `*` is any.
_SAID = {
    ("*", "options"): "[{right: text}, {wrong: text}, ...], or a line '- right: text' or '- wrong: text' for each",
    ("*", "pairs"): "[[term, response], ...], or a line '- [term, response]' for each",
    ("*", "key_points"): "[{point: text, marks: 1}, ...], or a line '- {point: text, marks: 1}' for each",
    ("*", "rubric"): '[{criterion: text, marks: 2, levels: ["0: nothing", "2: all of it"]}, ...]',
    ("*", "levels"): '["0: what earns nothing", "2: what earns 2 marks", ...]',
    ("*", "boxes"): "{label: [left, top, width, height], ...}",
    ("*", "allow"): "{P03: the reason, ...}",
    ("*", "image"): "{file: picture.png, alt: what it shows}",
    ("*", "audio"): "{file: sound.mp3, transcript: what is said}",
    ("*", "unit"): "g, or {symbol: g, accept: [gram]}",
    ("*", "convert"): "{kg: 1000}",
    ("*", "reviewed"): "{by: name, on: 2026-11-22}",
    ("Numeric", "accept"): "[{value: 7, share: 1/2}, ...]",
    ("Cloze", "accept"): "{c1: [another text], ...}",
    ("*", "themes"): "{key: title, ...}",
    ("*", "theories"): "{key: title, ...}",
}
_TEXT = "text"


@cache
def form(owner: type[BaseModel], name: str) -> str:
    """What to write for a key of a model; the empty string for a key that holds no list and no mapping."""
    said = _SAID.get((owner.__name__, name)) or _SAID.get(("*", name))
    field = next((it for key, it in owner.model_fields.items() if (it.alias or key) == name), None)
    if field is None:
        return ""
    said = said or next((it for it in _forms(field.annotation) if it[0] in "[{"), "")
    lines = f", or a line '- {_TEXT}' for each" if said == f"[{_TEXT}, ...]" else ""
    return f"write {name}: {said}{lines}" if said else ""


def here(at: At) -> str:
    """What stands at a place, in words: `'pairs'`, or an entry of it."""
    last = at.keys[-1] if at.keys else "the file"
    return f"entry {last + 1} of '{at.keys[-2]}'" if isinstance(last, int) and len(at.keys) > 1 else f"'{last}'"


def parted(given: object, key: str) -> str:
    """What to do about a key that is the rest of a text behind a comma; the empty string for any other key.

    `{why: Yes, since it is so}` has a key `since it is so` without a value.
    """
    is_text = given == "" and not key.replace("-", "").replace("_", "").isalnum()
    return "a comma within {...} begins a new key: put quotes around a text that holds one" if is_text else ""


def _forms(annotation: Any) -> Iterator[str]:
    """The forms that a value of this type may have."""
    origin, inner = get_origin(annotation), get_args(annotation)
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        fields = {it.alias or key: it for key, it in annotation.model_fields.items()}
        needed = [key for key, it in fields.items() if it.is_required()] or list(fields)
        yield f"{{{', '.join(f'{key}: {_first(fields[key].annotation)}' for key in needed)}}}"
    elif origin is Annotated:
        yield from _forms(inner[0])
    elif origin in {Union, types.UnionType}:
        for one in inner:
            yield from _forms(one)
    elif origin is Literal:
        yield str(inner[0])
    elif origin in {tuple, list, frozenset}:
        yield f"[{_first(inner[0])}, ...]"
    elif origin is dict:
        yield f"{{name: {_first(inner[1])}, ...}}"
    elif annotation is not type(None):
        yield {bool: "true", int: "1", float: "1"}.get(annotation, _TEXT)


def _first(annotation: Any) -> str:
    return next(_forms(annotation), _TEXT)
