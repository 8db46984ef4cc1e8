from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from builder.diagnostics import BuilderError
from builder.paper.numbering import version_name
from builder.paper.order import arrange
from builder.paper.proof import refuse_changed
from builder.paper.record import Quiz
from builder.paper.variants import by_version, variant_of, working
from tests.make.course import course_of

ITEM: dict[str, Any] = {
    "id": "way",
    "kind": "numeric",
    "prompt": "A train goes {{v}} km/h for {{t}} h.",
    "values": {"v": ["60", "80", "100"], "t": ["1.5", "2"]},
    "where": "v * t > 100",
    "answer": "v * t",
    "tolerance": "1 %",
}
PLAIN: dict[str, Any] = {"id": "plain", "kind": "basic", "prompt": "Which?", "answer": "This"}
MADE = course_of([ITEM, PLAIN])


def quiz(versions: int, seed: str = "seed") -> Quiz:
    """The paper of both items."""
    asked = by_version(MADE.items, seed, versions)
    arranged = [arrange(items, version_name(n), seed) for n, items in enumerate(asked)]
    return Quiz(course="test", title="A test", seed=seed, versions=tuple(arranged))


def values(made: Quiz) -> list[dict[str, str]]:
    """The values of each version."""
    return [entry.values for version in made.versions for entry in version.items if entry.id == "way"]


@given(st.text(max_size=8))
def test_no_two_versions_have_the_same_values(seed: str) -> None:
    """There are five combinations, so that five versions have one each, and the sixth begins anew."""
    drawn = values(quiz(6, seed))
    assert len({tuple(it.values()) for it in drawn[:5]}) == 5
    assert drawn[5] == drawn[0]


@given(st.text(max_size=8), st.integers(1, 6))
def test_one_more_version_changes_no_other(seed: str, versions: int) -> None:
    """A version depends on seed and name alone."""
    assert quiz(versions + 1, seed).versions[:versions] == quiz(versions, seed).versions


def test_key_and_number_are_those_of_the_version() -> None:
    """The record has what marking needs: the drawn values, and the key and the number computed from them."""
    for version in quiz(5).versions:
        entry = next(it for it in version.items if it.id == "way")
        answer = str(float(entry.values["v"]) * float(entry.values["t"])).removesuffix(".0")
        assert entry.key == (answer,)
        assert entry.numeric
        assert entry.numeric.answer == answer
        assert entry.digest == MADE.by_id["way"].digest
        assert variant_of(MADE, entry).prompt == "A train goes {v} km/h for {t} h.".format(**entry.values)


def test_a_record_says_values_where_there_are_some() -> None:
    """The record of an item without values has not even the key, so that records keep their bytes."""
    written = {entry["id"]: entry for entry in quiz(1).model_dump(mode="json")["versions"][0]["items"]}
    assert "values" not in written["plain"]
    assert written["way"]["values"] == values(quiz(1))[0]
    assert Quiz.model_validate_json(quiz(2).model_dump_json(by_alias=True)) == quiz(2)


def test_papers_with_other_values_have_other_identities() -> None:
    """A sheet says which paper it belongs to, also where the values alone differ."""
    made = quiz(1)
    entries = [it.model_copy(update={"values": {"v": "80", "t": "2"}}) for it in made.versions[0].items]
    other = made.model_copy(update={"versions": (made.versions[0].model_copy(update={"items": tuple(entries)}),)})
    assert values(made) != values(other)
    assert made.identity != other.identity


def edited(made: Quiz, **changes: Any) -> Quiz:
    """The record with changes to the item with values in its first version."""
    first = made.versions[0]
    items = tuple(it.model_copy(update=changes) if it.id == "way" else it for it in first.items)
    return made.model_copy(update={"versions": (first.model_copy(update={"items": items}), *made.versions[1:])})


@pytest.mark.parametrize(
    ("changes", "why"),
    [
        ({"values": {"v": "70", "t": "2"}}, "values that are not those"),
        ({"values": {"v": "60", "t": "1.5"}}, "values that are not those"),
        ({"values": {"v": "80"}}, "values that are not those"),
        ({"values": {}}, "values that are not those"),
        ({"key": ("1",)}, "order, key"),
    ],
)
def test_a_record_with_other_values_is_refused(changes: dict[str, Any], why: str) -> None:
    """Values that the item has not, or `where` refuses, and a key that does not come of them, are never printed."""
    refuse_changed(MADE, quiz(2))
    with pytest.raises(BuilderError, match=why):
        refuse_changed(MADE, edited(quiz(2), **changes))


def test_a_record_without_values_refuses_an_item_that_has_some_now() -> None:
    """An item that was edited since the drawing is refused by its hash, its values included."""
    later = course_of([ITEM | {"values": {"v": ["60", "80", "100"], "t": ["1.5", "2", "3"]}}, PLAIN])
    with pytest.raises(BuilderError, match="changed since"):
        refuse_changed(later, quiz(1))


def test_values_of_a_plain_item_are_refused() -> None:
    """A record can't give values to an item that has none."""
    made = quiz(1)
    items = tuple(it.model_copy(update={"values": {"v": "1"}}) for it in made.versions[0].items if it.id == "plain")
    odd = made.model_copy(update={"versions": (made.versions[0].model_copy(update={"items": items}),)})
    with pytest.raises(BuilderError, match="values that are not those"):
        refuse_changed(MADE, odd)


def test_the_key_says_how_the_answer_comes_about() -> None:
    """Values and sums stand as the language writes numbers; what was rounded is about equal."""
    typed = {"answer": "{{v * t ** 2 / 7 : .1f}}", "tolerance": "1", "where": "v == 80 and t < 2"}
    (item,) = course_of([ITEM | typed]).items
    assert working(item, "en").drawn == "v = 80, t = 1.5"
    assert working(item, "de").drawn == "v = 80; t = 1,5"
    assert working(item, "de").steps == "v \u00b7 t ^ 2 / 7 \u2248 25,7"
    assert working(MADE.by_id["plain"], "en").drawn == ""
