from __future__ import annotations

import json
import os
import sqlite3
import subprocess
import sys
import zipfile
from argparse import Namespace
from contextlib import closing
from typing import TYPE_CHECKING

import pytest
import yaml

from builder.deck import apkg
from builder.loading.course import load
from builder.source import nodes
from tests.benchmarks import bench, cases, floor, formats, generate, growth, measure, papers, peers
from tests.benchmarks.measure import Measured, Run, Step, alternate
from tests.benchmarks.report import Verdict

if TYPE_CHECKING:
    from pathlib import Path

ITEMS = 60  # twice around all kinds


@pytest.fixture
def course(tmp_path: Path) -> Path:
    """A generated course."""
    return generate.write(tmp_path / "course", ITEMS)


@pytest.fixture
def package(course: Path, tmp_path: Path) -> Path:
    """Its package, as her-study builds it."""
    loaded = load(course).course
    assert loaded is not None
    path = tmp_path / "bench.apkg"
    path.write_bytes(apkg.files(loaded, 1_000_000_000)["bench.apkg"])
    return path


def noting(log: Path, word: str) -> tuple[str, ...]:
    """A command that adds a word to a file."""
    return (sys.executable, "-S", "-c", f"open({str(log)!r}, 'a').write({word!r})")


def test_steps_take_turns_after_a_round_that_does_not_count(tmp_path: Path) -> None:
    """Runs go A B A B behind one round of warming up, and a slow step runs once."""
    log = tmp_path / "log"
    steps = [Step("a", noting(log, "a")), Step("b", noting(log, "b")), Step("c", noting(log, "c"), is_slow=True)]
    found = alternate(steps, 2, os.environ)
    assert log.read_text() == "ab" + "abc" + "ab"
    assert [len(step.runs) for step in found.values()] == [2, 2, 1]


def test_a_step_that_fails_is_named_and_not_run_again(tmp_path: Path) -> None:
    """What a failing command said last stands in place of its time."""
    log = tmp_path / "log"
    failing = f"open({str(log)!r}, 'a').write('x'); raise SystemExit('first\\nno such deck')"
    steps = [Step("broken", (sys.executable, "-S", "-c", failing)), Step("never", ("-",), trouble="not installed")]
    found = alternate(steps, 3, os.environ)
    assert found == {"broken": Measured(trouble="no such deck"), "never": Measured(trouble="not installed")}
    assert log.read_text() == "x"


def test_peak_memory_and_processor_time_are_those_of_the_command() -> None:
    """A command that fills 200 MiB is seen to, and its work counts as processor time."""
    # In a process of its own, as the benchmark is: a child's peak counts that of its parent, and pytest is large.
    script = """
import json, os, sys
from dataclasses import astuple
from tests.benchmarks.measure import run
works = ("pass", "b'x' * (200 << 20); sum(range(10**7))")
print(json.dumps([astuple(run((sys.executable, "-S", "-c", work), os.environ)) for work in works]))
"""
    result = subprocess.run((sys.executable, "-c", script), check=True, capture_output=True)
    (_, little, small), (_, much, large) = json.loads(result.stdout)
    assert large - small == pytest.approx(200, abs=30)
    assert much > little


@pytest.mark.skipif(sys.platform != "linux", reason="only Linux tells what processes share")
def test_memory_of_children_is_looked_at_too() -> None:
    """A child counts to its parent's family, with the memory that it holds."""
    holding = "b = b'x' * (50 << 20); print('ready', flush=True); input()"
    with subprocess.Popen(
        (sys.executable, "-S", "-c", holding), stdin=subprocess.PIPE, stdout=subprocess.PIPE
    ) as child:
        assert child.stdout is not None
        child.stdout.readline()
        assert child.pid in measure._family(os.getpid())
        assert measure._proportional(child.pid) > 50
        child.communicate(b"\n")


@pytest.mark.parametrize(("times", "expected"), [((1.0, 3.0, 21.0), 1.0), ((1.0, 3.0, 201.0), 10.0)])
def test_growth_is_one_where_time_is_linear(times: tuple[float, float, float], expected: float) -> None:
    """The start is taken off: ten times the items in ten times the rest is 1, in a hundred times it is 10."""
    sizes = {
        size: {"check": Measured((Run(took, took, took),), took)}
        for size, took in zip((1, 10, 100), times, strict=True)
    }
    found = list(growth.grown(sizes, 1.0))
    assert [verdict.ratio for verdict in found] == pytest.approx([expected, expected])
    assert [verdict.is_over for verdict in found] == [expected > growth.BUDGET] * 2


def test_growth_is_not_judged_where_the_start_is_most_of_it() -> None:
    """A course that costs less than another start tells little about time."""
    sizes = {
        size: {"check": Measured((Run(took, took, took),), took)}
        for size, took in zip((1, 10, 100), (1.0, 1.9, 9.0), strict=True)
    }
    assert [verdict.budget for verdict in growth.grown(sizes, 1.0)] == [None, growth.BUDGET]


