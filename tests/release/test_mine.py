from __future__ import annotations

import os
from typing import TYPE_CHECKING, Any

import pytest
from anki.collection import DeckIdLimit, ExportAnkiPackageOptions
from click.testing import CliRunner, Result
from hypothesis import given
from hypothesis import strategies as st

from builder.cli import main
from builder.deck import apkg
from builder.deck.shapes import Shape
from builder.deck.student import Export, Owned
from builder.disk.archive import zipped
from builder.loading.released import load_released
from builder.release import mine
from tests import anki_collection
from tests.make.course import course_of
from tests.make.folder import DAY, FIRST

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from anki.collection import Collection

    from tests.make.folder import Author


@pytest.fixture
def student(author: Author, tmp_path: Path) -> Iterator[Collection]:
    """A student of release 1.0.0 who wrote into five notes, tagged two, suspended and studied some, deleted one."""
    collection = anki_collection.new(tmp_path)
    anki_collection.bring_in(collection, author.package(), tmp_path)
    for item_id, field, text in (
        ("basic-full", "Explanation", "my <b>mnemonic</b>"),  # release 1.1.0 edits its answer
        ("mcq-full", "Explanation", "my own reason"),  # untouched by 1.1.0
        ("short-full", "Prompt", "Explain, in my words."),  # 1.1.0 edits the same field
        ("essay-full", "Prompt", "Discuss as the release will."),  # as 1.1.0 will have it
    ):
        note = anki_collection.note(collection, f"sample:{item_id}")
        note[field] = text
        collection.update_note(note)
    for item_id in ("basic-full", "reversed-full"):
        note = anki_collection.note(collection, f"sample:{item_id}")
        note.tags += ["exam", "her::own"]
        collection.update_note(note)
    collection.remove_notes([anki_collection.note(collection, "sample:ordering-full").id])
    collection.decks.select(collection.decks.id("Sample::Recall"))  # type: ignore[arg-type]
    for _ in range(2):
        card = collection.sched.getCard()
        assert card
        collection.sched.answerCard(card, 4)
    collection.sched.suspend_cards(anki_collection.note(collection, "sample:reversed-full").card_ids())
    yield collection
    collection.close()


@pytest.fixture
def second(author: Author) -> Author:
    """Release 1.1.0 of the day after."""
    author.replace("answer: Intimacy", "answer: Closeness")
    author.replace("prompt: Explain.", "prompt: Explain briefly.")
    author.replace("prompt: Discuss $x_1$.", "prompt: Discuss as the release will.")
    author.append("  - {id: basic-new, kind: basic, prompt: New?, answer: Yes}\n")
    author.release("1.1.0", FIRST + DAY)
    return author


def exported(collection: Collection, path: Path, **options: Any) -> Path:
    """The student's own export of the deck."""
    deck = collection.decks.id_for_name("Sample")
    assert deck
    wanted = ExportAnkiPackageOptions(**({"with_scheduling": True, "with_media": True} | options))
    collection.export_anki_package(out_path=str(path), options=wanted, limit=DeckIdLimit(deck))
    return path


def upgrade(export: Path, author: Author, *more: str) -> Result:
    """One call of the command."""
    out = str(author.folder.parent / "out")
    return CliRunner().invoke(main, ["upgrade", "--mine", str(export), str(author.folder), "-o", out, *more])


@pytest.mark.parametrize("legacy", [False, True], ids=["new", "legacy"])
@pytest.mark.parametrize("scheduling", [False, True], ids=["bare", "scheduled"])
def test_release_and_student_are_joined(
    student: Collection,
    second: Author,
    tmp_path: Path,
    legacy: bool,  # noqa: FBT001 - a parameter
    scheduling: bool,  # noqa: FBT001 - a parameter
) -> None:
    """After the import both sides' texts and tags are there, reviews and suspension too, and nothing came back."""
    export = exported(student, tmp_path / "mine.apkg", legacy=legacy, with_scheduling=scheduling)
    result = upgrade(export, second, "--prefer", "mine")
    assert result.exit_code == 0, result.output
    before = anki_collection.progress(student)
    package = (tmp_path / "out" / "sample-mine.apkg").read_bytes()
    log = anki_collection.bring_in(student, package, tmp_path)
    assert (len(log.new), len(log.conflicting)) == (1, 0)

    def note(item_id: str) -> Any:
        return anki_collection.note(student, f"sample:{item_id}")

    assert (note("basic-full")["Answer"], note("basic-full")["Explanation"]) == ("Closeness", "my <b>mnemonic</b>")
    assert {"exam", "her::own", "sample::updated::1.1.0"} <= set(note("basic-full").tags)
    assert note("mcq-full")["Explanation"] == "my own reason"
    assert note("short-full")["Prompt"] == "Explain, in my words."
    assert note("essay-full")["Prompt"] == "Discuss as the release will."
    assert "exam" in note("reversed-full").tags
    assert note("basic-new")["Answer"] == "Yes"
    with pytest.raises(ValueError, match="not enough values"):
        note("ordering-full")
    after = anki_collection.progress(student)
    old = {row[0] for row in before["cards"]}
    assert [row for row in after["cards"] if row[0] in old] == before["cards"]
    assert (after["revlog"], after["schema"]) == (before["revlog"], before["schema"])
    assert student.db
    assert student.db.list("select id from notes where id not in (select nid from cards)") == []
    again = anki_collection.bring_in(student, package, tmp_path)
    assert (len(again.new), len(again.updated)) == (0, 0)
    # The plain package of the same release takes nothing of it away; only what was deleted comes again.
    plain = anki_collection.bring_in(student, second.package(), tmp_path)
    assert (len(plain.new), len(plain.updated)) == (1, 0)


