from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given

from builder.coverage import Cell, as_data, cover
from builder.loading.course import load, shipped
from builder.model import Specification
from builder.report import as_text
from builder.source import nodes
from tests import samples
from tests.make import strategies
from tests.make.course import course_of

if TYPE_CHECKING:
    from pathlib import Path

    from builder.loading.loaded import Loaded

FRAME = samples.HERE / "frame" / "course.yaml"
P1, P2 = "paper/grief/p1", "paper/grief/p2"
ITEMS: list[dict[str, Any]] = [
    {"id": "a", "theme": "grief", "bloom": "remember", "locator": [P2], "cites": ["masi2011"], "difficulty": "1"},
    {"id": "b", "theme": "grief", "bloom": "apply", "locator": [P2, P1], "cites": ["masi2011"], "difficulty": "3"},
    {"id": "c", "theme": "love", "bloom": "remember", "locator": [P2], "difficulty": "1"},
    {
        "id": "d",
        "theme": "love",
        "locator": [P1],
        "cites": ["worden2009"],
        "retired": {"since": "2026-01-01", "reason": "x"},
    },
]


def _load(folder: Path, items: list[dict[str, Any]], specification: str) -> Loaded:
    """The frame course with these basic items and this specification, if any."""
    bank: Any = {
        "bank": "b",
        "title": "B",
        "items": [{"kind": "basic", "prompt": "p", "answer": "a"} | i for i in items],
    }
    folder.mkdir(exist_ok=True)
    (folder / "typed.yaml").write_text(nodes.dump(bank), "utf-8")
    course = samples.course(folder / "course", folder / "typed.yaml")
    if specification:
        (course / "specification.yaml").write_text(specification, "utf-8")
        (course / "course.yaml").write_text(f"{FRAME.read_text('utf-8')}specification: specification.yaml\n", "utf-8")
    return load(course)


def _misses(folder: Path, specification: str, items: list[dict[str, Any]] = ITEMS) -> list[str]:
    loaded = _load(folder, items, specification)
    assert loaded.diagnostics == []
    assert loaded.course
    return [str(miss) for miss in cover(loaded.course).misses]


def test_paragraphs_and_works_have_their_least_without_a_specification(tmp_path: Path) -> None:
    """A weight and one item for each work are asked for; an item counts in each paragraph, a retired one nowhere."""
    loaded = _load(tmp_path, ITEMS, "")
    assert loaded.course
    coverage = cover(loaded.course)
    assert [(str(p.cell), p.by_theme) for p in coverage.paragraphs] == [("1/1", (1, 0)), ("3", (2, 1))]
    assert [(line.head.key, str(line.cells[0])) for line in coverage.works] == [
        ("worden2009", "0/1"),
        ("masi2011", "2/1"),
    ]
    assert [str(miss) for miss in coverage.misses] == ["work worden2009: has 0, wants 1 or more"]
    assert {cell.want for table in coverage.tables for line in table.lines for cell in line.cells} == {None}


def test_a_paragraph_below_its_weight_is_a_miss(tmp_path: Path) -> None:
    """The sentence names the paragraph, what it has and what it wants."""
    items = [{"id": "a", "theme": "grief", "locator": [P2], "cites": ["masi2011", "worden2009"]}]
    assert _misses(tmp_path, "", items) == [f"paragraph {P1}: has 0, wants 1 or more"]


def test_works_have_numbers_of_their_own(tmp_path: Path) -> None:
    """`each:` goes before `least:`, upwards and downwards."""
    assert _misses(tmp_path, "references: {least: 9, each: {masi2011: 3, worden2009: 0}}") == [
        "work masi2011: has 2, wants 3 or more"
    ]


@pytest.mark.parametrize(("key", "keyword"), [("old2001-rec", "record"), ("old2001", "doubtful, uncited")])
def test_records_and_uncited_works_need_no_item_unless_named(key: str, keyword: str) -> None:
    """They have no least number of their own; the specification may give them one."""
    course = course_of(
        [{"id": "a", "kind": "basic", "prompt": "p", "answer": "a"}], references={key: {"keyword": keyword}}
    )
    assert cover(course).misses == ()
    named = Specification.model_validate({"references": {"each": {key: "1"}}})
    course = course_of(
        [{"id": "a", "kind": "basic", "prompt": "p", "answer": "a"}],
        references={key: {"keyword": keyword}},
        specification=named,
    )
    assert [str(miss) for miss in cover(course).misses] == [f"work {key}: has 0, wants 1 or more"]


