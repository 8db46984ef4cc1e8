from __future__ import annotations

import csv
import io
import json
from typing import TYPE_CHECKING

import pytest
from click.testing import CliRunner, Result
from pypdf import PdfReader

from builder.cli import main
from tests.make.classes import class_of, quiz_of_choices

if TYPE_CHECKING:
    from pathlib import Path

    from builder.analysis.sittings import Sitting


FILES = ["analysis.html", "items.csv", "options.csv", "totals.csv", "rasch.csv", "abilities.csv"]


def run(*arguments: str | Path) -> Result:
    """One call of `her-study analyse`, in this process."""
    return CliRunner().invoke(main, ["analyse", *map(str, arguments)], catch_exceptions=False)


def written(folder: Path, sat: Sitting, prefix: str = "s") -> None:
    """The record and the answers of a class, as files."""
    folder.mkdir()
    quiz = quiz_of_choices([question.key[0] for question in sat.questions])
    (folder / "quiz.json").write_text(quiz.model_dump_json(by_alias=True), "utf-8")
    ids = [question.id for question in sat.questions]
    rows = (
        [f"{prefix}{number}", "A", *("".join(taker.answers[item].entries) for item in ids)]
        for number, taker in enumerate(sat.takers)
    )
    lines = [["student", "version", *ids], *rows]
    (folder / "answers.csv").write_text("\n".join(map(",".join, lines)), "utf-8")


@pytest.fixture
def sat(tmp_path: Path) -> Path:
    """A class of sixty whose first question has a wrong key."""
    written(tmp_path / "sat", class_of(60, 8))
    return tmp_path / "sat"


def _rows(path: Path) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(path.read_bytes().decode("utf-8-sig"), newline="")))


def test_a_wrong_key_is_told(sat: Path, tmp_path: Path) -> None:
    """The page and three tables are written, and the last lines name the item whose key is doubtful."""
    result = run(sat / "answers.csv", "--quiz", sat / "quiz.json", "-o", tmp_path / "out")
    assert result.exit_code == 0, result.stderr
    told = result.stdout.splitlines()
    assert [line.rsplit("/", 1)[1] for line in told[:6]] == FILES
    assert told[6].startswith("q01: another answer than the key looks like the right one")
    assert told[-1] == "60 takers, 30 items: 1 is flagged"
    items = _rows(tmp_path / "out" / "items.csv")
    assert [row["item"] for row in items if "key" in row["flags"].split()] == ["q01"]
    options = [row for row in _rows(tmp_path / "out" / "options.csv") if row["item"] == "q01"]
    assert sum(int(row["count"]) for row in options) == 60
    results = _rows(tmp_path / "out" / "totals.csv")
    assert all(float(row["total"]) == sum(float(row[it["item"]]) for it in items) for row in results)


def test_a_paper_in_another_language_has_the_same_tables(sat: Path, tmp_path: Path) -> None:
    """The page of a German paper is in German; what programs read and what the screen says is what it is in English."""
    record = json.loads((sat / "quiz.json").read_text("utf-8"))
    record["edition"] = {"language": "de"}
    (sat / "german.json").write_text(json.dumps(record), "utf-8")
    said = [
        run(sat / "answers.csv", "--quiz", sat / f"{name}.json", "-o", tmp_path / name).stdout.splitlines()[6:]
        for name in ("quiz", "german")
    ]
    assert said[0] == said[1]
    assert '<html lang="de"' in (tmp_path / "german" / "analysis.html").read_text("utf-8")
    for file in FILES[1:]:
        assert (tmp_path / "german" / file).read_bytes() == (tmp_path / "quiz" / file).read_bytes()


def test_one_input_gives_the_same_bytes(sat: Path, tmp_path: Path) -> None:
    """Twice the same call writes the same files, whatever the order of the students."""
    lines = (sat / "answers.csv").read_text("utf-8").split("\n")
    (sat / "turned.csv").write_text("\n".join([lines[0], *reversed(lines[1:])]), "utf-8")
    for name, file in (("one", "answers.csv"), ("two", "answers.csv"), ("turned", "turned.csv")):
        assert run(sat / file, "--quiz", sat / "quiz.json", "-o", tmp_path / name).exit_code == 0
    for file in ("analysis.html", "items.csv", "options.csv", "totals.csv"):
        one, two, turned = ((tmp_path / name / file).read_bytes() for name in ("one", "two", "turned"))
        assert one == two
        assert file == "totals.csv" or one == turned


