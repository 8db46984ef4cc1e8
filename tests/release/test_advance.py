from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from builder.cards.notetypes import NOTE_TYPES, RECALL
from builder.diagnostics import BuilderError
from builder.loading.released import load_released
from builder.model import LockedNoteType
from builder.release import shape_problem
from tests.make.folder import DAY, FIRST
from tests.pictures import png

if TYPE_CHECKING:
    from tests.make.folder import Author


def test_the_lock_reads_back_as_it_was_written(author: Author) -> None:
    """Every item of the deck with guid, kind, bank, release and time; clozes by number; note types by id."""
    lock = author.lock
    assert lock
    assert (lock.release, lock.time, lock.course, lock.deck) == ("1.0.0", FIRST, "sample", "Sample")
    assert list(lock.items) == sorted(item.id for item in author.course.in_deck)
    cloze = lock.items["cloze-full"]
    assert (cloze.guid, cloze.kind, cloze.bank, cloze.state) == ("sample:cloze-full", "cloze", "bank", "active")
    assert cloze.clozes.keys() == {"1", "2"}
    assert {t.id for t in lock.note_types.values()} == {t.id for t in NOTE_TYPES}


def test_only_what_changed_gets_the_new_time(author: Author) -> None:
    """A release leaves release and time of all other notes as they were."""
    author.replace("answer: Intimacy", "answer: Closeness")
    author.release("1.1.0", FIRST + DAY)
    lock = author.lock
    assert lock
    assert {i for i, item in lock.items.items() if item.time != FIRST} == {"basic-full"}
    edited = lock.items["basic-full"]
    assert (edited.added, edited.release, edited.time) == ("1.0.0", "1.1.0", FIRST + DAY)
    assert all(t.time == FIRST for t in lock.note_types.values())


def test_a_diff_of_the_lock_is_a_line_an_item(author: Author) -> None:
    """What a release changes is readable: the head, and a line for each changed item, in both files."""
    files = [author.folder / "course.lock.yaml", author.folder / "released.jsonl"]
    before = [file.read_text("utf-8").splitlines() for file in files]
    author.replace("answer: Intimacy", "answer: Closeness")
    author.release("1.1.0", FIRST + DAY)
    after = [file.read_text("utf-8").splitlines() for file in files]
    assert [len(set(new) - set(old)) for old, new in zip(before, after, strict=True)] == [4, 1]


def test_the_released_texts_are_kept(author: Author) -> None:
    """`released.jsonl` holds each note's fields and tags, and a damaged line costs that note alone."""
    notes = load_released(author.loaded)
    assert notes["basic-full"].fields["Answer"] == "Intimacy"
    assert "sample::theme::love" in notes["basic-full"].tags
    file = author.folder / "released.jsonl"
    file.write_text(file.read_text("utf-8").replace('{"id":"basic-full"', "{", 1), "utf-8")
    assert load_released(author.loaded).keys() == notes.keys() - {"basic-full"}


@pytest.mark.parametrize(
    ("version", "time", "reason"),
    [
        ("1.0.0", FIRST + DAY, "not later than 1.0.0"),
        ("0.9.9", FIRST + DAY, "not later than 1.0.0"),
        ("1.0.1", FIRST, "Anki takes only what is newer"),
        ("2.0.0", FIRST - DAY, "Anki takes only what is newer"),
    ],
)
def test_versions_and_times_only_rise(author: Author, version: str, time: int, reason: str) -> None:
    """A version or clock that goes backwards is refused, and the lock stays as it was."""
    before = (author.folder / "course.lock.yaml").read_bytes()
    with pytest.raises(BuilderError, match=reason):
        author.release(version, time)
    assert (author.folder / "course.lock.yaml").read_bytes() == before


def test_versions_are_compared_as_numbers(author: Author) -> None:
    """1.10.0 comes after 1.9.0."""
    author.release("1.9.0", FIRST + DAY)
    author.release("1.10.0", FIRST + 2 * DAY)
    assert author.lock
    assert author.lock.release == "1.10.0"


def locked(**changes: object) -> LockedNoteType:
    """Recall as it was released."""
    parts = {
        "id": RECALL.id,
        "digest": "0" * 16,
        "release": "1.0.0",
        "time": FIRST,
        "fields": RECALL.field_ids,
        "templates": RECALL.template_ids,
    }
    return LockedNoteType.model_validate(parts | changes)


def test_a_spare_field_may_take_a_name() -> None:
    """A spare field of another name but the same id and place is what spares are for."""
    names = {("Spare1" if name == "Hint" else name): i for name, i in RECALL.field_ids.items()}
    assert not shape_problem(RECALL, locked(fields=names))


def test_a_field_past_the_spares_is_refused() -> None:
    """One field or template more, fewer, or elsewhere, and students' notes would conflict for ever."""
    fewer = dict(list(RECALL.field_ids.items())[:-1])
    turned = dict(reversed(RECALL.field_ids.items()))
    for fields in (fewer, turned):
        assert "never be updated" in shape_problem(RECALL, locked(fields=fields))
    assert "other templates" in shape_problem(RECALL, locked(templates=dict(list(RECALL.template_ids.items())[:-1])))


def test_the_lock_keeps_media_names(author: Author) -> None:
    """A picture's name in Anki is recorded, and stays recorded when the picture is gone."""
    from builder.cards.fields import media_name

    (author.folder / "cat.png").write_bytes(png())
    author.replace("    answer: Intimacy\n", "    answer: Intimacy\n    image: {file: cat.png, alt: a cat}\n")
    name = media_name(author.course, "cat.png")
    author.release("1.1.0", FIRST + DAY)
    author.replace("    image: {file: cat.png, alt: a cat}\n", "")
    author.release("1.2.0", FIRST + 2 * DAY)
    assert author.lock
    assert set(author.lock.media) == {name, media_name(author.course, "flower.png")}
