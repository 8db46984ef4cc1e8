"""The types of single fields: what an author may write in them.

Every scalar arrives as the string that was typed (see `builder.source.nodes`), so a
number or a flag is read here, and in one spelling only.
"""

import unicodedata
from contextlib import suppress
from datetime import date
from typing import Annotated, Any, Literal

from pydantic import (
    AfterValidator,
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Field,
    GetJsonSchemaHandler,
    StringConstraints,
    WithJsonSchema,
)
from pydantic.json_schema import JsonSchemaValue
from pydantic_core import CoreSchema, PydanticCustomError, PydanticKnownError

from builder.model.faults import problem as problem_of
from builder.model.once import Once
from builder.text.late import late

LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"  # what a paper names options, responses and steps by
_DIGITS = late(r"[0-9]{1,9}")
_MARKS = late(r"[0-9]{1,9}(?:\.5)?")


def _number(value: Any) -> Any:
    """Plain digits as a number; `1_000`, `+1` and `2.0` are typing mistakes."""
    if type(value) is str:
        if _DIGITS.fullmatch(value):
            return int(value)
        raise PydanticCustomError("not-a-number", "'{typed}' is not a whole number", {"typed": value})
    return value


def plain(marks: float) -> int | float:
    """Marks as a whole number where they are one: 2.0 is 2. Sums of halves are exact, since binary numbers hold halves."""
    return int(marks) if marks == int(marks) else marks


def halves(value: Any) -> Any:
    """Whole or half marks as a number: `2` and `1.5`, not `2.0` or `0.25`."""
    if type(value) is str and _MARKS.fullmatch(value):
        value = float(value)
    if type(value) is str or (type(value) is float and (2 * value) % 1):
        raise PydanticCustomError("not-marks", "'{typed}' is no number of whole or half marks", {"typed": str(value)})
    if type(value) not in {int, float}:  # a union would tell of it once for each of its types
        raise PydanticKnownError("float_type")
    return plain(value)


def _flag(value: Any) -> Any:
    if type(value) is str:
        if value.lower() in {"true", "false"}:
            return value.lower() == "true"
        raise PydanticCustomError("not-a-flag", "'{typed}' is neither true nor false", {"typed": value})
    return value


def _day(value: str) -> str:
    with suppress(ValueError):
        date.fromisoformat(value)
        return value
    raise PydanticCustomError("no-such-day", "there is no day {typed}", {"typed": value})


SLUG = r"^[a-z0-9]+(?:[._-][a-z0-9]+)*$"
DATE = r"^\d{4}-(0[1-9]|1[0-2])-(0[1-9]|[12]\d|3[01])$"
CITE_KEY = r"^[\w][\w:.#$%&+?<>~/-]*$"  # as pandoc reads them
DIGEST = r"^[0-9a-f]{16}$"  # of what an item says
PAGE_DIGEST = (
    r"^(?:[0-9a-f]{16})$"  # of a scanned page, written so that its faults are told apart from those of `DIGEST`
)

# An editor that checks against the schema sees a number in `right: 1988`. For us it is the text that was typed.
_Text = Annotated[
    str,
    StringConstraints(strip_whitespace=True, min_length=1),
    WithJsonSchema({"type": ["string", "number", "boolean"], "minLength": 1}),
]
Text = Annotated[str, Once(_Text)]
MaybeText = Annotated[str | None, Once(Text | None)]
Title = Annotated[Text, StringConstraints(max_length=1000)]  # as much as a record of a paper has room for
Page = Annotated[str, StringConstraints(max_length=20_000)]  # of a cover or instructions
WRITTEN = (
    "Markdown: *emphasis*, **strong**, `code`, H~2~O, x^2^, ~~gone~~, links, pictures; in several lines also paragraphs, "
    "lists, tables, fenced programs, > quotations and | verses; $TeX$ with `math: true`. `her-study explain text` shows all."
)
_Prose = Annotated[
    str,
    StringConstraints(strip_whitespace=True, min_length=1),
    WithJsonSchema({"type": ["string", "number", "boolean"], "minLength": 1, "description": WRITTEN}),
]
Prose = Annotated[str, Once(_Prose)]  # a text that students read
Aside = Annotated[str, Field(description=WRITTEN)]  # a text that students read where there is one
_Slug = Annotated[str, StringConstraints(pattern=SLUG, max_length=80)]
Slug = Annotated[str, Once(_Slug)]
LocatorPath = Annotated[
    str, Once(Annotated[str, StringConstraints(pattern=r"^[a-z0-9][a-z0-9._-]*(?:/[a-z0-9][a-z0-9._-]*)*$")])
]
CiteKey = Annotated[str, Once(Annotated[str, StringConstraints(pattern=CITE_KEY)])]
_Date = Annotated[str, StringConstraints(pattern=DATE), AfterValidator(_day)]
Date = Annotated[str, Once(_Date)]
Digest = Annotated[str, StringConstraints(pattern=DIGEST)]
Flag = Annotated[bool, Once(Annotated[bool, BeforeValidator(_flag, json_schema_input_type=bool)])]
_Whole = Annotated[int, BeforeValidator(_number, json_schema_input_type=int)]
Count = Annotated[int, Once(Annotated[_Whole, Field(ge=0, le=100_000)])]
Number = Annotated[int, Once(Annotated[_Whole, Field(ge=1, le=1000)])]
HALVES = {"type": "number", "minimum": 0.5, "multipleOf": 0.5}
_Marks = Annotated[
    int | float, BeforeValidator(halves), Field(ge=0.5, le=1000), WithJsonSchema({**HALVES, "maximum": 1000})
]
Marks = Annotated[int | float, Once(_Marks)]
Difficulty = Annotated[int, Once(Annotated[_Whole, Field(ge=1, le=3)])]
MOST_DIGITS = 12  # of a candidate number
Digits = Annotated[int, Once(Annotated[_Whole, Field(ge=0, le=MOST_DIGITS)])]
Use = Literal["deck", "exam", "both"]
Unapproved = Literal["draft", "review"]  # begun, and handed in for review
Status = Literal["draft", "review", "approved"]
Origin = Literal["author", "generated"]
Bloom = Literal["remember", "understand", "apply", "analyze", "evaluate", "create"]