def test_sittings_count_together(sat: Path, tmp_path: Path) -> None:
    """Two sittings, each with its record, are pooled item by item; files of one paper are one sitting."""
    written(tmp_path / "other", class_of(40, 8), "t")
    call = (sat / "answers.csv", tmp_path / "other" / "answers.csv", "--quiz", sat / "quiz.json")
    both = run(*call, "--quiz", tmp_path / "other" / "quiz.json", "-o", tmp_path / "both")
    assert "100 takers" in both.stdout.splitlines()[-1]
    uses = {row["uses"] for row in _rows(tmp_path / "both" / "items.csv")}
    assert "made made (2)" in uses
    one = run(*call, "-o", tmp_path / "one")
    assert "100 takers" in one.stdout.splitlines()[-1]
    assert {row["uses"] for row in _rows(tmp_path / "one" / "items.csv")} == {"made"}


def test_a_student_who_is_a_formula_stays_text(sat: Path, tmp_path: Path) -> None:
    """An id that a spreadsheet would compute is written behind an apostrophe, and read back without it."""
    text = (sat / "answers.csv").read_text("utf-8").replace("s0,", "=1+1,", 1)
    (sat / "answers.csv").write_text(text, "utf-8")
    run(sat / "answers.csv", "--quiz", sat / "quiz.json", "-o", tmp_path / "out")
    assert _rows(tmp_path / "out" / "totals.csv")[0]["student"] == "'=1+1"
    (sat / "answers.csv").write_text(text.replace("=1+1", "'=1+1"), "utf-8")
    run(sat / "answers.csv", "--quiz", sat / "quiz.json", "-o", tmp_path / "again")
    assert _rows(tmp_path / "again" / "totals.csv")[0]["student"] == "'=1+1"


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["answers.csv"], "Missing option '--quiz'"),
        (["none.csv", "--quiz", "quiz.json"], "none.csv: can't be read"),
        (["answers.csv", "--quiz", "answers.csv"], "answers.csv: no record of a paper"),
        (["quiz.json", "--quiz", "quiz.json"], "the quote that opens in line 1"),
        (["answers.csv", "answers.csv", "--quiz", "quiz.json"], "stands in two files of answers to 'made'"),
        (["answers.csv", *["--quiz", "quiz.json"] * 2], "1 file of answers and 2 --quiz"),
    ],
)
def test_a_wrong_call_ends_in_one_line(
    sat: Path, arguments: list[str], said: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Exit code 2, what is wrong, and nothing is written."""
    monkeypatch.chdir(sat)
    result = run(*arguments)
    assert result.exit_code == 2
    assert said in result.stderr
    assert not (sat / "dist").exists()


def test_a_cut_is_told_in_the_report_of_the_board_alone(sat: Path, tmp_path: Path) -> None:
    """--board adds board.pdf; a cut without it, one that is more than all marks, and one of nothing are refused."""
    where = ("--quiz", sat / "quiz.json", "-o", tmp_path / "out")
    for given, said in (
        (("--cut", "12"), "give --board as well"),
        (("--board", "--cut", "50"), "the paper has 30 marks; give marks, not per cent"),
        (("--board", "--cut", "0"), "Invalid value for '--cut'"),
    ):
        refused = run(sat / "answers.csv", *where, *given)
        assert refused.exit_code == 2
        assert said in refused.stderr
    assert not (tmp_path / "out").exists()
    assert run(sat / "answers.csv", *where, "--board", "--cut", "12").exit_code == 0
    assert (tmp_path / "out" / "board.pdf").read_bytes().startswith(b"%PDF-")


def test_the_board_reads_where_the_grades_of_the_paper_begin(sat: Path, tmp_path: Path) -> None:
    """Without --cut, each grade of the record's table that has to be reached is a cut score."""
    record = json.loads((sat / "quiz.json").read_text())
    (sat / "quiz.json").write_text(json.dumps(record | {"grades": {"steps": {"pass": "50", "fail": "0"}}}))
    done = run(sat / "answers.csv", "--quiz", sat / "quiz.json", "-o", tmp_path, "--board")
    assert done.exit_code == 0, done.stderr
    said = " ".join(" ".join(page.extract_text() for page in PdfReader(tmp_path / "board.pdf").pages).split())
    assert "15 marks" in said
