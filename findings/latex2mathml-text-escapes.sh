#!/bin/sh
# latex2mathml 3.81.1: inside \text{} an escaped sign keeps its backslash on the page; outside it is shown without one. Expected: 100% in both.
# \% must be escaped in LaTeX, so no spelling of "100 % of" in a formula's text is right.
# Seen: <mtext>100\%</mtext>, and <mtext>a\_b</mtext>.
# Exits 0 while that is so.
set -eu
here=$(mktemp -d)
trap 'rm -rf "$here"' EXIT
python3 -m venv "$here/venv"
"$here/venv/bin/pip" install --quiet --disable-pip-version-check latex2mathml==3.81.1
cd "$here"
"$here/venv/bin/python" -W ignore - <<'PYTHON'
from latex2mathml.converter import convert

made = [convert(text) for text in (r"\text{100\%}", r"\text{a\_b}", r"100\%")]
print(*made, sep="\n")
assert r"<mtext>100\%</mtext>" in made[0]
assert r"<mtext>a\_b</mtext>" in made[1]
assert "\\" not in made[2], made[2]
PYTHON
