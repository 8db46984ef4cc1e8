#!/bin/sh
# qti-package-maker 26.7.14: where each option begins with one capital letter and a full stop, these are taken for the options' letters and dropped.
# Expected: options are stored as given, as the letters are not from A on in order. Names of species and persons lose their initials in each format.
# Seen: "E. coli", "B. subtilis", "S. aureus" are 'coli', 'subtilis', 'aureus' in the item and 'A. coli' in Aiken. With "Salmonella" among them all are
# kept, unless one with an initial is the key: then the key alone loses it and is "not in the list of choices".
# Exits 0 while that is so.
set -eu
here=$(mktemp -d)
trap 'rm -rf "$here"' EXIT
python3 -m venv "$here/venv"
"$here/venv/bin/pip" install --quiet --disable-pip-version-check qti-package-maker==26.7.14
cd "$here"
"$here/venv/bin/python" -W ignore - <<'PYTHON'
from pathlib import Path

from qti_package_maker.package_interface import QTIPackageInterface


def options(name, key, *given):
    package = QTIPackageInterface(name)
    try:
        package.add_item("MC", ("Which lives in the gut?", list(given), key))
    except ValueError as refused:
        return str(refused)
    return package.item_bank[0].choices_list, Path(package.save_package("moodle_aiken")).read_text().splitlines()[1]


all_short = options("all_short", "E. coli", "E. coli", "B. subtilis", "S. aureus")
one_long = options("one_long", "Salmonella", "E. coli", "B. subtilis", "Salmonella")
key_short = options("key_short", "E. coli", "E. coli", "B. subtilis", "Salmonella")
print(all_short, one_long, key_short)
assert all_short == (["coli", "subtilis", "aureus"], "A. coli"), all_short
assert one_long == (["E. coli", "B. subtilis", "Salmonella"], "A. E. coli"), one_long
assert "not in the list of choices" in key_short, key_short
PYTHON