def test_every_table_and_its_sums_are_held_against_the_specification(tmp_path: Path) -> None:
    """Too many and too few are missed, cells and sums; what is not named wants none; each sum is told once."""
    specification = """
references: {least: 0}
themes: {grief: {basic: 4, essay: 1}}
bloom: {basic: {remember: 2, apply: 2}, essay: {create: 1}}
difficulty: {basic: [2, 1, 1], essay: [0, 0, 1]}
"""
    assert _misses(tmp_path, specification) == [
        "grief, basic: has 2, wants 4",
        "grief, essay: has 0, wants 1",
        "grief: has 2, wants 5",
        "love, basic: has 1, wants 0",
        "love: has 1, wants 0",
        "basic: has 3, wants 4",
        "essay: has 0, wants 1",
        "all items: has 3, wants 5",
        "basic, apply: has 1, wants 2",
        "essay, create: has 0, wants 1",
        "apply: has 1, wants 2",
        "create: has 0, wants 1",
        "basic, difficulty 2: has 0, wants 1",
        "essay, difficulty 3: has 0, wants 1",
        "difficulty 2: has 0, wants 1",
        "difficulty 3: has 1, wants 2",
    ]


def test_a_tolerance_widens_every_number(tmp_path: Path) -> None:
    """One item more or less is let pass in cells and sums, two are not."""
    wide = "tolerance: {percent: 10, least: 1}\nreferences: {least: 0}\n"
    assert _misses(tmp_path / "near", wide + "themes: {grief: {basic: 3}, love: {basic: 1}}") == []
    assert _misses(tmp_path / "far", wide + "themes: {grief: {basic: 4}, love: {basic: 1}}") == [
        "grief, basic: has 2, wants 3 to 5",
        "grief: has 2, wants 3 to 5",
        "basic: has 3, wants 4 to 6",
        "all items: has 3, wants 4 to 6",
    ]


@pytest.mark.parametrize(
    ("want", "least", "most"), [(0, 0, 1), (1, 0, 2), (9, 8, 10), (19, 18, 20), (20, 18, 22), (280, 252, 308)]
)
def test_the_tolerance_is_a_share_and_at_least_some_items(want: int, least: int, most: int) -> None:
    """10 % of a number, rounded down, and 1 where that is less."""
    tolerance = Specification.model_validate({"tolerance": {"percent": "10", "least": "1"}}).tolerance
    assert tolerance.around(want) == (least, most)


@pytest.mark.parametrize(
    ("cell", "said", "verdict"),
    [
        (Cell(2, 3, 3), "3 or more", "too few"),
        (Cell(3, 3, 3), "3 or more", ""),
        (Cell(9, 3, 3), "3 or more", ""),
        (Cell(2, 1, 0, 1), "at most 1", "too many"),
        (Cell(2, 5, 4, 6), "4 to 6", "too few"),
        (Cell(0, 0, 0, 0), "0", ""),
        (Cell(7, 6, 6, 6), "6", "too many"),
        (Cell(7), "0 or more", ""),
    ],
)
def test_a_cell_knows_its_range(cell: Cell, said: str, verdict: str) -> None:
    """What still counts is said in words, and what is outside it is too few or too many."""
    assert (cell.range, cell.verdict) == (said, verdict)


def test_items_without_a_level_have_a_column_of_their_own() -> None:
    """Nothing is left out of the sums: what is not set is counted as such, and is a miss where a table wants it set."""
    specification = Specification.model_validate({"bloom": {"basic": {"apply": "1"}}})
    course = course_of([{"id": "a", "kind": "basic", "prompt": "p", "answer": "a"}], specification=specification)
    coverage = cover(course)
    assert [[head.name for head in table.columns][-2:] for table in coverage.tables] == [
        ["basic", "all"],
        ["no Bloom level", "all"],
        ["no difficulty", "all"],
    ]
    assert [line.head.name for line in coverage.tables[0].lines] == ["no theme", "all"]
    assert [str(miss) for miss in coverage.misses] == [
        "basic, apply: has 0, wants 1",
        "basic, no Bloom level: has 1, wants 0",
        "apply: has 0, wants 1",
        "no Bloom level: has 1, wants 0",
    ]


