#!/bin/sh
# anki 26.9.3: where a text file does not say #html, one tag in the first rows makes every row HTML, and a tag after many rows without one is text.
# Expected: a row is read alike whatever stands in others. "a<b" loses the rest of its words on the card, or "<b>" is shown to students.
# Seen: 'if a<b then' is stored as 'if a&lt;b then', but raw beside a row "<b>bold</b>"; that row as number 301 is '&lt;b&gt;bold&lt;/b&gt;'.
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


def stored(rows, name):
    Path(name + ".txt").write_text("".join(row + "\tanswer\n" for row in rows))
    held = Collection(name + ".anki2")
    held.import_csv(ImportCsvRequest(path=name + ".txt", metadata=held.get_csv_metadata(path=name + ".txt", delimiter=0)))
    made = [held.get_note(number).fields[0] for number in sorted(held.find_notes(""))]
    held.close()
    return made


made = stored(["if a<b then"], "alone"), stored(["<b>bold</b>", "if a<b then"], "beside"), stored([f"row {n}" for n in range(300)] + ["<b>bold</b>"], "late")[-1]
print(made)
assert made == (["if a&lt;b then"], ["<b>bold</b>", "if a<b then"], "&lt;b&gt;bold&lt;/b&gt;"), made
PYTHON
