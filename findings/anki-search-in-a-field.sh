#!/bin/sh
# anki 26.9.3: words are found as one types them, but in a named field only as its HTML spells them. Expected: the same in both, as the check for a note that is there
# already also takes both spellings for one. Who asks by the front whether a card exists, as programs do that add cards, adds it twice.
# Seen: R&D and "a < b" find the notes, front:R&D and "front:a < b" none, with stars neither; front:R&amp;D does. A space that doesn't break, and "ac" for <b>a</b>c, are alike.
# Exits 0 while that is so.
set -eu
here=$(mktemp -d)
trap 'rm -rf "$here"' EXIT
python3 -m venv "$here/venv"
"$here/venv/bin/pip" install --quiet --disable-pip-version-check anki==26.9.3
cd "$here"
"$here/venv/bin/python" -W ignore - <<'PYTHON'
from anki.collection import Collection

STORED = {"R&D": "R&amp;D", "a < b": "a &lt; b", "left hand": "left&nbsp;hand", "ac": "<b>a</b>c"}
held = Collection("held.anki2")
for front in STORED.values():
    note = held.new_note(held.models.by_name("Basic"))
    note["Front"] = front
    held.add_note(note, 1)
seen = {}
for words in STORED:
    asked = words, f"front:{words}", f"front:*{words}*", f"front:{STORED[words]}"
    twin = held.new_note(held.models.by_name("Basic"))
    twin["Front"] = words
    seen[words] = [len(held.find_notes(f'"{search}"')) for search in asked], twin.fields_check()
held.close()
print(seen)
assert [found for found, _ in seen.values()] == [[1, 0, 0, 1]] * 4
assert [check for _, check in seen.values()] == [2] * 4, "2 is a note that is there already"
PYTHON
