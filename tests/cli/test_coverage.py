from __future__ import annotations

import json
import os
import re
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from builder.cli import main
from builder.loading.course import load
from builder.model.usage import ItemUse
from tests import samples

GOOD = samples.HERE / "good" / "all-kinds.yaml"


def run(*arguments: str | Path) -> Result:
    """One call of `her-study coverage`, in this process."""
    return CliRunner().invoke(main, ["coverage", *map(str, arguments)], catch_exceptions=False)


@pytest.fixture
def course(tmp_path: Path) -> Path:
    """A course of every kind, whose specification wants one essay more than there is, and no tolerance."""
    folder = samples.course(tmp_path / "course", GOOD)
    with (folder / "course.yaml").open("a", encoding="utf-8") as file:
        file.write("specification: specification.yaml\n")
    (folder / "specification.yaml").write_text("references: {least: 0}\nthemes: {grief: {essay: 2}}\n", "utf-8")
    return folder


@pytest.fixture
def elsewhere(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An empty folder to stand in."""
    folder = tmp_path / "elsewhere"
    folder.mkdir()
    monkeypatch.chdir(folder)
    return folder


def test_the_shipped_course_covers_what_it_should(elsewhere: Path) -> None:
    """Every paragraph, work and cell of the blueprint has its items: --strict exits 0, and nothing is written."""
    result = run("--strict")
    assert re.fullmatch(r"her, which comes with her-study: \d+ items: no problem found\n", result.stderr)
    assert result.exit_code == 0
    assert os.listdir(elsewhere) == []


def test_the_tables_are_aligned_and_fit(course: Path) -> None:
    """No line is wider than 100 columns, and in each table the numbers end below each other."""
    for arguments in ([], [course]):
        lines = run(*arguments).stdout.splitlines()
        assert max(map(len, lines)) <= 100
        tables = [i for i, line in enumerate(lines) if line.startswith(("Themes by", "Kinds by"))]
        assert len(tables) == 3
        for i in tables:
            rows = lines[i + 1 : lines.index("", i)]
            assert len({len(row.rstrip("! ")) for row in rows}) == 1


def test_a_miss_is_marked_by_a_sign_and_told_in_words(course: Path) -> None:
    """Without --strict the misses end the report on stdout, and the exit code is 0."""
    result = run(course)
    assert (result.exit_code, result.stderr) == (0, "")
    assert "1/2!" in result.stdout
    assert "grief, essay: has 1, wants 2" in result.stdout


@pytest.mark.parametrize("form", ["text", "json", "html"])
def test_strict_exits_1_and_lists_the_misses_on_stderr(course: Path, form: str, elsewhere: Path) -> None:
    """Whatever the format, a script sees the exit code and a person each sentence, once."""
    result = run(course, "--strict", "--format", form)
    assert result.exit_code == 1
    assert "  grief, essay: has 1, wants 2\n" in result.stderr
    assert form == "json" or "has 1, wants 2" not in result.stdout
    assert os.listdir(elsewhere) == (["dist"] if form == "html" else [])


def test_json_holds_every_number(course: Path) -> None:
    """Programs get each cell with what it has, what it wants and the verdict."""
    data = json.loads(run(course, "--format", "json").stdout)
    assert set(data) == {
        "course",
        "title",
        "items",
        "kept_for_exams",
        "review",
        "paragraphs",
        "references",
        "tables",
        "misses",
    }
    cell = data["tables"]["themes"]["grief"]["essay"]
    assert cell == {"have": 1, "want": 2, "least": 2, "most": 2, "verdict": "too few"}
    assert {"what": "grief, essay", "has": 1, "wants": "2", "message": "grief, essay: has 1, wants 2"} in data["misses"]
    assert data["paragraphs"][0]["id"] == "paper/grief/p1"
    assert data["paragraphs"][0]["gist"] == "First"


def test_html_is_one_file_whose_path_is_printed(course: Path, elsewhere: Path) -> None:
    """The page goes where -o says, and stdout holds its path alone."""
    result = run(course, "--format", "html", "-o", "out/deep")
    assert result.stdout == f"{Path('out/deep/coverage.html')}\n"
    assert os.listdir(elsewhere / "out" / "deep") == ["coverage.html"]


def test_an_output_folder_for_a_report_on_stdout_is_a_wrong_call(course: Path) -> None:
    """-o without a page to write is refused in place of being ignored."""
    result = run(course, "-o", "out")
    assert result.exit_code == 2
    assert "-o goes with --format html" in result.stderr


def test_a_course_with_errors_is_not_counted(course: Path) -> None:
    """A number from half a course would mislead: the findings are shown, exit 1."""
    (course / "specification.yaml").write_text("themes: {greif: {essay: 2}}\n", "utf-8")
    result = run(course)
    assert (result.exit_code, result.stdout) == (1, "")
    assert "did you mean 'grief'?" in result.stderr


def test_a_course_without_outline_references_and_specification_is_counted(tmp_path: Path) -> None:
    """What there is is shown: themes, kinds, levels; nothing is wanted, so nothing is missed."""
    (tmp_path / "course.yaml").write_text("course: c\ntitle: t\nbanks: [b.yaml]\nanki: {deck: d}\n", "utf-8")
    (tmp_path / "b.yaml").write_text(
        "bank: b\ntitle: t\nitems: [{id: i, kind: basic, prompt: p, answer: a}]\n", "utf-8"
    )
    result = run(tmp_path, "--strict")
    assert result.exit_code == 0
    assert "Paragraphs" not in result.stdout
    assert "  no theme     1    1\n" in result.stdout
    assert "Of 0 targets, none is missed." in run(tmp_path).stdout


def test_a_text_of_an_author_cannot_steer_the_terminal(course: Path) -> None:
    """Direction marks in a gist come out as escapes, and a long one is cut."""
    outline = (course / "outline.yaml").read_text("utf-8").replace("gist: First", f"gist: '\u202eFirst{'x' * 200}'")
    (course / "outline.yaml").write_text(outline, "utf-8")
    stdout = run(course).stdout
    assert "\u202e" not in stdout
    assert "\\u202eFirstxx" in stdout
    assert max(map(len, stdout.splitlines())) <= 100


def test_what_exams_measured_is_counted(course: Path, tmp_path: Path) -> None:
    """Where usage.jsonl knows an item, the report, the data and the page say of how many, and how hard they are."""
    loaded = load(course).course
    assert loaded
    use = ItemUse(exam="e", date="2026-07-01", item=loaded.items[0].id, digest=loaded.items[0].digest, n=40, p=0.65)
    (course / "usage.jsonl").write_text(use.model_dump_json() + "\n", "utf-8")
    assert "(measured in exams: 1 of them, on average 65% of the marks earned)" in run(course).stdout
    assert json.loads(run(course, "--format", "json").stdout)["measured"] == {"items": 1, "mean_p": 0.65}
    run(course, "--format", "html", "-o", tmp_path / "out")
    assert "Measured in exams</dt><dd>1 " in (tmp_path / "out" / "coverage.html").read_text("utf-8")
