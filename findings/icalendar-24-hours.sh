#!/bin/sh
# icalendar 7.3.2: an event's end is its start plus the duration on the clock's face, also for hours and minutes. Expected: the same hour a day later for P1D,
# and 24 hours of time for PT24H, as RFC 5545 tells them apart. An exam that is open for 24 hours closes after 23 when summer time begins.
# Seen: both end at 12:00 on the next day, 23 hours later; a test of three hours from 01:00 lasts two.
# Exits 0 while that is so.
set -eu
here=$(mktemp -d)
trap 'rm -rf "$here"' EXIT
python3 -m venv "$here/venv"
"$here/venv/bin/pip" install --quiet --disable-pip-version-check icalendar==7.3.2 tzdata==2026.6
cd "$here"
"$here/venv/bin/python" -W ignore - <<'PYTHON'
from datetime import timezone

from icalendar import Event


def hours(start, duration):
    rows = ("BEGIN:VEVENT", f"DTSTART;TZID=Europe/Zurich:{start}", f"DURATION:{duration}", "END:VEVENT")
    event = Event.from_ical("\r\n".join(rows))
    return (event.end.astimezone(timezone.utc) - event.start.astimezone(timezone.utc)).total_seconds() / 3600


made = [hours("20240330T120000", "P1D"), hours("20240330T120000", "PT24H"), hours("20240331T010000", "PT3H"), hours("20240329T120000", "PT24H")]
print(made)
assert made == [23, 23, 2, 24], made
PYTHON