def test_the_same_export_gives_the_same_bytes(student: Collection, second: Author, tmp_path: Path) -> None:
    """Although Anki's library gives the keys of a note type in another order each time."""
    export = exported(student, tmp_path / "mine.apkg")
    made = set()
    for _ in range(3):
        assert upgrade(export, second, "--prefer", "mine").exit_code == 0
        made.add((tmp_path / "out" / "sample-mine.apkg").read_bytes())
    assert len(made) == 1


def test_a_conflict_needs_a_word(student: Collection, second: Author, tmp_path: Path) -> None:
    """A field that both changed is listed with both texts, and nothing is written until the student chooses."""
    export = exported(student, tmp_path / "mine.apkg")
    result = upgrade(export, second)
    assert result.exit_code == 1
    assert "1 text changed by both: which one?" in result.stderr
    assert "short-full, Prompt\n    yours:   Explain, in my words.\n    release: Explain briefly." in result.stderr
    assert not (tmp_path / "out").exists()
    assert upgrade(export, second, "--prefer", "release").exit_code == 0
    package = (tmp_path / "out" / "sample-mine.apkg").read_bytes()
    anki_collection.bring_in(student, package, tmp_path)
    assert anki_collection.note(student, "sample:short-full")["Prompt"] == "Explain briefly."


def test_what_is_missing_is_told_and_restored_on_request(student: Collection, second: Author, tmp_path: Path) -> None:
    """A deleted note is listed and left out; --restore brings it back; a new note is never called missing."""
    export = exported(student, tmp_path / "mine.apkg")
    told = upgrade(export, second, "--prefer", "mine").stderr
    assert "1 note not in your export: left out\n  deleted (--restore brings them back), or in a filtered deck" in told
    assert "\n  ordering-full\n" in told
    assert "basic-new" not in told
    assert "1 note not in your export: brought in" in upgrade(export, second, "--prefer", "mine", "--restore").stderr
    package = (tmp_path / "out" / "sample-mine.apkg").read_bytes()
    assert len(anki_collection.bring_in(student, package, tmp_path).new) == 2


def test_who_skipped_a_release_is_known_by_its_texts(student: Collection, second: Author, tmp_path: Path) -> None:
    """A text of any earlier release is no text of the student's, and their own still is."""
    second.replace("answer: Closeness", "answer: Nearness")
    second.release("1.2.0", FIRST + 2 * DAY)
    assert upgrade(exported(student, tmp_path / "mine.apkg"), second, "--prefer", "mine").exit_code == 0
    anki_collection.bring_in(student, (tmp_path / "out" / "sample-mine.apkg").read_bytes(), tmp_path)
    note = anki_collection.note(student, "sample:basic-full")
    assert (note["Answer"], note["Explanation"]) == ("Nearness", "my <b>mnemonic</b>")


def test_a_student_without_changes_gets_the_plain_release(second: Author, tmp_path: Path) -> None:
    """Nothing is kept, nothing conflicts, and the import does just what that of the release does."""
    collection = anki_collection.new(tmp_path)
    anki_collection.bring_in(collection, second.package(), tmp_path)
    result = upgrade(exported(collection, tmp_path / "mine.apkg"), second)
    assert result.exit_code == 0
    assert "0 notes with tags of your own" in result.stderr
    log = anki_collection.bring_in(collection, (tmp_path / "out" / "sample-mine.apkg").read_bytes(), tmp_path)
    assert (len(log.new), len(log.updated)) == (0, 0)
    collection.close()


