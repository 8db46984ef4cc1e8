"""What every kind of item has: identity, what it is about, what it is worth, and where it comes from."""

import hashlib
import json
from collections.abc import Mapping
from dataclasses import replace
from typing import Annotated, Any, Self

from pydantic import BeforeValidator, Field, model_validator
from pydantic_core import PydanticCustomError

from builder.model.fields import (
    Allowances,
    Aside,
    Audio,
    CiteKeys,
    Flag,
    Frozen,
    Image,
    Locators,
    MaybeBloom,
    MaybeDifficulty,
    MaybeMarks,
    MaybeOrigin,
    MaybeSlug,
    MaybeStatus,
    Prose,
    Retired,
    Reviewed,
    Slug,
    Slugs,
    Text,
    Use,
)
from builder.model.once import Once
from builder.model.passage import OfPassage
from builder.model.values import Values, read_values

_NO_CONTENT: Any = {"use": True, "status": True, "reviewed": True, "origin": True, "passage": {"take"}}


def _listed(value: Any) -> Any:
    """`where: m > t` is a list of one."""
    return (value,) if isinstance(value, str) else value


_Texts = tuple[Text, ...]
_Conditions = Annotated[_Texts, Once(Annotated[_Texts, BeforeValidator(_listed, json_schema_input_type=Text | _Texts)])]


class ItemBase(Frozen):
    """What every kind of item has. `id` is its identity for ever, never derived from the text.

    `use: exam` keeps an item for exams: no student gets it in a deck. `use: deck` keeps it off exams.
    `status` says how far its review is: `draft`, `review` or `approved`, which wants `reviewed: {by, on}`; an item
    without one is as good as approved. `origin` says who wrote it. `passage` names the text of its bank that it asks
    about.

    An item with `values` is one of its variants: its texts are filled with the combination of values that is drawn.
    `where` are conditions that every combination has to meet.
    """

    id: Slug
    prompt: Prose
    explanation: Aside = ""
    theme: MaybeSlug = None
    theory: MaybeSlug = None
    bloom: MaybeBloom = None
    difficulty: MaybeDifficulty = None
    basis: MaybeSlug = None
    locator: Locators = ()
    cites: CiteKeys = ()
    tags: Slugs = ()
    marks: MaybeMarks = None
    image: Image | None = None
    audio: Audio | None = None
    math: Flag = False
    use: Use = "both"
    status: MaybeStatus = None
    reviewed: Reviewed | None = None
    origin: MaybeOrigin = None
    passage: OfPassage = None
    group: MaybeSlug = None
    contrast: MaybeSlug = None
    enemies: Slugs = ()
    allow: Allowances = Field(default_factory=dict)  # a plain {} would be deep-copied for every item
    retired: Retired | None = None
    values: Values | None = None
    where: _Conditions = ()

    @model_validator(mode="before")
    @classmethod
    def _filled(cls, raw: Any) -> Any:
        """An item as typed is filled with the fixed combination of its values; one made by `variant` has its own."""
        if not isinstance(raw, dict) or (raw.get("values") is None and not raw.get("where")):
            return raw
        if raw.get("values") is None:
            raise PydanticCustomError("no-values-drawn", "'where' has no 'values' to ask for", {"key": "where"})
        values = raw["values"] if isinstance(raw["values"], Values) else read_values(raw)
        return {**values.filled(raw), "values": values}

    def variant(self, drawn: Mapping[str, str], decimal: str | None = None) -> Self:
        """The item with another combination of its values, which `values.has`; numbers in texts have the decimal sign.

        Raises:
            ValidationError: with these values it is no sound item.
        """
        if self.values is None:
            return self
        typed = {**self.values.typed, "math": self.math, "use": self.use, "status": self.status}
        sign = decimal or self.values.decimal
        values = replace(self.values, typed=typed, drawn=dict(drawn), decimal=sign)
        return self.model_validate({**typed, "values": values})

    @property
    def points(self) -> float:
        """Marks on a paper: the author's, or one for each thing that can be right or wrong."""
        return self.marks or self.usual_marks

    @property
    def usual_marks(self) -> float:
        """What this kind is worth where the author says nothing."""
        return 1

    @model_validator(mode="after")
    def _approval(self) -> Self:
        if (self.status == "approved") != (self.reviewed is not None):
            message = "an approved item says who approved it and when, and no other item does"
            raise PydanticCustomError("no-approval", message, {"key": "status" if self.status else "reviewed"})
        return self

    def is_beside(self, other: "ItemBase") -> bool:
        """Whether two items are on one passage."""
        return self.passage is not None and other.passage is not None and self.passage.id == other.passage.id

    @property
    def is_approved(self) -> bool:
        """Whether the item may stand on a paper that counts: no review of it is open."""
        return self.status is None or (self.status == "approved" and not self.is_outdated)

    @property
    def is_outdated(self) -> bool:
        """Whether the item was edited after it was approved, as far as its approval says of which text it is."""
        return self.reviewed is not None and self.reviewed.of not in {None, self.digest}

    @property
    def is_kept(self) -> bool:
        """Whether the item is kept for exams, so that nothing that students get may show it."""
        return self.use == "exam"

    @property
    def digest(self) -> str:
        """Content hash: 16 hexadecimal digits over every field that is not at its default.

        What an item is used for, and who approved it, is no content: after the exam it may go into the deck, and its
        paper still prints. Nor is it how many items of its passage a paper takes; the text of the passage is content.
        Of an item with values, texts count as they were typed: all its variants have one hash.
        """
        content = self.model_dump(mode="json", exclude_defaults=True, exclude=_NO_CONTENT)
        if self.values:
            content |= self.values.template()
        text = json.dumps(content, sort_keys=True, ensure_ascii=False, separators=(",", ":"))
        return hashlib.sha256(text.encode()).hexdigest()[:16]
