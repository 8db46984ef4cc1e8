from __future__ import annotations

import json
import random
import subprocess
import sys
from datetime import datetime, timedelta, timezone
from importlib.metadata import version
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from builder.study.days import Moment, day_of
from builder.study.progress import Review
from builder.study.schedule import NEW, after, state_of
from tests.study.histories import DAY, differing, histories

SCHEDULER = str(Path(__file__).parent.parent / "contract" / "scheduler.py")


@pytest.mark.skipif(
    [int(part) for part in version("anki").split(".")[:2]] < [26, 9], reason="Anki's schedule was another before 26.9"
)
def test_anki_schedules_random_histories_alike() -> None:
    """For 60 histories, Anki's own scheduler gives the same phases, minutes, days, stability and difficulty."""
    some = histories(random.Random(22), 60)
    done = subprocess.run(
        [sys.executable, SCHEDULER], input=json.dumps(some), capture_output=True, text=True, check=True
    )
    told = [differing(one, theirs) for one, theirs in zip(some, json.loads(done.stdout), strict=True)]
    assert [trouble for _, trouble in told if trouble] == []
    assert sum(alike for alike, _ in told) > 0.99 * sum(map(len, some))


def test_the_usual_course_of_a_card() -> None:
    """Good each time: after 10 minutes, then 2, 11, 46 and 163 days; forgotten, it comes after 10 minutes again."""
    state, day, intervals = after(NEW, 3, Moment(0, 0)), 0, []
    assert (state.phase, state.due) == ("learning", 600_000)
    for _ in range(4):
        state = after(state, 3, Moment(day * DAY, day))
        intervals.append(state.interval)
        day = state.due
    assert intervals == [2, 11, 46, 163]
    state = after(state, 1, Moment(day * DAY, day))
    assert (state.phase, state.due - day * DAY, state.lapses) == ("relearning", 600_000, 1)


@given(st.lists(st.tuples(st.integers(0, 3000), st.integers(1, 4)), min_size=1, max_size=9))
def test_buttons_are_in_order(history: list[tuple[int, int]]) -> None:
    """Whatever has been, hard comes before good and good before easy, and no interval is longer than 100 years."""
    reviews, day = [], 1
    for gap, rating in history:
        day += gap
        reviews.append(Review(day * DAY, day, "x", 1, rating))
    state = state_of(reviews)
    days = [
        made.interval
        for made in (after(state, rating, Moment(day * DAY, day)) for rating in (2, 3, 4))
        if not made.is_stepping
    ]
    assert days == sorted(days)
    assert days[-1] <= 36_500
    assert len(set(days)) == len(days) or days[-1] == 36_500


def test_a_clock_that_goes_back_is_no_day() -> None:
    """A review that is dated before the last one counts as one on the same day."""
    known = after(NEW, 4, Moment(0, 100))
    assert after(known, 3, Moment(0, 90)).stability == after(known, 3, Moment(0, 100)).stability


@pytest.mark.parametrize(
    ("zone", "local", "day"),
    [
        ("UTC", "2026-11-29T03:59:59", "2026-11-28"),
        ("UTC", "2026-11-29T04:00:00", "2026-11-29"),
        ("Pacific/Auckland", "2026-11-29T04:01:00", "2026-11-29"),
        ("America/Los_Angeles", "2026-11-29T00:00:00", "2026-11-28"),
        ("Europe/Berlin", "2026-03-29T03:59:00", "2026-03-28"),  # the clock went forward at two
        ("Europe/Berlin", "2026-10-25T04:01:00", "2026-10-25"),  # and back at three
    ],
)
def test_a_day_begins_at_four(zone: str, local: str, day: str) -> None:
    """By the local clock, in every time zone, also on the days on which the clock is changed."""
    moment = datetime.fromisoformat(local).replace(tzinfo=ZoneInfo(zone))
    assert day_of(moment) == datetime.fromisoformat(day).toordinal()


@given(st.integers(0, 40_000_000), st.integers(-12 * 60, 14 * 60))
def test_a_day_lasts_24_hours_while_the_clock_is_not_changed(minutes: int, west: int) -> None:
    """In any time zone, days of study after one that begins at four are counted by their minutes."""
    start = datetime(2000, 1, 1, 4, tzinfo=timezone(timedelta(minutes=-west)))
    assert day_of(start + timedelta(minutes=minutes)) - day_of(start) == minutes // (24 * 60)
