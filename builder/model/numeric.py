"""What is right where a number is asked for: the value, how far off it may be, other answers, units, figures.

Moodle calls such a question numerical, with a tolerance and units by a multiplier; QTI 3.0 compares a text entry by
`equal` with a tolerance and `equalRounded` to significant figures. Numbers and shares are kept as they were typed,
since `2.50` shows more figures than `2.5`, and are computed with as fractions.
"""

from collections.abc import Callable, Iterator
from fractions import Fraction
from itertools import combinations
from typing import Annotated, Any, Literal, NamedTuple, Self

from pydantic import AfterValidator, BeforeValidator, Field, StringConstraints, WithJsonSchema, model_validator
from pydantic_core import PydanticCustomError

from builder.model.fields import Aside, Count, Frozen
from builder.text.late import late
from builder.text.numbers import NUMBER, as_decimal, author_figures, exact, is_endless, is_number, read, unit_name

_HUNDRED = Fraction(100)
_COMMA = late(r"\d,\d")
_THOUSAND = late(r"\d,\d{3}(?!\d)")
_POWER = late(r" ?[·*x×] ?10\^?\{?([-+\N{MINUS SIGN}]?\d+)\}?\^?")


def _number(text: str) -> str:
    if is_number(text):
        return text
    raise PydanticCustomError("bad-number", "'{typed}' is no number", {"typed": text, "help": _instead(text)})


def _instead(text: str) -> str:
    """What to write in place of a number in another form: `6,5 g` is 6.5 with `unit: g`; empty if it can't be told.

    A comma before three digits, as in `1,500`, parts thousands in one language and decimals in another.
    """
    found = read(text, "," if _COMMA.search(text) else ".") if not _THOUSAND.search(text) else None
    is_unit = found and (not found.unit or found.unit[0].isalpha() or found.unit[0] in "%‰°€")
    if not found or not is_unit or not text.endswith(found.unit):
        return ""
    number = text.removesuffix(found.unit).strip()
    number = _POWER.sub(r"e\1", number).replace(",", ".").replace("\N{MINUS SIGN}", "-")
    number = number if is_number(number) else as_decimal(found.value)
    return f"write {number}, and its unit as \"unit: '{found.unit}'\"" if found.unit else f"write {number}"


def _tolerance(text: str) -> str:
    number, sign = _percent(text)
    if is_number(number) and exact(number) >= 0:
        return f"{number} %" if sign else number
    raise PydanticCustomError("bad-tolerance", "'{typed}' is no tolerance", {"typed": text})


def _share(text: str) -> str:
    number, sign = _percent(text)
    if is_number(number) and 0 <= exact(number) <= (_HUNDRED if sign else 1):
        return str(exact(number) / (_HUNDRED if sign else 1))
    raise PydanticCustomError("bad-share", "'{typed}' is no share of the marks", {"typed": text})


def _factor(text: str) -> str:
    if is_number(text) and exact(text) > 0:
        return text
    raise PydanticCustomError("bad-factor", "'{typed}' is no factor between units", {"typed": text})


def _percent(text: str) -> tuple[str, bool]:
    """A text without its per cent sign, and whether it had one: `2 %` is `2`."""
    number = text.removesuffix("%").rstrip()
    return number, number != text


def _unit_symbol(text: str) -> str:
    if unit_name(text) and (not text[0].isdigit() or text.startswith("1/")):
        return text
    raise PydanticCustomError("bad-unit", "'{typed}' is no unit", {"typed": text})


# Of an item with values, an expression stands in the place of a number: `m * t`.
_NUMBER_SCHEMA = WithJsonSchema({"type": ["number", "string"], "pattern": f"{NUMBER}|[A-Za-z\u0370-\u03ff]|\\{{\\{{"})
_TEXT_SCHEMA = WithJsonSchema({"type": ["number", "string"]})
_Typed = StringConstraints(strip_whitespace=True)
Number = Annotated[str, _Typed, AfterValidator(_number), _NUMBER_SCHEMA]
Tolerance = Annotated[str, _Typed, AfterValidator(_tolerance), _TEXT_SCHEMA]
Share = Annotated[str, _Typed, AfterValidator(_share), _TEXT_SCHEMA]
Factor = Annotated[str, _Typed, AfterValidator(_factor), _NUMBER_SCHEMA]
Symbol = Annotated[str, StringConstraints(strip_whitespace=True, max_length=40), AfterValidator(_unit_symbol)]


