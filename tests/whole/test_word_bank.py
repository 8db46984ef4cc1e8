"""Gaps with words to choose from: from the paper to the sheet, through the reader to marks, another key and feedback."""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING, Any

import pytest

from builder.diagnostics import BuilderError
from builder.grading.decisions import Decisions
from builder.grading.keys import other_key
from builder.grading.marks import Answer, scored
from builder.grading.pages import Reader
from builder.pages.feedback.sheets import _rings
from builder.paper import sheet as layout
from builder.paper.proof import refuse_changed
from builder.paper.responses import cells
from builder.paper.scoring import score
from builder.printing import papers
from tests.make.course import course_of
from tests.make.papers import quiz_of
from tests.marking import pen, reading, sheets

if TYPE_CHECKING:
    from builder.paper.record import Quiz, QuizItem

TWICE: dict[str, Any] = {
    "id": "twice",
    "kind": "cloze",
    "prompt": "{{c1::The}} man and {{c2::the}} woman in {{c3::the}} {{c4::town}}.",
    "accept": {"c4": ["city"]},
    "word_bank": ["city", "village", "house"],
}
BOXES: dict[str, Any] = {
    "id": "one",
    "kind": "cloze",
    "prompt": "It is {{c1::so}}.",
    "word_bank": ["not so", "never"],
}


def _items(**edition: Any) -> tuple[Quiz, dict[str, QuizItem]]:
    quiz = quiz_of(course_of([TWICE, BOXES]), 2, digits=0, **edition)
    return quiz, {item.id: item for item in quiz.items}


def test_the_record_has_the_letters_that_are_right_at_each_gap() -> None:
    """A word that stands twice has two letters, an accepted one its own too; case counts."""
    _, items = _items()
    said = {letter: TWICE_WORDS[i] for letter, i in zip("ABCDEFG", items["twice"].order, strict=True)}
    right = [{said[letter] for letter in letters} for letters in items["twice"].letters]
    assert right == [{"The"}, {"the"}, {"the"}, {"town", "city"}]
    assert [len(letters) for letters in items["twice"].letters] == [1, 2, 2, 2]


TWICE_WORDS = ["The", "the", "the", "town", "city", "village", "house"]


def test_more_words_than_letters_have_none() -> None:
    """With 27 words the gaps are lines to write on, with circles for the marker; with 26 they are rows of letters."""
    rows = {}
    for more in (25, 26):
        item = BOXES | {"word_bank": [f"word {n}" for n in range(more)]}
        quiz = quiz_of(course_of([item]), digits=0)
        rows[more] = [(m.kind, m.use) for page in layout.pages(quiz, quiz.version("A")) for m in page.marks]
    assert rows == {25: [("bubble", "answer")] * 26, 26: [("line", "answer"), *[("bubble", "marks")] * 2]}


def test_records_without_letters_are_printed_as_they_were() -> None:
    """A record of an earlier her-study has lines; one whose letters were edited is refused."""
    course = course_of([TWICE])
    quiz = quiz_of(course)
    (letters,) = [item.letters for item in quiz.items]
    item = quiz.items[0]
    for said, fits in (((), True), (letters, True), ((letters[1], *letters[1:]), False)):
        version = quiz.versions[0].model_copy(update={"items": (item.model_copy(update={"letters": said}),)})
        edited = quiz.model_copy(update={"versions": (version,)})
        if fits:
            refuse_changed(course, edited)
            kinds = {mark.kind for page in layout.pages(edited, version) for mark in page.marks if mark.question}
            assert ("line" in kinds) == (not said)
        else:
            with pytest.raises(BuilderError, match="contradicts itself"):
                refuse_changed(course, edited)


@pytest.mark.parametrize("rule", ["each", "all"])
def test_letters_are_marked_by_the_rule_of_gaps(rule: str) -> None:
    """Each right letter earns its part, or all of them the marks; what a marker found right counts as before."""
    quiz = quiz_of(course_of([TWICE | {"scoring": rule}]))
    (item,) = quiz.items
    first = [letters[0] for letters in item.letters]
    last = [letters[-1] for letters in item.letters]
    wrong = next(letter for letter in "ABCDEFG" if letter not in "".join(item.letters))
    assert score(item, first) == score(item, last) == score(item, ["right"] * 4) == item.points
    assert score(item, [wrong, *first[1:]]) == (Fraction(3) if rule == "each" else 0)
    assert score(item, ["", first[1]]) == (Fraction(1) if rule == "each" else 0)
    with pytest.raises(ValueError, match="no place for 'Z'"):
        score(item, ["Z"])


