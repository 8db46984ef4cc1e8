#!/bin/sh
# anki 26.9.3: a row that begins with # is left out wherever it stands in a text file, not at the top alone where the file's headers are, and the log has no
# word of it. Expected: a note, or a row in the log. Cards on C, CSS colours or hashtags are missing.
# Seen: three rows, two notes; in double quotes the row is taken.
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


def fronts(row, name):
    Path(name + ".txt").write_text(f"int main()\twhere it starts\n{row}\ttakes in a header\nreturn 0;\twhere it ends\n")
    held = Collection(name + ".anki2")
    log = held.import_csv(ImportCsvRequest(path=name + ".txt", metadata=held.get_csv_metadata(path=name + ".txt", delimiter=0))).log
    made = [held.get_note(number).fields[0] for number in sorted(held.find_notes(""))]
    held.close()
    return made, log.found_notes


plain, quoted = fronts("#include <math.h>", "plain"), fronts('"#include <math.h>"', "quoted")
print(plain, quoted)
assert plain == (["int main()", "return 0;"], 2), plain
assert len(quoted[0]) == 3, quoted
PYTHON
