"""A student who made the deck their own, over three releases: what the command tells is what Anki does."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

import pytest
from anki.collection import ExportAnkiPackageOptions
from click.testing import CliRunner

from builder.cards import notetypes
from builder.cards.notetypes import OPEN, RECALL
from builder.cli import main
from tests import anki_collection
from tests.make.folder import DAY, FIRST

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from anki.notes import Note

    from tests.make.folder import Author


class Student:
    """A collection, and what its owner does; `at` is the time of what they do."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        folder.mkdir()
        self.collection: Any = anki_collection.new(folder)

    def bring(self, package: bytes) -> tuple[int, int, int, int]:
        """Import with the defaults: new, updated, duplicate, conflicting."""
        log = anki_collection.bring_in(self.collection, package, self.folder)
        self.collection.models._clear_cache()
        return len(log.new), len(log.updated), len(log.duplicate), len(log.conflicting)

    def note(self, item_id: str) -> Note:
        """A note of the course."""
        return anki_collection.note(self.collection, f"sample:{item_id}")

    def write(self, item_id: str, **fields: str) -> None:
        """Type into fields."""
        note = self.note(item_id)
        for name, text in fields.items():
            note[name] = text
        self.collection.update_note(note)

    def tag(self, item_id: str, *tags: str) -> None:
        """Add tags."""
        note = self.note(item_id)
        note.tags += tags
        self.collection.update_note(note)

    def field(self, type_id: int, name: str) -> None:
        """Add a field to a note type."""
        models = self.collection.models
        model = models.get(type_id)
        models.add_field(model, models.new_field(name))
        models.update_dict(model)

    def template(self, type_id: int, front: str) -> None:
        """Add a card template to a note type."""
        models = self.collection.models
        model = models.get(type_id)
        template = models.new_template("Own card")
        template["qfmt"], template["afmt"] = front, "{{FrontSide}} {{Sources}}"
        models.add_template(model, template)
        models.update_dict(model)

    def lapse(self, item_id: str) -> None:
        """Fail a card until Anki calls it a leech."""
        card: Any = self.note(item_id).cards()[0]
        card.type, card.queue, card.ivl, card.lapses, card.due = 2, 2, 5, 7, 0
        self.collection.update_card(card)
        card = self.collection.get_card(card.id)
        card.start_timer()
        self.collection.sched.answerCard(card, 1)
        assert "leech" in self.note(item_id).tags

    def filter(self, search: str) -> None:
        """Move cards into a filtered deck."""
        deck = self.collection.sched.get_or_create_filtered_deck(0)
        deck.name = "Cram"
        deck.config.search_terms[0].search = search
        self.collection.sched.add_or_update_filtered_deck(deck)

    def export(self, *, whole: bool = True, scheduling: bool = True) -> Path:
        """The collection package, or all decks as a deck package."""
        path = self.folder / ("all.colpkg" if whole else "all.apkg")
        if whole:
            self.collection.export_collection_package(str(path), include_media=False, legacy=False)
            self.collection.reopen(after_full_sync=False)
        else:
            options = ExportAnkiPackageOptions(with_scheduling=scheduling)
            self.collection.export_anki_package(out_path=str(path), options=options, limit=None)
        return path

    def state(self) -> dict[str, Any]:
        """Cards, reviews, schema and decks."""
        decks = sorted(deck["name"] for deck in self.collection.decks.all())
        return anki_collection.progress(self.collection) | {"decks": decks}


@pytest.fixture
def student(author: Author, tmp_path: Path) -> Iterator[Student]:
    """A student of release 1.0.0."""
    someone = Student(tmp_path / "student")
    someone.bring(author.package())
    yield someone
    someone.collection.close()


def told(author: Author, export: Path, *more: str) -> str:
    """What the command says; the package is in `out`."""
    out = str(author.folder.parent / "out")
    result = CliRunner().invoke(main, ["upgrade", "--mine", str(export), str(author.folder), "-o", out, *more])
    assert result.exit_code == 0, result.output
    return result.stderr


def upgraded(author: Author, student: Student, *more: str, **form: bool) -> str:
    """Export, run the command, import; what it said has come true, and no card or review has changed."""
    said = told(author, student.export(**form), *more)
    (counts,) = re.findall(r"(\d+) new, (\d+) updated, (\d+) left alone, (\d+) conflicting", said)
    before = student.state()
    log = student.bring((author.folder.parent / "out" / "sample-mine.apkg").read_bytes())
    assert log == tuple(map(int, counts))
    after = student.state()
    known = {row[0] for row in before["cards"]}
    assert [row for row in after["cards"] if row[0] in known] == before["cards"]
    assert (after["revlog"], after["schema"]) == (before["revlog"], before["schema"])
    assert after["decks"] == before["decks"]
    names = [model.name for model in student.collection.models.all_names_and_ids()]
    assert not [name for name in names if name.endswith("+")]
    return said


