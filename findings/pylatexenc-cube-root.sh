#!/bin/sh
# pylatexenc 2.11: the plain text of a cube root is that of a square root, and of "n choose k" a product. Expected: the degree and the sign are kept.
# A text for those who can't see the formula states another one.
# Seen: '√(8)' for \sqrt[3]{8} and for \sqrt{8}; 'nk' for \binom{n}{k}.
# Exits 0 while that is so.
set -eu
here=$(mktemp -d)
trap 'rm -rf "$here"' EXIT
python3 -m venv "$here/venv"
"$here/venv/bin/pip" install --quiet --disable-pip-version-check pylatexenc==2.11
cd "$here"
"$here/venv/bin/python" -W ignore - <<'PYTHON'
from pylatexenc.latex2text import LatexNodes2Text

read = LatexNodes2Text().latex_to_text
made = [read(text) for text in (r"$\sqrt[3]{8}$", r"$\sqrt{8}$", r"$\binom{n}{k}$")]
print(made)
assert made == ["√(8)", "√(8)", "nk"], made
PYTHON
