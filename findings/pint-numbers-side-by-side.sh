#!/bin/sh
# Pint 0.25.3: numbers that stand side by side are multiplied: a mixed number and a number with a space between its thousands
# are read as other quantities, without an error. Expected: 3.5 m and 5000 m, or a refusal. Both are how people write answers.
# Seen: "3 1/2 m" is 1.5 meter; "5 000 m" is 0 meter; "2½ m" is 2 meter.
# Exits 0 while that is so.
set -eu
here=$(mktemp -d)
trap 'rm -rf "$here"' EXIT
python3 -m venv "$here/venv"
"$here/venv/bin/pip" install --quiet --disable-pip-version-check Pint==0.25.3
cd "$here"
"$here/venv/bin/python" -W ignore - <<'PYTHON'
import pint

read = pint.UnitRegistry().Quantity
made = {text: (read(text).magnitude, str(read(text).units)) for text in ("3 1/2 m", "5 000 m", "2½ m")}
print(made)
assert made == {"3 1/2 m": (1.5, "meter"), "5 000 m": (0, "meter"), "2½ m": (2, "meter")}, made
PYTHON