@given(strategies.banks())
def test_every_table_counts_every_item(bank: dict[str, Any]) -> None:
    """Whatever the items, the sums of each table are their number, and the report is JSON."""
    coverage = cover(course_of(bank["items"]))
    data = json.loads(json.dumps(as_data(coverage)))
    for table in data["tables"].values():
        assert table["all"]["all"]["have"] == len(bank["items"]) == data["items"]
        assert sum(row["all"]["have"] for name, row in table.items() if name != "all") == len(bank["items"])


def test_mistakes_in_a_specification_are_reported_where_they_stand(tmp_path: Path) -> None:
    """Mistyped themes, kinds, levels, works and keys each get their place and the name that was meant."""
    (found,) = _load(tmp_path / "keys", ITEMS, "tolerance: {percent: 10, leest: 1}\n").diagnostics
    assert (found.code, found.span.column, found.help) == ("unknown-key", 26, "did you mean 'least'?")
    text = """
references: {each: {worden2019: 3}}
themes: {greif: {basic: 1}, love: {bsic: 2}}
bloom: {clozze: {apply: 1}, basic: {analyse: 1}}
difficulty: {mqc: [1, 2, 3]}
"""
    loaded = _load(tmp_path, ITEMS, text)
    assert loaded.course
    assert loaded.course.specification
    report = as_text(loaded.diagnostics, {}).replace(str(tmp_path / "course") + "/", "")
    assert report.replace("\n  help", "").split("\n\n")[:-1] == [
        "specification.yaml:2:21: error[C01] 'worden2019' is no key of the references: did you mean 'worden2009'?",
        "specification.yaml:3:10: error[unknown-theme] 'greif' is no theme of course.yaml: did you mean 'grief'?",
        "specification.yaml:3:36: error[unknown-kind] 'bsic' is no kind of item: did you mean 'basic'?",
        "specification.yaml:4:9: error[unknown-kind] 'clozze' is no kind of item: did you mean 'cloze'?",
        "specification.yaml:4:37: error[unknown-value] 'analyse' is no Bloom level: did you mean 'analyze'?",
        "specification.yaml:5:14: error[unknown-kind] 'mqc' is no kind of item: did you mean 'mcq'?",
    ]


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("themes: [grief]", "wrong-type"),
        ("difficulty: {basic: [1, 2]}", "too-few"),
        ("difficulty: {basic: [1, 2, 3, 4]}", "too-many"),
        ("themes: {grief: {basic: many}}", "not-a-number"),
        ("tolerance: {percent: 101}", "out-of-range"),
    ],
)
def test_a_wrong_shape_is_one_finding(tmp_path: Path, text: str, code: str) -> None:
    """A value that is no number, or a list of another length, is refused; the course goes without specification."""
    loaded = _load(tmp_path, ITEMS, text)
    assert [d.code for d in loaded.diagnostics] == [code]
    assert loaded.course
    assert loaded.course.specification is None


def test_tables_that_contradict_each_other_are_reported(tmp_path: Path) -> None:
    """No bank can meet two tables that want different numbers of a kind."""
    text = "themes: {grief: {basic: 2}, love: {basic: 3}}\nbloom: {basic: {apply: 5}}\ndifficulty: {basic: [1, 1, 2]}"
    (found,) = _load(tmp_path, ITEMS, text).diagnostics
    assert (found.code, found.span.line, found.span.column) == ("unequal-sums", 3, 14)
    assert found.message == "the basic items of 'difficulty:' add up to 4, those of 'themes:' to 5"


def test_the_shipped_specification_is_the_blueprint() -> None:
    """263 items: 111 to recall, 152 for exams, of which 112 ask to apply or more."""
    course = load(shipped()).course
    assert course
    assert course.specification
    tables = course.specification.tables
    assert {name: sum(cells.values()) for name, cells in tables.items()} == dict.fromkeys(tables, 263)
    recall = {"basic", "reversed", "cloze"}
    assert sum(n for (_, kind), n in tables["themes"].items() if kind in recall) == 111
    high = {"apply", "analyze", "evaluate", "create"}
    assert sum(n for (kind, level), n in tables["bloom"].items() if kind not in recall and level in high) == 112
