"""Lint rules that a course brings: data in `course.yaml`, no program.

The codes `L00` to `L99` are theirs: no rule of her-study's has this letter, so a rule that a later version adds never
takes the code of a course's own.
"""

from typing import Annotated, Any, Literal, Self, get_args

from pydantic import AfterValidator, BeforeValidator, Field, WithJsonSchema, model_validator
from pydantic_core import PydanticCustomError

from builder.diagnostics import did_you_mean
from builder.model.blueprint import Filter
from builder.model.fields import Frozen, Slug, Text
from builder.model.items import Item

OWN_CODE = r"^L\d\d$"
OWN_CODES = frozenset(f"L{number:02}" for number in range(100))

# What a text of an item is called by the keys that lead to it, as `builder.model.readings.texts` has them.
Part = Literal[
    "prompt",
    "answer",
    "reverse_prompt",
    "reverse_answer",
    "word_bank",
    "boxes",
    "label",
    "options",
    "right",
    "wrong",
    "why",
    "correction",
    "pairs",
    "distractors",
    "sequence",
    "accept",
    "key_points",
    "point",
    "rubric",
    "criterion",
    "levels",
    "explanation",
]

_KINDS = get_args(get_args(Item)[0])
_FIELDS = sorted({name for kind in _KINDS for name in kind.model_fields} - {"id", "kind", "prompt", "allow", "retired"})


def _known(field: str) -> str:
    if field in _FIELDS:
        return field
    meant = did_you_mean(field, _FIELDS) or f"the keys are {', '.join(_FIELDS)}"
    raise PydanticCustomError(
        "unknown-field", "'{field}' is no key of an item; {meant}", {"field": field, "meant": meant}
    )


def _searchable(pattern: str) -> str:
    """An expression that can be searched for: one of RE2 that finds something."""
    from builder.text.patterns import expression  # RE2 is loaded where a pattern is read

    try:
        is_idle = bool(expression(pattern).search(""))
    except ValueError as error:
        message = "not a regular expression of RE2: {why}"
        raise PydanticCustomError("bad-pattern", message, {"why": str(error)}) from error
    if is_idle:
        raise PydanticCustomError("bad-pattern", "the pattern is met by nothing at all, so by every text")
    return pattern


def _listed(value: Any) -> Any:
    """`in: prompt` is `in: [prompt]`."""
    return [value] if isinstance(value, str) else value


_Parts = tuple[Part, ...]
Key = Annotated[Text, AfterValidator(_known), WithJsonSchema({"type": "string", "enum": _FIELDS})]


class OwnRule(Frozen):
    """A rule of the course's own: `code`, `name` and `message`, and one of three things that an item must not do.

    `words` lists words and phrases that stand in no text, by their stems where the endings of the course's language
    are known; `pattern` is a regular expression of RE2 that no text as typed meets, in capitals or not; `requires`
    is a key that no item leaves out. `in` names the texts to search, all unless given; `where` the items, by the keys
    that blueprints know. A finding weighs what `level` says, in any profile.
    """

    code: Annotated[str, Field(pattern=OWN_CODE)]
    name: Slug
    message: Text
    remedy: Text | None = None
    level: Literal["error", "warning"] = "warning"
    where: Filter = Filter.model_construct()
    words: Annotated[tuple[Text, ...], Field(min_length=1)] | None = None
    requires: Key | None = None
    pattern: Annotated[str, Field(min_length=1), AfterValidator(_searchable)] | None = None
    parts: Annotated[_Parts, BeforeValidator(_listed, json_schema_input_type=Part | _Parts)] = Field(
        default=(), alias="in"
    )

    @model_validator(mode="after")
    def _one_test(self) -> Self:
        given = [key for key in ("words", "requires", "pattern") if getattr(self, key) is not None]
        if len(given) != 1:
            message = "a rule has one of 'words:', 'requires:' and 'pattern:', and this one has {given}"
            told = {"given": " and ".join(given) or "none", "key": given[-1] if given else "code"}
            raise PydanticCustomError("not-one-test", message, told)
        if self.requires and self.parts:
            message = "'in' has no effect: 'requires' searches no text"
            raise PydanticCustomError("idle-key", message, {"key": "in"})
        return self


def refuse_twin_codes(rules: tuple[OwnRule, ...]) -> tuple[OwnRule, ...]:
    """The rules as they are, unless two have one code or one name."""
    for key in ("code", "name"):
        seen: set[str] = set()
        for place, rule in enumerate(rules):
            value = getattr(rule, key)
            if value in seen:
                told = {"key_name": key, "value": value, "keys": (place, key)}
                raise PydanticCustomError("twin-rule", "the {key_name} '{value}' is taken by an earlier rule", told)
            seen.add(value)
    return rules


OwnRules = Annotated[tuple[OwnRule, ...], AfterValidator(refuse_twin_codes)]
