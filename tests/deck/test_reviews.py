from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import pytest
from anki.collection import DeckIdLimit, ExportAnkiPackageOptions

from builder.deck.reviews import answers
from builder.diagnostics import BuilderError
from tests import anki_collection
from tests.cli.test_commands import run

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from tests.make.folder import Author

DAY = 86_400_000
BEGUN = 1_700_000_000_000  # some day in 2023


class Student:
    """A collection with release 1.0.0, and a review log that is written by hand."""

    def __init__(self, author: Author, folder: Path) -> None:
        self.collection: Any = anki_collection.new(folder)
        self.folder = folder
        anki_collection.bring_in(self.collection, author.package(), folder)

    def log(self, item: str, day: float, ease: int, kind: int = 1, card: int = 0, **more: int) -> None:
        """Write an entry into the review log, so many days after the first."""
        found = anki_collection.note(self.collection, f"sample:{item}").cards()[card].id
        row = {"id": BEGUN + int(day * DAY), "cid": found, "usn": 0, "ease": ease, "ivl": 1, "lastIvl": 1}
        row |= {"factor": 500, "time": 1000, "type": kind} | more
        marks = ",".join("?" * len(row))
        self.collection.db.execute(f"insert into revlog ({','.join(row)}) values ({marks})", *row.values())  # noqa: S608

    def export(self, name: str, *, scheduling: bool = True) -> Path:
        """The whole collection, or the deck of the course."""
        path = self.folder / name
        if path.suffix == ".colpkg":
            self.collection.export_collection_package(str(path), include_media=False, legacy=False)
            self.collection.reopen(after_full_sync=False)
        else:
            deck = self.collection.decks.id_for_name("Sample")
            options = ExportAnkiPackageOptions(with_scheduling=scheduling)
            self.collection.export_anki_package(out_path=str(path), options=options, limit=DeckIdLimit(deck))
        return path


@pytest.fixture
def student(author: Author, tmp_path: Path) -> Iterator[Student]:
    """A student with some reviews."""
    made = Student(author, tmp_path)
    made.log("basic-full", 0, 3, kind=0)
    made.log("basic-full", 2, 1)
    made.log("reversed-full", 1, 4, card=1)
    yield made
    made.collection.close()


@pytest.mark.parametrize("name", ["mine.apkg", "all.colpkg"])
def test_reviews_are_read_from_both_sorts_of_export(student: Student, name: str) -> None:
    """Time, item, card and button of each, as Anki's review log has them."""
    assert sorted(answers(student.export(name), "sample")) == [
        (BEGUN, "basic-full", 1, 3),
        (BEGUN + DAY, "reversed-full", 2, 4),
        (BEGUN + 2 * DAY, "basic-full", 1, 1),
    ]


def test_only_what_counts_for_memory_is_read(student: Student) -> None:
    """Not what lies before *forget*, a due date set by hand, or a filtered deck that does not reschedule."""
    student.log("basic-full", 3, 0, kind=4, factor=0, ivl=0)  # forget
    student.log("basic-full", 4, 0, kind=4)  # set due date
    student.log("basic-full", 5, 2, kind=3, factor=0)  # cram
    student.log("basic-full", 6, 3, kind=3)  # a filtered deck that reschedules
    student.log("basic-full", -20_000, 3)  # before 1970
    found = [it for it in answers(student.export("all.colpkg"), "sample") if it.item == "basic-full"]
    assert found == [(BEGUN + 6 * DAY, "basic-full", 1, 3)]


def test_an_export_without_reviews_is_told(student: Student) -> None:
    """It says how to export; so does an export of another course."""
    with pytest.raises(BuilderError, match="no review of sample is in it; in Anki, choose File > Export"):
        answers(student.export("bare.apkg", scheduling=False), "sample")
    with pytest.raises(BuilderError, match="no review of other is in it"):
        answers(student.export("mine.apkg"), "other")


def test_study_goes_on_where_anki_was(
    student: Student, author: Author, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """`study --import` takes each review over once, also from a later export, and in another time zone."""
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path / "data"))
    first = run("study", author.folder, "--import", student.export("mine.apkg"))
    assert first.stdout == "3 reviews taken over, 0 were here already\n"
    student.log("basic-full", 7, 3)
    monkeypatch.setattr("builder.study.days.day_at", lambda _: 738_844)
    second = run("study", author.folder, "--import", student.export("all.colpkg"))
    assert second.stdout == "1 review taken over, 3 were here already\n"
    out = tmp_path / "progress.jsonl"
    assert run("study", author.folder, "--export", out).exit_code == 0
    lines = [json.loads(line) for line in out.read_text("utf-8").splitlines()]
    assert [(line["item"], line["card"], line["rating"]) for line in lines] == [
        ("basic-full", 1, 3),
        ("reversed-full", 2, 4),
        ("basic-full", 1, 1),
        ("basic-full", 1, 3),
    ]
    assert "     1  being learnt\n     1  young" in run("study", author.folder, "--stats").stdout
