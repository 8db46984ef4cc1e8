from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from click.testing import CliRunner

from builder import exchange
from builder.cli import main
from builder.disk import archive
from builder.exchange._frame import stand_alone
from builder.exchange._package import Package
from builder.loading.course import load
from tests import samples
from tests.make.course import course_of

if TYPE_CHECKING:
    from pathlib import Path

    from click.testing import Result

_QUIZ = """<?xml version="1.0" encoding="UTF-8"?>
<quiz>
<question type="category"><category><text>$course$/top/Sea/Whales</text></category></question>
{questions}
</quiz>
"""
_ONE = """<question type="truefalse"><name><text>{name}</text></name>
<questiontext format="html"><text><![CDATA[<p>{text}</p>]]></text></questiontext>
<answer fraction="100"><text>true</text></answer><answer fraction="0"><text>false</text></answer>{more}</question>"""


def run(*arguments: str | Path) -> Result:
    """What the command line says."""
    return CliRunner().invoke(main, list(map(str, arguments)))


@pytest.fixture
def course(tmp_path: Path) -> Path:
    """A course of every kind."""
    return samples.course(tmp_path / "course", samples.HERE / "good" / "all-kinds.yaml")


def source(folder: Path, **texts: str) -> Path:
    """A Moodle file with a true statement of each name."""
    path = folder / "sea.xml"
    made = "\n".join(_ONE.format(name=name, text=text, more="") for name, text in texts.items())
    path.write_text(_QUIZ.format(questions=made), "utf-8")
    return path


def test_what_is_lost_is_named_and_strict_makes_it_an_error(course: Path, tmp_path: Path) -> None:
    """Each loss has the place of its item; --strict then writes nothing."""
    result = run("export", course, "--format", "moodle", "-o", tmp_path / "out")
    assert result.exit_code == 0
    assert "bank.yaml" in result.stderr
    assert "warning[lost] Moodle shuffles all options or none" in result.stderr
    strict = run("export", course, "--format", "moodle", "-o", tmp_path / "strict", "--strict")
    assert strict.exit_code == 1
    assert not (tmp_path / "strict").exists()


def test_items_kept_for_exams_go_only_when_asked_for(course: Path, tmp_path: Path) -> None:
    """Without --kept their number is said, and the file has nothing of them."""
    said = run("export", course, "--format", "moodle", "-o", tmp_path)
    assert "1 item left out: kept for exams, which --kept takes along" in said.stderr
    assert b"kept-full" not in (tmp_path / "sample-moodle.xml").read_bytes()
    run("export", course, "--format", "moodle", "-o", tmp_path, "--kept")
    assert b"kept-full" in (tmp_path / "sample-moodle.xml").read_bytes()


@pytest.mark.slow
def test_a_paper_goes_with_its_questions_and_marks(course: Path, tmp_path: Path) -> None:
    """`--quiz` takes the items of the record, each worth what it is worth on the paper."""
    run("quiz", course, "--items", "3", "--kind", "mcq,truefalse", "--seed", "1", "--format", "md", "-o", tmp_path)
    result = run("export", course, "--format", "moodle", "--quiz", tmp_path / "quiz.json", "-o", tmp_path)
    assert result.exit_code == 0
    assert (tmp_path / "sample-moodle.xml").read_text("utf-8").count("<defaultgrade>") == 3


def test_an_import_makes_a_course_that_builds(tmp_path: Path) -> None:
    """From a Moodle export to a deck and a paper in three commands."""
    made = tmp_path / "made"
    taken = run("import", source(tmp_path, blue="Whales sing.", grey="Whales swim."), "-o", made)
    assert (taken.exit_code, "2 new: blue, grey" in taken.output) == (0, True)
    assert run("build", made, "--no-lint", "-o", tmp_path / "out").exit_code == 0
    assert run("quiz", made, "--items", "1", "--seed", "1", "--format", "md", "-o", tmp_path / "out").exit_code == 0


