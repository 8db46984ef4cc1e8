"""Feedback for students: what their PDF says, judged by pypdf."""

from __future__ import annotations

import io
from dataclasses import replace
from fractions import Fraction
from typing import TYPE_CHECKING, Any

from pypdf import PdfReader
from pypdfium2 import PdfDocument
from pypdfium2.raw import FPDF_PAGEOBJ_IMAGE

from builder.grading.layouts import Layout
from builder.grading.marks import Answer, Result
from builder.grading.pages import Page
from builder.grading.rekey import Change, Changes, grader_of, rekeyed
from builder.grading.rows import Field
from builder.model.grades import GradeScale
from builder.pages.feedback import feedback
from builder.pages.feedback.sheets import seen
from builder.paper import sheet as layout
from builder.paper.record import Student
from tests.make.course import course_of
from tests.make.marked import ITEMS, answer_of, answered, quiz_of_marks
from tests.make.papers import quiz_of
from tests.marking import sheets
from tests.pictures import png

if TYPE_CHECKING:
    from builder.model import Course
    from builder.paper.record import Quiz

SCALE = GradeScale(line={"0": "0", "100": "20"}, step="0.5")
TOLD: list[dict[str, Any]] = [
    {
        **item,
        "explanation": f"The reason of {item['id']}.",
        "options": [{**it, "why": f"Why {n} of {item['id']}."} for n, it in enumerate(item["options"])],
    }
    if "options" in item
    else item
    for item in ITEMS
]


def pages_of(quiz: Quiz, results: list[Result], course: Course | None = None) -> dict[str, str]:
    """The text of each file, on one line."""
    made = feedback(quiz, results, grader_of(quiz), course, lambda _: ())
    return {
        name: " ".join(" ".join(page.extract_text() for page in PdfReader(io.BytesIO(data)).pages).split())
        for name, data in made
    }


def test_feedback_by_the_record_alone_has_letters_marks_and_themes() -> None:
    """Name, total, grade, own letters and the key are there, and no text of the bank, which may be asked again."""
    quiz = quiz_of_marks(grades=SCALE)
    (result, *_) = answered(quiz, "class")
    (text,) = pages_of(quiz, [result]).values()
    total = f"{float(result.total):g} / {float(result.of):g}"
    grade = SCALE.grade(result.total, result.of)
    for said in (result.name, result.student, total, f"Grade: {grade}", "First", "Second", "Multiple choice"):
        assert said in text, said
    answer = answer_of(result, "so")
    assert f"Your answer: {'–' if not answer.given else answer.given[0].title()}" in text
    assert "Which" not in text
    assert "never" not in text
    assert "choice-0" not in text


def test_feedback_with_the_course_says_why() -> None:
    """The chosen option has its reason, and the right one; a question that changed since is shown without texts."""
    course = course_of(TOLD)
    quiz = quiz_of_marks()
    told = [
        item.model_copy(update={"digest": course.by_id[item.id].digest}) for item in quiz.items if item.id != "both"
    ]
    both = next(item for item in quiz.items if item.id == "both")
    version = quiz.versions[0].model_copy(update={"items": tuple(sorted([*told, both], key=lambda it: it.number))})
    quiz = quiz.model_copy(update={"versions": (version,), "students": quiz.students[:1]})
    (result,) = answered(quiz, "class")
    (text,) = pages_of(quiz, [result], course).values()
    for answer in result.answers:
        question = answer.question
        if question.section == "mcq" and question.id != "both":
            signs = {*answer.given, *question.key}
            shown = {place for place in range(4) if f"Why {place} of {question.id}." in text}
            assert shown == {question.order["ABCD".index(sign)] for sign in signs}
            assert f"The reason of {question.id}." in text
    assert "of both." not in text


def test_a_changed_key_and_what_does_not_count_are_shown() -> None:
    """A dropped question says so, and another right answer stands beside the first."""
    quiz = quiz_of_marks()
    wrong = next(it for it in answered(quiz, "class") if not answer_of(it, "choice-1").marks)
    changes = Changes(
        changes=(
            Change(item="both", drop=True, reason="So."),
            Change(item="choice-1", also="A", version="A", reason="So."),
        )
    )
    done = rekeyed(quiz, [wrong], changes).results
    (text,) = pages_of(quiz, done).values()
    assert "does not count" in text
    assert ("Also accept" in text) == (not answer_of(done[0], "choice-1").marks)


def test_names_of_files_lead_nowhere_else() -> None:
    """Ids become names of files without signs that a path could hold, each its own; the same results give the same bytes."""
    quiz = quiz_of_marks()
    result = answered(quiz, "class")[0]
    ids = ["../x", "..%x", ".hidden", "A b", "ok-1"]
    results = [replace(result, student=it) for it in ids]
    made = dict(feedback(quiz, results, grader_of(quiz), None, lambda _: ()))
    assert len(made) == len(ids)
    assert all(name.startswith("feedback/") and name.count("/") == 1 and "/." not in name for name in made)
    assert made == dict(feedback(quiz, results, grader_of(quiz), None, lambda _: ()))


def test_a_letter_stands_at_the_top_of_its_picture() -> None:
    """Of an option that is a picture, the letter is beside the top line of the picture, as on papers, and not at its foot."""
    options = [{"right": "![one](one.png)", "why": "It is one."}, {"wrong": "![two](two.png)"}, {"wrong": "three"}]
    item: dict[str, Any] = {"id": "shown", "kind": "mcq", "prompt": "Which is shown?", "options": options}
    course = course_of([item], media={"one.png": png(160, 90), "two.png": png(160, 90)})
    quiz = quiz_of(course, 1, students=(Student(id="s", name="Name", version="A"),))
    (question,) = quiz.version("A").items
    answer = Answer(question, question.key, "read", Fraction(question.points))
    result = Result("s", "Name", "A", (answer,), (), "0" * 16, Fraction(question.points))
    ((_, data),) = feedback(quiz, [result], grader_of(quiz), course, lambda _: ())
    page = PdfDocument(data)[0]
    (picture,) = page.get_objects(filter=[FPDF_PAGEOBJ_IMAGE])
    left, bottom, _, top = picture.get_bounds()
    assert top - bottom > 40
    letters = page.get_textpage()
    tops = [
        box[3]
        for place, sign in enumerate(letters.get_text_range())
        if sign == question.key[0] and left - 25 < (box := letters.get_charbox(place))[0] < left
    ]
    assert len(tops) == 1
    assert abs(tops[0] - top) < 2


def test_marks_of_a_chosen_essay_stand_on_the_sheet() -> None:
    """They are beside the circles of its marker, as those of a question that nobody chose are."""
    printed = sheets.paper()
    version = printed.quiz.version("A")
    essay = next(it for it in version.items if it.id == "essay-1")
    leaves = layout.pages(printed.quiz, version, is_named=True)
    number, marks = next((p.number, own) for p in leaves if (own := [it for it in p.marks if it.use == "chosen"]))
    page = Page("scan.pdf", 1, "0" * 16, layout=Layout("0000", version, "a4", 11, leaves))
    page.fields.append(Field("chosen", marks[0].question, "", (), str(essay.number), 1.0, "", ()))
    answers = tuple(Answer(it, (), "marked", Fraction(7, 2)) for it in version.items if it.section == "essay")
    result = Result("s1", "", "A", answers, (), page.digest, Fraction(12))
    ((shown, _),) = seen(printed.quiz, result, {number: page}, {page.digest: b"picture"})
    assert [(it.marks, it.verdict) for it in shown.notes] == [("3.5", "part")]