def second(author: Author) -> None:
    """Release 1.1.0 touches a note of each sort, and brings one."""
    author.replace("answer: Intimacy", "answer: Closeness")
    author.replace("prompt: Who?", "prompt: Who is it?")
    author.replace("accepts}} and", "accepts}}, and")
    author.replace("prompt: Explain.", "prompt: Explain briefly.")
    author.replace("It is so.", "It is like that.")
    author.append("  - {id: basic-new, kind: basic, prompt: New?, answer: Yes}\n")
    author.release("1.1.0", FIRST + DAY)


def third(author: Author) -> None:
    """Release 1.2.0 edits one of these again, and retires one."""
    author.replace("answer: Closeness", "answer: Nearness")
    author.retire("mcq-many")
    author.append("  - {id: basic-newer, kind: basic, prompt: Newer?, answer: Yes}\n")
    author.release("1.2.0", FIRST + 2 * DAY)


@pytest.mark.parametrize("form", [{"whole": True}, {"whole": False}], ids=["collection", "all decks"])
def test_three_releases_of_one_who_made_the_deck_their_own(
    author: Author, student: Student, form: dict[str, bool]
) -> None:
    """Own template and field, renamed tag, star, leech, suspension, filtered deck and deletion outlive two releases."""
    student.template(RECALL.id, "Own: {{Prompt}}")
    student.field(RECALL.id, "Mine")
    student.field(OPEN.id, "Thoughts")
    student.write("basic-full", Mine="my own field")
    student.write("short-full", Thoughts="mine too", Explanation="my explanation")
    student.collection.tags.rename("sample::theme::love", "film::love")
    student.tag("reversed-full", "marked", "exam")
    student.collection.sched.suspend_cards(student.note("truefalse-full").card_ids())
    student.lapse("cloze-full")
    student.filter("tag:sample::kind::short")
    student.collection.remove_notes([student.note("ordering-full").id])
    assert student.collection.find_cards("deck:Cram") == list(student.note("short-full").card_ids())

    second(author)
    said = upgraded(author, student, **form)
    assert "1 new note in Sample::Recall" in said
    assert "her-study Recall\n" in said
    assert "her-study Open\n" in said
    assert "film::love" not in said
    assert "sample::theme::love (" in said
    assert "ordering-full" in said
    assert "basic-full" not in said.split("not in your export")[-1].split("that you deleted")[-1]
    basic = student.note("basic-full")
    assert (basic["Answer"], basic["Mine"]) == ("Closeness", "my own field")
    assert student.note("reversed-full")["Prompt"] == "Who is it?"
    assert {"marked", "exam", "sample::updated::1.1.0"} <= set(student.note("reversed-full").tags)
    cloze = student.note("cloze-full")
    assert "accepts}}, and" in cloze["Text"]
    assert "leech" in cloze.tags
    short = student.note("short-full")
    assert (short["Prompt"], short["Thoughts"], short["Explanation"]) == (
        "Explain briefly.",
        "mine too",
        "my explanation",
    )
    assert student.collection.find_notes("tag:sample::theme::love") == []
    assert student.collection.find_notes("tag:film::love")
    fresh = student.note("basic-new")
    assert [card.template()["name"] for card in fresh.cards()] == ["Recall", "Own card"]
    assert student.collection.fix_integrity()[0] == "Database rebuilt and optimized."

    third(author)
    said = upgraded(author, student, **form)
    assert student.note("basic-full")["Answer"] == "Nearness"
    assert student.note("basic-full")["Mine"] == "my own field"
    assert student.note("mcq-many")["Retired"]
    assert "marked" in student.note("reversed-full").tags
    assert student.collection.find_notes("tag:sample::theme::love") == []
    again = told(author, student.export(**form), "--dry-run")
    assert "0 new, 0 updated" in again


@pytest.mark.parametrize("change", ["template", "field", "moved field", "deleted field", "deleted template", "renamed"])
def test_any_shape_of_a_note_type_takes_the_release(author: Author, student: Student, change: str) -> None:
    """However the student changed the fields or templates of Recall, a default import brings the edit and the new note."""
    models = student.collection.models
    model = models.get(RECALL.id)
    if change == "template":
        student.template(RECALL.id, "{{Prompt}} own")
    elif change == "field":
        student.field(RECALL.id, "Mine")
    elif change == "moved field":
        models.reposition_field(model, model["flds"][6], 1)
        models.update_dict(model)
    elif change == "deleted field":
        models.remove_field(model, model["flds"][10])
        models.update_dict(model)
    elif change == "deleted template":
        models.remove_template(model, model["tmpls"][2])
        models.update_dict(model)
    else:
        models.rename_field(model, model["flds"][1], "Antwort")
        models.update_dict(model)
    second(author)
    said = upgraded(author, student)
    assert "1 new, " in said
    answer = "Antwort" if change == "renamed" else "Answer"
    assert student.note("basic-full")[answer] == "Closeness"
    assert student.note("basic-new")[answer] == "Yes"
    assert "Closeness" in student.note("basic-full").cards()[0].answer()
    assert student.collection.get_empty_cards().notes == []


