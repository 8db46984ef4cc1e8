"""Blueprints of papers: how many questions of which sort, worth what, and what must not stand on them.

Test theory's table of specifications for one form (Downing and Haladyna 2006,
chapter 2): rows of content and cognitive level with numbers, all met at once
when a paper is drawn (`builder.drawing`). Names of themes, levels, items and
other blueprints are checked against the course in `builder.loading.links`.
"""

from typing import Annotated, Any, Literal, Self

from pydantic import BeforeValidator, Field, model_validator
from pydantic_core import PydanticCustomError

from builder.model.fields import Count, Difficulty, Digits, Flag, Frozen, Marks, Number, Page, Slug, Title, plain
from builder.model.items import Basic, ItemBase, Reversed, kind_of
from builder.model.measures import Anchors, FaultCode, ShareRange
from builder.model.once import Once
from builder.model.scoring import Scorings
from builder.model.specification import KindName, LevelName


def _listed(value: Any) -> Any:
    """`theme: grief` is `theme: [grief]`."""
    return [value] if isinstance(value, str | int) else value


SHARING = (kind_of(Basic), kind_of(Reversed))  # kinds in one part of a paper

_Slugs = tuple[Slug, ...]
_Kinds = tuple[KindName, ...]
_Levels = tuple[LevelName, ...]
_Difficulties = tuple[Difficulty, ...]
_Faults = tuple[FaultCode, ...]
Slugs = Annotated[_Slugs, Once(Annotated[_Slugs, BeforeValidator(_listed, json_schema_input_type=Slug | _Slugs)])]
Kinds = Annotated[_Kinds, Once(Annotated[_Kinds, BeforeValidator(_listed, json_schema_input_type=KindName | _Kinds)])]
Levels = Annotated[
    _Levels, Once(Annotated[_Levels, BeforeValidator(_listed, json_schema_input_type=LevelName | _Levels)])
]
Difficulties = Annotated[
    _Difficulties,
    Once(Annotated[_Difficulties, BeforeValidator(_listed, json_schema_input_type=Difficulty | _Difficulties)]),
]

Faults = Annotated[
    _Faults, Once(Annotated[_Faults, BeforeValidator(_listed, json_schema_input_type=FaultCode | _Faults)])
]


class Filter(Frozen):
    """A choice of items: an item must match every key that is given, with any one of its values. No key: all items."""

    theme: Slugs = ()
    theory: Slugs = ()
    kind: Kinds = ()
    bloom: Levels = ()
    difficulty: Difficulties = ()
    basis: Slugs = ()
    tags: Slugs = ()

    def matches(self, item: ItemBase) -> bool:
        """Whether an item is of this sort."""
        return all(
            not wanted or (bool(set(wanted) & set(item.tags)) if key == "tags" else getattr(item, key) in wanted)
            for key, wanted in self.named.items()
        )

    @property
    def named(self) -> dict[str, tuple[Any, ...]]:
        """The keys that are given, with their values."""
        return {key: value for key in Filter.model_fields if (value := getattr(self, key))}

    def __str__(self) -> str:
        return (
            ", ".join(f"{key} {' or '.join(map(str, value))}" for key, value in self.named.items()) or "all questions"
        )


class Row(Filter):
    """A row of a blueprint: how many of the paper's questions are of this sort.

    `count` is the number, `min` and `max` its bounds, `share` a percentage of
    the questions, met to the next whole question below or above. `mean_p` is
    where the mean of the expected shares of marks of these questions lies
    (`builder.analysis.expected`), each question counting once. `scoring` are
    the rules by which questions of this sort are scored; of several rows that
    say one for a question, the first counts.
    """

    count: Count | None = None
    min: Count | None = None
    max: Count | None = None
    share: Annotated[Count, Field(le=100)] | None = None
    mean_p: ShareRange | None = None
    scoring: Scorings | None = None

    @model_validator(mode="after")
    def _number(self) -> Self:
        given = [key for key in ("count", "share", "min", "max") if getattr(self, key) is not None]
        if not given and self.mean_p is None:
            raise PydanticCustomError("no-number", "a row needs 'count:', 'share:', 'min:', 'max:' or 'mean_p:'")
        if ("count" in given or "share" in given) and len(given) > 1:
            message = "'{one}:' says how many already, beside it '{other}:' has no place"
            raise PydanticCustomError("two-numbers", message, {"one": given[0], "other": given[1]})
        if self.min is not None and self.max is not None and self.min > self.max:
            raise PydanticCustomError("crossed-bounds", "'min:' is more than 'max:'")
        return self

    @property
    def has_number(self) -> bool:
        """Whether it says how many questions of its sort there are to be."""
        return any(it is not None for it in (self.count, self.share, self.min, self.max))

    @property
    def bounds(self) -> tuple[int, int | None]:
        """The fewest and the most, where the row says so in numbers of its own; see `share`."""
        if self.count is not None:
            return self.count, self.count
        return self.min or 0, self.max

    @property
    def wants(self) -> str:
        """What the row asks for, in words: `12`, `at least 3`, `16 %`."""
        if self.count is not None:
            return str(self.count)
        if self.share is not None:
            return f"{self.share} %"
        if self.max is None:
            return f"at least {self.min}"
        return f"at most {self.max}" if not self.min else f"{self.min} to {self.max}"


