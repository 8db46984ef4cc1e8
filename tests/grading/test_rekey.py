"""Changes of the key after an exam, on stored answers: who earns what, and what is refused."""

from __future__ import annotations

import re
import time
from dataclasses import replace
from fractions import Fraction
from typing import Any

import pytest

from builder.diagnostics import BuilderError
from builder.grading import stored
from builder.grading.marks import Answer, Given, Result
from builder.grading.rekey import Change, Changes, Rekeyed, changes_of, grader_of, rekeyed
from builder.model.grades import GradeScale
from builder.paper.record import Quiz, Student
from builder.paper.scoring import score
from tests.make.course import course_of
from tests.make.marked import answer_of, answered, quiz_of_marks
from tests.make.papers import quiz_of

QUIZ = quiz_of_marks(grades=GradeScale(steps={"A": "50", "B": "0"}))
RESULTS = answered(QUIZ, "class")


def changed(*changes: dict[str, Any], quiz: Quiz = QUIZ, results: list[Result] = RESULTS) -> Rekeyed:
    """The results after these changes."""
    made = [Change.model_validate({"reason": "So.", **change}) for change in changes]
    return rekeyed(quiz, results, Changes(changes=tuple(made)))


def option(quiz: Quiz, version: str, item: str, place: int) -> str:
    """The letter that an option of the bank has in a version."""
    entry = next(it for it in quiz.version(version).items if it.id == item)
    return "ABCDEF"[entry.order.index(place)]


def test_a_key_in_the_letters_of_one_version_holds_in_all() -> None:
    """Whoever chose the option that is right now has its marks, whatever its letter was; nobody else's other marks change."""
    after = changed({"item": "choice-0", "key": option(QUIZ, "B", "choice-0", 2), "version": "B"}).results
    ups = 0
    for old, new in zip(RESULTS, after, strict=True):
        was, now = answer_of(old, "choice-0"), answer_of(new, "choice-0")
        assert now.marks == (was.given == (option(QUIZ, new.version, "choice-0", 2),))
        assert [it for it in new.answers if it is not now] == [it for it in old.answers if it is not was]
        ups += now.marks > (was.marks or 0)
    assert ups


@pytest.mark.parametrize("item", ["pairs", "steps"])
def test_keys_of_several_places_go_over_to_the_other_version(item: str) -> None:
    """The key of version A, typed as the new one, changes nobody's marks; another one is that of no other option."""
    key = next(it for it in QUIZ.items if it.id == item).key
    assert changed({"item": item, "key": " ".join(key), "version": "A"}).results == RESULTS
    turned = (*key[1:], key[0])
    after = changed({"item": item, "key": ", ".join(turned), "version": "A"}).results
    for result in after:
        answer = answer_of(result, item)
        assert answer.marks == score(answer.question, answer.given)
        assert (answer.question.key == turned) == (result.version == "A")


def test_a_second_key_costs_nobody_anything() -> None:
    """Both options earn the marks; those who had them keep them."""
    after = changed({"item": "choice-1", "also": option(QUIZ, "A", "choice-1", 3), "version": "A"}).results
    for old, new in zip(RESULTS, after, strict=True):
        right = {(option(QUIZ, new.version, "choice-1", place),) for place in (0, 3)}
        assert answer_of(new, "choice-1").marks == (answer_of(old, "choice-1").given in right)


def test_a_question_is_dropped_or_credited() -> None:
    """A dropped one counts for no one and makes the paper smaller; a credited one gives all its marks, to blanks too."""
    drop, credit = changed({"item": "both", "drop": True}).results, changed({"item": "say", "credit": True}).results
    for old, dropped, credited in zip(RESULTS, drop, credit, strict=True):
        assert dropped.of == old.of - 1
        assert dropped.total == old.total - (answer_of(old, "both").marks or 0)
        assert credited.total == old.total - (answer_of(old, "say").marks or 0) + 2
        assert not dropped.open + credited.open


def test_only_if_it_helps_harms_nobody() -> None:
    """With `if_it_helps`, nobody's share falls, and it is the better of the two that counts."""
    for change in ({"drop": True}, {"key": option(QUIZ, "A", "choice-2", 1), "version": "A"}):
        plain = changed({"item": "choice-2", **change}).results
        helped = changed({"item": "choice-2", "if_it_helps": True, **change}).results
        for old, new, best in zip(RESULTS, plain, helped, strict=True):
            assert best.percent == max(old.percent, new.percent)


