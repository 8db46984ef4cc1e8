from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from builder.cards import fields, html
from builder.loading.course import load, shipped
from builder.model.course import Paragraph, Place, Section, Source
from builder.text import cloze, languages
from builder.wording import wording
from tests.make.course import course_of

if TYPE_CHECKING:
    from builder.model import Course
    from builder.model.items import Item


def place(section: str, kind: str, number: int) -> Place:
    """A paragraph, fact or reference of the one source."""
    paragraph = Paragraph(id=f"paper/{section}/p{number}", gist=f"Fact {number}")
    made = Section.model_validate(
        {"id": f"paper/{section}", "title": section.title(), "kind": kind, "paragraphs": (paragraph,)}
    )
    return Place(Source(id="paper", title="Paper", sections=(made,)), made, paragraph, number)


@pytest.mark.parametrize(
    ("places", "entries"),
    [
        ([("intro", "body", 3)], ["Paper, “Intro”, par.\u00a03"]),
        ([("intro", "body", 4), ("intro", "body", 3)], ["Paper, “Intro”, pars.\u00a03 and 4"]),
        (
            [("intro", "body", 8), ("end", "body", 1), ("intro", "body", 3), ("intro", "body", 4)],
            ["Paper, “Intro”, pars.\u00a03, 4 and 8", "Paper, “End”, par.\u00a01"],
        ),
        ([("works", "references", 2), ("works", "references", 5)], ["Paper, Works, nos.\u00a02 and 5"]),
        ([("cast", "facts", 1), ("cast", "facts", 2)], ["Paper: Fact 1", "Paper: Fact 2"]),
    ],
)
def test_paragraphs_of_one_section_are_one_entry(places: list[tuple[str, str, int]], entries: list[str]) -> None:
    """Sections stand in the order of their first mention, paragraphs in that of the text; each fact is its own entry."""
    assert list(fields._cited([place(*p) for p in places], wording("en"))) == [f"<li>{entry}</li>" for entry in entries]


def accept_of(course: Course, item: Item) -> str:
    """The field of other answers."""
    note_type, values = fields.renderer(course, {})(item)
    return dict(zip(note_type.fields, values, strict=True))["Accept"]


@pytest.mark.parametrize("kind", ["basic", "reversed"])
def test_the_card_knows_how_an_answer_is_compared(kind: str) -> None:
    """`case` and `accents` reach the card with the accepted answers; what is usual needs no word."""
    both = {"id": "b", "case": "true", "accents": "false"}
    back = {"reverse_prompt": "r", "reverse_answer": "s"} if kind == "reversed" else {}
    base = {"kind": kind, "prompt": "p", "answer": "a", "accept": ["x"], **back}
    course = course_of([{"id": "a", **base}, {**base, **both}])
    assert [accept_of(course, item) for item in course.items] == [
        "<li>x</li>",
        '<li data-case="1" data-accents="0">x</li>',
    ]


def test_sources_of_the_course_name_each_section_once() -> None:
    """No card of the shipped course repeats a section in its list of sources."""
    course = load(shipped()).course
    assert course
    for item in course.items:
        entries = list(fields._cited([course.places[name] for name in item.locator], course.words))
        sections = {course.places[name].section.id for name in item.locator}
        facts = [name for name in item.locator if course.places[name].section.kind == "facts"]
        assert len(entries) <= len(sections) + len(facts)


def test_a_recording_is_played_and_its_words_wait_behind_the_answer() -> None:
    """Anki's own mark stands beside the picture; the transcript is folded below the explanation, and never on the front."""
    audio = {"file": "call.mp3", "transcript": "Good <morning>"}
    item = {"id": "a", "kind": "basic", "prompt": "Who calls?", "answer": "a", "explanation": "Why", "audio": audio}
    course = course_of([item], media={"call.mp3": b"ID3"})
    note_type, values = fields.renderer(course, {})(course.items[0])
    field = dict(zip(note_type.fields, values, strict=True))
    assert field["Image"] == f"[sound:{fields.media_name(course, 'call.mp3')}]"
    assert field["Explanation"].startswith("Why<details>")
    assert "Good &lt;morning&gt;" in field["Explanation"]
    assert "morning" not in "".join(values).replace(field["Explanation"], "")


def test_words_in_another_language_say_it() -> None:
    """By their author's code or by their letters; a card is in no language that is known, so the course's letters say theirs."""
    prompt = "Was ist [le {{c1::chat}}]{lang=fr} und かな?"
    course = course_of([{"id": "a", "kind": "cloze", "prompt": prompt}], language="ja-JP")
    _, (text, *_) = fields.renderer(course, {})(course.items[0])
    french, kana = '<span lang="fr" dir="ltr">{}</span>', '<span lang="ja-JP" dir="ltr">かな</span>'
    assert text == f"Was ist {french.format('le ')}{{{{c1::{french.format('chat')}}}}} und {kana}?"
    rest = [{"id": "a", "kind": "basic", "prompt": "Was ist سلام?", "answer": "Plain"}]
    _, (prompt, answer, *_) = fields.renderer(course_of(rest), {})(course_of(rest).items[0])
    assert (prompt, answer) == ('Was ist <span lang="ar" dir="rtl">سلام</span>?', "Plain")


_PIECES = st.one_of(
    st.sampled_from(
        ["{{c1::", "}}", "{{c12::", "{{c0::", "::", " ", "  ", "-", "1.", "#", "|", "www.x.org", "*a*", "é"]
    ),
    st.text("ab .,'\"%=+<&$", max_size=4),
    st.text("ab c.", max_size=5).map("{{{{c1::{}}}}}".format),
)


@given(st.lists(_PIECES, max_size=7).map("".join))
@example("The film is by {{c1::Spike Jonze}}, of {{c2::2013}}.")
def test_a_plain_cloze_text_is_written_as_any_other(text: str) -> None:
    """Leaving a text as it stands, where that is faster, gives what the parser and the writer give."""
    written = html._Writer({}, languages.speech(text, "", ""), "Transcript").text(cloze.read(text))
    assert html.cloze_html(text) == written
