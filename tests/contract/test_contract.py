"""Release 1, a term of study, release 2 and 3: what every version of Anki makes of them."""

from __future__ import annotations

import json
import subprocess
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from builder.cards import notetypes
from tests.contract import versions
from tests.contract.releases import RETIRED, SECOND, THIRD, upgrade
from tests.make.folder import DAY, FIRST

if TYPE_CHECKING:
    from tests.contract.releases import Releases

pytestmark = pytest.mark.contract

DRIVER = str(Path(__file__).parent / "driver.py")
STUDIED = FIRST + DAY  # the student imports, studies and edits here
UPGRADED = SECOND + DAY


def play(version: str, folder: Path, *steps: list[Any]) -> list[Any]:
    """What a student of one version gets from these steps, in the collection of a folder."""
    command = [str(versions.python(version)), DRIVER, str(folder / "collection.anki2")]
    done = subprocess.run(command, input=json.dumps(steps), capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout)  # type: ignore[no-any-return]


def student(version: str, folder: Path, releases: Releases) -> dict[str, Any]:
    """A student who imported release 1, studied and made it their own; the state afterwards."""
    log, _, _, _, _, _, _, _, state = play(
        version,
        folder,
        ["bring", releases.packages[0]],
        ["study", "Sample::Recall", 3],
        ["study", "Sample::Practice", 3],
        ["flag", "sample:reversed-full"],
        ["tag", "sample:mcq-full", "exam"],
        ["edit", "sample:mcq-full", "Explanation", "my own note"],
        ["edit", "sample:short-full", "Explanation", "my own note"],
        ["wait", FIRST, STUDIED],
        ["state"],
    )
    assert log == {"new": 19, "updated": 0, "duplicate": 0, "conflicting": 0}
    assert len(state["revlog"]) == 6
    return state  # type: ignore[no-any-return]


def rows(state: dict[str, Any], table: str, of: dict[str, Any]) -> list[Any]:
    """The rows of a table that another state has too, by id."""
    known = {row[0] for row in of[table]}
    return [row for row in state[table] if row[0] in known]


@pytest.mark.parametrize("version", versions.VERSIONS)
def test_an_import_of_the_next_release_costs_nothing(version: str, releases: Releases, tmp_path: Path) -> None:
    """Anki counts what `plan` said; cards and reviews stay row for row; no full sync; own edits and tags live."""
    before = student(version, tmp_path, releases)
    log, after, again, unchanged = play(
        version, tmp_path, ["bring", releases.packages[1]], ["state"], ["bring", releases.packages[1]], ["state"]
    )
    assert log == releases.plans[0]["import"]
    assert (log["new"], log["conflicting"]) == (2, 0)
    for table in ("cards", "revlog"):
        assert rows(after, table, before) == before[table]
    assert after["revlog"] == before["revlog"]
    assert after["scm"] == before["scm"]
    assert after["types"] == before["types"]
    assert after["decks"] == before["decks"]
    assert min(after["cards_of"].values()) > 0  # who has a retired note keeps its card
    kept = after["notes"]["sample:mcq-full"]
    assert "exam" in kept["tags"]
    assert "my own note" in kept["fields"]
    assert again == {"new": 0, "updated": 0, "duplicate": len(after["notes"]), "conflicting": 0}
    assert unchanged == after


@pytest.mark.parametrize("version", versions.VERSIONS)
def test_every_change_arrives(version: str, releases: Releases, tmp_path: Path) -> None:
    """Text, way back, move, retirement and the spare field are there after the import."""
    student(version, tmp_path, releases)
    _, state, runs = play(version, tmp_path, ["bring", releases.packages[1]], ["state"], ["version"])
    assert version == "newest" or [int(part) for part in runs.split(".")] == [int(part) for part in version.split(".")]
    notes = state["notes"]
    assert "Closeness" in notes["sample:basic-full"]["fields"]
    assert "sample::updated::1.1.0" in notes["sample:basic-full"]["tags"]
    assert state["cards_of"]["sample:basic-full"] == 2
    assert {"sample::theme::love", "sample::updated::1.1.0"} <= set(notes["sample:mcq-many"]["tags"])
    assert "sample::retired" in notes["sample:cloze-full"]["tags"]
    for names in state["fields"].values():
        assert "Hint" in names
        assert "Spare1" not in names
    place = state["fields"]["her-study Arrange"].index("Hint")
    assert notes["sample:matching-full"]["fields"][place] == "Begins with an M"


@pytest.mark.parametrize("version", versions.VERSIONS)
def test_retired_notes_of_every_type_can_be_swept_away(version: str, releases: Releases, tmp_path: Path) -> None:
    """Empty Cards offers all their cards with the note, nothing else; no later release brings a card of them."""
    before = student(version, tmp_path, releases)
    _, offered, _, state, said, left, again, later, after = play(
        version,
        tmp_path,
        ["bring", releases.packages[1]],
        ["empty"],
        ["sweep"],
        ["state"],
        ["check"],
        ["empty"],
        ["bring", releases.packages[1]],
        ["bring", releases.packages[2]],
        ["state"],
    )
    gone = {f"sample:{item_id}" for item_id in RETIRED}
    assert offered == {guid: [before["cards_of"][guid], True] for guid in gone}
    assert state["notes"].keys() & gone == set()
    assert said == "Database rebuilt and optimized."
    assert left == {}
    assert (again["new"], later["new"]) == (len(gone), 0)  # Anki brings deleted notes back, but without a card
    assert {guid for guid, cards in after["cards_of"].items() if not cards} == gone
    assert len(after["cards"]) == len(state["cards"])


