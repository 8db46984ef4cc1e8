"""Questions on passages in the record: together, in order, numbered as they are printed."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from builder.diagnostics import BuilderError
from builder.model import Passage
from builder.paper import sheet
from builder.paper.numbering import numbered
from builder.paper.proof import refuse_changed
from builder.paper.record import Quiz, Version
from tests.make.course import course_of
from tests.make.items import EXAMPLES
from tests.make.papers import quiz_of

if TYPE_CHECKING:
    from builder.model import Course

LETTER = Passage(id="letter", text="A letter.")
TABLE = Passage(id="table", text="A table.", parts=True)


def made(*passages: Passage | None) -> Course:
    """A course of the examples, on these passages in turn; the last one is on none."""
    return course_of(
        item.model_copy(update={"passage": passages[n % len(passages)] if n + 1 < len(EXAMPLES) else None})
        for n, item in enumerate(EXAMPLES)
    )


@given(st.text(max_size=4), st.lists(st.sampled_from([None, LETTER, TABLE]), min_size=1, max_size=5))
def test_questions_on_a_passage_stand_together_in_the_order_of_the_bank(
    seed: str, passages: list[Passage | None]
) -> None:
    """In each version a passage's questions follow each other, as they do in the bank, and all ask the same."""
    course = made(*passages)
    quiz = quiz_of(course, 4, seed=seed)
    for version in quiz.versions:
        names = [entry.passage for entry in version.items]
        for passage in {name for name in names if name}:
            places = [i for i, name in enumerate(names) if name == passage]
            assert places == list(range(places[0], places[-1] + 1))
            own = [item.id for item in course.items if item.passage and item.passage.id == passage]
            assert [version.items[i].id for i in places] == own
    refuse_changed(course, quiz)


def test_parts_share_a_number_and_others_run_on() -> None:
    """Two questions, three parts on one passage, two on another, and one more: 1, 2, 3 (a) to (c), 4, 5, 6."""
    of = [None, None, TABLE, TABLE, TABLE, LETTER, LETTER, None]
    assert list(numbered(of)) == [
        *[(1, ""), (2, "")],
        *[(3, "a"), (3, "b"), (3, "c")],
        *[(4, ""), (5, ""), (6, "")],
    ]


def test_questions_of_one_number_are_one() -> None:
    """A paper of a passage of eleven parts and one other question has two questions, and the marks of twelve."""
    quiz = quiz_of(made(TABLE))
    assert quiz.questions == 2
    assert quiz.points == sum(item.points for item in EXAMPLES)
    assert quiz.section_points("passage") + quiz.section_points("essay") == quiz.points


def test_the_record_says_passage_and_part_where_there_is_one() -> None:
    """A question on no passage is written as it always was, one on a passage with its name and letter."""
    quiz = quiz_of(made(TABLE))
    part, whole = (quiz.items[n].model_dump(mode="json") for n in (0, -1))
    assert (part["number"], part["part"], part["passage"]) == (1, "a", "table")
    assert not {"part", "passage"} & whole.keys()
    assert quiz.items[1].label == "1 (b)"
    assert Quiz.model_validate_json(quiz.model_dump_json(by_alias=True)) == quiz


FORGED: dict[str, Any] = {
    "part": lambda items: (items[0].model_copy(update={"part": ""}), *items[1:]),
    "number": lambda items: (items[0], items[1].model_copy(update={"number": 2}), *items[2:]),
    "passage": lambda items: (items[0].model_copy(update={"passage": ""}), *items[1:]),
    "another": lambda items: (*items[:-1], items[-1].model_copy(update={"passage": "table"})),
}


@pytest.mark.parametrize("fault", FORGED)
def test_a_record_that_tears_a_passage_is_refused(fault: str) -> None:
    """A record that numbers or names the questions of a passage otherwise than her-study would is not printed."""
    course = made(TABLE)
    quiz = quiz_of(course)
    forged = quiz.model_copy(update={"versions": (Version(name="A", items=FORGED[fault](quiz.items)),)})
    with pytest.raises(BuilderError, match="contradicts itself"):
        refuse_changed(course, forged)


def test_a_record_whose_passages_lie_within_each_other_is_refused() -> None:
    """Questions of two passages in turn are no paper that her-study would have written."""
    course = made(LETTER, LETTER, Passage(id="other", text="Another."))
    quiz = quiz_of(course)
    mixed = sorted(quiz.items[:-1], key=lambda entry: entry.id)
    items = tuple(it.model_copy(update={"number": n}) for n, it in enumerate([*mixed, quiz.items[-1]], 1))
    forged = quiz.model_copy(update={"versions": (Version(name="A", items=items),)})
    with pytest.raises(BuilderError, match="do not stand together"):
        refuse_changed(course, forged)


@pytest.mark.parametrize("size", [11, 18, 24])
def test_each_part_has_its_own_room_on_the_sheet(size: int) -> None:
    """The marks of the parts of one question are told apart by their letters, lie within the page, and overlap nowhere."""
    quiz = quiz_of(made(TABLE), size=size)
    pages = sheet.pages(quiz, quiz.versions[0], is_named=True)
    marks = [mark for page in pages for mark in page.marks]
    assert {(mark.question, mark.part) for mark in marks} == {(e.number, e.part) for e in quiz.items}
    assert [label.text for page in pages for label in page.labels if label.text.startswith("(")].count("(c)") == 1
    for page in pages:
        boxes = [mark.at for mark in page.marks]
        width, height = sheet.PAPERS["a4"]
        assert all(box.x + box.width < width and box.y + box.height < height for box in boxes)
        assert all(
            a.x + a.width <= b.x or b.x + b.width <= a.x or a.y + a.height <= b.y + 1e-6 or b.y + b.height <= a.y + 1e-6
            for n, a in enumerate(boxes)
            for b in boxes[n + 1 :]
        )
