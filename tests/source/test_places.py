from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from builder.source import nodes
from builder.source.places import locate
from tests.make import strategies

if TYPE_CHECKING:
    from builder.diagnostics import Keys


@pytest.mark.parametrize(
    ("keys", "on_key", "place"),
    [
        (("items", 1, "id"), False, (4, 9)),
        (("items", 1, "id"), True, (4, 5)),
        (("items", 1, "absent"), False, (4, 5)),
        (("items", 0, "empty"), False, (3, 5)),
        (("items", 9), False, (2, 3)),
        ((), False, (1, 1)),
    ],
)
def test_locate_leads_to_the_value_or_what_is_nearest(keys: Keys, on_key: bool, place: tuple[int, int]) -> None:  # noqa: FBT001
    """Keys lead to the value, to the key itself on demand, and to what is around where they end early."""
    text = "items:\n  - id: a\n    empty:\n  - id: b\n"
    (span,) = locate("f", text, [(keys, on_key)])
    assert (span.line, span.column) == place


@pytest.mark.parametrize("end", ["\r", "\x85", "\u2028", "\u2029"])
def test_a_place_is_in_the_line_that_an_editor_counts(end: str) -> None:
    """Places behind a sign that only YAML takes for an end of line are those of the text, with a bank's starts or without."""
    text = f"items:\n  - id: a{end}    kind: b\n  - id: c\n    kind: d\n"
    starts = nodes.values("f", text).starts
    wanted: list[tuple[Keys, bool]] = [(("items", 0, "kind"), True), (("items", 1, "kind"), False)]
    for known in ((), starts):
        assert [(s.line, s.column) for s in locate("f", text, wanted, known)] == [(2, 15), (4, 11)]
    assert len(starts) == 2


tree = st.recursive(
    strategies.slugs,
    lambda inner: (
        st.lists(inner, min_size=1, max_size=4) | st.dictionaries(strategies.slugs, inner, min_size=1, max_size=4)
    ),
    max_leaves=25,
)


def _paths(node: Any, keys: Keys = ()) -> dict[Keys, tuple[int, int]]:
    """Every value's place, as PyYAML's own tree has it."""
    found = {keys: (node.start_mark.line + 1, node.start_mark.column + 1)}
    if isinstance(node, yaml.SequenceNode):
        for i, inner in enumerate(node.value):
            found |= _paths(inner, (*keys, i))
    if isinstance(node, yaml.MappingNode):
        for key, inner in node.value:
            found |= _paths(inner, (*keys, key.value))
    return found


@given(tree)
def test_every_value_is_found_where_pyyaml_has_it(value: nodes.Value) -> None:
    """All places of a file, asked for at once, are those of PyYAML's tree of nodes."""
    text = nodes.dump(value)
    expected = _paths(yaml.compose(text, Loader=yaml.CSafeLoader))
    spans = locate("f", text, [(keys, False) for keys in expected])
    assert [(span.line, span.column) for span in spans] == list(expected.values())


@given(
    st.text(), st.lists(st.tuples(st.lists(st.sampled_from(["a", "b", 0, 1]), max_size=3).map(tuple), st.booleans()))
)
def test_no_text_makes_locating_raise(text: str, wanted: list[tuple[Keys, bool]]) -> None:
    """Keys that lead nowhere in a text that is no YAML have a place all the same."""
    assert len(locate("f", text, wanted)) == len(wanted)


@pytest.mark.parametrize(
    ("text", "character", "place"),
    [
        ("a: plain b\n", 6, (1, 10)),
        (r'a: "A \"b\""', 3, (1, 9)),
        ("a: 'it''s b'\n", 5, (1, 11)),
        ("a: >\n  one\n  two\n", 4, (3, 3)),
        ("a: |\n  one\n   two\n", 5, (3, 4)),
        ("a: [b, c]\n", 3, (1, 4)),
        ("b: &x plain\na: *x\n", 2, (2, 4)),
    ],
)
def test_a_character_of_a_value_has_its_place(text: str, character: int, place: tuple[int, int]) -> None:
    """In every style a character's place is where it was typed; without such a place it is that of the value."""
    (span,) = locate("f", text, [(("a",), False)], (), {0: character})
    assert (span.line, span.column) == place