def test_what_anki_or_the_student_marked_after_a_release_gets_it_too(author: Author, student: Student) -> None:
    """A leech and a star make notes newer than the release, so an import of it skips them; upgrade brings it in one step."""
    second(author)
    student.lapse("cloze-full")
    student.tag("reversed-full", "marked")
    _, updated, _, _ = student.bring(author.package())
    assert updated == 3
    assert student.note("reversed-full")["Prompt"] == "Who?"
    said = upgraded(author, student)
    assert "2 notes brought up to date that the release alone would skip" in said
    assert "\n  cloze-full\n" in said
    assert student.note("reversed-full")["Prompt"] == "Who is it?"
    assert "accepts}}, and" in student.note("cloze-full")["Text"]
    assert "marked" in student.note("reversed-full").tags
    assert "leech" in student.note("cloze-full").tags


def test_an_export_without_scheduling_is_told_how_to_be_made(author: Author, student: Student) -> None:
    """Anki leaves stars out of it, so the student hears of it, and hears nothing when reviews are there."""
    student.lapse("cloze-full")
    second(author)
    said = told(author, student.export(whole=False, scheduling=False))
    assert "no reviews are in your export" in said
    assert "'All Decks' and 'Include scheduling information' ticked" in said
    assert "no reviews" not in told(author, student.export(whole=False))


def test_notes_elsewhere_are_not_called_deleted(author: Author, student: Student) -> None:
    """With all decks in the export, what lies in a filtered deck or an own one is upgraded in its place."""
    student.filter("tag:sample::kind::short")
    own = student.collection.decks.id("My hard ones")
    student.collection.set_deck(student.note("basic-full").card_ids(), own)
    second(author)
    said = upgraded(author, student, whole=False)
    assert "not in your export" not in said
    assert student.note("basic-full")["Answer"] == "Closeness"
    assert student.note("short-full")["Prompt"] == "Explain briefly."


@pytest.mark.parametrize("name", ["Films::Her", "Sample 2"])
def test_new_notes_go_where_the_student_keeps_ours(author: Author, student: Student, name: str) -> None:
    """A renamed or moved deck gets them, and none of ours is made again beside it."""
    decks = student.collection.decks
    decks.rename(decks.id("Sample"), name)
    decks.save(decks.by_name(name) | {"desc": "my own words"})
    second(author)
    assert f"1 new note in {name}::Recall" in upgraded(author, student)
    assert student.collection.find_cards(f'"deck:{name}::Recall" New?')
    assert decks.by_name(name)["desc"] == "my own words"


def test_a_note_of_another_type_is_named_and_left_alone(author: Author, student: Student) -> None:
    """A note that the student changed to Basic is no text of theirs to keep, and no conflict."""
    models = student.collection.models
    note = student.note("basic-full")
    basic = models.by_name("Basic")
    change = models.change_notetype_info(old_notetype_id=note.mid, new_notetype_id=basic["id"]).input
    change.note_ids.append(note.id)
    models.change_notetype_of_notes(change)
    fields = student.note("basic-full").fields
    second(author)
    said = upgraded(author, student)
    assert "1 note to which you gave another note type: left alone\n  basic-full" in said
    assert "texts of yours kept" not in said
    assert student.note("basic-full").fields == fields


def test_an_own_look_stays_and_the_rest_follows_the_release(
    author: Author, student: Student, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A template that the student rewrote is named and kept; the new style comes, although their type is newer."""
    models = student.collection.models
    model = models.get(RECALL.id)
    model["tmpls"][0]["qfmt"] = "{{^Retired}}{{Prompt}}{{/Retired}} mine"
    models.update_dict(model)
    original = notetypes.style()
    monkeypatch.setattr(notetypes, "style", lambda: original + "/* new */")
    for note_type in notetypes.NOTE_TYPES:
        monkeypatch.delitem(note_type.__dict__, "digest", raising=False)
    second(author)
    said = upgraded(author, student)
    assert "the front of her-study Recall, Recall\n" in said
    assert "the style" not in said
    model = models.get(RECALL.id)
    assert model["css"].endswith("/* new */")
    assert model["tmpls"][0]["qfmt"].endswith("mine")
    assert models.get(OPEN.id)["css"].endswith("/* new */")


def test_one_whom_a_plain_import_split_is_helped(author: Author, student: Student) -> None:
    """An own template and a plain import leave a second note type; both are kept up to date from then on."""
    student.template(RECALL.id, "{{Prompt}} own")
    second(author)
    _, _, _, conflicting = student.bring(author.package())
    assert conflicting == 6
    third(author)
    said = told(author, student.export())
    assert "2 new" not in said
    log = student.bring((author.folder.parent / "out" / "sample-mine.apkg").read_bytes())
    assert log[3] == 0
    assert student.note("basic-full")["Answer"] == "Nearness"
    assert student.note("basic-newer").mid == RECALL.id
    names = [model.name for model in student.collection.models.all_names_and_ids() if "Recall" in model.name]
    assert len(names) == 2


def test_a_dry_run_writes_nothing(author: Author, student: Student) -> None:
    """All is told, and no file is made."""
    second(author)
    assert "1 new, 5 updated" in told(author, student.export(), "--dry-run")
    assert not (author.folder.parent / "out").exists()