@pytest.mark.parametrize("version", versions.VERSIONS)
def test_a_new_student_gets_no_card_of_what_is_retired(version: str, releases: Releases, tmp_path: Path) -> None:
    """A fresh import of the third release makes cards of all that is in use, and of nothing else."""
    log, state, offered = play(version, tmp_path, ["bring", releases.packages[2]], ["state"], ["empty"])
    assert log["new"] == len(state["notes"])
    bare = {guid for guid, cards in state["cards_of"].items() if not cards}
    assert bare == {f"sample:{item_id}" for item_id in RETIRED}
    assert offered == {}
    assert "sample:out-of-use" not in state["notes"]


@pytest.mark.parametrize("version", versions.VERSIONS)
def test_a_deck_made_ones_own_is_upgraded(version: str, releases: Releases, tmp_path: Path) -> None:
    """Own field, own template, renamed tag, star, leech, filtered deck and deletion: the student's package brings both releases to all."""
    student(version, tmp_path, releases)
    mine = tmp_path / "mine.apkg"
    *_, gathered, _ = play(
        version,
        tmp_path,
        ["field", "her-study Recall", "Mine"],
        ["template", "her-study Open", "{{Prompt}} own"],
        ["edit", "sample:basic-full", "Mine", "my own field"],
        ["rename", "sample::theme::love", "film::love"],
        ["tag", "sample:basic-full", "marked"],
        ["tag", "sample:short-full", "leech"],
        ["remove", "sample:matching-full"],
        ["gather", "tag:leech or tag:marked"],
        ["wait", FIRST, THIRD + DAY],
    )
    assert gathered >= 2  # those of both notes, and of the own template
    for number in (1, 2):
        *_, before = play(version, tmp_path, ["export", str(mine)], ["state"])
        said = upgrade(releases, number, mine, tmp_path)
        log, after = play(version, tmp_path, ["bring", str(tmp_path / "sample-mine.apkg")], ["state"])
        assert said == log
        assert log["conflicting"] == 0
        assert rows(after, "cards", before) == before["cards"]
        assert (after["revlog"], after["scm"]) == (before["revlog"], before["scm"])
        assert (after["types"], after["decks"]) == (before["types"], before["decks"])
        basic, short = after["notes"]["sample:basic-full"], after["notes"]["sample:short-full"]
        assert {"my own field", ("Closeness", "Nearness")[number - 1]} <= set(basic["fields"])
        assert "marked" in basic["tags"]
        assert "leech" in short["tags"]
        assert any("for this reason" in field for field in short["fields"])
        tags = {tag for note in after["notes"].values() for tag in note["tags"]}
        assert "film::love" in tags
        assert "sample:matching-full" not in after["notes"]
        # The student waits, so that the next release is newer than this import.
        play(version, tmp_path, ["wait", THIRD + DAY, THIRD + DAY])


@pytest.mark.parametrize("version", versions.VERSIONS)
def test_the_release_after_next_still_updates(version: str, releases: Releases, tmp_path: Path) -> None:
    """A third release updates what it changed, where the second had changed it too, and leaves all else alone."""
    student(version, tmp_path, releases)
    # Where an update gets the time of its import, the student imported before the third release was made.
    play(version, tmp_path, ["bring", releases.packages[1]], ["wait", THIRD, UPGRADED])
    log, state = play(version, tmp_path, ["bring", releases.packages[2]], ["state"])
    assert log == releases.plans[1]["import"]
    assert log["updated"] == 1
    assert "Nearness" in state["notes"]["sample:basic-full"]["fields"]


@pytest.mark.parametrize("version", versions.VERSIONS)
def test_who_skips_a_release_loses_nothing(version: str, releases: Releases, tmp_path: Path) -> None:
    """From release 1 straight to release 3: the same notes as by way of release 2."""
    student(version, tmp_path, releases)
    log, state = play(version, tmp_path, ["bring", releases.packages[2]], ["state"])
    assert (log["new"], log["updated"], log["conflicting"]) == (2, releases.plans[0]["import"]["updated"], 0)
    assert "Nearness" in state["notes"]["sample:basic-full"]["fields"]


def test_what_the_packages_hold(releases: Releases) -> None:
    """The plans of these releases tell new, edited, retired, moved and untouched apart."""
    first, last = releases.plans
    assert first["counts"] == {"new": 2, "edited": 3, "retired": 5, "moved": 1, "untouched": 10}
    assert len(first["note_types"]) == len(notetypes.NOTE_TYPES)
    assert {c["id"]: c["cards_gained"] for c in first["changes"]}["basic-full"] == 1
    assert last["counts"]["edited"] == 1
