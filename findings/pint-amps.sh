#!/bin/sh
# Pint 0.25.3: "5 amps" is no current but 5 times a billionth of a billionth of a metre per second: a (atto) + mps, though "5 amp" and
# "5 ampere" are currents and plurals are taken elsewhere. "5 Nm" is no torque either, but a fineness of yarn (number meter).
# Expected: amperes and newton metres, or an error. An answer in the right unit is marked as one of a wrong dimension.
# Seen: attometer_per_second and number_meter; "volts" is volt, "N m" is meter * newton.
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
made = {text: str(read("5 " + text).units) for text in ("amps", "amp", "volts", "Nm", "N m")}
print(made)
assert made == {"amps": "attometer_per_second", "amp": "ampere", "volts": "volt", "Nm": "number_meter", "N m": "meter * newton"}, made
assert read("5 Nm").dimensionality != read("5 N m").dimensionality
PYTHON
