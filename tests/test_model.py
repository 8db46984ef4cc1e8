from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from pydantic import TypeAdapter, ValidationError

from builder.model import KINDS, Bank, Blueprint, Item, ItemBase
from builder.source import nodes
from tests.make import strategies
from tests.make.items import EXAMPLES

one = TypeAdapter[Any](Item)


def make(**fields: Any) -> Any:
    """An item from plain values."""
    return one.validate_python({"id": "x", "kind": "basic", "prompt": "p"} | fields)


def _typed(value: Any) -> Any:
    """A model's values as an author types them: numbers and flags as text."""
    if isinstance(value, dict):
        return {k: _typed(v) for k, v in value.items()}
    if isinstance(value, list | tuple):
        return [_typed(v) for v in value]
    return str(value).lower() if isinstance(value, bool) else str(value)


def test_every_kind_has_an_example() -> None:
    """What tests make, by hand or by Hypothesis, leaves no kind of item out."""
    assert {example.kind for example in EXAMPLES} == set(KINDS)


@given(strategies.banks())
def test_dump_and_load_of_a_bank_is_the_identity(raw: dict[str, Any]) -> None:
    """A bank written out and read again is the same bank, digests included."""
    bank = Bank.model_validate(raw)
    text = nodes.dump(_typed(bank.model_dump(mode="json", exclude_unset=True)))
    again = Bank.model_validate(nodes.values("f", text).value)
    assert again == bank
    assert [item.digest for item in again.items] == [item.digest for item in bank.items]


@given(strategies.items())
def test_the_digest_changes_with_the_text_alone(raw: dict[str, Any]) -> None:
    """Fields at their default leave the content hash alone, another prompt does not."""
    item: ItemBase = one.validate_python(raw)
    assert one.validate_python(raw | {"math": "false", "enemies": []}).digest == item.digest
    other = one.validate_python(raw | {"prompt": raw["prompt"] + " more"})
    assert other.digest != item.digest


def test_a_digest_never_changes_between_releases_of_the_tool() -> None:
    """A known item keeps a known content hash: quiz records and locks of other years rely on it."""
    assert make(answer="a", difficulty="2", tags=["t"]).digest == "789b3c541f90c964"


@pytest.mark.parametrize(
    ("fields", "points"),
    [
        ({"answer": "a"}, 1),
        ({"answer": "a", "marks": "5"}, 5),
        ({"kind": "cloze", "prompt": "{{c1::a}} and {{c2::b}}"}, 2),
        ({"kind": "truefalse", "answer": "true"}, 2),
        ({"kind": "matching", "pairs": [["a", "b"], ["c", "d"]]}, 2),
        ({"kind": "ordering", "sequence": ["a", "b", "c", "d", "e"]}, 4),
        ({"kind": "short", "key_points": [{"point": "a", "marks": "2"}, {"point": "b"}]}, 3),
        ({"kind": "essay", "rubric": [{"criterion": "a", "marks": "6", "levels": ["x", "y"]}]}, 6),
    ],
)
def test_points_follow_from_what_can_be_right(fields: dict[str, Any], points: int) -> None:
    """An item without marks is worth one for each thing that can be right."""
    assert make(**fields).points == points


@pytest.mark.parametrize("value", ["1_0", "+1", "1.0", "one", "0x1", "²", ""])
def test_numbers_have_one_spelling(value: str) -> None:
    """Only plain digits are a number."""
    with pytest.raises(ValidationError):
        make(answer="a", difficulty=value)


def test_text_is_stripped_and_never_empty() -> None:
    """Outer space is no part of a text, and space alone is no text."""
    assert make(answer=" a ").answer == "a"
    with pytest.raises(ValidationError):
        make(answer="  ")


def test_items_are_frozen() -> None:
    """Nothing changes an item once it is loaded."""
    item = make(answer="a")
    with pytest.raises(ValidationError):
        item.answer = "b"


@pytest.mark.parametrize(
    ("rows", "questions"),
    [
        ([{"kind": "mcq", "count": 3}, {"kind": ["basic", "cloze"], "count": 2}, {"theme": "t", "min": 1}], 5),
        ([{"kind": "essay", "count": 1}, {"kind": "mcq", "min": 20}], None),
        ([{"kind": "essay", "count": 1}, {"kind": "mcq", "max": 20}], 1),
        ([{"theme": "t", "count": 4}], None),
    ],
)
def test_rows_that_count_every_kind_say_how_long_a_paper_is(rows: list[dict[str, Any]], questions: int | None) -> None:
    """The numbers of kinds add up, unless another row wants a kind that has none: then the marks decide."""
    made = Blueprint.model_validate({"blueprint": "b", "title": "B", "marks": 90, "rows": rows})
    assert made.questions == questions


def test_a_number_to_choose_makes_it_a_choice_of_several() -> None:
    """`choose: 2` says `multiple: true` as well."""
    item = make(kind="mcq", choose="2", options=[{"right": "a"}, {"right": "b"}, {"wrong": "c"}])
    assert item.multiple
    with pytest.raises(ValidationError, match="several-right-options"):
        make(kind="mcq", choose="2", multiple="false", options=[{"right": "a"}, {"right": "b"}, {"wrong": "c"}])
