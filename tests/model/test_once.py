from __future__ import annotations

from typing import Annotated, Any

import pytest
from pydantic import BaseModel, Field, TypeAdapter, ValidationError, WithJsonSchema

from builder.model.fields import Count, Date, Flag, Slug, Text
from builder.model.once import Once

_Short = Annotated[str, Field(max_length=3), WithJsonSchema({"type": "string", "title": "Short"})]
Short = Annotated[str, Once(_Short)]


class Twice(BaseModel):
    """Two fields of one type, one of which says more of itself."""

    first: Short
    second: Annotated[Short, Field(min_length=2, description="at least two")] | None = None


class Again(BaseModel):
    """Another model with a field of that type."""

    only: Short


def test_a_type_that_stands_for_another_checks_what_that_one_checks() -> None:
    """Every field of the type has its limits, and what one field adds is not asked of the others."""
    assert Twice(first="a", second="bc").model_dump() == {"first": "a", "second": "bc"}
    assert Again(only="a").only == "a"
    for wrong in ({"first": "abcd"}, {"first": "a", "second": "b"}, {"first": "a", "second": "abcd"}):
        with pytest.raises(ValidationError):
            Twice.model_validate(wrong)
    with pytest.raises(ValidationError):
        Again(only="abcd")


def test_the_schema_of_each_field_is_its_own() -> None:
    """The JSON Schema of a field has what that field says of itself, and not what others do."""
    fields = Twice.model_json_schema()["properties"]
    assert fields["first"] == {"type": "string", "title": "First"} | {"title": fields["first"]["title"]}
    assert "description" not in fields["first"]
    assert "description" not in Again.model_json_schema()["properties"]["only"]


@pytest.mark.parametrize(
    ("kind", "right", "wrong"),
    [
        (Slug, "a-b", "A"),
        (Text, " a ", " "),
        (Count, "3", "x"),
        (Flag, "true", "x"),
        (Date, "2024-02-29", "2023-02-29"),
    ],
)
def test_the_types_of_fields_say_what_is_wrong(kind: Any, right: str, wrong: str) -> None:
    """Types that many fields have take what is right and refuse what is wrong, each time anew."""
    adapter: TypeAdapter[Any] = TypeAdapter(kind)
    for _ in range(2):
        adapter.validate_python(right)
        with pytest.raises(ValidationError):
            adapter.validate_python(wrong)
