"""Passages on cards: folded above the question on both sides, for every kind of item."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from builder.cards import fields
from builder.model import Basic, Passage
from builder.wording import known, wording
from tests.make.course import course_of
from tests.make.items import EXAMPLES

if TYPE_CHECKING:
    from builder.cards.notetypes import NoteType
    from builder.model import Item
    from tests.browser import Press, View

PASSAGE = Passage(id="p", title="A letter", text="My dear {{c1::friend}},\n\n- one $x$\n- two [sound:a.mp3]\n\n> said")


def note(item: Item, language: str = "en-GB", passage: Passage | None = PASSAGE) -> tuple[NoteType, dict[str, str]]:
    """The fields of an item's note, by name, with the item on a passage."""
    course = course_of([item.model_copy(update={"passage": passage})], language=language)
    note_type, values = fields.renderer(course, {})(course.items[0])
    return note_type, dict(zip(note_type.fields, values, strict=True))


@pytest.mark.parametrize("item", EXAMPLES, ids=lambda item: item.id)
def test_nothing_but_the_question_is_changed(item: Item) -> None:
    """A passage stands before the text of each question, and no other field differs from those without one."""
    _, bare = note(item, passage=None)
    _, made = note(item)
    changed = {name for name in bare if bare[name] != made[name]}
    assert changed == {name for name in ("Prompt", "ReversePrompt", "Text", "Header") if bare.get(name)}
    for name in changed:
        assert made[name].startswith('<details class="passage"')
        assert made[name].endswith(f"</details>{bare[name]}")


# A picture is no file here, and asking for it would be trouble: what stands above one is looked at in the test of fields.
@pytest.mark.slow
@pytest.mark.parametrize("item", [item for item in EXAMPLES if not item.image], ids=lambda item: item.id)
@pytest.mark.parametrize("night", [False, True])
def test_the_passage_is_folded_above_the_question_and_opens(
    item: Item, press: Press, view: View, *, night: bool
) -> None:
    """On both sides of every card the passage is folded until it is tapped, then read as typed, on a narrow screen too."""
    note_type, values = note(item)
    for card in press.cards(note_type, **values):
        viewer = view(night=night, width=360)
        for side in card:
            page = viewer.show(side)
            folded = page.locator("details.passage")
            assert folded.count() == 1
            assert folded.locator("summary").inner_text() == "Text: A letter"
            assert not folded.locator("blockquote").is_visible()
            folded.locator("summary").click()
            assert "My dear {{c1::friend}}," in folded.inner_text()
            assert folded.locator("li").all_inner_texts() == ["one $x$", "two [sound:a.mp3]"]
            assert viewer.widest() == 360
            assert viewer.low_contrast() == []


def test_a_cloze_on_a_passage_has_the_cards_of_its_own_blanks(press: Press) -> None:
    """What looks like a blank in a passage makes no card."""
    gaps = next(item for item in EXAMPLES if item.id == "gaps")
    note_type, values = note(gaps)
    assert len(press.cards(note_type, **values)) == 2


@pytest.mark.parametrize("language", ["de", "ar", "ja"])
def test_the_word_for_a_text_is_in_the_language_of_the_course(language: str) -> None:
    """A passage without a title is headed by the course's own word alone."""
    item = Basic.model_validate({"id": "a", "kind": "basic", "prompt": "?", "answer": "!"})
    _, values = note(item, language, Passage(id="p", text="1"))
    assert f'<summary class="tappable">{wording(known(language) or "").cards["passage"]}</summary>' in values["Prompt"]
