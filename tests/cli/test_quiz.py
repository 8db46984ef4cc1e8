from __future__ import annotations

import json
import os
import re
import shutil
from typing import TYPE_CHECKING, Any

import pytest

from builder.loading.course import load, shipped
from tests.cli.test_commands import run
from tests.make.papers import reader, said

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from click.testing import Result


@pytest.fixture
def course(tmp_path: Path) -> Path:
    """A copy of the shipped course, to write into."""
    return shutil.copytree(shipped(), tmp_path / "her")


def quiz(course: Path, out: Path, *options: str) -> Result:
    """A paper of eight choices, with these options on top; the rules of the shipped course are checked elsewhere."""
    return run("quiz", course, "--no-lint", "--kind", "mcq", "--items", "8", "-o", out, *options)


def contents(folder: Path) -> dict[str, bytes]:
    """Every file of a folder."""
    return {file.name: file.read_bytes() for file in folder.iterdir()}


def ids(folder: Path) -> set[str]:
    """The items of the paper in a folder."""
    record = json.loads((folder / "quiz.json").read_bytes())
    return {item["id"] for item in record["versions"][0]["items"]}


def test_without_options_a_paper_of_twelve_questions(tmp_path: Path) -> None:
    """The folder holds paper, sheet, key, guide where there are open questions, and the record; each is named."""
    result = run("quiz", "--seed", "2026", "-o", tmp_path / "dist")
    assert result.exit_code == 0
    there = sorted(os.listdir(tmp_path / "dist"))
    assert there == ["guide-A.pdf", "key-A.pdf", "paper-A.pdf", "quiz.json", "sheet-A.pdf"]
    assert sorted(result.stdout.split()) == [str(tmp_path / "dist" / name) for name in there]
    assert len(ids(tmp_path / "dist")) == 12


def test_options_say_what_is_on_the_paper(course: Path, tmp_path: Path) -> None:
    """Theme, kind and Bloom level bound the items, `--points` says what they add up to."""
    options = [
        "--theme",
        "grief,love",
        "--kind",
        "mcq",
        "--kind",
        "short",
        "--bloom",
        "apply,analyze",
        "--points",
        "12",
    ]
    assert run("quiz", course, "--no-lint", *options, "-o", tmp_path / "out").exit_code == 0
    record = json.loads((tmp_path / "out" / "quiz.json").read_bytes())
    made = load(course).course
    assert made
    items = [made.by_id[item["id"]] for item in record["versions"][0]["items"]]
    assert {item.theme for item in items} <= {"grief", "love"}
    assert {item.kind for item in items} <= {"mcq", "short"}
    assert {item.bloom for item in items} <= {"apply", "analyze"}
    assert sum(item["points"] for item in record["versions"][0]["items"]) == 12


@pytest.mark.slow
def test_without_pdf_there_is_room_for_answers_on_the_paper(course: Path, tmp_path: Path) -> None:
    """No other format has an answer sheet, so what is not printed as PDF has its lines and boxes, unless told otherwise."""
    for name, options in (("room", []), ("sheet", ["--answers", "sheet"]), ("both", ["--format", "pdf"])):
        assert quiz(course, tmp_path / name, "--format", "md", *options).exit_code == 0
    papers = {name: (tmp_path / name / "paper-A.md").read_text("utf-8") for name in ("room", "sheet", "both")}
    assert {name: "Fill the circle" in text for name, text in papers.items()} == {
        "room": False,
        "sheet": True,
        "both": True,
    }


@pytest.mark.slow
def test_a_record_prints_the_same_files_again(course: Path, tmp_path: Path) -> None:
    """`--from quiz.json` makes every file of every format byte for byte; an edition on top changes just the print."""
    options = ["--versions", "2", "--format", "pdf,docx,html,md", "--paper", "letter", "--font", "hyperlegible"]
    assert quiz(course, tmp_path / "one", "--seed", "x", *options).exit_code == 0
    record = tmp_path / "one" / "quiz.json"
    assert run("quiz", course, "--no-lint", "--from", record, "-o", tmp_path / "two").exit_code == 0
    assert contents(tmp_path / "one") == contents(tmp_path / "two")
    again = ["--from", str(record), "--large-print", "18", "--format", "pdf"]
    assert run("quiz", course, "--no-lint", *again, "-o", tmp_path / "large").exit_code == 0
    assert said(reader((tmp_path / "large" / "key-B.pdf").read_bytes())).count("Answer:") == 8
    assert ids(tmp_path / "large") == ids(tmp_path / "one")


