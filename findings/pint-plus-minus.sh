#!/bin/sh
# Pint 0.25.3: "5 ± 0.1 m" should be 5 m with a tolerance, or an error where tolerances are not to be had. Without the package uncertainties
# the sign is dropped and the two numbers are multiplied; with it, the reading is right. A marker of numeric answers is wrong by what else is installed.
# Seen: 0.5 meter, no error; once uncertainties is there, 5.00+/-0.10 meter.
# Exits 0 while that is so.
set -eu
here=$(mktemp -d)
trap 'rm -rf "$here"' EXIT
python3 -m venv "$here/venv"
"$here/venv/bin/pip" install --quiet --disable-pip-version-check Pint==0.25.3
cd "$here"
"$here/venv/bin/python" -W ignore - <<'PYTHON'
import subprocess, sys

TRY = "import pint; print(repr(pint.UnitRegistry()('5 ± 0.1 m')))"


def seen():
    return subprocess.run([sys.executable, "-c", TRY], capture_output=True, text=True, check=True).stdout.strip()


without = seen()
subprocess.run([sys.executable, "-m", "pip", "install", "--quiet", "--disable-pip-version-check", "uncertainties==3.2.3"], check=True)
beside = seen()
print(without, beside, sep="\n")
assert without == "<Quantity(0.5, 'meter')>", without
assert beside.startswith("<Quantity(5.0") and "+/-" in beside, beside
PYTHON
