#!/bin/sh
# quantulum3 0.10.0: "half a mile" is a half per mile. Expected: half of one mile, as "two and a half hours" is 2.5 hours.
# The answer in words has a unit that nobody wrote, and is marked wrong.
# Seen: 0.5 per mile.
# Exits 0 while that is so.
set -eu
here=$(mktemp -d)
trap 'rm -rf "$here"' EXIT
python3 -m venv "$here/venv"
"$here/venv/bin/pip" install --quiet --disable-pip-version-check quantulum3==0.10.0
cd "$here"
"$here/venv/bin/python" -W ignore - <<'PYTHON'
from quantulum3 import parser

made = {text: [(found.value, found.unit.name) for found in parser.parse(text)] for text in ("half a mile", "two and a half hours")}
print(made)
assert made == {"half a mile": [(0.5, "per mile")], "two and a half hours": [(2.5, "hour")]}, made
PYTHON
