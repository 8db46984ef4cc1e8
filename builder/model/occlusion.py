"""A picture with named boxes: what lies in each is hidden, and has to be known."""

from itertools import combinations
from typing import Annotated, Any, Literal, NamedTuple, Self

from pydantic import BeforeValidator, Field, WithJsonSchema, model_validator
from pydantic_core import PydanticCustomError

from builder.model.base import ItemBase
from builder.model.fields import Frozen, Prose, WordBank, refuse_twins
from builder.model.scoring import Scored
from builder.text.late import late

_PERCENT = late(r"[0-9]{1,3}(?:\.[0-9]{1,3})?")
_WHOLE = 100
_ALIKE = 0.8  # share of all that two boxes cover which both cover, from which on one hides the other
_LEAST = 0.5  # per cent: a box that is narrower can't be seen
_MOST = 99


def _percent(value: Any) -> Any:
    """A share of the picture in per cent: `12`, `12.5`."""
    if type(value) is str and _PERCENT.fullmatch(value):
        return float(value)
    if type(value) in {int, float}:
        return float(value)
    raise PydanticCustomError("not-percent", "'{typed}' is no number of per cent", {"typed": str(value)})


Percent = Annotated[float, BeforeValidator(_percent, json_schema_input_type=float), Field(ge=0, le=_WHOLE)]


class Rectangle(NamedTuple):
    """A part of a picture, in per cent of its width and height: `left` and `top` from its upper left corner."""

    left: Percent
    top: Percent
    width: Percent
    height: Percent

    @property
    def area(self) -> float:
        """In ten-thousandths of the picture."""
        return self.width * self.height

    def likeness(self, other: "Rectangle") -> float:
        """The share of all that two rectangles cover which both cover, from 0 to 1."""
        wide = min(self.left + self.width, other.left + other.width) - max(self.left, other.left)
        high = min(self.top + self.height, other.top + other.height) - max(self.top, other.top)
        both = max(0.0, wide) * max(0.0, high)
        return both / (self.area + other.area - both)


def _four(value: Any) -> Any:
    if isinstance(value, str) or (isinstance(value, list | tuple) and len(value) != len(Rectangle._fields)):
        raise PydanticCustomError("no-rectangle", "a box has four numbers: left, top, width, height")
    return value


At = Annotated[
    Rectangle,
    BeforeValidator(_four),
    WithJsonSchema(
        {
            "type": "array",
            "description": "[left, top, width, height] in per cent of the picture",
            "items": {"type": "number", "minimum": 0, "maximum": _WHOLE},
            "minItems": 4,
            "maxItems": 4,
        }
    ),
]


class Box(Frozen):
    """A part of the picture with its `label`; `accept` lists other labels that are right."""

    label: Prose
    at: At
    accept: tuple[Prose, ...] = ()

    @model_validator(mode="after")
    def _within(self) -> Self:
        left, top, width, height = self.at
        told = {"label": self.label, "key": "at"}
        if min(width, height) < _LEAST:
            message = "the box '{label}' is less than half a per cent wide or high"
            raise PydanticCustomError("thin-box", message, told)
        if left + width > _WHOLE or top + height > _WHOLE:
            raise PydanticCustomError("outside-picture", "the box '{label}' reaches out of the picture", told)
        refuse_twins([self.label, *self.accept], "accept")
        return self


def _listed(value: Any) -> Any:
    """`{aorta: [1, 2, 3, 4]}` is `[{label: aorta, at: [1, 2, 3, 4]}]`."""
    return [{"label": label, "at": at} for label, at in value.items()] if isinstance(value, dict) else value


_Boxes = Annotated[tuple[Box, ...], Field(min_length=1, max_length=_MOST)]
Boxes = Annotated[_Boxes, BeforeValidator(_listed, json_schema_input_type=dict[str, At] | _Boxes)]


class Occlusion(Scored, ItemBase):
    """A picture with boxes over what is to be named: a card for each box, numbered in the order of the list.

    `boxes` is `{label: [left, top, width, height]}` in per cent of the picture, or a list of `{label, at, accept}`.
    With `mode: hide-all` a card hides the other boxes too; with `hide-one` only the one that it asks for. A paper
    always hides all of them. With `word_bank: true` it prints the labels to choose from, or with a list these further
    words among them; on a sheet they are chosen by letters, as in a cloze.
    """

    kind: Literal["occlusion"]
    boxes: Boxes
    mode: Literal["hide-all", "hide-one"] = "hide-all"
    word_bank: WordBank = None

    @model_validator(mode="after")
    def _drawn(self) -> Self:
        if self.image is None:
            raise PydanticCustomError("no-picture", "boxes need a picture to lie on", {"key": "boxes"})
        labels = [box.label for box in self.boxes]
        refuse_twins(labels, "boxes")
        refuse_twins([*labels, *(self.word_bank or ())], "word_bank")
        for one, other in combinations(self.boxes, 2):
            if one.at.likeness(other.at) > _ALIKE:
                told = {"one": one.label, "other": other.label, "key": "boxes"}
                raise PydanticCustomError("twin-boxes", "the boxes '{one}' and '{other}' cover one place", told)
        return self

    @property
    def labels(self) -> tuple[str, ...]:
        """The labels in the order of the boxes."""
        return tuple(box.label for box in self.boxes)

    @property
    def accepted(self) -> tuple[tuple[str, ...], ...]:
        """For each box what else is right there."""
        return tuple(box.accept for box in self.boxes)

    @property
    def words(self) -> tuple[str, ...]:
        """What a paper prints to choose from: the labels in the order of the boxes, then the further words, or nothing."""
        return () if self.word_bank is None else (*self.labels, *self.word_bank)

    @property
    def usual_marks(self) -> float:
        """One for each box."""
        return len(self.boxes)
