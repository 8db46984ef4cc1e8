from __future__ import annotations

import json
from datetime import UTC, datetime
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from builder.diagnostics import BuilderError
from builder.study.progress import MOST_BYTES, MOST_LINE, Mark, Review, as_entry, as_line, read, settled, written

if TYPE_CHECKING:
    import random

GOOD = (
    '{"time":"2026-11-29T09:10:11.123Z","day":"2026-11-29","item":"worden-tasks","card":1,"rating":3,"answer":"four"}'
)
_FIRST, _LAST = (int(datetime(year, 1, 3, tzinfo=UTC).timestamp()) * 1000 for year in (2001, 2900))


@st.composite
def reviews(draw: st.DrawFn) -> Review:
    """Any review that a device can write."""
    time = draw(st.integers(_FIRST, _LAST))
    day = datetime.fromtimestamp(time // 1000, UTC).date().toordinal() + draw(st.integers(-1, 1))
    item = draw(st.from_regex("[a-z0-9]{1,4}(-[a-z0-9]{1,4}){0,2}", fullmatch=True))
    answer = draw(st.text(st.characters(exclude_categories=["Cs"]), max_size=30))
    return Review(time, day, item, draw(st.integers(1, 500)), draw(st.integers(1, 4)), answer)


@given(reviews())
def test_a_review_comes_back_from_its_line(review: Review) -> None:
    """A line is one line, and holds all of the review."""
    line = as_line(review)
    assert "\n" not in line
    assert as_entry(line) == review


@given(st.lists(reviews(), max_size=12), st.randoms())
def test_the_files_of_two_devices_merge_without_loss(some: list[Review], chance: random.Random) -> None:
    """Whatever part of the reviews each device has, and in which order the files are joined, all are there, each once."""
    one, other = ([review for review in some if chance.random() < 0.7] for _ in range(2))
    files = [written(one), written(other)]
    chance.shuffle(files)
    merged = read("merged", b"".join(files))
    assert set(merged) == {*one, *other}
    assert written(merged) == written([*one, *other])


def test_the_line_is_as_its_page_says() -> None:
    """The example in the module's docstring is a line as it is written."""
    assert as_line(as_entry(GOOD)) == GOOD
    assert as_entry(GOOD) == Review(1795943411123, 739949, "worden-tasks", 1, 3, "four")


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"rating": 5}, "its rating is no number from 1 to 4"),
        ({"rating": True}, "its rating is no number"),
        ({"card": 0}, "its card is no number from 1 to 500"),
        ({"item": "../x"}, "its item is not of the form"),
        ({"time": "2026-11-29 09:10"}, "its time is not of the form"),
        ({"time": "2026-13-29T09:10:11.123Z"}, "there is no such time or day"),
        ({"day": "2026-11-24"}, "the day 2026-11-24 is not that of the time"),
        ({"answer": "x" * 2001}, "its answer is no text of at most 2000 characters"),
        ({"answer": "\ud800"}, "its answer holds half a character"),
        ({"more": 1}, "it has not the keys"),
    ],
)
def test_a_wrong_line_is_told_with_its_number(change: dict[str, object], said: str) -> None:
    """One line says which line of the file is wrong, and why."""
    wrong = json.dumps(json.loads(GOOD) | change)
    with pytest.raises(BuilderError, match=rf"^mine:2: the line is no review: {said}"):
        read("mine", f"{GOOD}\n{wrong}\n".encode())


@pytest.mark.parametrize("raw", [b"[" * 9000, b"\xff", b"{", b"null", b"9" * 9000, b"x" * (MOST_LINE + 1)])
def test_what_is_no_line_is_refused(raw: bytes) -> None:
    """Neither deep nesting nor long numbers, neither broken text nor a long line brings more than one line of trouble."""
    with pytest.raises(BuilderError, match=r"^mine:1: "):
        read("mine", raw)


def test_a_file_has_a_bound() -> None:
    """No progress has more than 64 MB."""
    with pytest.raises(BuilderError, match=r"^mine: more than 64 MB"):
        read("mine", bytes(MOST_BYTES + 1))


def test_marks_take_back_and_suspend() -> None:
    """An undone review does not count, and of marks that exclude each other the last one does, in any order of lines."""
    first, second = Review(1795943411123, 739949, "a", 1, 3), Review(1795943412123, 739949, "a", 1, 1)
    marks = [
        Mark(1795943413000, 739949, "a", 1, "undone", second.time),
        Mark(1795943414000, 739949, "b", 1, "suspended"),
        Mark(1795943415000, 739949, "b", 1, "resumed"),
        Mark(1795943416000, 739949, "c", 2, "suspended"),
        Mark(1795943417000, 739949, "c", 2, "flagged"),
    ]
    assert read("mine", written([*marks, second, first])) == [first, second, *marks]
    assert settled([*reversed(marks), second, first]) == ([first], {("c", 2)}, {("c", 2)}, None)


@pytest.mark.parametrize(
    "change", ['"mark":"eaten"', '"mark":"undone"', '"mark":"flagged","of":"2026-11-29T09:10:11.123Z"']
)
def test_a_mark_has_its_keys_and_no_others(change: str) -> None:
    """Only an undone review says of what, and unknown marks are refused."""
    with pytest.raises(ValueError, match="keys"):
        as_entry(GOOD.partition(',"rating"')[0] + f",{change}}}")