def test_each_change_has_a_line_with_who_moves_and_why() -> None:
    """Changes add up in their order; each line counts what it did alone; other grades count as well."""
    done = changed(
        {"item": "so", "key": "false", "reason": "Not so.", "by": "M. Rossi"},
        {"item": "so", "key": "true"},
        {"grades": {"A": "0"}},
    )
    first, second, third = done.audit
    assert (first.up, first.down) == (second.down, second.up)
    assert first.up + first.down == sum(bool(answer_of(it, "so").given) for it in RESULTS)
    assert "so: key false: " in first.line
    assert first.line.endswith("Not so.; by M. Rossi")
    assert done.results == RESULTS
    low = [it for it in RESULTS if grader_of(QUIZ).grade(it) == "B"]
    assert third.regraded == len(low)
    assert {done.grader.grade(it) for it in done.results} == {"A"}


def test_what_is_open_stays_open() -> None:
    """A result that waits for a marker has no grade, under any change but the credit of what it waits for."""
    waiting = answered(QUIZ, "class", is_marked=False)
    after = changed({"item": "so", "drop": True}, results=waiting).results
    assert {(it.open, grader_of(QUIZ).grade(it)) for it in after} == {(("1 not marked",), "")}
    assert not any(it.open for it in changed({"item": "say", "credit": True}, results=waiting).results)


@pytest.mark.parametrize(
    ("change", "reason"),
    [
        ({"item": "nothing", "drop": True}, "no such item"),
        ({"item": "choice-0", "key": "A"}, "say whose these are"),
        ({"item": "choice-0", "key": "E", "version": "A"}, "letters of its options, A to D"),
        ({"item": "choice-0", "key": "A", "version": "C"}, "there is no version C"),
        ({"item": "steps", "key": "1 1 2 3", "version": "A"}, "one place to two steps"),
        ({"item": "pairs", "key": "A B", "version": "A"}, "a letter for each of its 3 terms"),
        ({"item": "so", "key": "maybe"}, "true or false"),
        ({"item": "say", "key": "it"}, "not marked by letters"),
        ({"item": "choice-0", "key": "A B", "version": "A"}, "'A B' are several options, .* a change with 'also:'"),
        ({"item": "choice-0", "also": "A B", "version": "A"}, "candidates fill one circle"),
        ({"item": "so", "also": "true"}, "'true' is right already"),
    ],
)
def test_a_change_that_can_not_be_made_is_refused(change: dict[str, Any], reason: str) -> None:
    """Each is one line that says which change, and why."""
    with pytest.raises(BuilderError, match=reason):
        changed(change)


def test_nothing_is_changed_about_a_question_that_was_dropped_for_all() -> None:
    """A later change would do nothing and say nothing of it; one that is dropped where that helps still counts for others."""
    drop = {"item": "so", "drop": True}
    for more in ({"credit": True}, {"key": "false"}, {"drop": True}):
        with pytest.raises(BuilderError, match=r"change 2 \(so\): change 1 has dropped it for all.*: delete one"):
            changed(drop, {"item": "so", **more})
    assert len(changed({**drop, "if_it_helps": True}, {"item": "so", "credit": True}).audit) == len(("drop", "credit"))


def test_an_item_of_a_part_to_choose_from_is_not_dropped() -> None:
    """How many marks such a paper has would depend on what each student chose."""
    quiz = quiz_of_marks(choose={"short": 1})
    with pytest.raises(BuilderError, match="credit it instead"):
        changed({"item": "say", "drop": True}, quiz=quiz, results=answered(quiz, "x"))


@pytest.mark.parametrize(
    "text",
    [
        "changes: [{item: a, reason: x}]",
        "changes: [{item: a, key: B, drop: yes, reason: x}]",
        "changes: [{key: B, reason: x}]",
        "changes: [{item: a, drop: yes}]",
        "changes: [{item: a, drop: yes, reason: x, why: y}]",
        "changes: {",
    ],
)
def test_a_file_of_changes_says_one_thing_each_and_why(text: str) -> None:
    """What says nothing, two things, or gives no reason is refused with the name of the file."""
    with pytest.raises(BuilderError, match=r"rekey\.yaml"):
        changes_of("rekey.yaml", text)


