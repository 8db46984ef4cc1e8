"""What every kind of item has: identity, what it is about, what it is worth, and where it comes from."""

from __future__ import annotations

import hashlib
import json
from typing import Any, Literal, Self

from pydantic import Field, model_validator
from pydantic_core import PydanticCustomError

from builder.model.fields import (
    Aside,
    Audio,
    Bloom,
    CiteKey,
    Difficulty,
    Flag,
    Frozen,
    Image,
    LocatorPath,
    Marks,
    Origin,
    Prose,
    Retired,
    Reviewed,
    Slug,
    Text,
    Unapproved,
    Use,
)
from builder.model.passage import OfPassage

_NO_CONTENT: Any = {"use": True, "status": True, "reviewed": True, "origin": True, "passage": {"take"}}
LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"  # what a paper names options, responses and steps by


class ItemBase(Frozen):
    """What every kind of item has. `id` is its identity for ever, never derived from the text.

    `use: exam` keeps an item for exams: no student gets it in a deck. `use: deck` keeps it off exams.
    `status` says how far its review is: `draft`, `review` or `approved`, which wants `reviewed: {by, on}`; an item
    without one is as good as approved. `origin` says who wrote it. `passage` names the text of its bank that it asks
    about.
    """

    id: Slug
    prompt: Prose
    explanation: Aside = ""
    theme: Slug | None = None
    theory: Slug | None = None
    bloom: Bloom | None = None
    difficulty: Difficulty | None = None
    basis: Slug | None = None
    locator: tuple[LocatorPath, ...] = ()
    cites: tuple[CiteKey, ...] = ()
    tags: tuple[Slug, ...] = ()
    marks: Marks | None = None
    image: Image | None = None
    audio: Audio | None = None
    math: Flag = False
    use: Use = "both"
    status: Unapproved | Literal["approved"] | None = None
    reviewed: Reviewed | None = None
    origin: Origin | None = None
    passage: OfPassage = None
    group: Slug | None = None
    contrast: Slug | None = None
    enemies: tuple[Slug, ...] = ()
    allow: dict[str, Text] = Field(default_factory=dict)  # a plain {} would be deep-copied for every item
    retired: Retired | None = None

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

    def is_beside(self, other: ItemBase) -> bool:
        """Whether two items are on one passage."""
        return self.passage is not None and other.passage is not None and self.passage.id == other.passage.id

    @property
    def is_approved(self) -> bool:
        """Whether the item may stand on a paper that counts: no review of it is open."""
        return self.status in {None, "approved"}

    @property
    def is_kept(self) -> bool:
        """Whether the item is kept for exams, so that nothing that students get may show it."""
        return self.use == "exam"

    @property
    def digest(self) -> str:
        """Content hash: 16 hexadecimal digits over every field that is not at its default.

        What an item is used for, and who approved it, is no content: after the exam it may go into the deck, and its
        paper still prints. Nor is it how many items of its passage a paper takes; the text of the passage is content.
        """
        content = self.model_dump(mode="json", exclude_defaults=True, exclude=_NO_CONTENT)
        text = json.dumps(content, sort_keys=True, ensure_ascii=False, separators=(",", ":"))
        return hashlib.sha256(text.encode()).hexdigest()[:16]
