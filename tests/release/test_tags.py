from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from builder.model import Lock, ReleasedNote
from builder.release.tags import carried, joined_tags, seen_release

LOCK = Lock.model_validate(
    {
        "course": "her",
        "deck": "Her",
        "release": "1.2.0",
        "time": 3,
        "releases": {"1.0.0": 1, "1.1.0": 2, "1.2.0": 3},
        "note_types": {},
        "items": {},
    }
)
NEW = ("her::theme::grief", "her::bloom::apply", "her::updated::1.1.0")
BEFORE = ReleasedNote(
    id="a", fields={}, tags=NEW[:2], tags_since={"her::bloom::apply": "1.1.0"}, tags_gone=("her::theme::love",)
)


def every(mine: tuple[str, ...], seen: int) -> set[str]:
    """The joined tags."""
    return set(joined_tags(mine, NEW, BEFORE, seen, LOCK).every)


def test_what_the_student_took_away_stays_away() -> None:
    """A removed tag, a renamed one and a renamed root come back by no release that the student had."""
    assert every(("her::bloom::apply", "her::updated::1.1.0"), 2) == {"her::bloom::apply", "her::updated::1.1.0"}
    renamed = {"film::theme::grief", "film::bloom::apply", "film::updated::1.1.0"}
    assert every(tuple(renamed), 2) == renamed


def test_what_a_release_brought_since_comes() -> None:
    """A tag that is newer than the student's release is none that they removed; one that it dropped goes."""
    assert every(("her::theme::grief", "her::theme::love", "exam"), 1) == {*NEW, "exam"}
    assert every(("film::grief",), 1) == {"film::grief", "her::bloom::apply", "her::updated::1.1.0"}


def test_case_makes_no_tag_of_its_own() -> None:
    """Anki knows tags without regard to case."""
    assert every(("Her::Theme::Grief", "HER::UPDATED::1.0.0"), 1) == set(NEW)


def test_the_release_of_a_note_is_read_off_it() -> None:
    """By its time, by the tag of an edit under whatever root, or else it is the one that brought the note."""
    assert seen_release((), 2, "1.0.0", LOCK) == 2
    assert seen_release(("film::updated::1.1.0",), 77, "1.0.0", LOCK) == 2
    assert seen_release(("film",), 77, "1.0.0", LOCK) == 1


tags = st.sampled_from([*NEW, "her::theme::love", "her::mine", "own", "marked", "LEECH"])


@given(st.frozensets(tags), st.integers(0, 3))
def test_own_tags_live_and_nothing_is_made_up(mine: frozenset[str], seen: int) -> None:
    """What no release gave stays; every tag is the student's or the release's; who has the release keeps just theirs."""
    joined = joined_tags(tuple(sorted(mine)), NEW, BEFORE, seen, LOCK)
    assert mine - {*NEW, "her::theme::love"} == set(joined.own)
    assert set(joined.every) <= mine | set(NEW)
    assert set(joined.away) == set(NEW) - set(joined.every)
    assert "her::theme::love" not in joined.every
    if seen >= 2:
        assert set(joined.every) == mine - {"her::theme::love"}


def test_system_tags_are_spelled_so_that_an_import_keeps_them() -> None:
    """Only the two that Anki strips are touched, in whatever case."""
    assert carried(("marked", "Leech", "leeches", "a::marked")) == ("marked\x7f", "Leech\x7f", "leeches", "a::marked")