def test_a_ratio_past_its_budget_is_over_only_past_the_slack() -> None:
    """Judged is the measure that the budget is meant for."""
    verdicts = [Verdict("x", "cpu", 9.0, cpu, 1.0, 1.5) for cpu in (0.9, 1.2, 1.6)]
    assert [verdict.said for verdict in verdicts] == ["met", "within slack", "**over**"]
    assert [verdict.is_over for verdict in verdicts] == [False, False, True]
    assert not Verdict("x", "cpu", 9.0, 9.0, None, 1.0).is_over
    beyond = Verdict("x", "cpu", 9.0, 9.0, 1.0, 1.0, "why")
    assert not beyond.is_over
    assert beyond.said == "**over**: why"


def test_quick_asks_of_many_items_what_has_a_budget(tmp_path: Path) -> None:
    """All commands are run with the smallest course; with a larger one, those that a budget or growth is about."""
    made = bench.Bench(Namespace(quick=True, sizes=(1000, 10_000), limit=900), tmp_path)
    left, asked = (
        {},
        {step for case in cases.CASES if case.budget and not case.limit for step in (case.ours, case.theirs)},
    )
    for items in made.options.sizes:
        place = cases.Place(tmp_path, items)
        steps = [
            made._bounded(step, place, {}) for step in cases.steps(place, "PyYAML", dict.fromkeys(peers.PEERS, ""))
        ]
        left[items] = {step.name for step in steps if step.trouble == bench.LEFT_OUT}
    ours = {step.name for step in cases.ours(place)}
    assert not left[1000] & (ours | asked)
    assert not left[10_000] & (asked | {*growth.COMMANDS})
    assert left[10_000] >= {"export to QTI 2.1", "ankcompiler build"}


def test_the_edit_changes_one_prompt(course: Path) -> None:
    """The rebuild after a change has exactly one item that is another."""
    place = cases.Place(course.parent, ITEMS)
    place.fresh()
    place.edit()
    before, after = (formats.items_of(folder) for folder in (place.course, place.work))
    changed = [(a, b) for a, b in zip(before, after, strict=True) if a != b]
    assert [(a | {"prompt": b["prompt"]}) == b for a, b in changed] == [True]


def test_other_tools_get_every_note(course: Path, package: Path, tmp_path: Path) -> None:
    """Both foreign formats hold all prompts in order, an answer for all but clozes, and the tags of her-study."""
    formats.main(course, tmp_path / "formats")
    items = formats.items_of(course)
    data = yaml.safe_load((tmp_path / "formats/deck.yaml").read_text("utf-8"))["data"]
    assert [(note["id"], note["front"]) for note in data] == [(item["id"], item["prompt"]) for item in items]
    cards = "".join(path.read_text("utf-8") for path in sorted((tmp_path / "formats/markdown").iterdir()))
    assert [line for line in cards.splitlines() if line in {i["prompt"] for i in items}] == [i["prompt"] for i in items]
    assert cards.count("[^uid]: ") == ITEMS
    assert [not note["back"] for note in data] == [item["kind"] == "cloze" for item in items]
    with closing(sqlite3.connect(":memory:")) as database, zipfile.ZipFile(package) as archive:
        database.deserialize(archive.read("collection.anki2"))
        theirs = {guid: set(tags.split()) for guid, tags in database.execute("SELECT guid, tags FROM notes")}
    assert {f"bench:{note['id']}": {*note["tags"], "bench::theme::memory"} for note in data} == theirs


def test_the_floor_writes_the_same_rows(course: Path, package: Path, tmp_path: Path) -> None:
    """The least that a build can be makes the package that her-study makes, byte for byte inside SQLite's tables."""
    rows, out = tmp_path / "rows", tmp_path / "floor.apkg"
    floor.rows(str(package), str(rows))
    floor.build("PyYAML", [str(course / "banks/000.yaml")], str(rows), str(out))
    again = tmp_path / "again"
    floor.rows(str(out), str(again))
    assert again.read_bytes() == rows.read_bytes()
    assert bench.notes_of(out) == bench.notes_of(package) == ITEMS


def test_every_parser_reads_what_the_yardstick_reads(course: Path) -> None:
    """The values by which a parser is found right are those that a bank's author typed."""
    text = (course / "banks/000.yaml").read_text("utf-8")
    assert floor.PARSERS["PyYAML"](text) == nodes.values("000.yaml", text).value


def test_recorded_documents_are_those_that_the_command_sets(tmp_path: Path) -> None:
    """Bare Typst sets as many documents as her-study has written, from the same templates."""
    out = tmp_path / "out"
    arguments = ["quiz", "--items", "3", "--versions", "2", "--no-lint", "-o", str(out)]
    papers.record(tmp_path / "kept", arguments)
    documents = [json.loads(line) for line in (tmp_path / "kept" / papers.DOCUMENTS).read_text().splitlines()]
    assert len(documents) == len(list(out.glob("*.pdf")))
    assert all((tmp_path / "kept/root" / template).is_file() for template, _ in documents)
    papers.bare(tmp_path / "kept", 2)