def test_a_second_import_keeps_what_the_author_changed(tmp_path: Path) -> None:
    """The source's changes come in, the author's stay with their comments, and where both changed, the author wins."""
    made, bank = tmp_path / "made", tmp_path / "made" / "banks" / "sea.yaml"
    run("import", source(tmp_path, blue="Whales sing.", grey="Whales swim.", old="Whales were."), "-o", made)
    text = bank.read_text("utf-8").replace("prompt: Whales sing.", "# checked\n    prompt: Blue whales sing.")
    bank.write_text(text, "utf-8")
    newer = source(tmp_path, blue="Whales hum.", grey="Whales dive.", white="Whales turn.")
    tried = run("import", newer, "-o", made, "--dry-run")
    assert bank.read_text("utf-8") == text
    result = run("import", newer, "-o", made)
    assert [line.strip() for line in tried.output.splitlines()[1:]] == [
        "1 new: white",
        "1 changed in the source: grey",
        "1 edited by you, kept: blue",
        "1 no longer in the source, kept: old",
        "blue: prompt was changed by you and in the source; yours is kept",
    ]
    assert result.exit_code == 0
    after = bank.read_text("utf-8")
    assert "# checked\n    prompt: Blue whales sing." in after
    assert "prompt: Whales dive." in after
    assert "id: white" in after
    assert "id: old" in after


def test_a_third_import_of_the_same_file_changes_nothing(tmp_path: Path) -> None:
    """The bank stays as it is, byte for byte."""
    made, file = tmp_path / "made", source(tmp_path, blue="Whales *sing*.")
    run("import", file, "-o", made)
    before = {path: path.read_bytes() for path in made.rglob("*") if path.is_file()}
    run("import", file, "-o", made)
    assert {path: path.read_bytes() for path in before} == before


def test_a_question_deleted_by_the_author_does_not_come_back(tmp_path: Path) -> None:
    """What was taken out of the bank stays out of it."""
    made, bank = tmp_path / "made", tmp_path / "made" / "banks" / "sea.yaml"
    file = source(tmp_path, blue="Whales sing.", grey="Whales swim.")
    run("import", file, "-o", made)
    bank.write_text(bank.read_text("utf-8").split("- id: grey")[0], "utf-8")
    assert "1 deleted by you, not brought back: grey" in run("import", file, "-o", made).output
    assert "grey" not in bank.read_text("utf-8")


def test_a_bad_question_is_listed_and_the_rest_imported(tmp_path: Path) -> None:
    """The exit code is 1, the place that of the source."""
    bad = '<question type="calculated"><name><text>sum</text></name></question>'
    good = _ONE.format(name="blue", text="Whales sing.", more="")
    (tmp_path / "sea.xml").write_text(_QUIZ.format(questions=f"{good}\n{bad}"), "utf-8")
    result = run("import", tmp_path / "sea.xml", "-o", tmp_path / "made")
    assert result.exit_code == 1
    assert "sea.xml:7:1: error[not-imported] 'sum' is left out" in result.stderr
    assert "id: blue" in (tmp_path / "made" / "banks" / "sea.yaml").read_text("utf-8")


def test_a_new_course_resolves_all_that_it_names(course: Path, tmp_path: Path) -> None:
    """An export to GIFT, which leaves items out, makes a course without errors of structure."""
    run("export", course, "--format", "gift", "-o", tmp_path)
    assert run("import", tmp_path / "sample.gift", "-o", tmp_path / "made").exit_code == 0
    assert run("check", tmp_path / "made", "--no-lint").exit_code == 0


def test_a_broken_source_writes_nothing(tmp_path: Path) -> None:
    """A file that was cut is told of at its line."""
    (tmp_path / "sea.xml").write_text("<quiz>\n<question type='essay'>", "utf-8")
    result = run("import", tmp_path / "sea.xml", "-o", tmp_path / "made")
    assert result.exit_code == 1
    assert "error[broken-source] no well-formed XML" in result.stderr
    assert not (tmp_path / "made").exists()