class Blueprint(Frozen):
    """A blueprint file: one kind of paper.

    `items` is the number of questions; without it, it is the sum of the rows
    that count by kind alone. `marks` is what the paper must add up to. `points`
    is what each question of a kind is worth: it sets the marks of kinds that
    are right or wrong as a whole, and where parts are marked one by one it
    draws only items worth so much. `choose` is how many questions of a kind
    a candidate answers out of those printed; all of them must be worth the
    same, and be alone in their part of the paper. `disjoint` names blueprints whose papers of the same seed share no
    item with this one; they are drawn together. `scoring` are the rules by which the questions of this paper are
    scored, where neither a row nor the item itself says another.

    With `use: exam` the paper has only items that are kept for exams, with `use: deck` only ones that students have
    in their deck, such as a paper to practise on. Without it all but those whose own `use` is `deck`.
    No paper has an item whose review is open, unless the blueprint says `graded: false`.

    What exams have shown of the items counts as well: `mean_p` is where the mean expected share of marks of the paper's
    questions lies, `anchors` are items of an earlier exam, and no item has a fault of `avoid_flagged` (rules S01 to S05,
    where the item does not allow it), unless it is fixed.

    `digits` are those of the candidate number on sheets without a name, 0 for none; without it they are those that
    course.yaml says, or else 8.
    """

    blueprint: Slug
    title: Title
    minutes: Number | None = None
    marks: Marks | None = None
    items: Annotated[Count, Field(ge=1)] | None = None
    cover: Page = ""
    instructions: Page = ""
    points: dict[KindName, Marks] = {}
    choose: dict[KindName, Number] = {}
    scoring: Scorings | None = None
    use: Literal["deck", "exam"] | None = None
    graded: Flag = True
    only: Filter = Filter.model_construct()
    rows: tuple[Row, ...] = ()
    fixed: Slugs = ()
    excluded: Slugs = ()
    disjoint: Slugs = ()
    mean_p: ShareRange | None = None
    anchors: Anchors | None = None
    avoid_flagged: Faults = ()
    digits: Digits | None = None

    @model_validator(mode="after")
    def _size(self) -> Self:
        if self.marks is None and self.questions is None:
            message = "nothing says how long the paper is: add 'items:', 'marks:', or rows with 'kind:' and 'count:'"
            raise PydanticCustomError("no-size", message)
        for kind in self.choose:
            if kind in SHARING:
                message = (
                    "basic and reversed questions share a part of the paper, where nobody can choose among {kind} ones"
                )
                raise PydanticCustomError("shared-part", message, {"kind": kind, "key": "choose"})
            if kind not in self.points:
                message = "'points:' must say what each {kind} question is worth, since candidates choose among them"
                raise PydanticCustomError("no-points", message, {"kind": kind, "key": "choose"})
        if self.marks is not None and self.chosen > self.marks:
            message = "the questions that candidates choose are worth {chosen} marks, the whole paper {marks}"
            raise PydanticCustomError(
                "too-many-marks", message, {"chosen": str(self.chosen), "marks": str(self.marks), "key": "choose"}
            )
        return self

    @model_validator(mode="after")
    def _sum(self) -> Self:
        """Where rows and `points` settle what the paper adds up to, `marks` says the same."""
        rows = self._counts_by_kind
        if (
            self.marks is not None
            and rows
            and self.questions == sum(row.count or 0 for row in rows)
            and all(len(row.kind) == 1 and row.kind[0] in self.points for row in rows)
        ):
            counts = {kind: row.count or 0 for row in rows for kind in row.kind}
            total = plain(sum(self.choose.get(kind, count) * self.points[kind] for kind, count in counts.items()))
            if total != self.marks:
                message = "the rows add up to {total} marks, and 'marks:' says {marks}"
                raise PydanticCustomError(
                    "unequal-marks", message, {"total": str(total), "marks": str(self.marks), "key": "marks"}
                )
        return self

    def may_ask(self, item: ItemBase) -> bool:
        """Whether the use that an item is meant for, and its review, let it stand on this paper."""
        if self.graded and not item.is_approved:
            return False
        match self.use:
            case "exam":
                return item.is_kept
            case "deck":
                return not item.is_kept
            case None:
                return item.use != "deck"

    @property
    def chosen(self) -> float:
        """The marks of the questions that candidates choose."""
        return plain(sum(number * self.points[kind] for kind, number in self.choose.items()))

    @property
    def questions(self) -> int | None:
        """How many questions are printed; None where the rows leave it open."""
        if self.items is not None:
            return self.items
        counted = {kind for row in self._counts_by_kind for kind in row.kind}
        if any(set(row.kind) - counted and (row.min or row.share or row.count) for row in self.rows):
            return None
        return sum(row.count or 0 for row in self._counts_by_kind) or None

    @property
    def _counts_by_kind(self) -> list[Row]:
        """The rows that count by kind alone."""
        return [row for row in self.rows if row.count is not None and row.named.keys() == {"kind"}]
