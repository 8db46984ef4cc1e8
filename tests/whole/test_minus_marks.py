"""An exam with minus marks and half marks, from its blueprint to the marks of its candidates."""

from __future__ import annotations

import json
from fractions import Fraction
from typing import TYPE_CHECKING, Any

import pytest
import yaml

from builder.paper.record import Quiz
from builder.paper.scoring import score
from tests.cli.test_commands import run
from tests.paper import by_hand

if TYPE_CHECKING:
    from pathlib import Path

FRUIT = ("apple", "pear", "plum", "fig", "lime", "peach", "date", "grape", "melon", "mango", "olive", "quince")
COURSE = """
course: fruit
title: Fruit
banks: [bank.yaml]
blueprints: [exam.yaml]
scoring: {mcq: {penalty: 1/10}, ordering: positions}
anki: {deck: Fruit}
"""
BLUEPRINT = """
blueprint: exam
title: Exam
marks: 20.5
points: {mcq: 1.5, truefalse: 1, matching: 2.5, ordering: 2}
scoring: {mcq: {penalty: 1/3}, multiple: each-minus, truefalse: {penalty: 1/2}, matching: all}
rows:
  - {kind: mcq, count: 8}
  - {kind: truefalse, count: 4}
  - {kind: matching, count: 1}
  - {kind: ordering, count: 1}
"""


def _bank() -> list[dict[str, Any]]:
    """Twelve choices, four of them with several right options and one with a rule of its own, and a few others."""
    items: list[dict[str, Any]] = []
    for n, name in enumerate(FRUIT):
        options = [
            {"right": f"{name} red"},
            {"wrong": f"{name} blue"},
            {"wrong": f"{name} grey"},
            {"wrong": f"{name} pink"},
        ]
        item: dict[str, Any] = {"id": name, "kind": "mcq", "prompt": f"Which {name} is ripe?", "options": options}
        if n % 3 == 0:
            item |= {"multiple": True, "options": [*options, {"right": f"{name} gold"}]}
        if n == 1:
            item["scoring"] = {"penalty": "1/2"}
        items.append(item)
    items += [
        {
            "id": f"{name}-fact",
            "kind": "truefalse",
            "prompt": f"A {name} floats.",
            "answer": n % 2 == 0,
            "correction": "so",
        }
        for n, name in enumerate(FRUIT[:6])
    ]
    pairs = [[f"{name} seed", f"{name} tree"] for name in FRUIT[:3]]
    items.append({"id": "pairs", "kind": "matching", "prompt": "Match seeds.", "pairs": pairs, "marks": 2.5})
    steps = {"id": "steps", "kind": "ordering", "prompt": "Order the year.", "sequence": ["bud", "bloom", "fruit"]}
    return [*items, steps]


