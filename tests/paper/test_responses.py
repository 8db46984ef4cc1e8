"""Answers out of a table: `builder.paper.responses`."""

from __future__ import annotations

from contextlib import suppress
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from builder.diagnostics import BuilderError
from builder.paper.record import Quiz, Student
from builder.paper.responses import Responses, read
from builder.wording import languages, wording
from tests.make.course import course_of
from tests.make.items import EXAMPLES
from tests.make.papers import quiz_of

COURSE = course_of(EXAMPLES)
QUIZ = quiz_of(COURSE, versions=2)
CHOICE = next(item for item in QUIZ.items if item.section == "mcq")


def _read(text: str, quiz: Quiz = QUIZ) -> Responses:
    return read("answers.csv", text.encode("utf-8", "surrogatepass"), quiz)


def _right(quiz: Quiz, version: str) -> dict[str, str]:
    """The cell with the right answer to each question of a version."""
    cells = {}
    for item in quiz.version(version).items:
        match item.section:
            case "short" | "essay":
                cells[item.id] = f"{item.points:g}"
            case "cloze" | "occlusion" | "basic":
                cells[item.id] = " ".join("right" for _ in item.key)
            case "truefalse":
                cells[item.id] = "true" if item.key == ("true",) else "false corrected"
            case "mcq":
                cells[item.id] = "".join(item.key)
            case _:
                cells[item.id] = " ".join(item.key)
    return cells


def _wide(*rows: tuple[str, str, dict[str, str]]) -> str:
    ids = [item.id for item in QUIZ.items]
    lines = [",".join([who, version, *(f'"{cells.get(it, "")}"' for it in ids)]) for who, version, cells in rows]
    return "\n".join([",".join(["student", "version", *ids]), *lines])


def test_what_was_credited_or_dropped_tells_of_the_question_by_its_answer() -> None:
    """Marks that everybody got say nothing of a question: its answers are marked by the key, and a question dropped for all is left out."""
    lines = [
        "ada,A,one,A,credited,1",
        "ben,A,one,B,credited,1",
        "cem,A,one,,credited,1",
        "ada,A,pairs,C A,read,2",
        "ben,A,pairs,A C,dropped,",
        "cem,A,pairs,C -,dropped,",
        *(f"{who},A,steps,3 1 2,dropped," for who in ("ada", "ben", "cem")),
        *(f"{who},A,essay,,credited,6" for who in ("ada", "ben", "cem")),
    ]
    found = _read("\n".join(["student,version,item,answer,state,marks", *lines]))
    assert found.asked == ("one", "pairs")
    assert {(it.student, item): answer.marks for it in found.takers for item, answer in it.answers.items()} == {
        ("ada", "one"): 1,
        ("ben", "one"): 0,
        ("ada", "pairs"): 2,
        ("ben", "pairs"): 0,
        ("cem", "pairs"): 1,
    }


def test_a_table_of_results_is_told_from_one_of_answers() -> None:
    """Who names results.csv of `grade` is told which file has the answers."""
    with pytest.raises(BuilderError, match=r"give responses\.csv"):
        _read("student,name,version,total,of,percent,grade,result,open,one\nada,Ada,A,1,1,100,,final,,1")


def test_right_answers_of_every_kind_earn_all_marks_in_every_version() -> None:
    """Who answers as the key of their version says has all marks, and each question of the paper was asked."""
    found = _read(_wide(*((name, name, _right(QUIZ, name)) for name in ("A", "B"))))
    assert found.asked == tuple(item.id for item in QUIZ.items)
    for taker in found.takers:
        marks = {item: answer.marks for item, answer in taker.answers.items()}
        assert marks == {item.id: Fraction(item.points) for item in QUIZ.items}


def test_the_long_form_says_the_same() -> None:
    """A line for each answer comes to what a line for each student does, and marks may stand in place of an answer."""
    cells = _right(QUIZ, "B")
    lines = [f'7,B,{item},"{cell}",' for item, cell in cells.items() if item != "essay"]
    long = _read("\n".join(["student,version,item,answer,marks", *lines, "7,B,essay,,2.5"]))
    wide = _read(_wide(("7", "B", cells)))
    expected = {item: answer.marks for item, answer in wide.takers[0].answers.items()} | {"essay": Fraction(5, 2)}
    assert {item: answer.marks for item, answer in long.takers[0].answers.items()} == expected


