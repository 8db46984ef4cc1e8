"""What is equal in the items of a bank as one object, so that a large course takes less room.

Pydantic and the reader of YAML give each item its own. Where a second process takes part, the room counts twice.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from builder.model import ItemBase

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from builder.model import Item
    from builder.model.fields import Frozen

_NAMES = ("theory", "theme", "basis", "group")  # fields of an item that hold what others name too
_LISTS = ("locator", "cites", "tags", "enemies")


def share_keys(models: Iterable[Frozen]) -> None:
    """Let models that were typed with the same keys have one set of these.

    In a large course, sets of their own would take a fifth of the room of its items.
    """
    shared: dict[frozenset[str], set[str]] = {}
    for model in models:
        typed = model.__pydantic_fields_set__
        object.__setattr__(model, "__pydantic_fields_set__", shared.setdefault(frozenset(typed), typed))


def share(items: Sequence[Item]) -> None:
    """Let items have one object for each name, each list of names, and the keys that their parts were typed with.

    They take a fifth less room, and a twentieth more time to read.
    """
    shared: dict[Any, Any] = {}
    for item in items:
        values = item.__dict__  # a frozen model lets nobody set a field; here each keeps an equal value
        for key in _NAMES:
            if name := values[key]:
                values[key] = shared.setdefault(name, name)
        for key in _LISTS:
            if names := values[key]:
                values[key] = shared.get(names) or shared.setdefault(names, tuple(map(shared.setdefault, names, names)))
    share_keys(_parts(items))


def _parts(items: Sequence[Item]) -> Iterable[Frozen]:
    """The models that items have in lists, such as options."""
    of_all = ItemBase.model_fields.keys()
    kinds = {type(item) for item in items}
    own = {kind: [key for key in kind.model_fields if key not in of_all] for kind in kinds}
    for item in items:
        for key in own[type(item)]:
            parts = item.__dict__[key]
            if type(parts) is tuple and parts and hasattr(parts[0], "model_fields_set"):
                yield from parts
