from __future__ import annotations

import io
import os
import tempfile
import unicodedata
import zipfile
from html.parser import HTMLParser
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import HealthCheck, given, settings

from builder.cards.notetypes import NOTE_TYPES
from builder.deck import apkg
from builder.loading.course import load, shipped
from builder.model import Cloze, Course, Item, Occlusion, Reversed
from tests import anki_collection, samples
from tests.make import strategies
from tests.make.course import course_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from anki.collection import Collection

STAMP = 1_750_000_000


@pytest.fixture
def collection(tmp_path: Path) -> Iterator[Collection]:
    """An empty collection of the official library."""
    opened = anki_collection.new(tmp_path)
    yield opened
    opened.close()


@pytest.fixture(scope="module")
def course() -> Course:
    """The shipped course."""
    loaded = load(shipped()).course
    assert loaded
    return loaded


def package(course: Course, stamp: int = STAMP) -> bytes:
    """The bytes of a course's package."""
    ((name, data),) = apkg.files(course, stamp).items()
    assert name == f"{course.id}.apkg"
    return data


def shown(html: str) -> str:
    """The text that a reader sees of a rendered card."""

    class Text(HTMLParser):
        text = ""
        hidden = 0

        def handle_starttag(self, tag: str, attrs: object) -> None:  # noqa: ARG002 - the base class names it
            self.hidden += tag in {"style", "script", "template"}

        def handle_endtag(self, tag: str) -> None:
            self.hidden -= tag in {"style", "script", "template"}

        def handle_data(self, data: str) -> None:
            self.text += "" if self.hidden else data

    parser = Text()
    parser.feed(html)
    return " ".join(parser.text.split())


def cards_of(item: Item) -> int:
    """How many cards an item should have."""
    if isinstance(item, Cloze):
        return len({blank.number for blank in item.blanks})
    if isinstance(item, Occlusion):
        return len(item.boxes)
    return 2 if isinstance(item, Reversed) else 1


def test_the_shipped_deck_imports_whole(collection: Collection, course: Course, tmp_path: Path) -> None:
    """Anki takes every item as a note with the cards it should have, in three decks, and finds nothing to mend."""
    log = anki_collection.bring_in(collection, package(course), tmp_path)
    assert len(log.new) == len(course.items) == collection.note_count()
    assert collection.card_count() == sum(map(cards_of, course.items))
    ours = {n.name for n in collection.models.all_names_and_ids() if n.name.startswith("her-study")}
    assert ours == {note.type.name for _, note in apkg.rendered(course).rows}, "Anki takes the types that notes have"
    decks = {d.name for d in collection.decks.all_names_and_ids()}
    below = {f"{course.anki.deck}::{name}" for name in ("Recall", "Practice", "Writing")}
    assert decks == {"Default", course.anki.deck, *below}
    assert collection.find_cards("deck:Default") == []
    problems, _ = collection.fix_integrity()
    assert problems == "Database rebuilt and optimized."
    assert collection.get_empty_cards().notes == []


def test_a_second_import_adds_nothing(collection: Collection, course: Course, tmp_path: Path) -> None:
    """The same package again is nothing but duplicates, without a full sync."""
    anki_collection.bring_in(collection, package(course), tmp_path)
    before = collection.mod
    log = anki_collection.bring_in(collection, package(course), tmp_path)
    assert (len(log.new), len(log.updated), len(log.conflicting)) == (0, 0, 0)
    assert len(log.duplicate) == len(course.items)
    assert collection.mod >= before


def test_an_edited_text_updates_the_note_and_leaves_its_scheduling_alone(
    collection: Collection, tmp_path: Path
) -> None:
    """A newer build with another text changes the fields; cards and reviews stay, row for row, without a full sync."""
    first = {"id": "a", "kind": "basic", "prompt": "Old prompt", "answer": "Old answer"}
    other = {"id": "b", "kind": "reversed", "prompt": "p", "answer": "a", "reverse_prompt": "r", "reverse_answer": "s"}
    anki_collection.bring_in(collection, package(course_of([first, other])), tmp_path)
    collection.decks.set_current(collection.decks.by_name("Test")["id"])  # type: ignore[index]
    while card := collection.sched.getCard():
        collection.sched.answerCard(card, 4)
    before = anki_collection.progress(collection)
    assert len(before["revlog"]) == 3
    edited = course_of([first | {"prompt": "New prompt"}, other])
    log = anki_collection.bring_in(collection, package(edited, STAMP + 60), tmp_path)
    assert (len(log.new), len(log.updated), len(log.conflicting)) == (0, 2, 0)
    assert anki_collection.note(collection, "test:a")["Prompt"] == "New prompt"
    assert anki_collection.progress(collection) == before


