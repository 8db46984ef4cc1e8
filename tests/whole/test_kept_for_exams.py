"""What is kept for exams: nothing that students get shows it, papers ask it, and its way into the deck is told."""

from __future__ import annotations

import io
import json
import re
import zipfile
from typing import TYPE_CHECKING

import pytest

from builder.loading.course import load
from tests import samples
from tests.cli.test_release import run
from tests.pictures import png

if TYPE_CHECKING:
    from pathlib import Path

GOOD = samples.HERE / "good" / "all-kinds.yaml"
BIRD = "quetzal"  # stands in every text that is kept


def _secret(bank: str) -> str:
    """The bank with every kind of item once more, ids and each text marked, kept for exams."""
    bank = (
        bank.replace("bank: all-kinds", "bank: exam\nuse: exam")
        .replace("    use: exam\n", "")
        .replace("    order: value\n", "")
    )
    bank = re.sub(r"(?:- |\{)id: |passage: ", rf"\g<0>{BIRD}-", bank).replace("enemies: [", f"enemies: [{BIRD}-")
    words = (
        "prompt: ",
        "answer: I",
        "answer: W",
        "answer: A",
        "right: ",
        "wrong: ",
        "why: ",
        "point: ",
        "criterion: ",
        "hidden: ",
    )
    for word in words:
        bank = bank.replace(word, f"{word[:-1]}{BIRD} {word[-1]}" if word[-1] in "IWA" else f"{word}{BIRD} ")
    bank = bank.replace(f'{BIRD} "', f'"{BIRD} ')  # inside the quotes
    bank = bank.replace("title: A letter", f"title: A letter of a {BIRD}").replace("You asked", f"A {BIRD} asked")
    bank = bank.replace("answer: v * t", f"answer: v * t\n    explanation: A {BIRD} flies so far.")
    for old in ("[a, one]", "[three]", "[first, second, third]", "[none, some, all]", "[closeness, "):
        bank = bank.replace(old, old.replace("[", f"[{BIRD} ", 1))
    return bank.replace("{{c1::", f"{{{{c1::{BIRD} ").replace("[worden2009, masi2011]", "[masi2011]")


@pytest.fixture
def course(tmp_path: Path) -> Path:
    """A course whose second bank, of every kind, is kept for exams, and has a picture and a work of its own."""
    folder = samples.course(tmp_path / "course", GOOD)
    bank = folder / "bank.yaml"
    text = bank.read_text("utf-8")
    secret = _secret(text).replace(
        "    marks: 2\n    math", "    image: {file: cat.png, alt: a cat}\n    marks: 2\n    math"
    )
    (folder / "exam.yaml").write_text(secret, "utf-8")
    bank.write_text(text.replace("[worden2009, masi2011]", "[worden2009]"), "utf-8")
    (folder / "cat.png").write_bytes(png())
    head = folder / "course.yaml"
    head.write_text(head.read_text("utf-8").replace("[bank.yaml]", "[bank.yaml, exam.yaml]"), "utf-8")
    assert run("check", folder).exit_code == 0
    return folder


def _opened(files: dict[str, bytes]) -> dict[str, bytes]:
    """The files, and what is in those that are archives."""
    inside: dict[str, bytes] = {}
    for name, data in files.items():
        if zipfile.is_zipfile(io.BytesIO(data)):
            with zipfile.ZipFile(io.BytesIO(data)) as archive:
                inside |= {f"{name}/{part}": archive.read(part) for part in archive.namelist()}
    return files | inside


def _given_to_students(course: Path, out: Path) -> dict[str, bytes]:
    """All that a release makes for students, opened: package, preview, page, released texts, the lock, a practice paper."""
    assert run("release", "1.0.0", course).exit_code == 0
    for command in ("build", "preview", "page"):
        assert run(command, course, "-o", out).exit_code == 0
    paper = run("quiz", course, "--no-lint", "--items", "9", "--format", "md", "-o", out)
    assert paper.exit_code == 0, paper.output
    files = [*out.iterdir(), course / "released.jsonl", course / "course.lock.yaml"]
    return _opened({file.name: file.read_bytes() for file in files})


def test_nothing_that_students_get_shows_it(course: Path, tmp_path: Path) -> None:
    """No text, id, picture or work of it is in the package, the preview, the page, the released texts, the lock or a plain quiz."""
    given = _given_to_students(course, tmp_path / "out")
    names = {name.partition("/")[0] for name in given}
    assert {
        "sample.apkg",
        "preview.html",
        "study.html",
        "released.jsonl",
        "course.lock.yaml",
        "paper-A.md",
        "quiz.json",
    } <= names
    assert "sample.apkg/collection.anki2" in given
    assert [name for name, data in given.items() if BIRD.encode() in data.lower()] == []
    assert [name for name, data in given.items() if png() in data] == []
    assert b"Masi" not in given["sample.apkg/collection.anki2"]
    assert b"Worden" in given["sample.apkg/collection.anki2"]


