#!/bin/sh
# anki 26.9.3: {{text:Field}} on a card, and the export of notes without HTML, drop tags and put nothing in their place, so words of two lines become one.
# Expected: a space or a line's end, as a typed answer is compared with one. What is read aloud, searched or taken to another program is not what is shown.
# Seen: 'lefthand' of "left<br>hand" by the filter, where the export has a space; 'onetwo' of a list by both; 'x2' of x<sup>2</sup>.
# Exits 0 while that is so.
set -eu
here=$(mktemp -d)
trap 'rm -rf "$here"' EXIT
python3 -m venv "$here/venv"
"$here/venv/bin/pip" install --quiet --disable-pip-version-check anki==26.9.3
cd "$here"
"$here/venv/bin/python" -W ignore - <<'PYTHON'
from pathlib import Path

from anki.collection import Collection

held = Collection("held.anki2")
basic = held.models.by_name("Basic")
basic["tmpls"][0]["qfmt"] = "{{text:Front}}"
held.models.update_dict(basic)
shown = []
for front in ("left<br>hand", "<ul><li>one</li><li>two</li></ul>", "x<sup>2</sup>"):
    note = held.new_note(held.models.by_name("Basic"))
    note["Front"] = front
    held.add_note(note, 1)
    shown.append(note.cards()[0].render_output(browser=False).question_text)
held.export_note_csv(out_path="notes.txt", limit=None, with_html=False, with_tags=False, with_deck=False, with_notetype=False, with_guid=False)
exported = sorted(row.strip() for row in Path("notes.txt").read_text().splitlines()[2:])
typed = held.compare_answer("left<br>hand", "left hand")
held.close()
print(shown, exported, typed)
assert shown == ["lefthand", "onetwo", "x2"], shown
assert exported == ["left hand", "onetwo", "x2"], exported
assert "typeBad" not in typed and "typeMissed" not in typed, typed
PYTHON
