"""The items most worth writing: who writes them meets what the course lacks, and nothing beyond it."""

from __future__ import annotations

import json
import re
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from builder.checking import check
from builder.coverage import cover
from builder.diagnostics import BuilderError
from builder.loading.course import load, shipped
from builder.model import Blueprint, Specification
from builder.source import nodes
from builder.starting import sample
from builder.starting.stubs import with_stubs
from builder.starting.wanted import Wanted, wanted
from tests import samples
from tests.cli.test_commands import run
from tests.make.course import course_of

if TYPE_CHECKING:
    from builder.model import Course

HER = load(shipped()).course
BANK = "bank: one\ntitle: One\nitems:\n  - id: a\n    kind: basic\n    prompt: A\n    answer: B\n"


def _written(item: Wanted, number: int) -> dict[str, Any]:
    """The sample of an item's kind with all that is asked of it."""
    value: Any = nodes.values("sample", sample(item.kind)).value
    asked = {
        "theme": item.theme,
        "bloom": item.bloom,
        "difficulty": item.difficulty and str(item.difficulty),
        "theory": item.theory,
        "basis": item.basis,
        "use": item.use,
        "marks": item.marks and str(item.marks),
        "tags": list(item.tags),
        "locator": list(item.locator),
        "cites": list(item.cites),
    }
    entry: dict[str, Any] = value[0]
    return entry | {"id": f"new-{number}"} | {key: it or None for key, it in asked.items() if key != "use" or it}


def _followed(course: Course, most: int) -> Course:
    """The course after its advice was taken, up to so many items."""
    found = wanted(course, most)
    made = course_of(
        [{key: value for key, value in _written(item, i).items() if value is not None} for i, item in enumerate(found)]
        or [{"id": "none", "kind": "basic", "prompt": "p", "answer": "a"}]
    )
    return replace(course, items=(*course.items, *(made.items if found else ())))


def _few(course: Course) -> set[str]:
    return {name for name, cell in cover(course).targets if cell.verdict == "too few"}


def _many(course: Course) -> set[str]:
    return {name for name, cell in cover(course).targets if cell.verdict == "too many"}


def test_a_course_that_lacks_nothing_is_told_so() -> None:
    """The shipped course meets its targets and can have all its papers."""
    assert HER
    assert wanted(HER, 10) == []
    assert run("coverage", shipped(), "--next", "3").stdout.startswith("Nothing is missing")


def test_who_follows_the_advice_meets_every_target() -> None:
    """A third of the shipped course is taken away: what is proposed brings back each least number, and nothing too many."""
    assert HER
    poor = replace(HER, items=tuple(item for i, item in enumerate(HER.items) if i % 3))
    assert len(_few(poor)) > 50
    rich = _followed(poor, 200)
    assert len(rich.items) <= len(HER.items) + 25
    assert (_few(rich), _many(rich)) == (set(), set())
    assert wanted(rich, 1) == []


OLD = {"since": "2026-01-01", "reason": "x"}
_COUNT = st.integers(0, 3)
_KIND = st.sampled_from(["basic", "mcq", "essay", "numeric"])


@settings(max_examples=30, deadline=None)
@given(
    st.dictionaries(st.sampled_from(["one", "two"]), st.dictionaries(_KIND, _COUNT), max_size=2),
    st.dictionaries(_KIND, st.dictionaries(st.sampled_from(["remember", "apply"]), _COUNT), max_size=3),
    st.integers(0, 2),
)
def test_any_table_by_itself_is_met(
    themes: dict[str, dict[str, int]], bloom: dict[str, dict[str, int]], slack: int
) -> None:
    """Whatever a table of themes or of levels asks for, and within any tolerance, the advice leads there."""
    typed = {kind: {name: str(n) for name, n in row.items()} for kind, row in bloom.items()}
    for table in ({"themes": {k: {n: str(c) for n, c in row.items()} for k, row in themes.items()}}, {"bloom": typed}):
        wish = Specification.model_validate({**table, "tolerance": {"least": str(slack)}})
        course = course_of(
            [{"id": "a", "kind": "truefalse", "prompt": "p", "answer": "true", "retired": OLD}],
            themes={"one": "One", "two": "Two"},
            specification=wish,
        )
        after = _followed(course, 60)
        assert _few(after) == set()
        assert _many(after) <= _many(course)


def _paper(name: str, **keys: Any) -> dict[str, Blueprint]:
    made: dict[str, Any] = {"blueprint": name, "title": "t"}
    return {name: Blueprint.model_validate(made | keys)}


def _essays(number: int, **keys: Any) -> list[dict[str, Any]]:
    value: Any = nodes.values("sample", sample("essay")).value
    return [{**value[0], "id": f"e{i}", "cites": [], **keys} for i in range(number)]


