"""Kept values as bytes and back, by pickle: nothing can come back but data of the classes that are kept.

A pickle can name any function of any module, and have it called. Here it can name only the classes of the model and of
findings, and a few of the standard library. So even a forged one makes nothing but items and findings.
"""

from __future__ import annotations

import io
import pickle
from datetime import date
from decimal import Decimal
from fractions import Fraction
from functools import cache
from typing import TYPE_CHECKING, Any

from pydantic import BaseModel

from builder.diagnostics import At

if TYPE_CHECKING:
    from collections.abc import Callable

_PROTOCOL = 5
_HOMES = (
    "builder.model.",
    "builder.diagnostics",
    "builder.rules._page",
    "builder.loading.bank",
    "builder.loading.part",
    "builder.comparing.",
)
_OTHERS = {
    ("builtins", "frozenset"): frozenset,
    ("builtins", "set"): set,
    ("datetime", "date"): date,
    ("decimal", "Decimal"): Decimal,
    ("fractions", "Fraction"): Fraction,
}


def dumps(value: object) -> bytes:
    """A value as bytes.

    Raises:
        ValueError: it holds what can't come back.
    """
    file = io.BytesIO()
    try:
        _Pickler(file, _PROTOCOL).dump(value)
    except (pickle.PickleError, TypeError, AttributeError, RecursionError) as error:
        message = "this can't be kept"
        raise ValueError(message) from error
    return file.getvalue()


def loads(data: bytes) -> Any:
    """The value of bytes that `dumps` has made.

    Raises:
        ValueError: the bytes are not of `dumps`, or name what can't come back.
    """
    try:
        return _Unpickler(io.BytesIO(data)).load()
    except Exception as error:  # damaged bytes may raise anything
        message = "this is nothing that was kept"
        raise ValueError(message) from error


def _rebuilt(model: type[BaseModel], values: dict[str, Any], typed: set[str]) -> BaseModel:
    """An object of a model from its values and the names of those that were typed, without validation."""
    made = model.__new__(model)
    put = object.__setattr__
    put(made, "__dict__", values)
    put(made, "__pydantic_fields_set__", typed)
    put(made, "__pydantic_extra__", None)
    put(made, "__pydantic_private__", None)
    return made


class _Pickler(pickle.Pickler):
    """A pickler that takes objects of pydantic apart in half the time that they take themselves."""

    def reducer_override(self, obj: object) -> Any:
        if isinstance(obj, BaseModel):
            return _rebuilt, (type(obj), _plain(obj), obj.__pydantic_fields_set__)
        if type(obj) is At:  # its own way takes ten times as long
            return At, (obj.path, obj.keys, obj.on_key, obj.character)
        if isinstance(obj, type):
            _class(obj.__module__, obj.__qualname__)  # refuse what would not come back
        return NotImplemented


def _plain(model: BaseModel) -> dict[str, Any]:
    """The values of a model, without what it has computed of them and keeps."""
    values = model.__dict__
    names = type(model).model_fields
    return values if len(values) == len(names) else {name: values[name] for name in names}


class _Unpickler(pickle.Unpickler):
    """An unpickler that knows no other classes than those that are kept."""

    def find_class(self, module: str, name: str) -> Any:
        return _rebuilt if (module, name) == (__name__, _rebuilt.__name__) else _class(module, name)


@cache
def _class(module: str, name: str) -> Callable[..., Any]:
    """A class that may come back.

    Raises:
        pickle.UnpicklingError: it may not.
    """
    if (module, name) in _OTHERS:
        return _OTHERS[module, name]
    if module.startswith(_HOMES) and "." not in name:
        from importlib import import_module

        found = getattr(import_module(module), name, None)
        if isinstance(found, type) and found.__module__ == module:
            return found
    message = f"{module}.{name} is not kept"
    raise pickle.UnpicklingError(message)
