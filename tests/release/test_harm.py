"""What each refusal of `release` spares a student: the unsafe package is built past it, and given to Anki."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from click.testing import CliRunner

from builder.cards import notetypes
from builder.cli import main
from builder.deck import apkg
from builder.diagnostics import BuilderError
from tests import anki_collection
from tests.make.folder import DAY, FIRST

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from anki.collection import Collection

    from tests.make.folder import Author

LATER = FIRST + DAY


class Student:
    """A student who has studied release 1.0.0."""

    def __init__(self, collection: Collection, folder: Path) -> None:
        self.col, self.folder = collection, folder

    def bring(self, author: Author, stamp: int = LATER) -> dict[str, int]:
        """Import the course as it stands, all stamped `stamp` and past every refusal; what Anki counts."""
        (package,) = apkg.files(author.course, stamp).values()
        log = anki_collection.bring_in(self.col, package, self.folder)
        return {name: len(getattr(log, name)) for name in ("new", "updated", "duplicate", "conflicting")}

    def study(self, guid: str) -> None:
        """Answer the cards of a note with Easy."""
        for card_id in anki_collection.note(self.col, guid).card_ids():
            card = self.col.get_card(card_id)
            card.start_timer()
            self.col.sched.answerCard(card, 4)

    def cards(self, guid: str) -> list[Any]:
        """The cards of a note, in order."""
        return anki_collection.note(self.col, guid).cards()

    def empty(self) -> dict[str, list[int]]:
        """The cards that Empty Cards would delete: their places by guid."""
        return {
            self.col.get_note(n.note_id).guid: sorted(self.col.get_card(c).ord for c in n.card_ids)
            for n in self.col.get_empty_cards().notes
        }


@pytest.fixture
def student(author: Author, tmp_path: Path) -> Iterator[Student]:
    """A student with release 1.0.0."""
    collection = anki_collection.new(tmp_path)
    student = Student(collection, tmp_path)
    student.bring(author, FIRST)
    yield student
    collection.close()


def refused(author: Author) -> list[str]:
    """The codes of the errors that stop a release."""
    return [p.code for p in author.problems() if str(p.severity) == "error"]


def test_a_changed_id_doubles_the_card(student: Student, author: Author) -> None:
    """The old note stays in study with its progress, and the same question comes again as new."""
    student.study("sample:truefalse-full")
    author.replace("id: truefalse-full", "id: truefalse-other")
    assert student.bring(author)["new"] == 1
    texts = [student.cards(f"sample:truefalse-{name}")[0].note()["Prompt"] for name in ("full", "other")]
    assert texts[0] == texts[1]
    assert [student.cards(f"sample:truefalse-{name}")[0].reps for name in ("full", "other")] == [1, 0]
    assert refused(author) == ["id-changed"]


def test_a_deleted_item_is_studied_for_ever(student: Student, author: Author) -> None:
    """Anki never takes a note away: the withdrawn question stays due, and nothing can reach it any more."""
    author.replace(
        "- id: mcq-full",
        "- id: out-of-sight\n    retired: {since: 2026-01-01, reason: x}\n    kind: basic\n    prompt: p\n    answer: a\n  - id: mcq-full",
    )
    author.release("1.1.0", LATER)
    student.bring(author)
    text = author.bank.read_text("utf-8")
    start = text.index("  - id: truefalse-full")
    author.bank.write_text(text[:start] + text[text.index("  - id:", start + 5) :], "utf-8")
    student.bring(author, LATER + DAY)
    assert student.cards("sample:truefalse-full")[0].note()["Retired"] == ""
    assert "sample:truefalse-full" not in student.empty()
    assert refused(author) == ["item-removed"]


def test_an_id_that_is_used_again_hands_on_foreign_progress(student: Student, author: Author) -> None:
    """A question that was never asked comes with the reviews of the retired one."""
    student.study("sample:basic-full")
    author.retire("basic-full")
    author.release("1.1.0", LATER)
    student.bring(author)
    author.replace("    retired: {since: 2026-01-01, reason: worn out}\n", "")
    author.replace("What does *Her* call it?", "Quite another question?")
    student.bring(author, LATER + DAY)
    (card,) = student.cards("sample:basic-full")
    assert "Quite another question?" in card.question()
    assert card.reps == 1
    assert refused(author) == ["id-reused"]


TRUEFALSE = "kind: truefalse\n    prompt: It is so.\n    answer: false\n    correction: It is not so.\n"


def test_another_kind_conflicts_and_is_never_updated(student: Student, author: Author) -> None:
    """Anki keeps the old note type: the note stays as it was, in this import and all that follow."""
    author.replace(TRUEFALSE, "kind: basic\n    prompt: Is it so?\n    answer: No\n")
    assert student.bring(author)["conflicting"] == 1
    assert student.bring(author, LATER + DAY)["conflicting"] == 1
    assert student.cards("sample:truefalse-full")[0].note()["Prompt"] == "It is so."
    assert refused(author) == ["kind-changed"]


def test_a_way_back_that_goes_leaves_an_empty_card(student: Student, author: Author) -> None:
    """The reverse card goes blank, and Empty Cards deletes it with its progress."""
    student.study("sample:reversed-full")
    author.replace("kind: reversed", "kind: basic")
    author.replace("    reverse_prompt: Which work?\n    reverse_answer: Tasks\n", "")
    student.bring(author)
    assert student.empty()["sample:reversed-full"] == [1]
    assert student.cards("sample:reversed-full")[1].reps == 1
    assert refused(author) == ["kind-changed"]


def test_a_cloze_number_that_goes_leaves_an_empty_card(student: Student, author: Author) -> None:
    """The card of the number has nothing to ask, and Empty Cards deletes it with its progress."""
    student.study("sample:cloze-full")
    author.replace("{{c1::accepts}}", "accepts")
    student.bring(author)
    assert student.empty()["sample:cloze-full"] == [0]
    assert student.cards("sample:cloze-full")[0].reps == 1
    assert refused(author) == ["cloze-shifted"]


def test_cloze_numbers_that_change_places_swap_the_progress(student: Student, author: Author) -> None:
    """The reviews of one blank are now those of the other."""
    first = student.cards("sample:cloze-full")[0]
    first.start_timer()
    student.col.sched.answerCard(first, 4)
    assert 'data-cloze="accepts"' in first.question()
    author.replace("{{c1::accepts}} and {{c2::adjusts::verb}}", "{{c2::accepts}} and {{c1::adjusts}}")
    student.bring(author)
    card = student.cards("sample:cloze-full")[0]
    assert card.reps == 1
    assert 'data-cloze="adjusts"' in card.question()
    assert refused(author) == ["cloze-shifted"]


def test_a_field_past_the_spares_cuts_students_off(
    student: Student, author: Author, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Every note of the type conflicts from then on, and new ones come under a second note type."""
    with monkeypatch.context() as patch:
        patch.setattr(notetypes, "_SHARED", (*notetypes._SHARED, "Extra"))
        for note_type in notetypes.NOTE_TYPES:
            note_type.__dict__.pop("digest", None)
        author.append("  - {id: extra, kind: basic, prompt: More?, answer: Yes}\n")
        log = student.bring(author)
        assert log["conflicting"] == len(author.course.in_deck) - 2
        assert log["new"] == 1
        assert student.cards("sample:extra")[0].note_type()["name"] != "her-study Recall"
        with pytest.raises(BuilderError, match="never be updated"):
            author.release("1.1.0", LATER)
    for note_type in notetypes.NOTE_TYPES:
        note_type.__dict__.pop("digest", None)


