#!/bin/sh
# anki 26.9.3: where a text file names no columns, the first row tells how many there are. A row with more later loses what is beyond, without an error.
# Expected: the widest row counts, or a report. One card without an answer at the top, and all answers below are dropped.
# Seen: "b" arrives with an empty back; the log counts two new notes and nothing else.
# Exits 0 while that is so.
set -eu
here=$(mktemp -d)
trap 'rm -rf "$here"' EXIT
python3 -m venv "$here/venv"
"$here/venv/bin/pip" install --quiet --disable-pip-version-check anki==26.9.3
cd "$here"
"$here/venv/bin/python" -W ignore - <<'PYTHON'
from pathlib import Path

from anki.collection import Collection, ImportCsvRequest

Path("cards.txt").write_text("a question still without an answer\nb\tanswer\n")
held = Collection("a.anki2")
log = held.import_csv(ImportCsvRequest(path="cards.txt", metadata=held.get_csv_metadata(path="cards.txt", delimiter=0))).log
made = sorted(held.get_note(number).fields for number in held.find_notes(""))
held.close()
print(made, len(log.new))
assert made == [["a question still without an answer", ""], ["b", ""]], made
assert len(log.new) == 2 and not log.empty_first_field and not log.conflicting
PYTHON