def test_the_folder_that_tmpdir_names_may_be_missing(
    student: Collection, second: Author, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Anki's library, which looks for no other one, unpacks where everything else of the command does."""
    export = exported(student, tmp_path / "mine.apkg")
    monkeypatch.setenv("TMPDIR", str(tmp_path / "none"))
    result = upgrade(export, second, "--prefer", "mine")
    assert result.exit_code == 0, result.output
    assert os.environ["TMPDIR"] == str(tmp_path / "none")


def test_what_is_no_export_is_a_wrong_call(second: Author, tmp_path: Path) -> None:
    """A missing, damaged or foreign file and an unreleased course are one line each."""
    (tmp_path / "text.apkg").write_text("nothing", "utf-8")
    good = second.package()
    (tmp_path / "cut.apkg").write_bytes(good[: len(good) // 2])
    (tmp_path / "broken.apkg").write_bytes(zipped({"collection.anki2": b"nothing", "media": b"{}"}))
    (tmp_path / "broken.colpkg").write_bytes(zipped({"collection.anki2": b"nothing", "media": b"{}"}))
    other = course_of([{"id": "a", "kind": "basic", "prompt": "p", "answer": "a"}])
    (tmp_path / "other.apkg").write_bytes(apkg.files(other, FIRST)["test.apkg"])
    for name, said in {
        "none.apkg": "no such file",
        "text.apkg": "is no export of Anki; in Anki, choose File > Export",
        "cut.apkg": "is no export of Anki",
        "broken.apkg": "Anki can't read this export",
        "broken.colpkg": "Anki can't read this export",
        "other.apkg": "no note of the course 'sample'",
    }.items():
        result = upgrade(tmp_path / name, second)
        assert result.exit_code == 2, name
        assert said in result.stderr, name
        assert len(result.stderr.splitlines()) == 1
    second.replace("answer: Closeness", "answer: Nearness")
    (tmp_path / "ours.apkg").write_bytes(good)
    assert "`her-study release` comes first" in upgrade(tmp_path / "ours.apkg", second).stderr


texts = st.sampled_from(["Intimacy", "Closeness", "mine", "<b>mine</b>", ""])


@given(
    answer=texts,
    explanation=texts,
    tags=st.lists(st.sampled_from(["own", "Sample::x", "a::b"])),
    prefer=st.sampled_from(["mine", "release"]),
)
def test_no_text_is_lost_without_a_word(
    tmp_path_factory: pytest.TempPathFactory, answer: str, explanation: str, tags: list[str], prefer: Any
) -> None:
    """Whatever both sides did to a field, its new value is one of theirs, and the other is listed or was released."""
    author = _twice(tmp_path_factory)
    course = author.course
    lock = author.lock
    assert lock
    ready = apkg.rendered(course)
    before = load_released(author.loaded)
    note = next(n for _, n in ready.rows if n.id == "basic-full")
    ids = note.type.field_ids
    theirs = dict(zip(ids.values(), note.fields, strict=True)) | {
        ids["Answer"]: answer,
        ids["Explanation"]: explanation,
    }
    shape = Shape(
        note.type.id, note.type.name, tuple(ids.values()), is_own=False, model=note.type.model(FIRST), rewritten=()
    )
    own = Owned(note.guid, shape.id, theirs, tuple(theirs.values()), tuple(tags), FIRST + 5, "Sample::Recall")
    export = Export((own,), {shape.id: shape}, {}, is_studied=True, is_whole=True, cards=lambda _, __: ())
    found = mine.joined(ready, lock, before, export, prefer=prefer)
    (merged,) = [row for row in found.contents.rows if row.guid == note.guid]
    listed = {(k.field, k.mine, k.release) for k in (*found.kept, *found.conflicts)}
    for (name, field_id), value, new in zip(ids.items(), merged.fields, note.fields, strict=True):
        assert value in {theirs[field_id], new}
        if value != theirs[field_id]:
            assert before["basic-full"].was_released(name, theirs[field_id]) or (name, theirs[field_id], new) in listed
        if value != new:
            assert (name, value, new) in listed
    assert set(merged.tags) >= set(tags)
    assert merged.changed >= lock.items["basic-full"].time


_MADE: list[Author] = []


def _twice(factory: pytest.TempPathFactory) -> Author:
    """A course of two releases, made once."""
    from tests.make.folder import Author

    if not _MADE:
        author = Author(factory.mktemp("twice") / "course")
        author.release("1.0.0", FIRST)
        author.replace("answer: Intimacy", "answer: Closeness")
        author.release("1.1.0", FIRST + DAY)
        _MADE.append(author)
    return _MADE[0]
