"""Release 1, a term of study, release 2 and 3: what every version of Anki makes of them."""

from __future__ import annotations

import json
import subprocess
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from builder.cards import fields, notetypes
from builder.deck import apkg, package
from builder.deck.student import opened
from builder.loading.released import load_released
from builder.release import mine, report
from tests.contract import versions
from tests.make.folder import DAY, FIRST, Author

if TYPE_CHECKING:
    from collections.abc import Callable

    from builder.deck.apkg import Rendered
    from builder.model import Lock, ReleasedNote

pytestmark = pytest.mark.contract

DRIVER = str(Path(__file__).parent / "driver.py")
STUDIED = FIRST + DAY  # the student imports, studies and edits here
SECOND = FIRST + 7 * DAY
UPGRADED = FIRST + 8 * DAY
THIRD = FIRST + 14 * DAY

# One of each note type goes out of use.
RETIRED = ("reversed-full", "cloze-full", "truefalse-full", "ordering-full", "essay-full")
ORDERING = "  - id: ordering-full\n"
NEW = """  - id: basic-new
    kind: basic
    prompt: What is new?
    answer: This
  - id: cloze-new
    kind: cloze
    prompt: It is {{c1::new}} and {{c3::good}}.
"""


@dataclass
class Releases:
    """Three packages of one course, its notes at each, and what `plan` said before the second and third."""

    packages: list[str]
    plans: list[dict[str, Any]]
    courses: list[tuple[Rendered, Lock, dict[str, ReleasedNote]]]


def in_use(monkeypatch: pytest.MonkeyPatch) -> None:
    """Take the first spare field of every note type into use, as a hint that one note has."""
    shared = tuple("Hint" if name == "Spare1" else name for name in notetypes._SHARED)
    monkeypatch.setattr(notetypes, "_SHARED", shared)
    original: Callable[..., Any] = fields.renderer

    def renderer(*arguments: Any) -> Any:
        render = original(*arguments)

        def hinted(item: Any) -> Any:
            note_type, values = render(item)
            place = note_type.fields.index("Hint")
            hint = "Begins with an M" if item.id == "matching-full" else ""
            return note_type, (*values[:place], hint, *values[place + 1 :])

        return hinted

    monkeypatch.setattr(fields, "renderer", renderer)
    style = notetypes._file("style.css")
    original_file = notetypes._file
    monkeypatch.setattr(
        notetypes, "_file", lambda name: f"{style}\n/* new */" if name == "style.css" else original_file(name)
    )
    for note_type in notetypes.NOTE_TYPES:
        monkeypatch.delitem(note_type.__dict__, "digest", raising=False)


def second(author: Author) -> None:
    """New, edited, retired and moved items, a way back, an image."""
    author.append(NEW)
    author.replace("answer: Intimacy", "answer: Closeness")
    author.replace("point: because", "point: for this reason")
    for item_id in RETIRED:
        author.retire(item_id)
    author.replace(
        "kind: basic\n    theme: love",
        "kind: reversed\n    reverse_prompt: Back?\n    reverse_answer: Yes\n    theme: love",
    )
    text = author.bank.read_text("utf-8")
    start = text.index("  - id: mcq-many")
    end = text.index("  - id:", start + 5)
    head = "bank: other\ntitle: Other\ntheme: love\nitems:\n"
    (author.folder / "other.yaml").write_text(head + text[start:end], "utf-8")
    author.bank.write_text(text[:start] + text[end:], "utf-8")
    course = author.folder / "course.yaml"
    course.write_text(course.read_text("utf-8").replace("[bank.yaml]", "[bank.yaml, other.yaml]"), "utf-8")


@pytest.fixture(scope="module")
def releases(tmp_path_factory: pytest.TempPathFactory) -> Releases:
    """The packages, each built from the lock as `build` does."""
    folder = tmp_path_factory.mktemp("releases")
    author = Author(folder / "course")
    made = Releases([], [], [])

    def release(version: str, time: int) -> None:
        if author.lock:
            made.plans.append(json.loads(report.as_json(author.plan())))
        author.release(version, time)
        assert [p for p in author.problems() if str(p.severity) == "error"] == []
        path = folder / f"{version}.apkg"
        path.write_bytes(author.package())
        made.packages.append(str(path))
        made.courses.append((apkg.rendered(author.course), required(author.lock), load_released(author.loaded)))

    release("1.0.0", FIRST)
    with pytest.MonkeyPatch.context() as patch:
        in_use(patch)
        second(author)
        release("1.1.0", SECOND)
        author.replace("answer: Closeness", "answer: Nearness")
        release("1.2.0", THIRD)
    for note_type in notetypes.NOTE_TYPES:
        note_type.__dict__.pop("digest", None)
    return made


def required(lock: Lock | None) -> Lock:
    """The lock of a course that is released."""
    assert lock
    return lock


def upgrade(releases: Releases, number: int, export: Path, folder: Path) -> dict[str, int]:
    """Write the student's package of a release, as the command does; what Anki will say of it."""
    ready, lock, before = releases.courses[number]
    with opened(export, lock) as theirs:
        found = mine.joined(ready, lock, before, theirs)
    assert theirs.is_studied
    (folder / "sample-mine.apkg").write_bytes(package.archive(found.contents, lock.time))
    counts = {"new": len(found.added), "updated": len(found.updated), "duplicate": found.alone}
    return counts | {"conflicting": 0}


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
    assert log == {"new": 10, "updated": 0, "duplicate": 0, "conflicting": 0}
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
    """Own field, own template, renamed tag, star, leech and deletion: the student's package brings both releases to all."""
    student(version, tmp_path, releases)
    mine = tmp_path / "mine.apkg"
    play(
        version,
        tmp_path,
        ["field", "her-study Recall", "Mine"],
        ["template", "her-study Open", "{{Prompt}} own"],
        ["edit", "sample:basic-full", "Mine", "my own field"],
        ["rename", "sample::theme::love", "film::love"],
        ["tag", "sample:basic-full", "marked"],
        ["tag", "sample:short-full", "leech"],
        ["remove", "sample:matching-full"],
        ["wait", FIRST, THIRD + DAY],
    )
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
    assert first["counts"] == {"new": 2, "edited": 3, "retired": 5, "moved": 1, "untouched": 1}
    assert len(first["note_types"]) == len(notetypes.NOTE_TYPES)
    assert {c["id"]: c["cards_gained"] for c in first["changes"]}["basic-full"] == 1
    assert last["counts"]["edited"] == 1