def test_every_kind_shows_front_and_back(collection: Collection, tmp_path: Path) -> None:
    """Each kind's card asks without giving away, and its back has answer, reason, place and reference."""
    loaded = load(samples.course(tmp_path / "course", samples.HERE / "good" / "all-kinds.yaml")).course
    assert loaded
    anki_collection.bring_in(collection, package(loaded), tmp_path)

    def sides(item_id: str, ordinal: int = 0) -> tuple[str, str]:
        card = anki_collection.note(collection, f"sample:{item_id}").cards()[ordinal]
        return shown(card.question()), shown(card.answer())

    expected = {
        "basic-full": (
            "What does Her call it?",
            ["Intimacy", "closeness", "A word that the paper uses often.", "par. 1", "Worden, J. W. (2009)"],
        ),
        "reversed-full": ("Who?", ["Worden"]),
        "cloze-full": ("A mourner [...] and adjusts in the end.", ["A mourner accepts and adjusts"]),
        "mcq-full": ("Which one?", ["this", "it is", "that", "it is not"]),
        "mcq-many": ("Which ones?", ["1988", "2009", "2018"]),
        "truefalse-full": ("It is so.", ["False", "It is not so."]),
        "matching-full": ("Match.", ["one", "two", "three"]),
        "ordering-full": ("Order.", ["first", "second", "third"]),
        "short-full": ("Explain.", ["because", "therefore"]),
        "essay-full": ("Discuss", ["Thesis", "Evidence", "none", "all"]),
    }
    for item_id, (ask, answers) in expected.items():
        front, back = sides(item_id)
        assert ask in front, item_id
        for answer in answers:
            assert answer in back, (item_id, answer)
    assert "Intimacy" not in sides("basic-full")[0]
    assert "it is not" not in sides("mcq-full")[0]
    assert "It is not so." not in sides("truefalse-full")[0]
    assert "because" not in sides("short-full")[0]
    assert sides("reversed-full", 1)[0].startswith("Which work?")
    assert "A mourner accepts and [verb] in the end." in sides("cloze-full", 1)[0]


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=25)
@given(strategies.banks(most=5))
def test_what_an_author_typed_comes_out_of_anki(bank: dict[str, Any]) -> None:
    """For any bank: every note arrives with its cards, its prompt as typed, and nothing is empty."""
    from builder.text import markup

    built = course_of(bank["items"])
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        collection = anki_collection.new(folder)
        try:
            log = anki_collection.bring_in(collection, package(built), folder)
            assert len(log.new) == len(built.items)
            for item in built.items:
                note = anki_collection.note(collection, f"test:{item.id}")
                assert len(note.cards()) == cards_of(item)
                if not isinstance(item, Cloze):
                    prompt = " ".join(markup.plain(item.prompt).split())
                    # Anki keeps text in normal form C.
                    assert unicodedata.normalize("NFC", prompt) in shown(note.cards()[0].question())
            assert collection.get_empty_cards().notes == []
        finally:
            collection.close()


def test_cards_are_due_in_the_order_of_study(collection: Collection, course: Course, tmp_path: Path) -> None:
    """New cards of each deck come in the order of the banks."""
    anki_collection.bring_in(collection, package(course), tmp_path)
    for deck, kinds in (
        ("Recall", {"basic", "reversed", "cloze"}),
        ("Writing", {"short", "essay"}),
        ("Practice", {"mcq", "truefalse", "matching", "ordering"}),
    ):
        query = (
            "select n.guid from cards c join notes n on n.id = c.nid where c.did = ? group by n.id order by min(c.due)"
        )
        did = collection.decks.id(f"{course.anki.deck}::{deck}")
        guids = collection.db.list(query, did)  # type: ignore[union-attr]
        assert guids == [f"her:{item.id}" for item in course.items if item.kind in kinds]


def test_tags_carry_the_topics(collection: Collection, course: Course, tmp_path: Path) -> None:
    """Theme, theory, level, source and citation are tags below the course's own name."""
    anki_collection.bring_in(collection, package(course), tmp_path)
    tags = set(anki_collection.note(collection, "her:worden-stuck-how").tags)
    assert tags >= {
        "her::theme::grief",
        "her::theory::worden",
        "her::bloom::understand",
        "her::difficulty::2",
        "her::source::paper",
        "her::cites::worden2009",
    }
    assert all(tag.startswith("her::") for tag in tags)


def test_an_image_travels_under_a_name_of_its_content(collection: Collection, tmp_path: Path) -> None:
    """The picture arrives in Anki's media folder, and the field names it with its alternative text."""
    picture = b"\x89PNG\r\n\x1a\n" + b"data"
    item = {"id": "a", "kind": "basic", "prompt": "p", "answer": "a", "image": {"file": "x.png", "alt": 'A "roof"'}}
    anki_collection.bring_in(collection, package(course_of([item], media={"x.png": picture})), tmp_path)
    field = anki_collection.note(collection, "test:a")["Image"]
    name = field.split('"')[1]
    assert name.startswith("test-")
    assert "&quot;roof&quot;" in field
    assert (Path(collection.media.dir()) / name).read_bytes() == picture