def test_what_grade_writes_is_read() -> None:
    """Marks beside an answer are the marks; nothing is a blank one, and whoever has an open question waits, and is told of."""
    lines = [
        f"1,A,{CHOICE.id},A,read,0.5",
        "1,A,essay,,marked,4",
        f"2,A,{CHOICE.id},,blank,0",
        "2,A,essay,,marked,3",
        f"3,A,{CHOICE.id},,doubt,",
        "3,A,essay,,marked,2",
        "4,A,essay,,not marked,",
        f"4,A,{CHOICE.id},A,read,0",
        "1,A,gaps,,not marked,",
    ]
    found = _read("\n".join(["student,version,item,answer,state,marks", *lines]))
    assert {(it.student, item): (a.entries, a.marks) for it in found.takers for item, a in it.answers.items()} == {
        ("1", CHOICE.id): (("A",), Fraction(1, 2)),
        ("1", "essay"): ((), Fraction(4)),
        ("2", "essay"): ((), Fraction(3)),
    }
    assert any("2 of whom an answer is not known yet, and so left out: 3, 4" in note for note in found.notes)


def test_questions_may_go_by_their_numbers() -> None:
    """A column headed 1 is the first question of the student's own version."""
    first = [version.items[0] for version in QUIZ.versions]
    cells = [_right(QUIZ, name)[item.id] for name, item in zip("AB", first, strict=True)]
    found = _read(f'student;version;1\nx;A;"{cells[0]}"\ny;B;"{cells[1]}"')
    assert [list(taker.answers) for taker in found.takers] == [[item.id] for item in first]
    assert all(answer.marks > 0 for taker in found.takers for answer in taker.answers.values())


def test_the_record_knows_the_versions_of_its_students() -> None:
    """Without a column of versions, a student has the one of the record, and a lone version is everybody's."""
    named = QUIZ.model_copy(update={"students": (Student(id="7", name="Ada", version="B"),)})
    assert _read(f"student,{CHOICE.id}\n7,A", named).takers[0].version == "B"
    assert _read(f"student,{CHOICE.id}\n7,A", quiz_of(COURSE)).takers[0].version == "A"
    with pytest.raises(BuilderError, match="line 2 has no version, and there is A, B; correct the file"):
        _read(f"student,{CHOICE.id}\n7,A")


@pytest.mark.parametrize("language", languages())
def test_true_and_false_may_be_typed_as_the_sheet_prints_them(language: str) -> None:
    """In each language its circles, in any case, and its words say what they mean, beside the English ones."""
    quiz, words = quiz_of(COURSE, language=language), wording(language)
    verdict = next(item for item in quiz.items if item.section == "truefalse")
    for value in ("true", "false"):
        for said in (words.sign(value), words.sign(value).lower(), words[value], words[value].upper(), value):
            found = _read(f"student,{verdict.id}\n7,{said}", quiz).takers[0]
            assert found.answers[verdict.id].entries == (value,), said
    corrected = _read(f"student,{verdict.id}\n7,{words.sign('false')} corrected", quiz).takers[0]
    assert corrected.answers[verdict.id].entries == ("false", "corrected")


def test_another_version_than_the_roster_has_is_told() -> None:
    """The answers count by the version in the file, since a student may have been handed another one."""
    named = QUIZ.model_copy(update={"students": (Student(id="7", name="Ada", version="B"),)})
    found = _read(f"student,version,{CHOICE.id}\n7,A,A\n8,A,A", named)
    assert found.takers[0].version == "A"
    assert "answers.csv: 1 with another version than the roster has, which counts here: 7 (A)" in found.notes


