"""What must hold of every finding, for any course."""

from __future__ import annotations

import re
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING, Any

from hypothesis import given, settings
from hypothesis import strategies as st

from builder.loading.course import load, shipped
from builder.rules import run
from builder.source import nodes
from tests import samples
from tests.make import strategies
from tests.make.course import course_of
from tests.rules.test_x01 import STUCK
from tests.rules.test_x02 import ECHO, LABEL
from tests.rules.test_x04 import MIRRORS

if TYPE_CHECKING:
    import random

    from builder.diagnostics import Finding
    from builder.model import Course


def _said(course: Course, findings: list[Finding]) -> list[tuple[str, ...]]:
    """Findings without the place of their item in its file: whose they are, where in the item, what they say."""
    ids = {(at.path, at.keys[1]): item_id for item_id, at in course.at.items()}
    return sorted(
        (
            ids.get((f.at.path, f.at.keys[1]), "") if len(f.at.keys) > 1 else "",
            str(f.at.keys[2:]),
            f.code,
            str(f.severity),
            f.message,
        )
        for f in findings
    )


@settings(max_examples=40)
@given(strategies.banks(), st.randoms(use_true_random=False))
def test_findings_do_not_depend_on_the_order_of_items(bank: dict[str, Any], rng: random.Random) -> None:
    """The same items in another order raise the same findings."""
    items = bank["items"]
    one, two = course_of(items), course_of(rng.sample(items, len(items)))
    assert _said(one, run(one)) == _said(two, run(two))


def test_findings_do_not_depend_on_the_order_of_banks(tmp_path: Path) -> None:
    """The shipped course, with flaws put in and its banks listed the other way round, raises the same findings."""
    import shutil

    found = []
    for name in ("as-it-is", "reversed"):
        folder = tmp_path / name
        shutil.copytree(shipped(), folder)
        for bank in folder.glob("themes/*.yaml"):
            said = r"explanation: (?:>-\n +)?The .*(?:\n {6}.*)*"
            thin = re.sub(said, "explanation: See the scene.", bank.read_text("utf-8"))
            bank.write_text(thin.replace("Theodore", "he"))
        text = (folder / "course.yaml").read_text("utf-8")
        lines = [line for line in text.splitlines() if line.startswith("  - ")]
        if name == "reversed":
            for line in lines:
                text = text.replace(f"{line}\n", "", 1)
            text = text.replace(
                "banks: # their order is the order of study\n", "banks:\n" + "\n".join(reversed(lines)) + "\n"
            )
            (folder / "course.yaml").write_text(text, "utf-8")
        course = load(folder).course
        assert course
        found.append(_said(course, run(course)))
    assert len(found[0]) > 20
    assert found[0] == found[1]


@settings(max_examples=40)
@given(strategies.banks())
def test_every_place_lies_inside_its_file(bank: dict[str, Any]) -> None:
    """Line and column of each finding, of structure and of rules, are places that the file has."""
    with tempfile.TemporaryDirectory() as name:
        source = Path(name) / "bank.yaml"
        source.write_text(nodes.dump(bank), "utf-8")
        loaded = load(samples.course(Path(name) / "course", source))
        assert loaded.course
        loaded.add(run(loaded.course))
        for found in loaded.diagnostics:
            lines = loaded.texts[found.span.path].split("\n")
            assert 1 <= found.span.line <= len(lines)
            assert 1 <= found.span.column <= len(lines[found.span.line - 1]) + 1


@settings(max_examples=10, deadline=None)
@given(strategies.banks(most=12))
def test_two_processes_find_what_one_finds(bank: dict[str, Any]) -> None:
    """Sharing the work changes no finding."""
    course = course_of(bank["items"])
    assert _said(course, run(course, two_at_once=True)) == _said(course, run(course))


@given(st.randoms(use_true_random=False))
def test_findings_across_items_do_not_depend_on_their_order(rng: random.Random) -> None:
    """Shuffled items give the same findings on the same items, in the rules that compare items."""
    items = [STUCK, STUCK | {"id": "a"}, *MIRRORS, LABEL, *[ECHO | {"id": f"echo-{n}"} for n in range(7)]]
    wanted, mixed = course_of(items), course_of(rng.sample(items, len(items)))

    def found(course: Any) -> set[tuple[str, str, str]]:
        codes = {"X01", "X02", "X04"}
        return {(course.items[f.at.keys[1]].id, f.code, f.message) for f in run(course, select=codes)}

    assert found(mixed) == found(wanted)
    assert {code for _, code, _ in found(wanted)} == {"X01", "X02", "X04"}