def test_a_record_of_items_that_changed_is_refused(course: Path, tmp_path: Path) -> None:
    """Each item that is gone or differs is named, and nothing is written."""
    assert quiz(course, tmp_path / "one").exit_code == 0
    changed, gone = sorted(ids(tmp_path / "one"))[:2]
    for bank in course.rglob("*.yaml"):
        text = bank.read_text("utf-8")
        if f"id: {changed}\n" in text:
            head, tail = text.split(f"id: {changed}\n")
            bank.write_text(f"{head}id: {changed}\n{tail.replace('prompt: ', 'prompt: Now ', 1)}", "utf-8")
        text = bank.read_text("utf-8")
        bank.write_text(re.sub(rf"\b{gone}(?![\w-])", f"{gone}-two", text), "utf-8")
    for file in ("course.lock.yaml", "released.jsonl"):  # they would refuse the new id before
        (course / file).unlink()
    result = run("quiz", course, "--no-lint", "--from", tmp_path / "one" / "quiz.json", "-o", tmp_path / "two")
    assert result.exit_code == 2
    assert f"{gone}: not in the course; {changed}: changed since" in result.stderr
    assert not (tmp_path / "two").exists()


def _damages(record: dict[str, Any]) -> Iterator[tuple[str, dict[str, Any]]]:
    """Records of the same paper with something in them that her-study never writes, and what is wrong."""
    for name, change in {
        "key": {"key": ["Z"]},
        "order": {"order": [0, 0, 1, 2]},
        "longer": {"order": list(range(40))},
        "kind": {"kind": "essay"},
        "number": {"number": 7},
        "lines": {"lines": 10**7},
        "points": {"points": 9},
    }.items():
        damaged = json.loads(json.dumps(record))
        damaged["versions"][1]["items"][0] |= change
        yield name, damaged
    for name, changed in {
        "twice": {"versions": [record["versions"][0], record["versions"][0]]},
        "fewer": {
            "versions": [record["versions"][0], record["versions"][1] | {"items": record["versions"][1]["items"][1:]}]
        },
        "many": {"versions": record["versions"][:1] * 1001},
        "choose": {"choose": {"mcq": 99}},
        "minutes": {"minutes": -(10**40)},
        "student": {"students": [{"id": "1", "name": "A", "version": "Q"}]},
        "edition": {"edition": {"size": 24, "columns": 2}},
    }.items():
        yield name, record | changed


def test_a_record_that_was_edited_is_refused(course: Path, tmp_path: Path) -> None:
    """No wrong key, order or number is ever printed: a record that contradicts the items or itself is one line, exit 2."""
    assert quiz(course, tmp_path / "one", "--versions", "2").exit_code == 0
    record = json.loads((tmp_path / "one" / "quiz.json").read_bytes())
    for name, damaged in _damages(record):
        (tmp_path / "damaged.json").write_text(json.dumps(damaged), "utf-8")
        result = run("quiz", course, "--no-lint", "--from", tmp_path / "damaged.json", "-o", tmp_path / "two")
        assert result.exit_code == 2, name
        assert "the record contradicts itself" in result.stderr or "no record of a paper" in result.stderr, name
        assert result.stderr.count("\n") == 1, name
    assert not (tmp_path / "two").exists()


def test_files_of_another_paper_are_told(course: Path, tmp_path: Path) -> None:
    """Fewer versions into the same folder leave the others there: they are named, so that nobody prints them."""
    assert quiz(course, tmp_path / "out", "--versions", "2", "--format", "md").stderr == ""
    said_of = quiz(course, tmp_path / "out", "--seed", "2", "--format", "md").stderr
    assert "note: 2 files of another paper" in said_of
    assert "key-B.md, paper-B.md; delete them" in said_of


def test_large_print_in_two_columns_is_refused(course: Path, tmp_path: Path) -> None:
    """At 24 points a column holds two or three words: that is said before anything is set."""
    result = quiz(course, tmp_path / "out", "--large-print", "24", "--two-column")
    assert result.exit_code == 2
    assert "--two-column and --large-print 24" in result.stderr


@pytest.mark.slow
def test_history_is_kept_and_left_out(course: Path, tmp_path: Path) -> None:
    """`--record` takes papers down, `--avoid-last` and `--avoid` leave out what was on them, `history` counts uses."""
    assert "no paper is recorded yet" in run("history", course).stdout
    for name, seed, options in (
        ("one", "1", []),
        ("two", "2", ["--avoid-last", "1"]),
        ("three", "3", ["--avoid", "one"]),
    ):
        result = quiz(
            course, tmp_path / name, "--seed", seed, "--record", "--name", name, "--date", "2026-03-04", *options
        )
        assert result.exit_code == 0, result.stderr
        assert str(course / "history.yaml") in result.stdout
    one, two, three = (ids(tmp_path / name) for name in ("one", "two", "three"))
    assert not one & two
    assert not one & three
    text = run("history", course).stdout
    assert "2026-03-04  two  (seed 2, 8 items)" in text
    assert f"{len(one | two | three)} of 263 items have been on a paper" in text
    uses = json.loads(run("history", course, "--all", "--format", "json").stdout)
    counted = {item["id"]: item["papers"] for item in uses["items"]}
    assert {item for item, on in counted.items() if "one" in on} == one
    assert sum(map(len, counted.values())) == 24
    assert len(counted) == 263
    # The same again is no second paper, another one of that name is refused.
    kept = (course / "history.yaml").read_bytes()
    assert "in the history already" in quiz(course, tmp_path / "x", "--seed", "1", "--record", "--name", "one").stderr
    result = quiz(course, tmp_path / "x", "--seed", "9", "--record", "--name", "one")
    assert result.exit_code == 2
    assert "give this one a name with --name" in result.stderr
    assert (course / "history.yaml").read_bytes() == kept
    assert run("check", course, "--no-lint").exit_code == 0