@pytest.fixture(scope="module")
def exam(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of the exam, drawn in four versions and printed in every format."""
    folder = tmp_path_factory.mktemp("exam")
    (folder / "course.yaml").write_text(COURSE, "utf-8")
    (folder / "exam.yaml").write_text(BLUEPRINT, "utf-8")
    bank = {"bank": "fruit", "title": "Fruit", "items": _bank()}
    (folder / "bank.yaml").write_text(yaml.safe_dump(bank, sort_keys=False), "utf-8")
    options = ["--blueprint", "exam", "--versions", "4", "--seed", "7", "--format", "pdf,docx,html,md"]
    result = run("quiz", folder, "--no-lint", *options, "-o", folder / "out")
    assert result.exit_code == 0, result.output
    return folder


def _record(exam: Path) -> dict[str, Any]:
    record: dict[str, Any] = json.loads((exam / "out" / "quiz.json").read_bytes())
    return record


def _rule(item: dict[str, Any]) -> dict[str, Any] | None:
    """The rule that an item has on this paper, by the words of course, blueprint and bank above."""
    wrong = sum("wrong" in option for option in item.get("options", ()))
    cost = {"mcq": "1/3", "multiple": f"1/{wrong}", "truefalse": "1/2", "matching": "0", "ordering": "0"}
    sort = "multiple" if item.get("multiple") else item["kind"]
    name = {"multiple": "each-minus", "ordering": "positions"}.get(sort, "all")
    return {"rule": name, "penalty": item.get("scoring", {}).get("penalty", cost[sort]), "negative": False}


@pytest.mark.slow
def test_the_record_agrees_with_a_script_that_knows_only_the_bank(exam: Path) -> None:
    """In every version key, rule and marks of each question are those that follow from the bank and the blueprint."""
    record = _record(exam)
    items = {item["id"]: item for item in yaml.safe_load((exam / "bank.yaml").read_text("utf-8"))["items"]}
    worth = {"mcq": 1.5, "truefalse": 1, "matching": 2.5, "ordering": 2}
    assert [version["name"] for version in record["versions"]] == ["A", "B", "C", "D"]
    for version in record["versions"]:
        assert sum(question["points"] for question in version["items"]) == 20.5
        for question in version["items"]:
            item = items[question["id"]]
            assert question["key"] == by_hand.key(item, question["order"])
            assert question["scoring"] == _rule(item)
            assert question["points"] == worth[question["kind"]]
    assert {question["scoring"]["penalty"] for question in record["versions"][0]["items"]} == {"0", "1/3", "1/2"}


def _responses(question: dict[str, Any]) -> dict[str, list[str]]:
    """What candidates of some sorts write: who knows all, who knows nothing, who ticks everything, who is absent."""
    key, letters = question["key"], list(by_hand.LETTERS[: len(question["order"])])
    knows = [*key, "corrected"] if key == ["false"] else key
    wrong = {
        "mcq": [letter for letter in letters if letter not in key],
        "truefalse": ["true" if key == ["false"] else "false"],
        "matching": [*key[1:], key[0]],
        "ordering": [*key[1:], key[0]],
    }[question["kind"]]
    return {"knows": knows, "errs": wrong, "ticks": letters if question["kind"] == "mcq" else knows, "absent": []}


def test_all_versions_give_a_candidate_the_same_marks(exam: Path) -> None:
    """Whoever knows all has 20.5 marks in each version, who errs less than none, and an independent script agrees."""
    first: dict[str, Fraction] = {}
    quiz, record = Quiz.model_validate_json((exam / "out" / "quiz.json").read_bytes()), _record(exam)
    for version, plain in zip(quiz.versions, record["versions"], strict=True):
        totals = dict.fromkeys(("knows", "errs", "ticks", "absent"), Fraction(0))
        for question, values in zip(version.items, plain["items"], strict=True):
            for who, response in _responses(values).items():
                assert score(question, response) == by_hand.marks(values, response)
                totals[who] += score(question, response)
        first = first or totals
        assert totals == first
        assert totals["knows"] == Fraction("20.5")
        assert totals["absent"] == 0
        assert totals["errs"] < 0 < totals["ticks"] < totals["knows"]


def test_the_paper_is_printed_again_byte_for_byte(exam: Path) -> None:
    """`--from quiz.json` makes every file of all four versions once more."""
    result = run("quiz", exam, "--no-lint", "--from", exam / "out" / "quiz.json", "-o", exam / "again")
    assert result.exit_code == 0, result.output
    first, again = ({file.name: file.read_bytes() for file in (exam / name).iterdir()} for name in ("out", "again"))
    assert len(first) > 30
    assert again == first


def test_the_rules_are_on_every_paper_and_key(exam: Path) -> None:
    """Each candidate reads before the exam what each rule costs, and each marker finds it at the question."""
    rules = [
        "A wrong choice costs 0.5 marks.",
        "each wrong one costs 0.5 marks. The question never earns less than 0.",
        "No mark is given unless every pair is right.",
        "Each step in its right place earns 2/3 mark.",
    ]
    for version in "ABCD":
        for name in ("paper", "key"):
            text = (exam / "out" / f"{name}-{version}.html").read_text("utf-8")
            assert all(rule in text for rule in rules), (name, version)


def test_points_may_be_halves_without_a_blueprint(exam: Path) -> None:
    """`--points` takes 4.5, and says what is wrong with 4.2."""
    result = run("quiz", exam, "--no-lint", "--points", "4.5", "--format", "md", "-o", exam / "half")
    assert result.exit_code == 0, result.output
    record = json.loads((exam / "half" / "quiz.json").read_bytes())
    assert sum(question["points"] for question in record["versions"][0]["items"]) == 4.5
    result = run("quiz", exam, "--no-lint", "--points", "4.2", "-o", exam / "none")
    assert result.exit_code == 2
    assert "--points 4.2 is no number of whole or half marks; give 40 or 12.5" in result.output
