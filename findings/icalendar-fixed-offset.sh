#!/bin/sh
# icalendar 7.3.2: a time with an offset, as datetime.fromisoformat gives, is written under the name of a time zone, "UTC+02:00", which no calendar defines,
# and icalendar itself reads it back without any zone. Expected: the moment in UTC, as for an offset of nought, or a definition of the zone.
# An exam at 10:00+02:00 is at ten of wherever the reader is.
# Seen: DTSTART;TZID="UTC+02:00", read back as naive; add_missing_timezones() adds none.
# Exits 0 while that is so.
set -eu
here=$(mktemp -d)
trap 'rm -rf "$here"' EXIT
python3 -m venv "$here/venv"
"$here/venv/bin/pip" install --quiet --disable-pip-version-check icalendar==7.3.2
cd "$here"
"$here/venv/bin/python" -W ignore - <<'PYTHON'
from datetime import datetime

from icalendar import Calendar, Event


def written(when):
    event = Event()
    event.add("summary", "Exam")
    event.add("dtstart", datetime.fromisoformat(when))
    calendar = Calendar()
    calendar.add_component(event)
    calendar.add_missing_timezones()
    return calendar.to_ical().decode()


text, in_utc = written("2024-06-03T10:00:00+02:00"), written("2024-06-03T08:00:00+00:00")
read = Calendar.from_ical(text).events[0].start
print(text, read, in_utc)
assert 'DTSTART;TZID="UTC+02:00":20240603T100000' in text and "VTIMEZONE" not in text, text
assert read == datetime(2024, 6, 3, 10) and read.tzinfo is None, read
assert "DTSTART:20240603T080000Z" in in_utc, in_utc
PYTHON
