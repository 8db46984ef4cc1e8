"""The page of a key: in which kinds and files it stands, the shape of its value, and an example out of those to begin from."""

from __future__ import annotations

import re
from functools import cache
from textwrap import fill
from typing import TYPE_CHECKING, cast

from builder.model.items import KINDS
from builder.source import nodes
from builder.starting import raw, sample
from builder.starting.page import FILES, model_of, shapes

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pydantic import BaseModel

_WIDTH = 100


def names() -> tuple[str, ...]:
    """All keys that have a page: those of items, banks, blueprints and course.yaml, and those within their values."""
    return (*_top(), *_within())


def page(name: str) -> str:
    """The page of a key: what it is for, where it may stand, what stands within it, and an example.

    Of a key within a value it is the page of the value, with a word on the key in front.

    Raises:
        KeyError: there is no such key.
    """
    if name not in _top():
        outer = _within()[name]
        return f"`{name}` stands within `{outer}`. {says(name)}\n\n{page(outer)}"
    head = "\n".join([name, "=" * len(name)])
    parts = [head, _wrapped(says(name)), "\n".join(_places(name)), _inside(name), _example(name)]
    return "\n\n".join(filter(None, parts)) + "\n"


def says(name: str) -> str:
    """What a key is for, in a sentence or two of Markdown; the empty string for a name that is no key of these files."""
    return _written()["says"].get(name, "")


@cache
def _written() -> dict[str, dict[str, str]]:
    """The file of what keys are for, with examples of those that no sample of a new course has."""
    return cast("dict[str, dict[str, str]]", nodes.values("keys.yaml", raw("keys.yaml")).value)


def _wrapped(text: str) -> str:
    return fill(text, _WIDTH, break_long_words=False, break_on_hyphens=False)


def _inside(name: str) -> str:
    """A line or two for each key within the value of a key."""
    keys = [key for key, outers in _insides().items() if name in outers]
    width = max(map(len, keys), default=0)
    indent = " " * (width + 4)
    lines = [
        fill(f"  {key:{width}}  {says(key)}", _WIDTH, subsequent_indent=indent, break_on_hyphens=False) for key in keys
    ]
    return "\n".join([f"Keys within `{name}`:", "", *lines]) if lines else ""


def _top() -> tuple[str, ...]:
    models = [*map(model_of, KINDS), *FILES.values()]
    return tuple(dict.fromkeys(key for model in models for key in _keys(model)))


def _within() -> dict[str, str]:
    """The keys within values, such as `wrong`, each with the key of the first value that has it, such as `options`."""
    return {name: next(iter(outers)) for name, outers in _insides().items() if name not in _top()}


@cache
def _insides() -> dict[str, dict[str, None]]:
    """All keys that stand within values, each with the keys of these values."""
    found: dict[str, dict[str, None]] = {}
    for model in [*map(model_of, KINDS), *FILES.values()]:
        for outer, shape in _keys(model).items():
            for names_ in re.findall(r"\{([\w, ]+)\}", shape):
                for name in names_.split(", "):
                    found.setdefault(name, {}).setdefault(outer)
    return found


@cache
def _keys(model: type[BaseModel]) -> dict[str, str]:
    """The keys of a model with the shapes of their values."""
    return {key: shape for key, shape in shapes(model).items() if key != "kind"}


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
    """An example of its own, or the first place of the key in the files to begin from."""
    texts = [*(sample(kind) for kind in KINDS if name in _keys(model_of(kind)))]
    texts += [raw(f"{file}.yaml") for file, model in FILES.items() if name in _keys(model)]
    own = _written()["examples"].get(name, "").splitlines()
    found = own or next(filter(None, (_lines(text, name) for text in texts)), [])
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
