"""A record that leaves out what it says nothing of: its bytes are those of older records, which knew no such field."""

from typing import Any, ClassVar

from pydantic import SerializerFunctionWrapHandler, model_serializer

from builder.model.fields import Frozen


class Brief(Frozen):
    """A part of a record; the fields in `spared` are not written where they have their usual values."""

    spared: ClassVar[tuple[str, ...]] = ()

    @model_serializer(mode="wrap")
    def _brief(self, write: SerializerFunctionWrapHandler) -> dict[str, Any]:
        usual = {name: type(self).model_fields[name].default for name in self.spared}
        written: dict[str, Any] = write(self)
        return {key: value for key, value in written.items() if key not in usual or getattr(self, key) != usual[key]}