def test_a_renamed_deck_splits_the_course(student: Student, author: Author) -> None:
    """Old cards stay where they are; only new ones come to the new deck."""
    head = author.folder / "course.yaml"
    head.write_text(head.read_text("utf-8").replace("deck: Sample", "deck: Another"), "utf-8")
    author.append("  - {id: extra, kind: basic, prompt: More?, answer: Yes}\n")
    student.bring(author)
    names = [student.col.decks.name(student.cards(f"sample:{i}")[0].did) for i in ("basic-full", "extra")]
    assert names == ["Sample::Recall", "Another::Recall"]
    assert refused(author) == ["deck-renamed"]


def test_a_renamed_course_doubles_every_card(student: Student, author: Author) -> None:
    """All guids change: the whole course comes again, without any progress."""
    head = author.folder / "course.yaml"
    head.write_text(head.read_text("utf-8").replace("course: sample", "course: another"), "utf-8")
    assert student.bring(author)["new"] == len(author.course.in_deck) - 1
    assert refused(author) == ["course-renamed"]


def test_a_clock_that_goes_backwards_hides_the_edit(student: Student, author: Author) -> None:
    """A release with an earlier time is all duplicates: the correction never arrives."""
    author.replace("answer: Intimacy", "answer: Closeness")
    assert student.bring(author, FIRST - DAY)["updated"] == 0
    assert student.cards("sample:basic-full")[0].note()["Answer"] == "Intimacy"
    with pytest.raises(BuilderError, match="Anki takes only what is newer"):
        author.release("1.1.0", FIRST - DAY)


def test_a_clock_in_the_future_locks_out_what_follows(student: Student, author: Author) -> None:
    """After a release of tomorrow, an honest one of today is skipped."""
    author.replace("answer: Intimacy", "answer: Closeness")
    student.bring(author, LATER + 400 * DAY)
    author.replace("answer: Closeness", "answer: Nearness")
    assert student.bring(author, LATER)["updated"] == 0
    assert student.cards("sample:basic-full")[0].note()["Answer"] == "Closeness"
    call = ["release", "1.1.0", str(author.folder), "--date", "2999-01-01", "--no-lint"]
    assert "lies in the future" in CliRunner().invoke(main, call).stderr
