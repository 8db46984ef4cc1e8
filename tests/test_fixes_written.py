from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

import pytest
import yaml
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st

from builder.fixes import Mended, fixed
from builder.source import nodes
from tests.make import strategies
from tests.test_fixes import PATH, load

if TYPE_CHECKING:
    from builder.model import Course

pieces = st.sampled_from(
    [*"’‘“”'\"„`*_\\[]()$\n:#-,{😀&", "](", "1988", "It", "so", "Masi", "Chen", "et al", "et. al.", "it’s", "  "]
)
faulty = st.lists(pieces, min_size=1, max_size=9).map(" ".join).map(str.strip).filter(bool)


@st.composite
def faulty_banks(draw: st.DrawFn) -> Any:
    """A bank of any kinds of item, some of its texts in need of a fix."""
    made = draw(strategies.banks(most=4))
    for item in made["items"]:
        item["explanation"] = draw(faulty)
        if item["kind"] == "cloze":
            item["prompt"] += " " + draw(faulty)
        for key in ("prompt", "answer", "reverse_answer"):
            is_text = item["kind"] not in {"cloze", "truefalse"} and (item["kind"], key) != ("numeric", "answer")
            if key in item and is_text:
                item[key] = draw(faulty)
        if item["kind"] == "mcq" and draw(st.booleans()):
            numbers = draw(st.permutations(["12", "3", "1,200", "1988", "1988.5", "7"]))
            for option, number in zip(item["options"], numbers, strict=False):
                option["right" if "right" in option else "wrong"] = number
                option["why"] = draw(faulty)
    return made


def styled(draw: st.DrawFn, value: Any) -> yaml.Node:
    """A value as nodes of any style."""
    if isinstance(value, str):
        style = draw(st.sampled_from([None, None, "'", '"', "|", ">"]))
        return yaml.ScalarNode("tag:yaml.org,2002:str", value, style=style)
    flow = draw(st.sampled_from([False, False, True]))
    if isinstance(value, list):
        return yaml.SequenceNode("tag:yaml.org,2002:seq", [styled(draw, entry) for entry in value], flow_style=flow)
    pairs = [(styled(draw, key), styled(draw, inner)) for key, inner in value.items()]
    return yaml.MappingNode("tag:yaml.org,2002:map", pairs, flow_style=flow)


def holds(text: str, value: Any) -> bool:
    """Whether a text reads as this value, without a problem."""
    parsed = nodes.values(PATH, text)
    return parsed.value == value and not parsed.faults


@st.composite
def written_banks(draw: st.DrawFn) -> str:
    """The text of a bank in varied styles, with comments and stray white space wherever they change nothing."""
    value = draw(faulty_banks())
    text = yaml.serialize(
        styled(draw, value), Dumper=yaml.SafeDumper, allow_unicode=True, width=draw(st.sampled_from([20, 80]))
    )
    assume(holds(text, value))
    lines = text.split("\n")
    for number in draw(st.lists(st.integers(0, len(lines) - 1), max_size=8, unique=True)):
        before = lines[number]
        indent = draw(st.sampled_from(["", "  ", "    ", "      "]))
        lines[number] += draw(st.sampled_from(["  ", "\t ", f" # ’{number}~", f"\n{indent}# ’{number}~", "\n  "]))
        if not holds("\n".join(lines), value):
            lines[number] = before
    end = draw(st.sampled_from(["\n", "\r\n"]))
    text = "\n".join(lines).replace("\n", end)
    assume(holds(text, value))
    return text


def fixed_alike(course: Course) -> list[Any]:
    """The items, with everything that a fix may touch made alike."""

    def alike(value: Any) -> Any:
        if isinstance(value, str):
            straight = value.translate(str.maketrans("‘’“”", "''\"\""))
            return re.sub(r"\bet\b\.?\s+al\b\.?", "et al.", straight).replace(" & ", " and ")
        if isinstance(value, dict):
            return {key: alike(inner) for key, inner in value.items()}
        return [alike(inner) for inner in value] if isinstance(value, list) else value

    items = [alike(item.model_dump(mode="json")) for item in course.items]
    return [item | {"options": sorted(item.get("options", []), key=str)} for item in items]


@pytest.mark.slow
@given(written_banks())
def test_a_fixed_bank_loads_to_the_same_items_but_for_the_fixed_fields(text: str) -> None:
    """Whatever its styles: ids and other fields stay, comments and line ends too, and a second run finds nothing."""
    before = load(text)
    new = fixed(before).get(PATH, Mended(text, 0))
    after = load(new.text)
    assert fixed(after) == {}
    assert (new.fixes == 0) == (new.text == text)
    assert before.course
    assert after.course
    assert [item.id for item in after.course.items] == [item.id for item in before.course.items]
    assert fixed_alike(after.course) == fixed_alike(before.course)
    assert sorted(re.findall("# ’[0-9]+~", new.text)) == sorted(re.findall("# ’[0-9]+~", text))
    assert new.text.count("\n") == text.count("\n")
    assert new.text.count("\r") == text.count("\r")


@pytest.mark.slow
@settings(suppress_health_check=[HealthCheck.filter_too_much])
@given(strategies.banks())
def test_what_has_no_fault_stays_byte_for_byte(value: Any) -> None:
    """A bank without anything to fix is not among the files that change."""
    text = re.sub("[‘’“”]| +$", "", nodes.dump(value), flags=re.MULTILINE)
    assume(nodes.values(PATH, text).value == value)
    assume(not re.search("al|&", text))
    course = load(text).course
    assert course
    numbers = any(getattr(item, "is_ordered", False) for item in course.items)
    assert numbers or fixed(load(text)) == {}
