"""Items that are answered by a choice: of one or several options, or of true and false."""

from __future__ import annotations

from typing import Annotated, Literal, Self

from pydantic import Field, model_validator
from pydantic_core import PydanticCustomError

from builder.model.base import LETTERS, ItemBase
from builder.model.fields import Aside, Flag, Frozen, Prose


class Option(Frozen):
    """One option of a choice: `right:` or `wrong:`, and why; `pin: last` keeps it in last place."""

    right: Prose | None = None
    wrong: Prose | None = None
    why: Aside = ""
    pin: Literal["first", "last"] | None = None

    @model_validator(mode="after")
    def _one_verdict(self) -> Self:
        if (self.right is None) == (self.wrong is None):
            raise PydanticCustomError("option-verdict", "an option is either 'right:' or 'wrong:'")
        return self

    @property
    def text(self) -> str:
        """What the option says."""
        return self.right or self.wrong or ""

    @property
    def is_right(self) -> bool:
        """Whether choosing it earns the mark."""
        return self.right is not None


class Mcq(ItemBase):
    """Multiple choice: one right option, or several with `multiple: true`. Any order; shuffled by a seed."""

    kind: Literal["mcq"]
    options: Annotated[tuple[Option, ...], Field(min_length=2, max_length=len(LETTERS))]
    multiple: Flag = False

    @model_validator(mode="after")
    def _key(self) -> Self:
        right = sum(option.is_right for option in self.options)
        if not right:
            raise PydanticCustomError("no-right-option", "no option is 'right:'", {"key": "options"})
        if right > 1 and not self.multiple:
            raise PydanticCustomError(
                "several-right-options",
                "{right} options are 'right:' (say 'multiple: true' if that is meant)",
                {"right": right, "key": "options"},
            )
        return self

    @property
    def is_ordered(self) -> bool:
        """Whether the options are numbers, which stay in the author's order (NBME 2020; rule M13)."""
        return all(option.text.replace(",", "").replace(".", "").isdigit() for option in self.options)


class TrueFalse(ItemBase):
    """A statement; a false one carries the `correction` that makes it true."""

    kind: Literal["truefalse"]
    answer: Flag
    correction: Aside = ""

    @property
    def usual_marks(self) -> int:
        """One for the verdict, one for the correction: papers ask for both."""
        return 2