# Fields that every kind of item has.
MaybeSlug = Annotated[str | None, Once(Slug | None)]
MaybeBloom = Annotated[Bloom | None, Once(Bloom | None)]
MaybeDifficulty = Annotated[int | None, Once(Difficulty | None)]
MaybeMarks = Annotated[int | float | None, Once(Marks | None)]
MaybeStatus = Annotated[Status | None, Once(Unapproved | Literal["approved"] | None)]
MaybeOrigin = Annotated[Origin | None, Once(Origin | None)]
Slugs = Annotated[tuple[str, ...], Once(tuple[Slug, ...])]
Locators = Annotated[tuple[str, ...], Once(tuple[LocatorPath, ...])]
CiteKeys = Annotated[tuple[str, ...], Once(tuple[CiteKey, ...])]
Allowances = Annotated[dict[str, str], Once(dict[str, Text])]


def _listed_words(value: Any) -> Any:
    """`word_bank: true` is a list without further words, `false` is none."""
    return {"true": (), "false": None}.get(value.lower(), value) if isinstance(value, str) else value


_Words = tuple[Prose, ...]
WordBank = Annotated[_Words | None, BeforeValidator(_listed_words, json_schema_input_type=bool | _Words)]


class Frozen(BaseModel):
    """Frozen, and strict about keys: what is left over is a typo."""

    # Building validators is deferred: each command needs only some of them.
    model_config = ConfigDict(extra="forbid", frozen=True, defer_build=True)

    @classmethod
    def __get_pydantic_json_schema__(cls, core_schema: CoreSchema, handler: GetJsonSchemaHandler) -> JsonSchemaValue:
        """The JSON Schema as usual. A default that is a model is written by its serializer, which pydantic 2.12 wants built."""
        cls.model_rebuild()
        return handler(core_schema)


class Image(Frozen):
    """A picture of an item: a file below the course's folder, and what it shows in words."""

    file: Text
    alt: Text


class Reviewed(Frozen):
    """Who approved an item, and when; `of` is the content hash of what was approved, after whose edit it is open again."""

    by: Text
    on: Date
    of: Digest | None = None


class Retired(Frozen):
    """An item taken out of use: it stays in the bank, since its id must never return."""

    since: Date
    reason: Text


class Audio(Frozen):
    """A recording of an item, or a film: a file below the course's folder, and what is said in it.

    Anki plays it. `paper` says what a paper has in its place: the words, or a mark that something is played.
    """

    file: Text
    transcript: Text
    paper: Literal["transcript", "listen"] = "transcript"


def refuse_twins(texts: tuple[str, ...] | list[str], key: str) -> None:
    """Tell of an entry that stands twice. Case and signs count: `mA` is not `MA`."""
    seen: set[str] = set()
    for text in texts:
        compared = unicodedata.normalize("NFC", text)
        if compared in seen:
            raise PydanticCustomError("twin-choice", "'{text}' stands here twice", {"text": text, "key": key})
        seen.add(compared)


def _address(value: str) -> str:
    problem = problem_of(value)
    if problem:
        raise PydanticCustomError("not-an-address", "'{typed}' {problem}", {"typed": value, "problem": problem})
    return value


Address = Annotated[Text, Field(max_length=500), AfterValidator(_address)]
