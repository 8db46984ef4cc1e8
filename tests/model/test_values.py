from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import TypeAdapter, ValidationError

from builder.model import Item
from builder.model.values import MOST_CHECKED

ITEM: TypeAdapter[Item] = TypeAdapter(Item)


def item(**fields: Any) -> Item:
    """A basic item with values."""
    typed = {"id": "sum", "kind": "basic", "prompt": "{{a}} + {{b}}?", "answer": "{{a + b}}"}
    return ITEM.validate_python(typed | {"values": {"a": "1..4", "b": ["2", "0.50"]}} | fields)


def drawn(made: Item, *seed: str) -> list[dict[str, str]]:
    """Its combinations in their order."""
    assert made.values
    return list(made.values.combinations(*seed))


def test_the_fixed_variant_is_a_plain_item() -> None:
    """The texts are filled with the first combination of the order that id and values make."""
    made = item()
    assert made.values
    assert made.values.drawn == drawn(made)[0]
    a, b = made.values.drawn["a"], made.values.drawn["b"]
    assert made.prompt == f"{a} + {b}?"


def test_every_combination_comes_once() -> None:
    """All eight come in any order, each once, and another seed has another order."""
    orders = [drawn(item(), seed) for seed in "abc"]
    assert all(len({tuple(it.values()) for it in order}) == 8 for order in orders)
    assert orders[0] != orders[1]


def test_many_combinations_come_once_each() -> None:
    """Beyond the few that are ranked, a walk meets each combination once."""
    order = drawn(item(values={"a": "1..25", "b": "1..40"}), "seed")
    assert len({tuple(it.values()) for it in order}) == 1000 > MOST_CHECKED


def test_one_more_value_moves_no_other() -> None:
    """The order of few combinations keeps when a value is added: students' cards change for no such reason."""
    more = [it for it in drawn(item(values={"a": "1..5", "b": ["2", "0.50"]})) if it["a"] != "5"]
    assert more == drawn(item())


def test_conditions_leave_combinations_out() -> None:
    """`where` is one condition or a list, and all have to hold."""
    assert [it["a"] for it in drawn(item(where="a == 3 and b == 2"))] == ["3"]
    assert {it["a"] for it in drawn(item(where=["a > 1", "a < 3"]))} == {"2"}


def test_the_hash_is_that_of_the_template() -> None:
    """Variants have one hash, in any language; an edit of a text, a value or a condition makes another."""
    made = item()
    assert {made.variant(it, ",").digest for it in drawn(made)} == {made.digest}
    edits: list[dict[str, Any]] = [
        {"prompt": "{{a}}  + {{b}}?"},
        {"answer": "{{b + a}}"},
        {"values": {"a": "1..5", "b": ["2", "0.50"]}},
        {"where": "a < 9"},
        {"explanation": "So it is."},
    ]
    assert len({made.digest, *(item(**edit).digest for edit in edits)}) == 1 + len(edits)


def test_use_and_review_are_no_content_of_a_template_either() -> None:
    """What an item with values is used for does not change its hash."""
    assert item(use="exam").digest == item().digest


def test_ranges_are_counted_exactly() -> None:
    """A step of a tenth makes tenths, and numbers may go below zero."""
    made = item(values={"a": "-0.2..0.2 step 0.1", "b": ["1", "4..6"]})
    assert made.values
    assert made.values.lists == {"a": ("-0.2", "-0.1", "0", "0.1", "0.2"), "b": ("1", "4", "5", "6")}


def test_a_number_has_expressions_without_braces() -> None:
    """Answer, tolerance and other answers of a number are computed; units and reasons are not taken for expressions."""
    made = ITEM.validate_python(
        {
            "id": "way",
            "kind": "numeric",
            "prompt": "{{v}} km/h for {{t}} h?",
            "values": {"v": ["80"], "t": ["2.5"]},
            "answer": "v * t",
            "tolerance": "v / 100",
            "unit": {"symbol": "t", "convert": {"kt": "1000"}},
            "accept": [{"between": ["v + t", "v + 2 * t"], "share": "1/2", "why": "v + t is {{v + t}}"}],
        }
    )
    assert made.kind == "numeric"
    assert (made.answer, made.tolerance, made.unit and made.unit.symbol) == ("200", "0.8", "t")
    assert (made.accept[0].between, made.accept[0].why) == (("82.5", "85"), "v + t is 82.5")


@pytest.mark.parametrize("key", ["id", "theme", "tags", "allow"])
def test_what_is_no_text_is_left_alone(key: str) -> None:
    """Identity, tags and allowances are never filled."""
    values = {"id": "a-{{a}}", "theme": "a-{{a}}", "tags": ["a-{{a}}"], "allow": {"X01": "as {{a}}"}}
    if key == "allow":
        assert item(allow=values["allow"]).allow == {"X01": "as {{a}}"}
    else:
        with pytest.raises(ValidationError, match="a-"):
            item(**{key: values[key]})


@given(st.text(alphabet="xyz {}c1:`*\\_", max_size=40), st.text(alphabet="xyz *`_", max_size=40))
def test_nothing_else_of_a_text_is_lost(before: str, after: str) -> None:
    """What stands around a place is what the author typed, in every variant."""
    typed = {"prompt": f"x{before.replace('{{', '').rstrip('{').rstrip(chr(92))} {{{{a}}}} {after}x"}
    made = item(**typed)
    for it in drawn(made):
        assert made.variant(it).prompt == typed["prompt"].replace("{{a}}", it["a"])
