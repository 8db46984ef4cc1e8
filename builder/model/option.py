"""An option of a choice."""

from typing import Literal, Self

from pydantic import model_validator
from pydantic_core import PydanticCustomError

from builder.model.fields import Aside, Frozen, Prose


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