@pytest.mark.parametrize(
    ("text", "said"),
    [
        (
            "changes:\n  - {item: a, drop: yes, reason: x}\n  - {item: b, drop: yes, reason: x, whi: y}\n",
            ":3: 'whi' is not a key",
        ),
        ("changes:\n  - item: a\n    drop: yes\n", ":2: a change needs 'reason:'"),
        ("- item: a\n", ":1: 'the file' must be a mapping"),
    ],
)
def test_what_is_wrong_with_a_file_of_changes_has_its_line_and_a_remedy(text: str, said: str) -> None:
    """It is told in the words of `check`, and where such a file is shown."""
    with pytest.raises(BuilderError, match=re.escape(f"rekey.yaml{said}")) as refused:
        changes_of("rekey.yaml", text)
    assert "`her-study explain rekey`" in str(refused.value)


def test_answers_are_stored_apart_from_key_and_students() -> None:
    """They come back as they were; another key or owner changes no byte of them; the owner's correction moves the marks whole."""
    files = stored.files(QUIZ, RESULTS)
    text = files[stored.ANSWERS].decode()
    assert stored.results(QUIZ, text, files[stored.SHEETS].decode(), {}) == RESULTS
    assert not any(student.id in text or student.name in text for student in QUIZ.students)
    swapped = [replace(it, student={"s0": "s2", "s2": "s0"}.get(it.student, it.student)) for it in RESULTS]
    assert stored.files(QUIZ, swapped)[stored.ANSWERS] == files[stored.ANSWERS]
    again = stored.results(QUIZ, text, stored.files(QUIZ, swapped)[stored.SHEETS].decode(), {})
    assert {it.sheet: it.total for it in again} == {it.sheet: it.total for it in RESULTS}
    assert [it.student for it in again] == [it.student for it in RESULTS]
    given: Given = {("s1", "say"): Fraction(3, 2)}
    later = stored.results(QUIZ, text, files[stored.SHEETS].decode(), given)
    assert answer_of(later[1], "say").marks == given["s1", "say"]
    for broken in (text.replace("read", "red"), text[:200], text.replace(QUIZ.identity, "0" * 12), ""):
        with pytest.raises(BuilderError):
            stored.results(QUIZ, broken, files[stored.SHEETS].decode(), {})


def test_who_chose_what_is_stored_too() -> None:
    """Of two essays one is to be chosen: the one that counts still counts after it was stored, and marks for it may come later."""
    essay = {
        "kind": "essay",
        "prompt": "Write.",
        "words": 300,
        "rubric": [{"criterion": "All", "marks": 6, "levels": ["no", "yes"]}],
    }
    quiz = quiz_of(course_of([{**essay, "id": "first"}, {**essay, "id": "second"}]), choose={"essay": 1})
    first, second = quiz.items
    states = (Answer(first, (), "not chosen", None), Answer(second, (), "not marked", None))
    before = Result("s1", "", "A", states, (), "0" * 16, Fraction(6))
    answers, sheets = (data.decode() for data in stored.files(quiz, [before]).values())
    assert stored.results(quiz, answers, sheets, {}) == [before]
    (later,) = stored.results(quiz, answers, sheets, {("s1", second.id): Fraction(4)})
    assert [it.state for it in later.answers] == ["not chosen", "marked"]
    assert later.total == 4
    assert not later.open
    with pytest.raises(
        BuilderError, match=r"s1 has marks for first and second, and candidates answer 1 .*: delete those"
    ):
        stored.results(quiz, answers, sheets, {("s1", it): Fraction(4) for it in ("first", "second")})


def test_a_large_class_is_marked_again_in_no_time() -> None:
    """500 sheets, read from what was stored and marked by a changed key, take less than a second of processor time."""
    students = tuple(Student(id=f"s{n}", name="N", version="AB"[n % 2]) for n in range(500))
    quiz = QUIZ.model_copy(update={"students": students})
    files = stored.files(quiz, answered(quiz, "large"))
    start = time.process_time()
    results = stored.results(quiz, files[stored.ANSWERS].decode(), files[stored.SHEETS].decode(), {})
    after = changed({"item": "so", "key": "false"}, quiz=quiz, results=results)
    assert time.process_time() - start < 1
    assert after.audit[0].up + after.audit[0].down > 250
