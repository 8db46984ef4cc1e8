"""Days of study: one begins at four in the morning, local time, so that a late evening belongs to the day before.

A day is a whole number, as `datetime.date.toordinal` counts: the difference of two is the days between them.

Source: Anki manual, "Preferences", "Next day starts at".
"""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import NamedTuple

START = timedelta(hours=4)


class Moment(NamedTuple):
    """A point in time: milliseconds since 1970, and the local day of study that it lies in."""

    time: int
    day: int


def day_of(local: datetime) -> int:
    """The day of study of a time on the local clock: 3:59 on the 2nd belongs to the 1st, 4:00 to the 2nd."""
    return (local.replace(tzinfo=None) - START).date().toordinal()


def day_at(time: int) -> int:
    """The day of study of a time in milliseconds since 1970, by the time zone of this machine."""
    return day_of(datetime.fromtimestamp(time / 1000).astimezone())


def now() -> Moment:
    """This moment, by the clock and the time zone of this machine."""
    local = datetime.now().astimezone()
    return Moment(int(local.timestamp() * 1000), day_of(local))
