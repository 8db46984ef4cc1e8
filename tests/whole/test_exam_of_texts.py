"""An exam with passages, values and minus marks in four versions, whose key a script of its own makes from bank and record."""

from __future__ import annotations

import json
import re
from itertools import groupby
from typing import TYPE_CHECKING, Any

import pytest

from builder.source import nodes
from tests import samples
from tests.cli.test_commands import run
from tests.whole.test_drawn_values import ANSWERS, interest, typed

if TYPE_CHECKING:
    from pathlib import Path

GOOD = samples.HERE / "good"
BLUEPRINT = """
blueprint: exam
title: Exam
items: 9
graded: false
scoring: {mcq: {penalty: 1/3}, truefalse: {penalty: 1/2}, cloze: all}
fixed: [letter-choice, table-true, interest-of-a-year]
"""
BANKS = ("passages", "values")
SIGNS = "ABCD"


@pytest.fixture(scope="module")
def exam(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Path]:
    """The course, and the folder with its exam in four versions."""
    folder = tmp_path_factory.mktemp("exam")
    course = samples.course(folder / "course", GOOD / "passages.yaml")
    (course / "values.yaml").write_text((GOOD / "values.yaml").read_text("utf-8"), "utf-8")
    (course / "exam.yaml").write_text(BLUEPRINT.lstrip(), "utf-8")
    head = course / "course.yaml"
    text = head.read_text("utf-8").replace("[bank.yaml]", "[bank.yaml, values.yaml]")
    head.write_text(f"{text}blueprints: [exam.yaml]\n", "utf-8")
    drawn = run(
        *("quiz", course, "--blueprint", "exam", "--seed", "7", "--versions", "4", "--no-lint"),
        *("--format", "pdf,docx,html,md", "-o", folder / "out"),
    )
    assert drawn.exit_code == 0, drawn.stderr
    return course, folder / "out"


def by_id() -> dict[str, dict[str, Any]]:
    """The items of both banks as they are typed."""
    banks: list[Any] = [nodes.values(name, (GOOD / f"{name}.yaml").read_text("utf-8")).value for name in BANKS]
    return {item["id"]: item for bank in banks for item in bank["items"]}


def key(item: dict[str, Any], entry: dict[str, Any]) -> tuple[str, ...]:
    """What is right, from the bank and the printed order alone."""
    if "values" in entry:
        values = typed(entry["values"])
        return ANSWERS[item["id"]](values) if item["id"] in ANSWERS else (interest(values),)
    match item["kind"]:
        case "mcq":
            right = [place for place, option in enumerate(item["options"]) if "right" in option]
            return tuple(SIGNS[entry["order"].index(place)] for place in right)
        case "cloze":
            return tuple(re.findall(r"\{\{c\d+::(.*?)(?:::.*?)?\}\}", item["prompt"]))
        case "short":
            return tuple(point["point"] for point in item["key_points"])
        case _:
            return (item["answer"],)


def test_every_key_is_that_of_an_independent_script(exam: tuple[Path, Path]) -> None:
    """For each question of each version, whatever passage, values or order it has; and the rules are the blueprint's."""
    _, out = exam
    items, record = by_id(), json.loads((out / "quiz.json").read_text("utf-8"))
    assert len(record["versions"]) == 4
    seen: set[str] = set()
    for version in record["versions"]:
        for entry in version["items"]:
            item = items[entry["id"]]
            assert tuple(entry["key"]) == key(item, entry), (version["name"], entry)
            assert entry.get("passage") == item.get("passage")
            seen |= {name for name in ("values", "passage", "part") if name in entry}
            if item["kind"] in {"mcq", "truefalse"}:
                assert entry["scoring"]["penalty"] == ("1/3" if item["kind"] == "mcq" else "1/2")
    assert seen == {"values", "passage", "part"}


def test_passages_are_whole_and_together_in_each_version(exam: tuple[Path, Path]) -> None:
    """All questions on the letter, two of those on the table, each time side by side and in the bank's order."""
    _, out = exam
    places = list(by_id())
    for version in json.loads((out / "quiz.json").read_text("utf-8"))["versions"]:
        found = {
            name: [entry["id"] for entry in entries]
            for name, entries in groupby(version["items"], lambda entry: entry.get("passage"))
            if name
        }
        assert {name: len(ids) for name, ids in found.items()} == {"letter": 3, "table": 2}
        assert all(ids == sorted(ids, key=places.index) for ids in found.values())


def test_the_record_prints_the_same_bytes(exam: tuple[Path, Path], tmp_path: Path) -> None:
    """`--from quiz.json` makes every file of the four versions again."""
    course, out = exam
    again = run("quiz", course, "--from", out / "quiz.json", "--no-lint", "-o", tmp_path / "again")
    assert again.exit_code == 0, again.stderr
    made = {file.name: file.read_bytes() for file in (tmp_path / "again").iterdir()}
    assert made == {file.name: file.read_bytes() for file in out.iterdir()}
    assert len(made) > 30
