"""The page of a key: in which kinds and files it stands, the shape of its value, and an example out of those to begin from."""

from __future__ import annotations

import inspect
import re
from functools import cache
from typing import TYPE_CHECKING

from builder.model.base import ItemBase
from builder.model.items import KINDS
from builder.starting import raw, sample
from builder.starting.page import FILES, model_of, shapes

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pydantic import BaseModel

_SENTENCE = re.compile(r"(?<=[.;])\s+")


def names() -> tuple[str, ...]:
    """All keys that have a page: those of items, banks, blueprints and course.yaml, and those within their values."""
    return (*_top(), *_within())


def page(name: str) -> str:
    """The page of a key: what it is for, where it may stand, and an example; of one within a value, that of the value.

    Raises:
        KeyError: there is no such key.
    """
    if name not in _top():
        outer = _within()[name]
        return f"`{name}` stands within `{outer}`.\n\n{page(outer)}"
    parts = ["\n".join([name, "=" * len(name)]), "\n".join(_told(name)), "\n".join(_places(name)), _example(name)]
    return "\n\n".join(filter(None, parts)) + "\n"


def _top() -> tuple[str, ...]:
    models = [*map(model_of, KINDS), *FILES.values()]
    return tuple(dict.fromkeys(key for model in models for key in _keys(model)))


def _within() -> dict[str, str]:
    """The keys within values, such as `wrong`, each with the key of the first value that has it, such as `options`."""
    found: dict[str, str] = {}
    for model in [*map(model_of, KINDS), *FILES.values()]:
        for outer, shape in _keys(model).items():
            for names_ in re.findall(r"\{([\w, ]+)\}", shape):
                for name in names_.split(", "):
                    found.setdefault(name, outer)
    return {name: outer for name, outer in found.items() if name not in _top()}


@cache
def _keys(model: type[BaseModel]) -> dict[str, str]:
    """The keys of a model with the shapes of their values."""
    return {key: shape for key, shape in shapes(model).items() if key != "kind"}


def _told(name: str) -> Iterator[str]:
    """What the models say of a key: each sentence that names it."""
    models: list[type[BaseModel]] = [ItemBase, *map(model_of, KINDS), *FILES.values()]
    told: dict[str, None] = {}
    for model in models:
        if name in model.model_fields:
            said = " ".join(inspect.cleandoc(model.__doc__ or "").split())
            told |= {
                f"{it.rstrip('.;')}.": None for it in _SENTENCE.split(said) if f"`{name}`" in it or f"`{name}:" in it
            }
    return iter(told)


def _places(name: str) -> Iterator[str]:
    """A line for each shape of the key's value, and the kinds and files in which it has that shape."""
    found: dict[str, list[str]] = {}
    for kind in KINDS:
        if name in _keys(model_of(kind)):
            found.setdefault(_keys(model_of(kind))[name], []).append(kind)
    for shape, kinds in found.items():
        every = "every kind" if len(kinds) == len(KINDS) else ", ".join(kinds)
        yield f"In items of {every}: {shape}"
    for file, model in FILES.items():
        if name in _keys(model):
            yield f"In {'course.yaml' if file == 'course' else f'a {file}'}: {_keys(model)[name]}"


def _example(name: str) -> str:
    """The first place of the key in the files to begin from; the empty string where none has it."""
    texts = [*(sample(kind) for kind in KINDS if name in _keys(model_of(kind)))]
    texts += [raw(f"{file}.yaml") for file, model in FILES.items() if name in _keys(model)]
    found = next(filter(None, (_lines(text, name) for text in texts)), [])
    return "\n".join(["For example:", "", *found]) if found else ""


def _lines(text: str, name: str) -> list[str]:
    """The lines of a key with all that stands below it, at the left margin and without the sign of a comment."""
    lines = text.splitlines()
    start = next(
        (n for n, line in enumerate(lines) if re.match(rf"(?:  |# |  # )?{name}: *\S|(?:  )?{name}:$", line)), None
    )
    if start is None:
        return []
    head = lines[start]
    margin = len(head) - len(head.lstrip())
    below = lines[start + 1 :]
    is_comment = head.lstrip().startswith("#")
    inside = (
        [] if is_comment else below[: next((n for n, it in enumerate(below) if not _is_below(it, margin)), len(below))]
    )
    return [head.strip().removeprefix("# "), *(line[margin:] for line in inside)]


def _is_below(line: str, margin: int) -> bool:
    return line.startswith(" " * (margin + 1))