def test_a_blueprint_that_cannot_be_met_is_shown_at_its_rows(course: Path, tmp_path: Path) -> None:
    """The rows that fight are findings in the blueprint's file, with what is missing; exit 1, nothing written."""
    path = course / "blueprints" / "midterm.yaml"
    old, new = "{theme: [film, loneliness, love, grief], min: 14}", "{theme: citations, min: 19}"
    lines = path.read_text("utf-8").replace(old, new).splitlines()
    path.write_text("\n".join(lines), "utf-8")
    result = run("quiz", course, "--no-lint", "--blueprint", "midterm", "-o", tmp_path / "out")
    assert result.exit_code == 1
    line = next(n for n, text in enumerate(lines, 1) if new in text)
    assert f"{path}:{line}:" in result.stderr
    assert "error[unmet-blueprint]" in result.stderr
    assert "missing" in result.stderr
    assert not (tmp_path / "out").exists()


def test_a_blueprint_is_checked_with_the_course(course: Path) -> None:
    """Names that lead nowhere, sums without sense and mistyped keys are findings of `check`, all in one run."""
    path = course / "blueprints" / "broken.yaml"
    path.write_text(
        "blueprint: broken\ntitle: Broken\nitems: 3\nfixed: [no-such-item]\ndisjoint: [finale]\npoints: {mqc: 1}\n"
        "rows:\n  - {theme: gref, count: 2}\n  - {kind: mcq}\n  - {kind: mcq, count: 1, max: 2}\n  - {knd: mcq, min: 1}\n",
        "utf-8",
    )
    said_of = run("check", course, "--no-lint").stderr
    assert "broken.yaml:9:5: error[" in said_of
    assert "broken.yaml:10:" in said_of
    assert "did you mean 'kind'?" in said_of
    path.write_text(
        "blueprint: broken\ntitle: Broken\nitems: 3\nfixed: [no-such-item, worden-stuck-how]\ndisjoint: [finale]\npoints: {mqc: 1}\n"
        "rows:\n  - {theme: gref, count: 2}\nexcluded: [worden-stuck-how]\n",
        "utf-8",
    )
    said_of = run("check", course, "--no-lint").stderr
    assert "error[fixed-and-excluded]" in said_of
    for line, code in ((4, "unknown-item"), (5, "unknown-blueprint"), (6, "unknown-kind"), (8, "unknown-theme")):
        assert f"broken.yaml:{line}:" in said_of
        assert f"error[{code}]" in said_of


@pytest.mark.parametrize(
    ("line", "old", "new", "words", "remedy"),
    [
        (4, "2026-03-04", "yesterday", "error[bad-form] 'yesterday' is not a date", "write it like 2026-11-22"),
        (4, "2026-03-04", "04.03.2026", "error[bad-form] '04.03.2026' is not a date", "write it like 2026-11-22"),
        (4, "2026-03-04", "2026-02-30", "error[no-such-day] there is no day 2026-02-30", "correct the date"),
        (3, "    date: 2026-03-04\n", "", "error[missing-key] a paper needs 'date:'", "add 'date:'"),
        (7, "0123456789abcdef", "x", "error[bad-form] 'x' is not the hash of an item", "restore the line"),
    ],
)
def test_a_history_edited_by_hand_is_told_of_in_plain_words(
    line: int, old: str, new: str, words: str, remedy: str, course: Path
) -> None:
    """What her-study would not have written there is a finding at its line, with what to write."""
    text = (
        "schema: her-study/history/1\npapers:\n  - paper: one\n    date: 2026-03-04\n    seed: '1'\n"
        "    items:\n      date: 0123456789abcdef\n"
    )
    (course / "history.yaml").write_text(text.replace(old, new), "utf-8")
    result = run("check", course, "--no-lint")
    assert result.exit_code == 1
    (told,) = [entry for entry in result.stderr.split("\n\n") if "history.yaml:" in entry]
    assert words in told
    assert f"help: {remedy}" in told
    assert int(told.split("history.yaml:")[1].split(":")[0]) == line


def test_questions_that_wait_for_a_review_are_told_of(tmp_path: Path) -> None:
    """Without a blueprint a draft is drawn, as imports make them, and each run says so."""
    item = "- {id: say, kind: short, status: draft, theme: t, prompt: Write it., key_points: [{point: it, marks: 2}]}"
    (tmp_path / "bank.yaml").write_text(f"bank: b\ntitle: B\nitems:\n  {item}\n", "utf-8")
    (tmp_path / "course.yaml").write_text(
        "course: c\ntitle: C\nbanks: [bank.yaml]\nthemes: {t: T}\nanki: {deck: C}\n", "utf-8"
    )
    for _ in range(2):
        told = run("quiz", tmp_path, "--items", "1", "--no-lint", "--format", "md", "-o", tmp_path / "out").stderr
        assert "note: 1 question of the paper not approved yet (`status:`): say" in told