def test_answers_are_typed_by_letters_or_as_before() -> None:
    """A table of answers may have letters, in capitals or not, or `right` and `wrong` for each gap."""
    _, items = _items()
    right = [letters[0] for letters in items["twice"].letters]
    for text in (" ".join(right), "".join(right).lower(), "right right right right", "r r r r"):
        assert cells.marked(items["twice"], text, ".")[1] == 4
    assert cells.marked(items["twice"], f"{right[0]} - wrong {right[3]}", ".")[1] == 2
    with pytest.raises(ValueError, match="a letter from A to G"):
        cells.marked(items["twice"], "H - - -", ".")


def test_another_key_is_in_the_letters_of_its_version() -> None:
    """Letters typed for version A are those of the same words in B; several may be right at a gap."""
    quiz, items = _items()
    other = next(item for item in quiz.version("B").items if item.id == "twice")
    made = other_key("AB C D E", items["twice"], other, "change 1")
    words = [{TWICE_WORDS[other.order["ABCDEFG".index(letter)]] for letter in sign} for sign in made]
    first = [TWICE_WORDS[i] for i in items["twice"].order]
    assert words == [{first[0], first[1]}, {first[2]}, {first[3]}, {first[4]}]
    answer = Answer(items["twice"].with_signs(("A", "B", "C", "D")), ("A", "B", "C", "E"), "read", None)
    assert scored(answer, ".").marks == 3
    for text in ("A B C", "A B C Z"):
        with pytest.raises(BuilderError, match="a letter for each of its 4 gaps"):
            other_key(text, items["twice"], other, "change 1")


@pytest.mark.parametrize("edition", [{}, {"size": 24}, {"language": "ar"}], ids=str)
def test_filled_letters_are_read(edition: dict[str, Any]) -> None:
    """What is filled in on the sheet is what the reader says, gap by gap; a second circle puts the answer before a person."""
    quiz, items = _items(**edition)
    files = papers.files(course_of([TWICE, BOXES]), quiz)
    (page,) = layout.pages(quiz, quiz.version("A"))
    (picture,) = sheets.pictures(files["sheet-A.pdf"])
    given = {"twice": ("B", "", "G", "A"), "one": ("C",)}
    random = sheets.generator("word bank")
    for mark in page.marks:
        item = next(it for it in items.values() if it.number == mark.question)
        if given[item.id][int(mark.row) - 1] == mark.value:
            pen.draw(picture, mark.at, "pen", random)
    read = {row.question.id: row for row in Reader(quiz, Decisions()).read(reading.scan(picture)).rows}
    assert {item: (row.answer, row.doubt) for item, row in read.items()} == {
        it: (said, "") for it, said in given.items()
    }
    pen.draw(picture, next(mark.at for mark in page.marks if mark.value == "A"), "pen", random)
    again = Reader(quiz, Decisions()).read(reading.scan(picture)).rows
    assert [bool(row.doubt) for row in again].count(True) == 1


def test_rings_are_drawn_row_by_row() -> None:
    """A letter that is right at another gap is ringed where it was filled alone; the right one of each wrong row is shown."""
    quiz, items = _items()
    item = items["twice"]
    right = [letters[0] for letters in item.letters]
    given = (right[0], item.letters[1][1], right[0], "")
    answer = scored(Answer(item, given, "read", None), ".")
    marks = [
        mark for page in layout.pages(quiz, quiz.version("A")) for mark in page.marks if mark.question == item.number
    ]
    ringed = {(ring.at.x, ring.at.y): ring.verdict for ring in _rings(answer, marks)}
    found = {(mark.row, mark.value): ringed.get((mark.at.x, mark.at.y)) for mark in marks}
    expected = {("1", given[0]): "right", ("2", given[1]): "right", ("3", given[2]): "wrong"}
    expected |= {("3", letter): "silent" for letter in item.letters[2]}
    expected |= {("4", letter): "silent" for letter in item.letters[3]}
    assert {key: verdict for key, verdict in found.items() if verdict} == expected
