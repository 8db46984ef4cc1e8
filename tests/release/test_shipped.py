from __future__ import annotations

from typing import TYPE_CHECKING

from builder.deck import apkg
from builder.loading.course import load, shipped
from builder.loading.released import load_released
from builder.model.lock import iso
from tests import anki_collection

if TYPE_CHECKING:
    from pathlib import Path


def test_the_shipped_course_is_released() -> None:
    """Its lock is committed with it, knows every item, and nothing that would cost progress has happened since."""
    loaded = load(shipped())
    assert loaded.course
    assert loaded.lock
    assert loaded.errors == 0
    assert tuple(map(int, loaded.lock.release.split("."))) >= (1, 0, 0)
    assert loaded.lock.items.keys() <= loaded.course.by_id.keys()
    changes = (shipped() / "CHANGELOG.md").read_text("utf-8")
    assert f"## [{loaded.lock.release}] - {iso(loaded.lock.time)[:10]}" in changes
    assert load_released(loaded).keys() == loaded.lock.items.keys()


def test_what_is_built_is_what_was_released(tmp_path: Path) -> None:
    """Every note as released has its release's time in Anki, whatever the clock of the build."""
    loaded = load(shipped())
    assert loaded.course
    assert loaded.lock
    collection = anki_collection.new(tmp_path)
    (package,) = apkg.files(loaded.course, 1, loaded.lock).values()
    anki_collection.bring_in(collection, package, tmp_path)
    assert collection.db
    times = {guid: mod for guid, mod in collection.db.all("select guid, mod from notes")}  # noqa: C416 - typed so
    fresh = set(apkg.rendered(loaded.course).unreleased(loaded.lock))
    for name, item in loaded.lock.items.items():
        assert times[item.guid] == item.time or name in fresh
    collection.close()
