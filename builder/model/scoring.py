"""What earns marks: the parts of a written answer, and the rules by which other answers are scored.

The rules are those of learning platforms under plain names. `all` and `each`
are QTI's match-correct and map-response; `each-minus` is Moodle's choice of
several answers with negative fractions; `positions` and `neighbours` are
Moodle's "absolute position" and "relative to the next item".

A rule can be said for the whole course, for a bank, for a blueprint, for a row
of a blueprint and for an item. Each of these wins over those before it.
"""

import re
from fractions import Fraction
from typing import Annotated, Any, Literal, Self, cast, get_args

from pydantic import BeforeValidator, Field, PlainSerializer, WithJsonSchema, model_validator
from pydantic_core import PydanticCustomError

from builder.model.fields import Flag, Frozen, Marks, Prose

RuleName = Literal["all", "each", "each-minus", "neighbours", "positions"]

# What can have a rule: kinds of items, with a choice of several right options apart from that of a single one.
Sort = Literal["mcq", "multiple", "truefalse", "matching", "ordering", "cloze", "occlusion"]
SUITED: dict[Sort, tuple[RuleName, ...]] = {
    "mcq": ("all",),
    "multiple": ("all", "each", "each-minus"),
    "truefalse": ("all",),
    "matching": ("all", "each"),
    "ordering": ("all", "neighbours", "positions"),
    "cloze": ("all", "each"),
    "occlusion": ("all", "each"),
}
_CHOICES: tuple[Sort, ...] = ("mcq", "multiple", "truefalse")  # where something wrong can be chosen
_CALLED: dict[Sort, str] = {
    "mcq": "a choice with a single right option",
    "multiple": "a choice with 'multiple: true'",
    "truefalse": "a true/false question",
    "matching": "a matching",
    "ordering": "an ordering",
    "cloze": "a cloze",
    "occlusion": "an occlusion",
}

_SHARE = re.compile(r"([0-9]{1,4})(?:/([1-9][0-9]{0,3})|\.([0-9]{1,4}))?")


def _share(value: Any) -> Any:
    """A share of the marks as an exact fraction: `1/3`, `0.25`, `0`."""
    if isinstance(value, Fraction):
        return value
    found = _SHARE.fullmatch(str(value))
    if not found or Fraction(str(value)) > 1:
        message = "'{typed}' is not a share of the marks, from 0 to 1"
        raise PydanticCustomError("not-a-share", message, {"typed": str(value)})
    return Fraction(str(value))


Share = Annotated[
    Fraction,
    BeforeValidator(_share),
    PlainSerializer(str, return_type=str),
    WithJsonSchema({"type": ["string", "number"], "pattern": rf"^{_SHARE.pattern}$", "minimum": 0, "maximum": 1}),
]


def _named(value: Any) -> Any:
    """`scoring: each` is `scoring: {rule: each}`."""
    return {"rule": value} if isinstance(value, str) else value


class Scoring(Frozen):
    """By which `rule` the marks of a question are given.

    With `all`, they are given for the whole right answer alone. With `each`,
    every right pair, gap or box has its part of them, and every option that is
    rightly chosen or rightly left. With `each-minus`, every right option that
    is chosen has its part, and every wrong one costs: the question never earns
    less than 0, unless it may be `negative`. With `neighbours`, each step that
    rightly follows the one before has its part; with `positions`, each step in
    its right place.

    `penalty` is what a wrong choice costs, as a share of the question's marks:
    `1/4`. Where it is left out, `each-minus` shares the marks out among the
    wrong options, so that choosing everything comes to nothing; a choice by
    the rule `all` then costs nothing.
    """

    rule: RuleName = "all"
    penalty: Share | None = None
    negative: Flag = False

    @model_validator(mode="after")
    def _fits(self) -> Self:
        if self.negative and self.rule != "each-minus":
            message = "'negative:' belongs to the rule each-minus, not to '{rule}'"
            raise PydanticCustomError("misfit-scoring", message, {"rule": self.rule, "key": "negative"})
        if self.penalty and self.rule not in {"all", "each-minus"}:
            message = "the rule '{rule}' has no penalty; each-minus has"
            raise PydanticCustomError("misfit-scoring", message, {"rule": self.rule, "key": "penalty"})
        return self


AnyScoring = Annotated[Scoring, BeforeValidator(_named, json_schema_input_type=RuleName | Scoring)]


def misfit(sort: Sort, scoring: Scoring) -> str:
    """Why questions of a sort can't be scored like that; empty if they can."""
    if scoring.rule not in SUITED[sort]:
        return f"{_CALLED[sort]} is not scored by '{scoring.rule}', but by {' or '.join(SUITED[sort])}"
    if scoring.penalty and sort not in _CHOICES:
        return f"{_CALLED[sort]} has no penalty, since nothing wrong is chosen there"
    return ""


def refuse_misfit(sort: Sort, scoring: Scoring | None, key: str) -> None:
    """Tell of a rule that does not suit a sort of questions, at a key of the file."""
    problem = misfit(sort, scoring) if scoring else ""
    if problem:
        raise PydanticCustomError("misfit-scoring", "{problem}", {"problem": problem, "key": key})


class Scored(Frozen):
    """An item whose marks can be given by a rule of its own."""

    kind: str
    scoring: AnyScoring | None = None

    @property
    def sort(self) -> Sort:
        """The sort of questions that it is of, for which others may say a rule."""
        return cast("Sort", self.kind)

    @model_validator(mode="after")
    def _suited(self) -> Self:
        if self.scoring:
            refuse_misfit(self.sort, self.scoring, "scoring")
        return self


class Scorings(Frozen):
    """A rule for each sort of questions that is to have one.

    `mcq` are choices with a single right option, `multiple` those with several.
    """

    mcq: AnyScoring | None = None
    multiple: AnyScoring | None = None
    truefalse: AnyScoring | None = None
    matching: AnyScoring | None = None
    ordering: AnyScoring | None = None
    cloze: AnyScoring | None = None
    occlusion: AnyScoring | None = None

    @model_validator(mode="after")
    def _fit(self) -> Self:
        for sort in get_args(Sort):
            refuse_misfit(sort, self.of(sort), sort)
        return self

    def of(self, sort: Sort) -> Scoring | None:
        """The rule for a sort of questions, if one is said."""
        found: Scoring | None = getattr(self, sort)
        return found


class KeyPoint(Frozen):
    """One thing that a short answer must say, and its marks."""

    point: Prose
    marks: Marks = 1


class Criterion(Frozen):
    """A row of a rubric: its marks, and its levels from worst to best."""

    criterion: Prose
    marks: Marks
    levels: Annotated[tuple[Prose, ...], Field(min_length=2)]
