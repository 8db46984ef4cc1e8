#!/bin/sh
# anki 26.9.3: whether a row of a text file is a note that is there already is seen from the first field without its tags, so two that differ in markup
# alone are one. Expected: 10<sup>2</sup> and 102 are two notes, as they are when both stand in one file. A later file replaces a card by another.
# Seen: one note, "102 / page number", where "10<sup>2</sup> / hundred" was; the log files it under first_field_match. Pictures and sounds are told apart, SVG isn't.
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


def notes(name, *files):
    held = Collection(name + ".anki2")
    for rows in files:
        Path("rows.txt").write_text("#html:true\n" + rows)
        held.import_csv(ImportCsvRequest(path="rows.txt", metadata=held.get_csv_metadata(path="rows.txt", delimiter=0)))
    made = [held.get_note(number).fields for number in sorted(held.find_notes(""))]
    held.close()
    return made


power, number = "10<sup>2</sup>\thundred\n", "102\tpage number\n"
at_once, in_turn = notes("at_once", power + number), notes("in_turn", power, number)
drawn = notes("drawn", '<svg><path d="M1 2"/></svg>\tline\n', '<svg><path d="M3 4"/></svg>\tother line\n')
pictures = notes("pictures", "<img src=a.png>\tline\n", "<img src=b.png>\tother line\n")
print(at_once, in_turn, drawn, pictures)
assert at_once == [["10<sup>2</sup>", "hundred"], ["102", "page number"]], at_once
assert in_turn == [["102", "page number"]], in_turn
assert len(drawn) == 1 and len(pictures) == 2, (drawn, pictures)
PYTHON
