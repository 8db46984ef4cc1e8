from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from builder.cards.notetypes import OCCLUSION
from builder.cards.occlusion import share
from builder.deck import apkg
from tests import anki_collection
from tests.make.course import course_of
from tests.make.items import FIGURE
from tests.pictures import png

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from anki.collection import Collection

STAMP = 1_750_000_000
ITEM: dict[str, Any] = {
    "id": "house",
    "kind": "occlusion",
    "prompt": "Name the *parts*.",
    "image": {"file": FIGURE, "alt": "A house"},
    "boxes": [
        {"label": "roof", "at": [10, 5.5, 30, 20], "accept": ["hat"]},
        {"label": "do{{or}}", "at": [50, 40, 45, 60]},
    ],
    "explanation": "A house has both.",
}


@pytest.fixture
def collection(tmp_path: Path) -> Iterator[Collection]:
    """An empty collection."""
    made = anki_collection.new(tmp_path)
    yield made
    made.close()


def package(item: dict[str, Any], stamp: int = STAMP) -> bytes:
    """The package of a course with one item."""
    (data,) = apkg.files(course_of([item]), stamp).values()
    return data


def test_anki_knows_the_note_as_one_of_its_own(collection: Collection, tmp_path: Path) -> None:
    """Anki's editor for boxes on pictures reads picture, boxes and texts out of our note, and finds nothing to mend."""
    log = anki_collection.bring_in(collection, package(ITEM), tmp_path)
    assert len(log.new) == 1
    note = anki_collection.note(collection, "test:house")
    model = note.note_type()
    assert model
    assert model["originalStockKind"] == 6
    read = collection.get_image_occlusion_note(note.id).note
    assert read.image_data == png(40, 20)
    assert (read.header, read.occlude_inactive) == ("Name the <em>parts</em>.", True)
    boxes = [[(p.name, float(p.value)) for p in shape.properties] for it in read.occlusions for shape in it.shapes]
    assert sorted(map(dict, boxes), key=lambda box: box["left"]) == [
        {"left": 0.1, "top": 0.055, "width": 0.3, "height": 0.2, "oi": 1},
        {"left": 0.5, "top": 0.4, "width": 0.45, "height": 0.6, "oi": 1},
    ]
    assert len(note.cards()) == 2
    assert collection.get_empty_cards().notes == []
    assert collection.fix_integrity() == ("Database rebuilt and optimized.", True)


def test_the_fields_that_anki_edits_are_its_own(collection: Collection) -> None:
    """The first fields are those of Anki's type, in its order and with its tags."""
    collection._backend.add_image_occlusion_notetype()
    (stock,) = [m for m in collection.models.all() if m.get("originalStockKind") == 6]
    ours = OCCLUSION.model(STAMP)
    named = [(field["name"], field["tag"]) for field in stock["flds"]]
    assert [(field["name"], field["tag"]) for field in ours["flds"][: len(named)]] == named
    assert all("tag" not in field for field in ours["flds"][len(named) :])


def test_each_box_is_a_card_that_asks_for_it(collection: Collection, tmp_path: Path) -> None:
    """A card's front hides its box and the others; its back has the labels, the reason, and no boxes of braces."""
    anki_collection.bring_in(collection, package(ITEM), tmp_path)
    one, two = anki_collection.note(collection, "test:house").cards()
    assert '<div class="cloze" data-ordinal="1" data-shape="rect" data-left=".1"' in one.question()
    assert '<div class="cloze-inactive" data-ordinal="2"' in one.question()
    assert '<div class="cloze-highlight" data-ordinal="2"' in two.answer()
    assert "roof" not in one.question()
    for text in ("roof", "Accepted: hat", "A house has both."):
        assert text in one.answer()


def test_hide_one_leaves_the_others_in_sight(collection: Collection, tmp_path: Path) -> None:
    """With `mode: hide-one` no box but the one asked for hides anything."""
    anki_collection.bring_in(collection, package(ITEM | {"mode": "hide-one"}), tmp_path)
    note = anki_collection.note(collection, "test:house")
    assert not collection.get_image_occlusion_note(note.id).note.occlude_inactive


def test_an_update_loses_nothing(collection: Collection, tmp_path: Path) -> None:
    """A moved box and a new one at the end reach a student who has studied; cards and reviews stay as they are."""
    anki_collection.bring_in(collection, package(ITEM), tmp_path)
    collection.decks.set_current(collection.decks.by_name("Test")["id"])  # type: ignore[index]
    while card := collection.sched.getCard():
        collection.sched.answerCard(card, 4)
    before = anki_collection.progress(collection)
    moved = [ITEM["boxes"][0] | {"at": [11, 5.5, 30, 20]}, *ITEM["boxes"][1:]]
    log = anki_collection.bring_in(collection, package(ITEM | {"boxes": moved}, STAMP + 60), tmp_path)
    assert (len(log.new), len(log.updated), len(log.conflicting)) == (0, 1, 0)
    assert anki_collection.progress(collection) == before
    assert "left=.11:" in anki_collection.note(collection, "test:house")["Occlusion"]
    wider = [*moved, {"label": "cellar", "at": [0, 90, 10, 10]}]
    anki_collection.bring_in(collection, package(ITEM | {"boxes": wider}, STAMP + 120), tmp_path)
    assert len(anki_collection.note(collection, "test:house").cards()) == 3
    after = anki_collection.progress(collection)
    assert (after["revlog"], after["schema"]) == (before["revlog"], before["schema"])
    again = anki_collection.bring_in(collection, package(ITEM | {"boxes": wider}, STAMP + 120), tmp_path)
    assert len(again.duplicate) == 1


def test_a_withdrawn_note_has_no_card_to_study(collection: Collection, tmp_path: Path) -> None:
    """It has no box, and its cards are empty, so that Anki offers to delete them."""
    anki_collection.bring_in(collection, package(ITEM), tmp_path)
    retired = course_of([ITEM | {"retired": {"since": "2026-11-22", "reason": "wrong house"}}])
    ((_, withdrawn),) = apkg.rendered(retired).rows
    assert (withdrawn.fields[0], withdrawn.ordinals) == ("", ())
    note = anki_collection.note(collection, "test:house")
    note.fields = list(withdrawn.fields)
    collection.update_note(note)
    (found,) = collection.get_empty_cards().notes
    assert len(found.card_ids) == 2
    assert "This question has been withdrawn" in note.cards()[0].question()


@pytest.mark.parametrize(
    ("percent", "said"), [(12.5, ".125"), (0, "0"), (100, "1"), (0.001, ".00001"), (33.333, ".33333")]
)
def test_a_share_is_written_as_anki_writes_it(percent: float, said: str) -> None:
    """Per cent as a share of one, without zeros that say nothing."""
    assert share(percent) == said