def test_a_paper_of_kept_items_has_no_other(course: Path, tmp_path: Path) -> None:
    """`use: exam` in a blueprint, and `--use exam` without one, draw from what is kept alone."""
    (course / "final.yaml").write_text("blueprint: final\ntitle: Final\nitems: 5\nuse: exam\n", "utf-8")
    with (course / "course.yaml").open("a", encoding="utf-8") as head:
        head.write("blueprints: [final.yaml]\n")
    for options in (["--blueprint", "final"], ["--use", "exam", "--items", "5"]):
        assert run("quiz", course, "--no-lint", *options, "-o", tmp_path).exit_code == 0
        record = json.loads((tmp_path / "quiz.json").read_bytes())
        asked = [item["id"] for item in record["versions"][0]["items"]]
        assert len(asked) == 5
        assert all(name.startswith(BIRD) for name in asked)


def test_the_way_from_the_exam_into_the_deck_is_told(course: Path, tmp_path: Path) -> None:
    """`plan`, `build` and `release` name an item that students get from now on; the rest of the kept is counted."""
    assert run("release", "1.0.0", course, "--date", "2026-01-01").exit_code == 0
    bank = course / "exam.yaml"
    name = f"{BIRD}-truefalse-full"
    text = bank.read_text("utf-8").replace(f"- id: {name}\n", f"- id: {name}\n    use: both\n")
    bank.write_text(text, "utf-8")
    plan = run("plan", course).stdout
    assert "From the exam into the deck (1): from this release on students have them" in plan
    assert f"  {name} (kept for exams until now)\n" in plan
    assert "Kept for exams (20): no student gets them." in plan
    assert json.loads(run("plan", course, "--format", "json").stdout)["from_exam_to_deck"] == [name]
    warning = f"warning: 1 item that was kept for exams would now go to students: {name}\n"
    assert warning in run("build", course, "-o", tmp_path).stderr
    released = run("release", "1.1.0", course, "--date", "2026-01-02")
    assert warning in released.stderr
    assert f"- `{name}` (kept for exams until now)" in released.stdout
    assert run("plan", course).stdout.endswith("Nothing to release.\n")


def test_what_students_have_can_not_be_kept_for_an_exam(course: Path) -> None:
    """An item of an earlier release that is to be kept is an error at its id, which says why and what to do."""
    assert run("release", "1.0.0", course, "--date", "2026-01-01").exit_code == 0
    bank = course / "bank.yaml"
    bank.write_text(bank.read_text("utf-8").replace("- id: mcq-full\n", "- id: mcq-full\n    use: exam\n"), "utf-8")
    (problem,) = load(course).diagnostics
    assert problem.code == "kept-too-late"
    assert problem.message == "'mcq-full' can't be kept for exams: students have it since release 1.0.0"


def test_a_course_kept_whole_asks_for_a_word_before_it_draws(tmp_path: Path) -> None:
    """With `use: exam` in course.yaml the deck is empty, and a quiz without a blueprint wants `--use exam`."""
    folder = samples.course(tmp_path / "course", GOOD)
    head = folder / "course.yaml"
    head.write_text(head.read_text("utf-8") + "use: exam\n", "utf-8")
    course = load(folder).course
    assert course
    assert course.in_deck == ()
    refused = run("quiz", folder, "--no-lint", "-o", tmp_path)
    assert refused.exit_code == 2
    assert "all items are kept for exams (`use: exam`); give --use exam" in refused.stderr
    built = run("build", folder, "-o", tmp_path)
    assert built.exit_code == 0
    assert "warning: the deck is empty, since all items are kept for exams (`use: exam`)\n" in built.stderr


@pytest.mark.parametrize(
    ("paper", "item", "message"),
    [
        ("use: exam", "mcq-full", "the paper asks only what is kept for exams, and 'mcq-full' has 'use: both'"),
        ("use: deck", "kept-full", "the paper asks only what students have, and 'kept-full' has 'use: exam'"),
        ("", "short-full", "the paper is an exam, and 'short-full' has 'use: deck'"),
    ],
)
def test_a_fixed_item_of_another_use_is_refused(tmp_path: Path, paper: str, item: str, message: str) -> None:
    """What a blueprint fixes must be what its use lets it ask."""
    folder = samples.course(tmp_path / "course", GOOD)
    bank = folder / "bank.yaml"
    text = bank.read_text("utf-8").replace("- id: short-full\n", "- id: short-full\n    use: deck\n")
    bank.write_text(text, "utf-8")
    (folder / "final.yaml").write_text(f"blueprint: final\ntitle: Final\nitems: 1\nfixed: {item}\n{paper}\n", "utf-8")
    with (folder / "course.yaml").open("a", encoding="utf-8") as head:
        head.write("blueprints: [final.yaml]\n")
    (problem,) = load(folder).diagnostics
    assert (problem.code, problem.message) == ("other-use", message)


def test_coverage_counts_what_is_kept(course: Path) -> None:
    """The head of the report says how many of the items in use are kept for exams."""
    assert "40 items in use, 21 of them kept for exams" in run("coverage", course).stdout
    assert json.loads(run("coverage", course, "--format", "json").stdout)["kept_for_exams"] == 21