def test_a_file_without_a_question_is_told_of(tmp_path: Path) -> None:
    """A file of nothing but a category writes nothing, and the reason is said."""
    (tmp_path / "sea.gift").write_text("$CATEGORY: Sea\n", "utf-8")
    result = run("import", tmp_path / "sea.gift", "-o", tmp_path / "made")
    assert (result.exit_code, "no question is in it" in result.stderr) == (1, True)
    assert not (tmp_path / "made").exists()


def test_a_file_of_no_format_is_a_wrong_call(tmp_path: Path) -> None:
    """The formats that could be named are listed."""
    (tmp_path / "note").write_text("hello", "utf-8")
    result = run("import", tmp_path / "note", "-o", tmp_path / "made")
    assert (result.exit_code, "moodle" in result.stderr) == (2, True)


@pytest.mark.parametrize("name", exchange.names())
def test_every_format_has_its_page(name: str) -> None:
    """`explain` shows what a format keeps and loses, and what a second import does."""
    page = run("explain", name).output
    for word in ("Kept", "Lost", "second import"):
        assert word.lower() in page.lower()


def test_items_stand_alone_in_other_systems(tmp_path: Path) -> None:
    """A passage stands above each of its questions, an item with values is one variant; both are named as losses."""
    course = samples.course(tmp_path / "course", samples.HERE / "good" / "passages.yaml")
    (course / "values.yaml").write_bytes((samples.HERE / "good" / "values.yaml").read_bytes())
    head = course / "course.yaml"
    head.write_text(head.read_text("utf-8").replace("[bank.yaml]", "[bank.yaml, values.yaml]"), "utf-8")
    result = run("export", course, "--format", "csv", "-o", tmp_path / "out")
    assert result.exit_code == 0, result.output
    assert result.stderr.count("its passage stands above this question") == 6
    assert result.stderr.count("one variant of it is written, with ") == 7
    back = run("import", next((tmp_path / "out").glob("*.csv")), "-o", tmp_path / "back")
    assert back.exit_code == 0, back.output
    loaded = load(tmp_path / "back")
    assert [d.message for d in loaded.diagnostics] == []
    assert loaded.course
    items = {item.id: item for item in loaded.course.items}
    assert "I kept three things:" in items["letter-choice"].prompt
    assert items["letter-choice"].prompt.endswith("Which of these did the writer keep?")
    assert not any(item.passage or item.values or "{{v" in item.prompt for item in items.values())


@pytest.mark.parametrize(
    ("item", "passage", "said"), [(True, False, "\\$5"), (False, True, "$5"), (False, False, "$5")]
)
def test_a_passage_above_a_question_is_read_as_it_was(*, item: bool, passage: bool, said: str) -> None:
    """A dollar that is a sign stays one where the question has formulas; formulas that would be lost are named."""
    entry = {"id": "a", "kind": "basic", "prompt": "Why?", "answer": "b", "math": item, "passage": "p"}
    course = course_of([entry], passages=[{"id": "p", "text": "It costs $5.", "math": passage}])
    (alone,), losses = stand_alone(course, course.items)
    assert alone.prompt == f"It costs {said}.\n\nWhy?"
    assert any(loss.at.keys[-1] == "math" for loss in losses) == (passage and not item)


def test_an_export_says_how_many_items_it_leaves_out(tmp_path: Path) -> None:
    """Among hundreds of lines on what is lost the number of whole items is the last one."""
    course = samples.course(tmp_path / "course", samples.HERE / "good" / "all-kinds.yaml")
    result = run("export", course, "--format", "kahoot", "-o", tmp_path / "out")
    left = result.stderr.count("left out: ") - 2  # two notes say so too: of retired items, and of those for exams
    assert result.stderr.endswith(f"note: {left} of 19 items left out, as named above\n")


