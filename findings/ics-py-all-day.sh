#!/bin/sh
# ics 0.7.3 (PyPI): an event from midnight to midnight becomes a day longer by make_all_day(). Expected: the same two days, as an end is not part of an event
# in this format, nor for this library before the call. Exam weeks and holidays end a day late.
# Seen: from the 1st 00:00 to the 3rd 00:00 is 48 hours; DTEND is the 4th, and the duration three days.
# Exits 0 while that is so.
set -eu
here=$(mktemp -d)
trap 'rm -rf "$here"' EXIT
python3 -m venv "$here/venv"
"$here/venv/bin/pip" install --quiet --disable-pip-version-check ics==0.7.3
cd "$here"
"$here/venv/bin/python" -W ignore - <<'PYTHON'
from ics import Event

event = Event(name="Exams", begin="2024-06-01 00:00:00", end="2024-06-03 00:00:00")
before = event.duration.days
event.make_all_day()
rows = [row for row in event.serialize().splitlines() if row.startswith("DT")]
print(before, event.duration.days, rows)
assert (before, event.duration.days) == (2, 3)
assert sorted(rows) == ["DTEND;VALUE=DATE:20240604", "DTSTART;VALUE=DATE:20240601"], rows
PYTHON
