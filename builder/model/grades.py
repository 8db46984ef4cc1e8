"""From marks to grades: the scale of a course, as a table of steps or as a line through points.

    grades: {A: 90, B: 80, C: 70, D: 60, F: 0}    # from so many per cent on

    grades:                                       # Germany
      steps: {1.0: 95, 1.3: 90, 1.7: 85, 2.0: 80, 2.3: 75, 2.7: 70, 3.0: 65, 3.3: 60, 3.7: 55, 4.0: 50, 5.0: 0}

    grades:                                       # France: 20 points, in halves
      line: {0: 0, 100: 20}
      step: 0.5

    grades:                                       # Chile: 60 % is a 4.0
      line: {0: 1.0, 60: 4.0, 100: 7.0}
      step: 0.1

Results are compared as exact fractions. 89.99 % is no A unless `round: whole`
says that the result is rounded first, halves up. A grade on a line is rounded
to its `step`, and what lies halfway goes up, unless `round:` says `down` or `up`.
"""

import math
from fractions import Fraction
from functools import lru_cache
from itertools import pairwise
from typing import Annotated, Any, Literal, Self

from pydantic import BeforeValidator, Field, PlainSerializer, WithJsonSchema, model_validator
from pydantic_core import PydanticCustomError

from builder.model.fields import Frozen, Text
from builder.text.late import late
from builder.text.numbers import exact

_HUNDRED = 100
_PLAIN = late(r"-?[0-9]{1,6}(?:\.[0-9]{1,4})?")
Bound = Literal["percent", "marks"]
Rounding = Literal["exact", "whole", "nearest", "up", "down"]
_OF_STEPS: tuple[Rounding, ...] = ("exact", "whole")
_OF_LINES: tuple[Rounding, ...] = ("nearest", "up", "down")


def _amount(value: Any) -> str:
    """A number as it was typed, so that `1.0` stays what is printed."""
    text = str(value)
    if not _PLAIN.fullmatch(text):
        raise PydanticCustomError("bad-number", "'{typed}' is no number", {"typed": text})
    return text


Amount = Annotated[
    str, BeforeValidator(_amount), WithJsonSchema({"type": ["number", "string"], "pattern": r"^-?\d+(\.\d+)?$"})
]


def _short(value: Any) -> Any:
    """`grades: {A: 90, F: 0}` is `grades: {steps: {A: 90, F: 0}}`."""
    if isinstance(value, dict) and value and not {"steps", "line"} & value.keys():
        return {"steps": value}
    return value


class GradeScale(Frozen):
    """A scale of grades: `steps` say from which result on each grade is given, a `line` which grade a result earns.

    A line is straight between its points, `{result: grade}`. Results are in per cent of the marks of the paper, or, with
    `in: marks`, in its marks. `step` is the distance between grades on a line.
    """

    steps: Annotated[dict[Text, Amount], Field(max_length=100)] = {}
    line: Annotated[dict[Amount, Amount], Field(max_length=100)] = {}
    in_: Annotated[Bound, Field(alias="in")] = "percent"
    step: Amount = "1"
    round: Rounding | None = None

    @model_validator(mode="after")
    def _sound(self) -> Self:
        if bool(self.steps) == bool(self.line):
            raise PydanticCustomError("steps-or-line", "grades are either 'steps' or a 'line'")
        known = _OF_STEPS if self.steps else _OF_LINES
        if self.round and self.round not in known:
            message = "'round: {round}' does not belong to such a scale"
            told = {"round": self.round, "key": "round", "help": f"write one of {', '.join(known)}"}
            raise PydanticCustomError("misfit-rounding", message, told)
        results = sorted(map(exact, self.steps.values() if self.steps else self.line))
        _refuse_gaps(results, "steps" if self.steps else "line", self.in_)
        if self.line and (len(results) < 2 or exact(self.step) <= 0):  # noqa: PLR2004 - a line needs two points
            message = "a line needs two results or more, and a step above 0"
            raise PydanticCustomError("no-line", message, {"key": "line"})
        return self

    def grade(self, marks: Fraction, of: Fraction) -> str:
        """The grade for so many marks of all those of a paper.

        With A from 90 and B from 0 on, 17.9 of 20 marks are 89.5 %: a B, or rounded to a whole number an A.
        """
        result = marks if self.in_ == "marks" else marks * _HUNDRED / of if of else Fraction(0)
        if self.steps:
            result = Fraction(_nearest(result)) if self.round == "whole" else result
            reached = [(_value(least), name) for name, least in self.steps.items() if _value(least) <= result]
            lowest = min(self.steps, key=lambda name: _value(self.steps[name]))  # for results below 0, by minus marks
            return max(reached)[1] if reached else lowest
        return self._on_line(result)

    def cuts(self, of: Fraction) -> list[Fraction]:
        """The marks of a paper of `of` marks from which on each grade of the table is given, but for the lowest grade.

        With A from 90 and B from 0 per cent on, a paper of 20 marks has one: 18. A line has none.
        """
        bounds = sorted(map(_value, self.steps.values()))[1:]
        return bounds if self.in_ == "marks" else [bound * of / _HUNDRED for bound in bounds]

    def _on_line(self, result: Fraction) -> str:
        """The grade on the line, to its step; outside of the points, that of the nearest one."""
        points = sorted((_value(at), _value(grade)) for at, grade in self.line.items())
        found = points[0][1] if result <= points[0][0] else points[-1][1]
        for (left, low), (right, high) in pairwise(points):
            if left <= result <= right:
                found = low + (high - low) * (result - left) / (right - left)
        step = _value(self.step)
        whole = {"up": math.ceil, "down": math.floor}.get(self.round or "", _nearest)(found / step)
        digits = max(len(text.partition(".")[2]) for text in (self.step, *self.line.values()))
        return f"{float(whole * step):.{digits}f}"


# Of the few numbers of a scale, for each result anew.
_value = lru_cache(maxsize=1000)(exact)


def _nearest(number: Fraction) -> int:
    """The nearest whole number; what lies halfway goes up: 89.5 is 90."""
    return math.floor(number + Fraction(1, 2))


def _refuse_gaps(results: list[Fraction], key: str, bound: Bound) -> None:
    """Refuse a scale by which some result earns no grade, or two."""
    told = {"key": key}
    if len(set(results)) < len(results):
        raise PydanticCustomError("twin-step", "two grades begin at the same result", told)
    if results[0] != 0:
        message = "no grade is given from 0 on, so that the lowest results have none"
        raise PydanticCustomError("no-lowest-grade", message, told)
    if bound == "percent" and results[-1] > _HUNDRED:
        raise PydanticCustomError("past-hundred", "a grade is given from more than 100 % on", told)


Grades = Annotated[
    GradeScale,
    BeforeValidator(_short, json_schema_input_type=dict[str, Amount] | GradeScale),
    PlainSerializer(lambda scale: scale.model_dump(mode="json", by_alias=True, exclude_defaults=True)),
]
