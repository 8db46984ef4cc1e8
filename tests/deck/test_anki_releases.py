from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests import anki_collection
from tests.make.folder import DAY, FIRST

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from anki.collection import Collection

    from tests.make.folder import Author


@pytest.fixture
def student(author: Author, tmp_path: Path) -> Iterator[Collection]:
    """A student who has imported release 1.0.0."""
    collection = anki_collection.new(tmp_path)
    anki_collection.bring_in(collection, author.package(), tmp_path)
    yield collection
    collection.close()


def test_a_note_has_the_time_of_the_release_that_changed_it(student: Collection, author: Author) -> None:
    """Whenever the package is built, its notes and note types carry the time of their release."""
    assert author.package(FIRST + 5 * DAY) == author.package(FIRST + 50 * DAY)
    assert student.db
    assert student.db.list("select distinct mod from notes") == [FIRST]


def test_what_a_release_leaves_alone_keeps_the_students_edits_and_tags(
    student: Collection, author: Author, tmp_path: Path
) -> None:
    """Only the edited note is updated, and it says in which release; the student's edit of another lives on."""
    own = anki_collection.note(student, "sample:reversed-full")
    own["Answer"] += " (my note)"
    own.tags.append("exam")
    student.update_note(own)
    author.replace("answer: Intimacy", "answer: Closeness")
    author.release("1.1.0", FIRST + DAY)
    log = anki_collection.bring_in(student, author.package(), tmp_path)
    assert (len(log.new), len(log.updated), len(log.conflicting)) == (0, 1, 0)
    edited = anki_collection.note(student, "sample:basic-full")
    assert edited["Answer"] == "Closeness"
    assert "sample::updated::1.1.0" in edited.tags
    kept = anki_collection.note(student, "sample:reversed-full")
    assert kept["Answer"] == "Worden (my note)"
    assert "exam" in kept.tags


def test_an_unreleased_edit_reaches_who_tries_it_and_the_release_follows(
    student: Collection, author: Author, tmp_path: Path
) -> None:
    """A build before the release updates the note, and the release after it updates it again."""
    author.replace("answer: Intimacy", "answer: Closeness")
    trial = anki_collection.bring_in(student, author.package(FIRST + DAY), tmp_path)
    assert len(trial.updated) == 1
    author.replace("answer: Closeness", "answer: Nearness")
    author.release("1.1.0", FIRST + 2 * DAY)
    assert len(anki_collection.bring_in(student, author.package(), tmp_path).updated) == 1
    assert anki_collection.note(student, "sample:basic-full")["Answer"] == "Nearness"


def test_an_old_stamp_never_turns_a_note_back(student: Collection, author: Author, tmp_path: Path) -> None:
    """An edit that is built with a clock before the release is still newer than the release."""
    author.replace("answer: Intimacy", "answer: Closeness")
    assert len(anki_collection.bring_in(student, author.package(1), tmp_path).updated) == 1


def test_a_new_student_gets_no_card_of_a_retired_note(author: Author, tmp_path: Path) -> None:
    """Its note comes without a card; one that was retired before any student had it does not come at all."""
    author.retire("basic-full")
    author.retire("cloze-full")
    author.release("1.1.0", FIRST + DAY)
    collection = anki_collection.new(tmp_path)
    anki_collection.bring_in(collection, author.package(), tmp_path)
    assert collection.db
    bare = collection.db.list("select guid from notes where id not in (select nid from cards) order by guid")
    assert bare == ["sample:basic-full", "sample:cloze-full"]
    assert collection.find_notes("sample:out-of-use") == []
    assert collection.get_empty_cards().notes == []
    collection.close()


def test_who_has_a_retired_note_is_told_and_can_be_rid_of_it(
    student: Collection, author: Author, tmp_path: Path
) -> None:
    """Its card says that it is withdrawn; once the note is deleted, no later release brings a card of it."""
    author.retire("basic-full")
    author.release("1.1.0", FIRST + DAY)
    assert len(anki_collection.bring_in(student, author.package(), tmp_path).updated) == 1
    note = anki_collection.note(student, "sample:basic-full")
    assert note["Retired"] == "2026-01-01: worn out"
    assert "sample::retired" in note.tags
    (card,) = note.cards()
    assert "This question has been withdrawn" in card.question()
    (report,) = student.get_empty_cards().notes
    assert (report.note_id, report.will_delete_note) == (note.id, True)
    student.remove_notes([note.id])
    cards = student.card_count()
    author.replace("point: because", "point: for this reason")
    author.release("1.2.0", FIRST + 2 * DAY)
    anki_collection.bring_in(student, author.package(), tmp_path)
    assert student.card_count() == cards
    # The one thing that a package can't keep Anki from: Check Database gives every note a card.
    student.fix_integrity()
    assert student.card_count() == cards + 1


def test_retired_notes_come_last(author: Author) -> None:
    """What is out of use takes no place in the order of study."""
    from builder.deck import apkg

    author.retire("basic-full")
    rows = [note.id for _, note in apkg.rendered(author.course).rows]
    assert rows[-2:] == ["basic-full", "out-of-use"]
