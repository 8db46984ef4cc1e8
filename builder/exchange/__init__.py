"""The exchange with other systems: a format a module, whose name is that of `--format`.

A module that takes items out of the house has `write`, one that takes them in has `read` and `looks_like`; both ends
are in `builder.exchange._frame`. No list of formats is kept by hand: the modules of this folder whose names begin
with no underscore are the formats. No format knows another. The docstring of a format is its page for `her-study
explain`: what is kept, what is lost, what a second import does, and which release was tried.
"""

from __future__ import annotations

import pkgutil
from importlib import import_module
from typing import TYPE_CHECKING

from builder.diagnostics import BuilderError, did_you_mean

if TYPE_CHECKING:
    from collections.abc import Iterator

    from builder.exchange._frame import Format


def names() -> tuple[str, ...]:
    """The names of all formats."""
    return tuple(sorted(module.name for module in pkgutil.iter_modules(__path__) if module.name[0] != "_"))


def formats(does: str) -> dict[str, Format]:
    """The formats that can do it, `write`, `read` or `read_columns`, by name."""
    return dict(_each(does))


def _each(does: str) -> Iterator[tuple[str, Format]]:
    """The formats that can do it, each loaded only when it is asked for: all of them take a while to load."""
    for name in names():
        module = import_module(f"{__name__}.{name}")
        if hasattr(module, does):
            yield name, module


def named(name: str, does: str) -> Format:
    """The format of that name.

    Raises:
        BuilderError: there is no such format that can do it.
    """
    if name in names():
        module = import_module(f"{__name__}.{name}")
        if hasattr(module, does):
            return module
    known = formats(does)
    verb = {"write": "written", "read": "read", "read_columns": "read by columns"}[does]
    near = did_you_mean(name, known) or f"there is {', '.join(known)}"
    message = f"--format {name}: no format that is {verb}; {near}"
    raise BuilderError(message)


def page(name: str) -> str:
    """The page of a format."""
    return (import_module(f"{__name__}.{name}").__doc__ or "").strip()


def guessed(name: str, data: bytes) -> str:
    """The name of the format that a file's name and content look like.

    Raises:
        BuilderError: it looks like none.
    """
    for found, module in _each("read"):
        if module.looks_like(name, data):
            return found
    message = f"{name}: no format that is known; --format names one of {', '.join(formats('read'))}"
    raise BuilderError(message)
