#!/bin/sh
# anki 26.9.3: two rows with the same first field make two notes when a text file is imported; when the unchanged file is imported again, each row is
# written to both. Expected: the second import changes nothing, or the first one makes one note. Of two meanings of a word one is lost.
# Seen: bank/money and bank/river, then bank/river twice.
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

Path("words.txt").write_text("bank\tmoney\nbank\triver\n")
held = Collection("held.anki2")


def backs():
    held.import_csv(ImportCsvRequest(path="words.txt", metadata=held.get_csv_metadata(path="words.txt", delimiter=0)))
    return [held.get_note(number).fields[1] for number in sorted(held.find_notes(""))]


made = [backs(), backs()]
held.close()
print(made)
assert made == [["money", "river"], ["river", "river"]], made
PYTHON
