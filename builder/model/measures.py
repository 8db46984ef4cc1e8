"""What a blueprint asks of the figures that earlier exams have left: expected difficulty, anchors, items without faults."""

from typing import Annotated, Any, Literal, NamedTuple, Self

from pydantic import BeforeValidator, Field, WithJsonSchema, model_validator
from pydantic_core import PydanticCustomError

from builder.model.fields import Frozen, Number, Title
from builder.text.late import late

_SHARE = r"(?:0(?:\.[0-9]{1,2})?|1(?:\.00?)?)"
_RANGE = late(rf"({_SHARE})\.\.({_SHARE})")


class Shares(NamedTuple):
    """A range of shares, in hundredths: `0.6..0.7` is from 60 to 70, both included."""

    low: int
    high: int

    def __str__(self) -> str:
        return f"{self.low / 100:.2f}..{self.high / 100:.2f}"


def _shares(value: Any) -> Any:
    """`0.6..0.7` as a range."""
    if isinstance(value, tuple):  # no YAML holds one: it is a range already
        return value
    found = _RANGE.fullmatch(value.strip()) if isinstance(value, str) else None
    if not found:
        message = "'{typed}' is no range of shares from 0 to 1 with at most two decimals, such as 0.6..0.7"
        raise PydanticCustomError("not-a-range", message, {"typed": str(value)})
    low, high = (round(100 * float(end)) for end in found.groups())
    if low > high:
        raise PydanticCustomError("crossed-bounds", "'{typed}' begins above its end", {"typed": value})
    return Shares(low, high)


ShareRange = Annotated[
    Shares,
    BeforeValidator(_shares),
    WithJsonSchema({"type": "string", "pattern": f"^{_SHARE}\\.\\.{_SHARE}$", "examples": ["0.6..0.7"]}),
]

FaultCode = Literal["S01", "S02", "S03", "S04", "S05"]


class Anchors(Frozen):
    """How many items of an earlier exam are on the paper again, unchanged: they tie the marks of both exams together.

    `exam` is a paper of history.yaml or an exam of usage.jsonl. An item that was edited since is no anchor.
    """

    exam: Title
    min: Annotated[Number, Field(description="How many of them at least.")]
    max: Number | None = None

    @model_validator(mode="after")
    def _bounds(self) -> Self:
        if self.max is not None and self.min > self.max:
            raise PydanticCustomError("crossed-bounds", "'min:' is more than 'max:'")
        return self

    @property
    def wants(self) -> str:
        """What is asked for, in words: `at least 8`, `8 to 12`."""
        return f"at least {self.min}" if self.max is None else f"{self.min} to {self.max}"
