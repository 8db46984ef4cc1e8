"""From an exam of the shipped course back to its bank: made-up students of known ability answer, and bad items are named."""

from __future__ import annotations

import csv
import json
import math
import random
import shutil
from typing import TYPE_CHECKING

import pytest
from click.testing import CliRunner

from builder.analysis.pooled import correlation_within
from builder.cli import main
from builder.loading.course import shipped
from builder.paper.record import Quiz

if TYPE_CHECKING:
    from pathlib import Path

    from builder.paper.record import QuizItem

LETTERS = "ABCDEFGH"
STUDENTS = 120


def run(*arguments: str | Path) -> str:
    """One call of `her-study`, and what it shows."""
    done = CliRunner().invoke(main, [*map(str, arguments)], catch_exceptions=False)
    assert done.exit_code == 0, done.output
    return done.output


def _cell(question: QuizItem, chance: random.Random, *, knows: bool) -> str:
    """What a student writes, with a wrong answer of that kind where they don't know the right one."""
    match question.section:
        case "mcq":
            return "".join(question.key) if knows else chance.choice(LETTERS[: len(question.order)])
        case "truefalse":
            return question.key[0] if knows else chance.choice(["true", "false"])
        case "matching" | "ordering":
            return " ".join(question.key if knows else question.key[::-1])
        case "cloze" | "occlusion" | "basic":
            return " ".join("right" if knows else "wrong" for _ in question.key)
        case "numeric":
            return question.key[0] if knows else "0"
        case "short" | "essay":
            return f"{question.points * (0.9 if knows else 0.4):.1f}"


def _other(question: QuizItem) -> str:
    """The letter of the option that stands after the key in the bank: what all take for right where the key is wrong."""
    key = question.order[LETTERS.index(question.key[0])]
    return LETTERS[question.order.index((key + 1) % len(question.order))]


def _answers(quiz: Quiz, wrong: str, easy: str, path: Path) -> list[float]:
    """Write the answers of the class; the result is the abilities of its students."""
    chance = random.Random(20)
    abilities = [chance.gauss(0, 1.2) for _ in range(STUDENTS)]
    hard = {item.id: chance.gauss(-0.3, 0.8) for item in quiz.items}
    with path.open("w", encoding="utf-8", newline="") as file:
        table = csv.writer(file)
        table.writerow(["student", "version", "item", "answer"])
        for number, ability in enumerate(abilities):
            version = quiz.versions[number % len(quiz.versions)]
            for item in version.items:
                knows = item.id == easy or chance.random() < 1 / (1 + math.exp(-1.3 * (ability - hard[item.id])))
                said = _other(item) if item.id == wrong and knows else _cell(item, chance, knows=knows)
                table.writerow([f"s{number:03}", version.name, item.id, said])
    return abilities


@pytest.fixture(scope="module")
def exam(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, list[float], str, str]:
    """A folder with the course, the paper in four versions and what came of it; the abilities, and the two bad items."""
    folder = tmp_path_factory.mktemp("exam")
    shutil.copytree(shipped(), folder / "course")
    run(
        "quiz",
        folder / "course",
        "--blueprint",
        "final-a",
        "--versions",
        "4",
        "--format",
        "md",
        "--no-lint",
        "-o",
        folder,
    )
    quiz = Quiz.model_validate_json((folder / "quiz.json").read_text("utf-8"))
    wrong, easy = (item.id for item in [it for it in quiz.items if it.section == "mcq" and len(it.key) == 1][:2])
    abilities = _answers(quiz, wrong, easy, folder / "answers.csv")
    call = ("analyse", folder / "answers.csv", "--quiz", folder / "quiz.json", "--course", folder / "course")
    (folder / "told").write_text(run(*call, "--record", "--date", "2026-07-01", "-o", folder / "results"), "utf-8")
    return folder, abilities, wrong, easy


@pytest.mark.slow
def test_the_wrong_key_is_the_only_one_suspected(exam: tuple[Path, list[float], str, str]) -> None:
    """Of the 48 items of the paper, over four versions, the page names the one whose key is wrong, and the easy one."""
    folder, _, wrong, easy = exam
    flags = [line.split(": ", 1) for line in (folder / "told").read_text("utf-8").splitlines() if ": " in line]
    assert [item for item, said in flags if "another answer than the key" in said] == [wrong]
    assert easy in [item for item, said in flags if "nearly everybody is right" in said]


def test_the_marks_tell_who_is_able(exam: tuple[Path, list[float], str, str]) -> None:
    """Totals go along with abilities by more than .85, as a paper of such items allows."""
    folder, abilities, _, _ = exam
    rows = csv.DictReader((folder / "results" / "totals.csv").read_text("utf-8-sig").splitlines())
    totals = {row["student"]: float(row["total"]) for row in rows}
    assert len(totals) == STUDENTS
    found = correlation_within([(ability, totals[f"s{n:03}"], 0) for n, ability in enumerate(abilities)])
    assert found is not None
    assert found > 0.85


def test_check_names_the_bad_items_and_no_other(exam: tuple[Path, list[float], str, str]) -> None:
    """Rules S01 to S04 read what was taken down: the easy item is too easy, the one with a wrong key below guessing."""
    folder, _, wrong, easy = exam
    said = CliRunner().invoke(
        main, ["check", str(folder / "course"), "--select", "S01,S02,S03,S04", "--format", "json"]
    )
    lines = {(d["code"], d["path"], d["line"]) for d in json.loads(said.stdout)}
    found = {code: _item_at(path, line) for code, path, line in lines}
    assert found["S01"] == easy
    assert found.pop("S02") == wrong
    assert set(found.values()) <= {wrong, easy}


def _item_at(path: str, line: int) -> str:
    """The id of the item that stands in a line of a bank."""
    from pathlib import Path

    before = Path(path).read_text("utf-8").split("\n")[:line]
    return next(text.split("id:")[1].strip() for text in reversed(before) if text.lstrip().startswith("- id:"))
