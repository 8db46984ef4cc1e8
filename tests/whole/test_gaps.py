"""Other texts for a gap, and words to choose from: from the bank to the card, the paper, its key and its record."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

import pytest
from pydantic import ValidationError

from builder.cards import fields
from builder.diagnostics import BuilderError
from builder.loading import promises
from builder.paper.proof import refuse_changed
from builder.paper.record import Quiz
from builder.printing import papers
from tests.make.course import course_of
from tests.make.papers import quiz_of, reader, said

if TYPE_CHECKING:
    from tests.browser import Press, View

CAPITAL: dict[str, Any] = {
    "id": "capital",
    "kind": "cloze",
    "prompt": "The {{c1::capital}} of {{c2::France}} is {{c3::*Paris*}}.",
    "accept": {"c1": ["chief town", "seat"], "c3": ["Lutetia"]},
    "word_bank": ["Lyon"],
}


def test_other_texts_are_on_the_key_and_in_the_record() -> None:
    """Each stands at its own gap, in every format; the paper shows none of them."""
    course = course_of([CAPITAL])
    quiz = quiz_of(course, formats=("pdf", "html", "md"))
    assert quiz.items[0].key == ("capital", "France", "*Paris*")
    assert quiz.items[0].accept == (("chief town", "seat"), (), ("Lutetia",))
    files = papers.files(course, quiz)
    key = files["key-A.md"].decode()
    assert key.index("capital**") < key.index("chief town") < key.index("seat") < key.index("France**")
    assert key.index("Paris*") < key.index("Lutetia")
    for text in (files["key-A.html"].decode(), said(reader(files["key-A.pdf"])).replace("chieftown", "chief town")):
        assert text.index("chief town") < text.index("Lutetia")
    for name in ("paper-A.md", "paper-A.html"):
        assert not re.search("chief town|seat|Lutetia", files[name].decode())


def test_a_record_holds_other_texts_to_the_bank() -> None:
    """It reads back as it was written, is refused where they were edited, and says nothing of them where there are none."""
    course = course_of([CAPITAL, {"id": "plain", "kind": "cloze", "prompt": "A {{c1::b}}."}])
    quiz = quiz_of(course)
    text = quiz.model_dump_json(by_alias=True)
    assert text.count('"accept"') == 1
    again = Quiz.model_validate_json(text)
    assert again == quiz
    refuse_changed(course, again)
    edited = Quiz.model_validate_json(text.replace("Lutetia", "Lyon"))
    with pytest.raises(BuilderError, match="contradicts itself"):
        refuse_changed(course, edited)


def test_words_to_choose_from_are_shuffled_on_paper() -> None:
    """All hidden words and the further one stand below the sentence, in an order of each version's own."""
    course = course_of([CAPITAL])
    quiz = quiz_of(course, versions=8, formats=("md",))
    assert len({version.items[0].order for version in quiz.versions}) > 1
    paper = papers.files(course, quiz)["paper-B.md"].decode()
    (line,) = re.findall("Words to choose from:(.*)", paper)
    words = [re.sub(r"[^a-z]", "", word, flags=re.IGNORECASE)[1:] for word in line.split("·")]  # after its letter
    said = ["capital", "France", "Paris", "Lyon"]
    assert words == [said[i] for i in quiz.version("B").items[0].order]


def test_words_without_further_ones() -> None:
    """`word_bank: true` lists the hidden words alone, `false` none."""
    plain = {key: value for key, value in CAPITAL.items() if key != "word_bank"}
    orders = {}
    for typed in ("true", "false"):
        course = course_of([plain | {"word_bank": typed}])
        orders[typed] = sorted(quiz_of(course).items[0].order)
    assert orders == {"true": [0, 1, 2], "false": []}


@pytest.mark.parametrize(
    ("change", "code"),
    [
        ({"accept": {"c4": ["x"]}}, "no-such-blank"),
        ({"prompt": "{{c1::a}} and {{c1::b}} and {{c3::c}}"}, "no-such-blank"),
        ({"accept": {"c1": ["capital"]}}, "twin-choice"),
        ({"accept": {"one": ["x"]}}, "string_pattern_mismatch"),
        ({"word_bank": ["France"]}, "twin-choice"),
        ({"word_bank": ["Lyon", "Lyon"]}, "twin-choice"),
    ],
)
def test_what_belongs_to_no_gap_is_refused(change: dict[str, Any], code: str) -> None:
    """Another text needs one blank of its number, and neither it nor a further word may be what is hidden."""
    with pytest.raises(ValidationError, match=code):
        course_of([CAPITAL | change])


def test_another_text_costs_no_card(press: Press, view: View) -> None:
    """The back says what else is right, the front does not; the numbers of the cards stay what they were."""
    course = course_of([CAPITAL])
    note_type, values = fields.renderer(course, {})(course.items[0])
    cards = press.cards(note_type, **dict(zip(note_type.fields, values, strict=True)))
    assert len(cards) == 3
    viewer = view()
    assert viewer.show(cards[0].question).get_by_text("chief town").count() == 0
    assert viewer.show(cards[0].answer).get_by_text("capital: chief town, seat").is_visible()
    (before,) = course_of([{key: CAPITAL[key] for key in ("id", "kind", "prompt")}]).items
    assert promises.clozes(course.items[0]) == promises.clozes(before)
