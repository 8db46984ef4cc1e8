"""Items that are answered by a choice: of one or several options, or of true and false."""

from typing import Annotated, Any, Literal, Self

from pydantic import Field, model_validator
from pydantic_core import PydanticCustomError

from builder.model.base import ItemBase
from builder.model.fields import LETTERS, Aside, Count, Flag
from builder.model.option import Option
from builder.model.scoring import Scored, Sort
from builder.text import amounts


class Mcq(Scored, ItemBase):
    """Multiple choice: one right option, or several with `multiple: true`; with `choose: 3` exactly three.

    Options are shuffled by a seed, but for numbers and amounts of one unit, which stand as the author wrote them.
    `order: shuffle` shuffles these too, `order: author` no option, and `order: value` puts them in order itself.
    """

    kind: Literal["mcq"]
    options: Annotated[tuple[Option, ...], Field(min_length=2, max_length=len(LETTERS))]
    multiple: Flag = False
    choose: Annotated[Count, Field(ge=2)] | None = None
    order: Literal["shuffle", "value", "author"] | None = None

    @model_validator(mode="before")
    @classmethod
    def _several(cls, raw: Any) -> Any:
        """What chooses a number of options chooses several."""
        if isinstance(raw, dict) and raw.get("choose") is not None and "multiple" not in raw:
            return {**raw, "multiple": True}
        return raw

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
        if self.choose not in {None, right}:
            message = "'choose:' says {choose}, and {right} of the options are 'right:'"
            raise PydanticCustomError("other-number", message, {"choose": self.choose, "right": right, "key": "choose"})
        return self

    @model_validator(mode="after")
    def _values(self) -> Self:
        if self.order == "value" and amounts.by_value(self._unpinned, math=self.math) is None:
            message = (
                "the options have no values of one unit: they are no numbers, amounts, dates, versions or addresses"
            )
            raise PydanticCustomError("no-values", message, {"key": "order"})
        return self

    @property
    def sort(self) -> Sort:
        """A choice of one, or of several."""
        return "multiple" if self.multiple else "mcq"

    @property
    def _unpinned(self) -> tuple[str, ...]:
        return tuple(option.text for option in self.options if option.pin is None)

    @property
    def is_ordered(self) -> bool:
        """Whether the options are printed in one order everywhere: one that the author asks for, or numbers and amounts.

        Readers who know a number should find it at once (NBME 2020; rule M13 looks at the author's order).
        """
        if self.order is not None:
            return self.order != "shuffle"
        return amounts.are_amounts(self._unpinned, math=self.math)

    @property
    def printed_order(self) -> tuple[int, ...]:
        """The one order of ordered options, as indices: the author's or that of values, pinned ones at their ends.

        The options 20 %, "none" (pinned last) and 5 % are printed as they stand: (0, 2, 1); with `order: value` as (2, 0, 1).
        """
        places = {
            end: [i for i, option in enumerate(self.options) if option.pin == end] for end in ("first", None, "last")
        }
        if self.order == "value":
            order = amounts.by_value(self._unpinned, math=self.math) or ()
            places[None] = [places[None][i] for i in order]
        return (*places["first"], *places[None], *places["last"])


class TrueFalse(Scored, ItemBase):
    """A statement; a false one carries the `correction` that makes it true."""

    kind: Literal["truefalse"]
    answer: Flag
    correction: Aside = ""

    @property
    def usual_marks(self) -> float:
        """One for the verdict, one for the correction: papers ask for both."""
        return 2
