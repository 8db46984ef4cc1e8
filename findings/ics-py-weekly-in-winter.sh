#!/bin/sh
# ics 0.7.3 (PyPI): a calendar that is read and written again has its times in UTC while the rule of repetition stays, so what repeats is an hour off after
# the change of the clocks. It says that its scale is the GEORGIAN one too. Expected: the zone stays with a rule, and GREGORIAN or nothing.
# Seen: weekly at 10:00 in Zurich from 21 October; once written, the lesson of 28 October is at 09:00 there.
# Exits 0 while that is so.
set -eu
here=$(mktemp -d)
trap 'rm -rf "$here"' EXIT
python3 -m venv "$here/venv"
"$here/venv/bin/pip" install --quiet --disable-pip-version-check ics==0.7.3 tzdata==2026.6
cd "$here"
"$here/venv/bin/python" -W ignore - <<'PYTHON'
from zoneinfo import ZoneInfo

from dateutil.rrule import rrulestr
from ics import Calendar

TEXT = """BEGIN:VCALENDAR
VERSION:2.0
PRODID:-//course//EN
BEGIN:VTIMEZONE
TZID:Europe/Zurich
BEGIN:DAYLIGHT
DTSTART:19700329T020000
RRULE:FREQ=YEARLY;BYMONTH=3;BYDAY=-1SU
TZOFFSETFROM:+0100
TZOFFSETTO:+0200
END:DAYLIGHT
BEGIN:STANDARD
DTSTART:19701025T030000
RRULE:FREQ=YEARLY;BYMONTH=10;BYDAY=-1SU
TZOFFSETFROM:+0200
TZOFFSETTO:+0100
END:STANDARD
END:VTIMEZONE
BEGIN:VEVENT
UID:1
DTSTAMP:20240101T000000Z
DTSTART;TZID=Europe/Zurich:20241021T100000
DURATION:PT1H
RRULE:FREQ=WEEKLY;COUNT=2
SUMMARY:Lesson
END:VEVENT
END:VCALENDAR""".replace("\n", "\r\n")
rows = Calendar(TEXT).serialize().splitlines()
rule = [row for row in rows[rows.index("BEGIN:VEVENT"):] if row.startswith(("DTSTART", "RRULE"))]
lessons = [when.astimezone(ZoneInfo("Europe/Zurich")).strftime("%d %H:%M") for when in rrulestr("\n".join(sorted(rule)))]
scale = [row for row in rows if row.startswith("CALSCALE")]
print(rule, lessons, scale)
assert "DTSTART:20241021T080000Z" in rule and "RRULE:FREQ=WEEKLY;COUNT=2" in rule, rule
assert lessons == ["21 10:00", "28 09:00"], lessons
assert scale == ["CALSCALE:GEORGIAN"], scale
PYTHON
