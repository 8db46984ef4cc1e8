#!/bin/sh
# latex2mathml 3.81.1: a single letter in \mathrm{...} is a bare mi, which browsers slant; without braces, or with two letters, it is upright.
# Expected: mathvariant="normal" for all three. The d of \mathrm{d}x and the H of \mathrm{H}_2 look like variables, and NaOH beside them does not.
# Seen: <mi>&#x00064;</mi>, <mi mathvariant="normal">d</mi>.
# Exits 0 while that is so.
set -eu
here=$(mktemp -d)
trap 'rm -rf "$here"' EXIT
python3 -m venv "$here/venv"
"$here/venv/bin/pip" install --quiet --disable-pip-version-check latex2mathml==3.81.1
cd "$here"
"$here/venv/bin/python" -W ignore - <<'PYTHON'
from latex2mathml.converter import convert

one, bare, two = (convert(tex) for tex in (r"\mathrm{d}x", r"\mathrm dx", r"\mathrm{dx}"))
print(one, bare, two, sep="\n")
assert "mathvariant" not in one, one
assert 'mathvariant="normal">d<' in bare, bare
assert two.count('mathvariant="normal"') == 2, two
PYTHON