def test_what_is_written_out_comes_after_what_is_quick(collection: Collection, course: Course, tmp_path: Path) -> None:
    """Who studies the whole deck day by day gets no essay while a quick card is left, and finds essays by their tag."""
    anki_collection.bring_in(collection, package(course), tmp_path)
    deck = collection.decks.id(course.anki.deck)
    collection.decks.select(deck)  # type: ignore[arg-type]
    assert collection.db
    guids = {note_id: guid for note_id, guid in collection.db.all("select id, guid from notes")}  # noqa: C416 - typed so
    days: list[set[bool]] = []
    scheduler: Any = collection.sched
    while queue := [entry.card for entry in scheduler.get_queued_cards(fetch_limit=20).cards]:
        kinds = {course.by_id[guids[card.note_id].partition(":")[2]].kind for card in queue}
        days.append({kind in {"short", "essay"} for kind in kinds})
        scheduler.suspend_cards([card.id for card in queue])
    assert days[0] == {False}
    assert days[-1] == {True}
    assert [max(day) for day in days] == sorted(max(day) for day in days)
    essays = [item for item in course.items if item.kind == "essay"]
    assert len(collection.find_notes("tag:her::kind::essay")) == len(essays) > 0


def test_the_decks_page_says_what_it_is(collection: Collection, course: Course, tmp_path: Path) -> None:
    """Title, licence, sources and the way to a newer release stand in the description of the course's deck."""
    anki_collection.bring_in(collection, package(course), tmp_path)
    deck = collection.decks.by_name(course.anki.deck)
    assert deck
    said = shown(deck["desc"])
    assert said.startswith(course.title)
    for text in ("Licence: CC BY 4.0", "her-study upgrade --mine", *(s.title for s in course.sources.values())):
        assert text in said


def test_the_browser_shows_question_and_answer(collection: Collection, tmp_path: Path) -> None:
    """Its two columns have the prompt without the answers, and the answer without the prompt."""
    loaded = load(samples.course(tmp_path / "course", samples.HERE / "good" / "all-kinds.yaml")).course
    assert loaded
    anki_collection.bring_in(collection, package(loaded), tmp_path)
    collection._backend.set_active_browser_columns(["question", "answer"])

    def columns(item_id: str, ordinal: int = 0) -> list[str]:
        card = anki_collection.note(collection, f"sample:{item_id}").cards()[ordinal]
        return [cell.text for cell in collection._backend.browser_row_for_id(card.id).cells]

    assert columns("basic-full") == ["What does Her call it?", "Intimacy"]
    assert columns("reversed-full", 1) == ["Which work?", "Tasks"]
    assert columns("cloze-full")[0] == "A mourner [...] and adjusts in the end."
    assert columns("truefalse-full") == ["It is so.", "TrueFalse It is not so."]
    assert columns("matching-full")[0] == "Match."
    assert columns("short-full") == ["Explain.", "because 0.5therefore 1.5"]


def test_the_same_course_and_time_give_the_same_bytes(course: Course) -> None:
    """Two builds are equal to the byte, and deflated."""
    one, two = package(course), package(course)
    assert one == two
    with zipfile.ZipFile(io.BytesIO(one)) as archive:
        assert {i.compress_type for i in archive.infolist()} == {zipfile.ZIP_DEFLATED}
    assert package(course, STAMP + 1) != one


def test_no_temporary_file_is_left(course: Course, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The database is made in memory: the system's temporary folder stays empty."""
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    package(course)
    assert os.listdir(tmp_path) == []


def test_note_types_keep_their_shapes() -> None:
    """Ids, fields and templates are what they were: a change here breaks every student's collection."""
    shapes = {
        t.id: (t.name, t.is_cloze, " ".join(t.fields), " ".join(template.name for template in t.templates))
        for t in NOTE_TYPES
    }
    shared = "Image Explanation Sources Id Retired Spare1 Words Spare3 Spare4"
    assert shapes == {
        1_763_800_000_101: (
            "her-study Recall",
            False,
            f"Prompt Answer ReversePrompt ReverseAnswer Accept {shared}",
            "Recall Reverse Spare",
        ),
        1_763_800_000_102: ("her-study Cloze", True, f"Text {shared}", "Cloze"),
        1_763_800_000_103: ("her-study Choice", False, f"Prompt Options Feedback {shared}", "Choice Spare"),
        1_763_800_000_104: ("her-study Arrange", False, f"Prompt Parts Key {shared}", "Arrange Spare"),
        1_763_800_000_105: ("her-study Open", False, f"Prompt Task Guide {shared}", "Open Spare"),
        1_763_800_000_106: (
            "her-study Occlusion",
            True,
            f"Occlusion Image Header Back Extra Comments {shared.removeprefix('Image ')}",
            "Occlusion",
        ),
    }
    ids = [f["id"] for t in NOTE_TYPES for part in ("flds", "tmpls") for f in t.model(STAMP)[part]]
    assert len(ids) == len(set(ids))
