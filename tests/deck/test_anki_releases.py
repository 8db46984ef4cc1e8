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


def test_retired_notes_come_last(author: Author) -> None:
    """A new student meets tombstones after all that is alive."""
    from builder.deck import apkg

    author.retire("basic-full")
    rows = [note.id for _, note in apkg.rendered(author.course).rows]
    assert rows[-2:] == ["basic-full", "out-of-use"]