class Span(NamedTuple):
    """The values from `least` to `most`, both included, and the share of the marks that they earn."""

    least: Fraction
    most: Fraction
    share: Fraction
    why: str = ""

    def holds(self, other: "Span") -> bool:
        """Whether it holds every value of another."""
        return self.least <= other.least and other.most <= self.most

    def crosses(self, other: "Span") -> bool:
        """Whether the two share more than one value."""
        return max(self.least, other.least) < min(self.most, other.most)


def around(value: str, tolerance: str | None) -> tuple[Fraction, Fraction]:
    """The least and the largest value that a tolerance lets through: 19.6 and `2 %` are 19.208 and 19.992."""
    middle, (number, is_percent) = exact(value), _percent(tolerance or "0")
    slack = abs(middle) * exact(number) / _HUNDRED if is_percent else exact(number)
    return middle - slack, middle + slack


def _refuse_odd(key: str, value: str, tolerance: str | None) -> None:
    """Tell of a tolerance that can't be meant, of the value at `key`."""
    told = {"value": value, "tolerance": tolerance or "", "key": "tolerance"}
    if tolerance is None and is_endless(exact(value)):
        message = "{value} has no end as a decimal, and no tolerance: no decimal would be right"
        raise PydanticCustomError("endless-decimal", message, {"value": value, "key": key})
    if tolerance and "%" in tolerance and not exact(value):
        raise PydanticCustomError("percent-of-nothing", "{tolerance} of 0 is nothing", told)
    least, most = around(value, tolerance)
    if exact(value) and least < 0 < most:
        message = "the tolerance {tolerance} is wider than the value {value}: numbers of the other sign would be right"
        raise PydanticCustomError("wide-tolerance", message, told)


class Accepted(Frozen):
    """Another answer: one `value` with a tolerance of its own, or all numbers `between` two.

    `share` is how much of the item's marks it earns, 1 where nothing is said. A mistake that many make has the
    share 0, and `why` tells what it was.
    """

    value: Number | None = None
    tolerance: Tolerance | None = None
    between: tuple[Number, Number] | None = None
    share: Share = "1"
    why: Aside = ""

    @model_validator(mode="after")
    def _one_form(self) -> Self:
        if (self.value is None) == (self.between is None):
            raise PydanticCustomError("value-or-range", "an accepted answer has either 'value:' or 'between:'")
        if self.value is not None:
            _refuse_odd("value", self.value, self.tolerance)
        elif self.tolerance is not None:
            raise PydanticCustomError(
                "value-or-range", "'between:' says how far already, beside it 'tolerance:' has no place"
            )
        if self.between and not exact(self.between[0]) < exact(self.between[1]):
            message = "between {least} and {most} lies no number"
            raise PydanticCustomError(
                "empty-range", message, {"least": self.between[0], "most": self.between[1], "key": "between"}
            )
        return self

    @property
    def span(self) -> Span:
        """The values that it accepts."""
        if self.between:
            ends = exact(self.between[0]), exact(self.between[1])
        else:
            ends = around(self.value or "0", self.tolerance)
        return Span(*ends, Fraction(self.share), self.why)


