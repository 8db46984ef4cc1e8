#!/bin/sh
# Pint 0.25.3: 60 turns a minute are one turn a second, so one would expect 1 Hz; the conversion gives 2 pi, since a turn is counted
# in radians and a radian as 1. A hertz is also the same as a becquerel. Who marks "give the frequency" by to("Hz") marks the right answer wrong.
# Seen: 6.28 hertz for 60 rpm; 1 Hz == 1 Bq is true.
# Exits 0 while that is so.
set -eu
here=$(mktemp -d)
trap 'rm -rf "$here"' EXIT
python3 -m venv "$here/venv"
"$here/venv/bin/pip" install --quiet --disable-pip-version-check Pint==0.25.3
cd "$here"
"$here/venv/bin/python" -W ignore - <<'PYTHON'
import math

import pint

units = pint.UnitRegistry()
made = units.Quantity(60, "rpm").to("Hz").magnitude
print(made, units.Quantity("1 Hz") == units.Quantity("1 Bq"))
assert math.isclose(made, 2 * math.pi), made
assert units.Quantity("1 Hz") == units.Quantity("1 Bq")
PYTHON