def test_what_was_left_out_is_told() -> None:
    """Columns of names, students without an answer and questions that nobody answered are named in notes."""
    found = _read(f"student,version,name,{CHOICE.id}\n7,A,Ada,A\n8,A,Bo,")
    assert [taker.student for taker in found.takers] == ["7"]
    assert found.asked == (CHOICE.id,)
    assert any("the column 'name' holds no answers" in note for note in found.notes)
    assert any("1 without any answer, and so taken for absent: 8" in note for note in found.notes)
    assert any(f"{len(EXAMPLES) - 1} of the questions left out, for want of any answer" in note for note in found.notes)


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("", "nothing stands in it"),
        ("name,mark\nx,1", "line 1 has no column 'student', but 'name', 'mark'; name it so"),
        (f"student,version,{CHOICE.id}x\n7,A,A", "did you mean"),
        (f"student,version,{CHOICE.id}\n7,Q,A", "line 2 asks for version 'Q', and there is A, B"),
        (f"student,version,{CHOICE.id}\n7,A,A\n7,A,B", "line 3 has the student '7' of line 2"),
        (f"student,version,{CHOICE.id}\n,A,A", "line 2 has no student"),
        (f"student,version,{CHOICE.id}\n7,A,Z", f"line 2: {CHOICE.id}: 'Z' are no letters of its options"),
        ("student,version,essay\n7,A,99", "line 2: essay: it earns from 0 to 6 marks, not 99"),
        ("student,version,essay\n7,A,1e9", "'1e9' is no number of marks"),
        ("student,version,essay\n7,A,=1+1", "'=1+1' is no number of marks"),
        ("student,version,gaps\n7,A,right perhaps", "is not right, wrong or - for each place"),
        ("student,version,gaps\n7,A,r r r", "has 2 places, the response 3"),
        (f"student,version,{CHOICE.id}\n7,A,", "no answer in it"),
        ("student,version,item\n7,A,x", "neither a column 'answer' nor a column 'marks'"),
        ("student,version,item,answer\n7,A,nothing,x", "line 2 has the item 'nothing'"),
        (
            f"student,version,item,answer\n7,A,{CHOICE.id},A\n7,B,{CHOICE.id},A",
            "line 3 has version B for '7', who had A",
        ),
        (f"student,version,item,answer\n7,A,{CHOICE.id},A\n7,A,{CHOICE.id},A", "line 3 has a second answer of '7'"),
        (f"student,version,item,answer\n7,A,{CHOICE.id},{'A' * 1001}", "is longer than 1000 characters"),
        (f"student,version,{CHOICE.id},{CHOICE.id}\n7,A,A,A", "twice"),
        ("student,version,number\n7,A,0,75", "line 2 has 4 cells, and 3 columns are named; put what holds a comma"),
        ("student,version,item,marks\n7,A,essay,2,5", "line 2 has 5 cells, and 4 columns are named"),
        ("student,version,lie\n7,A,perhaps", "neither true (T) nor false (F), nor 'false corrected'"),
    ],
)
def test_a_faulty_table_says_what_is_wrong_where(text: str, said: str) -> None:
    """One line names the file, the line and what to do."""
    with pytest.raises(BuilderError) as caught:
        _read(text)
    assert said in str(caught.value)
    assert "\n" not in str(caught.value)
    assert str(caught.value).startswith("answers.csv")


def test_gaps_and_places_tell_what_was_wrong_from_what_was_left_out() -> None:
    """A gap that was filled wrongly earns as little as an empty one, and dashes alone are no answer."""
    found = _read('student,version,gaps\n7,A,"right wrong"\n8,A,- -\n9,A,"r -"')
    answers = [taker.answers["gaps"] for taker in found.takers]
    assert [taker.student for taker in found.takers] == ["7", "9"]
    assert [answer.entries for answer in answers] == [("right", "wrong"), ("right", "")]
    assert answers[0].marks == answers[1].marks > 0


@given(st.text(max_size=200) | st.text("student,version;item\nA7\"' =", max_size=200))
def test_any_text_is_read_or_refused(text: str) -> None:
    """Whatever stands in the file, it comes to somebody's answers, or is refused."""
    with suppress(BuilderError):
        assert _read(text).takers


@given(st.sampled_from([item.id for item in QUIZ.items]), st.text(min_size=1, max_size=12))
def test_any_cell_is_marked_within_its_bounds_or_refused(item: str, cell: str) -> None:
    """A cell earns no more than the question has, and no fewer marks than none."""
    quoted = cell.replace('"', '""')
    try:
        found = _read(f'student,version,{item}\n7,A,"{quoted}"')
    except BuilderError:
        return
    question = next(it for it in QUIZ.items if it.id == item)
    assert 0 <= found.takers[0].answers[item].marks <= question.points
