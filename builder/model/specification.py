"""The table of specifications: how many items of which sort a course is meant to have.

Test theory's instrument for content validity: the domain is divided before
items are written, so that a bank samples all of it in the proportions that
were meant (Haladyna and Rodriguez 2013, on test blueprints). What a table does
not name wants none; a table that is absent asks for nothing.

Names of themes, kinds, levels and works are checked against the course in
`builder.loading.links`, which knows what is near to a mistyped one; the schema lists
the kinds and levels for editors.
"""

from typing import Annotated, get_args

from pydantic import Field, WithJsonSchema

from builder.model.fields import Bloom, Count, Frozen
from builder.model.items import KINDS

LEVELS: tuple[str, ...] = get_args(Bloom)
DIFFICULTIES = ("1", "2", "3")

KindName = Annotated[str, WithJsonSchema({"type": "string", "enum": list(KINDS)})]
LevelName = Annotated[str, WithJsonSchema({"type": "string", "enum": list(LEVELS)})]
ByDifficulty = Annotated[tuple[Count, ...], Field(min_length=len(DIFFICULTIES), max_length=len(DIFFICULTIES))]


class Tolerance(Frozen):
    """How far a number may be from the one wanted: by `percent` of it, but always by `least` items."""

    percent: Annotated[Count, Field(le=100)] = 0
    least: Count = 0

    def around(self, want: int) -> tuple[int, int]:
        """The fewest and the most items that still count as `want`."""
        slack = max(self.least, want * self.percent // 100)
        return max(0, want - slack), want + slack


class Quota(Frozen):
    """The least number of items that cite a work: `least` for any, `each` for those it names."""

    least: Count = 1
    each: dict[str, Count] = {}


class Specification(Frozen):
    """`specification.yaml`: numbers of items by theme and kind, by kind and Bloom level, by kind and difficulty."""

    tolerance: Tolerance = Tolerance.model_construct()  # `Tolerance()` would build a validator in every command
    references: Quota = Quota.model_construct()
    themes: dict[str, dict[KindName, Count]] = {}
    bloom: dict[KindName, dict[LevelName, Count]] = {}
    difficulty: dict[KindName, ByDifficulty] = {}

    @property
    def tables(self) -> dict[str, dict[tuple[str, str], int]]:
        """The tables that there are, by name: what each pair of row and column wants."""
        counted = {
            "themes": self.themes,
            "bloom": self.bloom,
            "difficulty": {kind: dict(zip(DIFFICULTIES, row, strict=True)) for kind, row in self.difficulty.items()},
        }
        return {
            name: {(row, column): number for row, cells in table.items() for column, number in cells.items()}
            for name, table in counted.items()
            if table
        }