def test_papers_that_share_no_item_are_counted_together() -> None:
    """Two papers of two essays lack one of three, by themselves none; siblings count once a paper."""
    two = [{"kind": "essay", "count": "2"}]
    papers = _paper("a", rows=two, disjoint=["b"]) | _paper("b", rows=two)
    lone = _paper("a", rows=two) | _paper("b", rows=two)
    assert [(it.kind, it.serves) for it in wanted(course_of(_essays(3), blueprints=papers), 5)] == [
        ("essay", ("blueprints a and b: all questions (3 of 4)", "blueprints a and b: kind essay (3 of 4)"))
    ]
    assert wanted(course_of(_essays(3), blueprints=lone), 5) == []
    siblings = wanted(course_of(_essays(3, group="g"), blueprints=lone), 5)
    assert [it.serves[0] for it in siblings] == ["blueprint a: all questions (1 of 2)"]


def test_a_row_says_what_its_items_are() -> None:
    """Use, levels, theory and tags of a row stand in the proposal; a share is met by the whole number below it."""
    rows = [{"bloom": ["analyze"], "theory": "t", "tags": "x", "share": "50"}]
    papers = _paper("a", items="3", use="exam", rows=rows)
    first, second, third = wanted(course_of(_essays(1), blueprints=papers), 9)
    assert (first.use, first.bloom, first.theory, first.tags) == ("exam", "analyze", "t", ("x",))
    assert {it.use for it in (second, third)} == {"exam"}
    assert "(0 of 1)" in " ".join(first.serves)


@pytest.fixture
def course(tmp_path: Path) -> Path:
    """A course of every kind that wants two more of this and that."""
    folder = samples.course(tmp_path / "course", samples.HERE / "good" / "all-kinds.yaml")
    with (folder / "course.yaml").open("a", encoding="utf-8") as file:
        file.write("specification: specification.yaml\nblueprints: [paper.yaml]\n")
    (folder / "specification.yaml").write_text(
        "references: {least: 3}\ntolerance: {least: 99}\nthemes: {grief: {essay: 101}}\n", "utf-8"
    )
    (folder / "paper.yaml").write_text(
        "blueprint: paper\ntitle: Paper\nrows: [{kind: numeric, count: 4}, {kind: matching, count: 3}]\n", "utf-8"
    )
    return folder


def test_stubs_become_items_without_their_signs(course: Path) -> None:
    """A stub changes nothing until its `#` goes; then it loads, and what it was wanted for is met."""
    before = load(course).course
    assert before
    told = run("coverage", course, "--next", "30", "--write", "all-kinds")
    assert told.exit_code == 0, told.stderr
    file = Path(told.stdout.split(":")[0])
    text = file.read_text("utf-8")
    for line in told.stdout.splitlines():
        place, name = line.rsplit(": ", 1)
        assert text.splitlines()[int(place.rsplit(":", 1)[1]) - 1].strip() == f"# - id: {name}"
    loaded = load(course)
    assert loaded.course
    assert loaded.course.items == before.items
    start = text.index("# # Wanted")
    file.write_text(text[:start] + re.sub(r"^( *)# ", r"\1", text[start:], flags=re.MULTILINE), "utf-8")
    after = check(course, lint=False)
    assert after.diagnostics == []
    assert after.course
    assert len(after.course.items) == len(before.items) + len(told.stdout.splitlines())
    assert wanted(after.course, 30) == []
    assert wanted(before, 30) != []


def test_json_has_every_demand(course: Path) -> None:
    """Programs get each proposal with its keys and all that it serves, text the first of them."""
    found = json.loads(run("coverage", course, "--next", "2", "--format", "json").stdout)
    assert len(found) == 2
    assert {"kind", "theme", "bloom", "difficulty", "locator", "cites", "serves", "gist"} <= set(found[0])
    text = run("coverage", course, "--next", "2").stdout
    assert text.startswith("Most worth writing, 2 items:\n  1. ")
    assert found[0]["serves"][0] in text


def test_stubs_keep_the_ends_of_lines_and_take_free_ids() -> None:
    """CRLF stays; a second call takes other ids, also than those in comments."""
    item = Wanted("basic", cites=("a+b",), gist="two\u2028lines", locator=("p/q",))
    once, names = with_stubs("b.yaml", BANK.replace("\n", "\r\n"), [item], {"basic-1"})
    assert once.count("\r\n") == once.count("\n")
    assert names == ["basic-2"]
    assert with_stubs("b.yaml", once, [item], {"basic-1"})[1] == ["basic-3"]
    with pytest.raises(BuilderError, match="keys stand behind"):
        with_stubs("b.yaml", f"{BANK}theme: x\n", [item], set())
    with pytest.raises(BuilderError, match="mend its layout"):
        with_stubs("b.yaml", BANK.replace("answer: B\n", "answer: |+\n      B\n\n\n"), [item], set())


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["--write", "all-kinds"], "--write goes with --next"),
        (["--next", "0"], "0"),
        (["--next", "3", "--strict"], "without --strict"),
        (["--next", "3", "--format", "html"], "without --strict"),
        (["--next", "3", "--write", "al-kinds"], "did you mean 'all-kinds'?"),
    ],
)
def test_wrong_calls_change_nothing(course: Path, arguments: list[str], said: str) -> None:
    """What can't be done is said, with exit code 2, and nothing is written."""
    before = {path: path.read_bytes() for path in course.rglob("*.yaml")}
    refused = run("coverage", course, *arguments)
    assert refused.exit_code == 2
    assert said in refused.stderr
    assert before == {path: path.read_bytes() for path in course.rglob("*.yaml")}
