"""A mark for a type of fields that many models have: pydantic then works out once how it is checked, not for each field."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, cast

if TYPE_CHECKING:
    from pydantic import GetCoreSchemaHandler
    from pydantic_core import CoreSchema


class Once:
    """Stands in an annotation for the whole of another one: `Annotated[str, Once(Annotated[str, ...])]`.

    The eleven kinds of item have some 400 fields of about ten such types, and what takes time in a short run is to
    read their annotations. The type must hold no model, since a model's schema is known by name within one other only.
    """

    def __init__(self, kind: Any) -> None:
        """`kind` is the annotation that this one stands for."""
        self._kind = kind
        self._schema: dict[str, Any] = {}

    def __get_pydantic_core_schema__(self, _source: object, handler: GetCoreSchemaHandler) -> CoreSchema:
        """A copy of the schema, which pydantic may add to for a field, as it adds to its metadata."""
        if not self._schema:
            self._schema = dict(handler.generate_schema(self._kind))
        metadata = self._schema.get("metadata", {})
        own = {key: list(value) if isinstance(value, list) else value for key, value in metadata.items()}
        return cast("CoreSchema", self._schema | ({"metadata": own} if own else {}))
