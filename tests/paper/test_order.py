"""The printed order of a paper: `builder.paper.order`."""

from __future__ import annotations

from itertools import product
from typing import TYPE_CHECKING, Any

from hypothesis import given, settings
from hypothesis import strategies as st

from builder.model import Mcq
from builder.paper.order import arrange
from builder.paper.record import SECTIONS, under
from builder.paper.shuffle import shuffled
from tests.make import strategies
from tests.make.course import course_of
from tests.make.items import EXAMPLES

if TYPE_CHECKING:
    import random


@settings(max_examples=40)
@given(strategies.banks(), st.text(), st.randoms(use_true_random=False))
def test_a_version_ignores_the_order_of_items(bank: dict[str, Any], seed: str, rng: random.Random) -> None:
    """The same items in another order of files stand in the same places of the paper."""
    items = course_of(bank["items"]).items
    assert arrange(rng.sample(items, len(items)), "B", seed) == arrange(items, "B", seed)


@settings(max_examples=40)
@given(strategies.banks(), st.text())
def test_questions_stand_in_sections_with_numbers_from_one(bank: dict[str, Any], seed: str) -> None:
    """Quick choices come first and essays last; a reversed item is asked like a basic one."""
    version = arrange(course_of(bank["items"]).items, "A", seed)
    places = [SECTIONS.index(entry.section) for entry in version.items]
    assert places == sorted(places)
    assert [entry.number for entry in version.items] == list(range(1, len(places) + 1))
    assert {under(item) for item in EXAMPLES} == set(SECTIONS)


def test_versions_differ_in_order_and_in_shuffle() -> None:
    """Another version or another seed is another order of questions and of options."""
    options = [{"right": "a"}, {"wrong": "b"}, {"wrong": "c"}, {"wrong": "d"}]
    course = course_of({"id": f"m{n}", "kind": "mcq", "prompt": f"p{n}", "options": options} for n in range(20))
    made = [arrange(course.items, name, seed) for name, seed in product(["A", "B"], ["1", "2"])]
    assert len({tuple(entry.id for entry in version.items) for version in made}) == 4
    assert len({tuple(sorted((entry.id, entry.order) for entry in version.items)) for version in made}) == 4


def test_pins_and_numbers_keep_their_place() -> None:
    """`pin` holds an option at its end under any seed, and numbers stay in order."""
    pinned = {
        "kind": "mcq",
        "options": [{"wrong": "none", "pin": "last"}, {"right": "b"}, {"wrong": "c", "pin": "first"}, {"wrong": "d"}],
    }
    numbers = {"kind": "mcq", "options": [{"wrong": "1988"}, {"right": "2009"}, {"wrong": "2018"}]}
    course = course_of([{"id": "p", "prompt": "p"} | pinned, {"id": "n", "prompt": "n"} | numbers])
    orders = {shuffled(course.by_id["p"], str(seed)) for seed in range(40)}
    assert orders == {(2, 1, 3, 0), (2, 3, 1, 0)}
    assert {shuffled(course.by_id["n"], str(seed)) for seed in range(40)} == {(0, 1, 2)}


def _orders(options: list[str], **fields: Any) -> set[tuple[int, ...]]:
    """The orders in which these options come out under forty seeds; the last is pinned if it is "none"."""
    listed = [
        {"wrong" if n else "right": text} | ({"pin": "last"} if text == "none" else {})
        for n, text in enumerate(options)
    ]
    item = {"id": "m", "kind": "mcq", "prompt": "p", "options": listed} | fields
    (made,) = course_of([item]).items
    return {shuffled(made, str(seed)) for seed in range(40)}


def test_amounts_keep_their_order_and_addresses_do_not() -> None:
    """What is ordered is decided by value and unit: addresses and dates are shuffled as words are."""
    for options in (["5 %", "20 %", "71 %"], ["-4", "0", "4"], ["5 km", "none", "20 km"]):
        assert len(_orders(options)) == 1, options
    for options in (["192.168.0.9", "8.8.4.4", "224.0.0.5"], ["20.7.1969", "12.4.1961", "4.10.1957"]):
        assert len(_orders(options)) == 6, options


def test_an_author_overrides_the_order() -> None:
    """`shuffle` shuffles numbers, `author` keeps words in place, `value` sorts; pinned options stay at their end."""
    assert len(_orders(["1", "2", "3"], order="shuffle")) == 6
    assert _orders(["never", "now", "always"], order="author") == {(0, 1, 2)}
    assert _orders(["20 %", "none", "5 %"], order="value") == {(2, 0, 1)}
    assert _orders(["20.7.1969", "12.4.1961", "4.10.1957"], order="value") == {(2, 1, 0)}


def test_the_order_of_options_in_the_bank_is_nothing_to_the_paper() -> None:
    """An author who sorts the options of a choice leaves the printed paper as it was."""
    options = [{"right": "a"}, {"wrong": "b"}, {"wrong": "c"}, {"wrong": "d"}]
    printed = set()
    for given_order in (options, options[::-1]):
        course = course_of([{"id": "m", "kind": "mcq", "prompt": "p", "options": given_order}])
        item = course.by_id["m"]
        assert isinstance(item, Mcq)
        printed.add(tuple(item.options[i].text for i in shuffled(item, "1", "A")))
    assert len(printed) == 1


def test_an_ordering_is_never_printed_solved() -> None:
    """Of two steps the second always comes first; of more, every order but the right one turns up."""
    course = course_of({"id": f"o{n}", "kind": "ordering", "prompt": "p", "sequence": list("abc"[:n])} for n in (2, 3))
    assert {shuffled(course.by_id["o2"], str(seed)) for seed in range(40)} == {(1, 0)}
    orders = {shuffled(course.by_id["o3"], str(seed)) for seed in range(80)}
    assert orders == {(0, 2, 1), (1, 0, 2), (1, 2, 0), (2, 0, 1), (2, 1, 0)}


def test_a_known_order_never_changes() -> None:
    """Seed, version and ids alone decide: this order must come out on every machine and Python."""
    course = course_of({"id": f"i{n}", "kind": "basic", "prompt": "p", "answer": "a"} for n in range(6))
    steps = course_of([{"id": "o", "kind": "ordering", "prompt": "p", "sequence": list("abcde")}]).by_id["o"]
    assert [entry.id for entry in arrange(course.items, "A", "2026").items] == ["i4", "i0", "i5", "i3", "i2", "i1"]
    assert shuffled(steps, "2026", "A") == (4, 0, 2, 1, 3)
