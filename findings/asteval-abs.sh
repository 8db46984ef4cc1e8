#!/bin/sh
# asteval 1.0.10 beside numpy 2.4.6: abs, sum and others are numpy's, so what they return wraps at 64 bits and divides by nought without an error,
# though plain figures in the same expression don't. Expected: abs(-10)**20 equals 10**20, and a division by nought is an error.
# Formulas that make a quiz's numbers give wrong keys.
# Seen: abs(-10)**20 is 7766279631452241920; abs(-7)%0 is 0 and abs(-1)/0 inf, without an error; 7%0 is one.
# Exits 0 while that is so.
set -eu
here=$(mktemp -d)
trap 'rm -rf "$here"' EXIT
python3 -m venv "$here/venv"
"$here/venv/bin/pip" install --quiet --disable-pip-version-check asteval==1.0.10 numpy==2.4.6
cd "$here"
"$here/venv/bin/python" -W ignore - <<'PYTHON'
import io

from asteval import Interpreter


def value(text):
    run = Interpreter(err_writer=io.StringIO())
    made = run(text)
    return made, [fault.exc.__name__ for fault in run.error]


made = {text: value(text) for text in ("10**20", "abs(-10)**20", "abs(-7)%0", "abs(-1)/0", "7%0")}
print(made)
assert made["10**20"] == (10**20, [])
assert made["abs(-10)**20"] == (7766279631452241920, [])
assert made["abs(-7)%0"] == (0, []) and made["abs(-1)/0"] == (float("inf"), [])
assert made["7%0"][1] == ["ZeroDivisionError"], made
PYTHON