class Unit(Frozen):
    """The unit of an answer.

    `accept` are other spellings of it, `convert` other units, each with how many of `symbol` one of it is. Whether
    it has to be typed is what `ask` says: `given` is printed after the line to write on. `cost` is the share of the
    marks that a wrong unit costs, or none where one is required.
    """

    symbol: Symbol
    accept: Annotated[tuple[Symbol, ...], Field(max_length=50)] = ()
    convert: Annotated[dict[Symbol, Factor], Field(max_length=50)] = {}
    ask: Literal["required", "optional", "given"] = "required"
    cost: Share = "1"

    @model_validator(mode="after")
    def _distinct(self) -> Self:
        seen: set[str] = set()
        for key, symbol in self._spelled:
            if unit_name(symbol) in seen:
                message = "the unit '{symbol}' stands here twice"
                raise PydanticCustomError("twin-unit", message, {"symbol": symbol, "key": key})
            seen.add(unit_name(symbol))
        return self

    @property
    def _spelled(self) -> Iterator[tuple[str, str]]:
        yield "symbol", self.symbol
        yield from (("accept", symbol) for symbol in self.accept)
        yield from (("convert", symbol) for symbol in self.convert)

    @property
    def factors(self) -> dict[str, Fraction]:
        """How many of the unit each is that may be typed, by its name for comparison (`unit_name`)."""
        return {unit_name(symbol): exact(self.convert.get(symbol, "1")) for _, symbol in self._spelled}


class SignificantFigures(Frozen):
    """How many significant figures the answer has to show, and the share of the marks that another number of them costs."""

    number: Annotated[Count, Field(ge=1, le=30)]
    cost: Share = "1"


def _named(key: str) -> Callable[[Any], Any]:
    """What reads `unit: m` as `unit: {symbol: m}`."""
    return lambda value: {key: value} if isinstance(value, str | int) else value


class NumericAnswer(Frozen):
    """A number that is asked for, and what else is accepted: all that it takes to judge what was typed."""

    answer: Number
    tolerance: Tolerance | None = None
    accept: Annotated[tuple[Accepted, ...], Field(max_length=50)] = ()
    unit: Annotated[Unit, BeforeValidator(_named("symbol"), json_schema_input_type=str | Unit)] | None = None
    figures: (
        Annotated[
            SignificantFigures, BeforeValidator(_named("number"), json_schema_input_type=int | SignificantFigures)
        ]
        | None
    ) = None

    @model_validator(mode="after")
    def _sound(self) -> Self:
        _refuse_odd("answer", self.answer, self.tolerance)
        if self.figures:
            least, most = author_figures(self.answer)
            if not least <= self.figures.number <= most:
                message = "{value} does not show the significant figures that 'figures:' wants, {number}"
                raise PydanticCustomError(
                    "other-figures",
                    message,
                    {"value": self.answer, "number": self.figures.number, "key": "answer"},
                )
        return self

    @model_validator(mode="after")
    def _apart(self) -> Self:
        """Of two ranges of different marks, the one with fewer may lie around the other, and nothing else."""
        for (i, one), (j, other) in combinations(enumerate(self.spans), 2):
            place = ("accept", j - 1)
            if one.share == other.share:
                if one[:2] == other[:2]:
                    message = "{which} accepts what stands above it already"
                    raise PydanticCustomError("twin-range", message, {"which": f"entry {j} of 'accept'", "keys": place})
                continue
            (worse, lower), (_, higher) = sorted([(i, one), (j, other)], key=lambda it: it[1].share)
            about = {"which": f"entry {worse} of 'accept'", "keys": ("accept", worse - 1)}
            if worse and higher.holds(lower):
                message = "{which} is never reached: all its numbers earn more elsewhere"
                raise PydanticCustomError("overlapping-ranges", message, about)
            if higher.crosses(lower) and not lower.holds(higher):
                message = "{which} overlaps with numbers that earn other marks"
                raise PydanticCustomError("overlapping-ranges", message, about | {"keys": place})
        return self

    @property
    def spans(self) -> tuple[Span, ...]:
        """The values that are accepted: those of the answer first, then those of `accept` in their order."""
        return (Span(*around(self.answer, self.tolerance), Fraction(1)), *(entry.span for entry in self.accept))

    @property
    def numeric(self) -> "NumericAnswer":
        """These fields alone, as a record of a paper keeps them."""
        return NumericAnswer.model_construct(**{name: getattr(self, name) for name in NumericAnswer.model_fields})
