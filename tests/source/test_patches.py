from __future__ import annotations

from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from builder.source import blocks, nodes, patches
from tests.make.strategies import text

_KEYS = st.sampled_from(["id", "prompt", "options", "tags"])
_VALUES = st.recursive(
    text, lambda inner: st.lists(inner, min_size=1, max_size=3) | st.dictionaries(_KEYS, inner, min_size=1)
)
_MAPPINGS = st.dictionaries(_KEYS, _VALUES, min_size=1)


@given(_MAPPINGS)
def test_what_is_dumped_reads_back(value: dict[str, Any]) -> None:
    """Numbers, flags and signs of YAML stay the text that they were, without quotes where none are needed."""
    assert nodes.values("x.yaml", blocks.dump(value)).value == value


@given(_MAPPINGS, _MAPPINGS)
def test_any_value_can_take_the_place_of_another(old: dict[str, Any], new: dict[str, Any]) -> None:
    """The patched text has the new value, whatever stood there before, if the first key stays."""
    new = {next(iter(old)): "kept", **new}
    assert nodes.values("x.yaml", patches.patched("x.yaml", blocks.dump(old), new) or "").value == new


_BANK = """\
# a bank
bank: sea   # its name
items:
- id: one
  # why so
  prompt: |
    Two
    lines
  tags: [a, b]   # in brackets

# the second
- id: two
  prompt: old
  marks: 2
"""


def test_comments_stay_where_values_change() -> None:
    """Only what differs is written anew: a value, a list in brackets, a new key, a key that goes, a new item."""
    value: Any = nodes.values("x.yaml", _BANK).value
    one, two = value["items"]
    one |= {"tags": ["a", "c"], "explanation": "so"}
    two["prompt"] = "new"
    del two["marks"]
    value["items"].append({"id": "three", "prompt": "last"})
    assert (
        patches.patched("x.yaml", _BANK, value)
        == """\
# a bank
bank: sea   # its name
items:
- id: one
  # why so
  prompt: |
    Two
    lines
  tags:
    - a
    - c
  explanation: so   # in brackets

# the second
- id: two
  prompt: new
- id: three
  prompt: last
"""
    )


def test_a_text_that_is_no_mapping_is_left_alone() -> None:
    """There is nothing to patch in a list."""
    assert patches.patched("x.yaml", "- a\n", {"a": "b"}) is None