def quiz_of_canvas(title: str, ident: str) -> bytes:
    """A package with a quiz of that title, which has one question."""
    item = (
        f'<item ident="{ident}" title="Question"><itemmetadata/><presentation><material><mattext>Whales sing.</mattext>'
        '</material><response_lid ident="response1" rcardinality="Single"><render_choice>'
        '<response_label ident="t"><material><mattext>True</mattext></material></response_label>'
        '<response_label ident="f"><material><mattext>False</mattext></material></response_label></render_choice>'
        '</response_lid></presentation><resprocessing><respcondition><conditionvar><varequal respident="response1">t'
        '</varequal></conditionvar><setvar action="Set" varname="SCORE">100</setvar></respcondition></resprocessing></item>'
    )
    body = f'<assessment ident="q" title="{title}"><section ident="root_section">{item}</section></assessment>'
    return archive.zipped({"q/q.xml": f"<questestinterop>{body}</questestinterop>".encode()})


def test_a_bank_has_the_title_of_the_quiz_that_it_came_from(tmp_path: Path) -> None:
    """Its file and the new course are called by it too, and a second import finds the bank again."""
    package = tmp_path / "course-quiz-export.zip"
    package.write_bytes(quiz_of_canvas("Sea &amp; Sky: midterm", "a"))
    made = tmp_path / "made"
    assert run("import", package, "-o", made).exit_code == 0
    bank = (made / "banks" / "sea-sky-midterm.yaml").read_text("utf-8")
    assert 'title: "Sea & Sky: midterm"' in bank
    assert 'title: "Sea & Sky: midterm"' in (made / "course.yaml").read_text("utf-8")
    again = run("import", package, "-o", made)
    assert "1 unchanged" in again.stdout
    assert [it.name for it in (made / "banks").glob("*.yaml")] == ["sea-sky-midterm.yaml"]


def test_another_quiz_of_the_same_title_is_another_bank(tmp_path: Path) -> None:
    """Two that are both called Quiz, and a bank of the author's: none is mixed with another."""
    made = tmp_path / "made"
    (made / "banks").mkdir(parents=True)
    (made / "banks" / "week.yaml").write_text("bank: week\ntitle: Mine\nitems: []\n")
    for name, title, ident in (("one", "Quiz", "a"), ("two", "Quiz", "b"), ("three", "Week", "c")):
        (tmp_path / f"{name}.zip").write_bytes(quiz_of_canvas(title, ident))
        run("import", tmp_path / f"{name}.zip", "-o", made)
    assert sorted(it.name for it in (made / "banks").glob("*.yaml")) == [
        "quiz.yaml", "three.yaml", "two.yaml", "week.yaml",
    ]  # fmt: skip
    assert (made / "banks" / "week.yaml").read_text() == "bank: week\ntitle: Mine\nitems: []\n"


def test_what_came_in_under_the_name_of_its_file_goes_there_again(tmp_path: Path) -> None:
    """Banks of before keep their names, as do quizzes without Latin letters in their titles and files of several."""
    made = tmp_path / "made"
    package = tmp_path / "export.zip"
    package.write_bytes(quiz_of_canvas("海", "a"))
    run("import", package, "-o", made)
    package.write_bytes(quiz_of_canvas("Sea", "a"))
    assert "banks/export.yaml: from" in run("import", package, "-o", made).stdout
    both = {name: quiz_of_canvas(name, "a") for name in ("One", "Two")}
    files = {f"{name}.xml": Package(name, data).read("q/q.xml") for name, data in both.items()}
    read = exchange.named("qti12", "read").read("a.zip", archive.zipped(files))
    assert (list(read.titles), read.title) == (["One", "Two"], "")


@pytest.mark.parametrize("form", ["qti12", "qti21", "qti3"])
def test_the_title_of_a_course_goes_out_and_comes_back(course: Path, tmp_path: Path, form: str) -> None:
    """What QTI exports is called as the course is, and a bank made of it too."""
    run("export", course, "--format", form, "-o", tmp_path / "out")
    (package,) = (tmp_path / "out").glob("*.zip")
    read = exchange.named(form, "read").read(package.name, package.read_bytes())
    loaded = load(course).course
    assert loaded
    assert read.title == loaded.title
