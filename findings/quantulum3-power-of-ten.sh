#!/bin/sh
# quantulum3 0.10.0: a power of ten is several quantities, one with the unit and a sign that is not its own, though 6.02x10^23 is one number.
# Expected: 0.001 m, or nothing. And "minus" before a figure is dropped. A marker that takes the quantity with the right unit takes -3 metres.
# Seen: "10^-3 m" is 10 and -3 metre; "6.02 × 10^23" is 6.02, 10 and 23; "minus 3 m" is 3 metre, "-3 m" -3.
# Exits 0 while that is so.
set -eu
here=$(mktemp -d)
trap 'rm -rf "$here"' EXIT
python3 -m venv "$here/venv"
"$here/venv/bin/pip" install --quiet --disable-pip-version-check quantulum3==0.10.0
cd "$here"
"$here/venv/bin/python" -W ignore - <<'PYTHON'
from quantulum3 import parser


def seen(text):
    return [(found.value, found.unit.name) for found in parser.parse(text)]


made = {text: seen(text) for text in ("10^-3 m", "6.02x10^23", "6.02 × 10^23", "minus 3 m", "-3 m")}
print(made)
assert made["10^-3 m"] == [(10.0, "dimensionless"), (-3.0, "metre")], made
assert made["6.02x10^23"] == [(6.02e23, "dimensionless")], made
assert [value for value, _ in made["6.02 × 10^23"]] == [6.02, 10.0, 23.0], made
assert made["minus 3 m"] == [(3.0, "metre")] and made["-3 m"] == [(-3.0, "metre")], made
PYTHON
