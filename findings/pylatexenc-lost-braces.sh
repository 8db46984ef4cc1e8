#!/bin/sh
# pylatexenc 2.11: as plain text a formula loses the braces that hold it together, so it says something else. Expected: 2^(n+1) and (a+b)/c,
# as \sqrt{a+b} gets its parentheses. Screen readers, plain-text keys and comparisons take the wrong formula.
# Seen: '2^n+1', 'a+b/c', and '√(a+b)'.
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
made = [read(text) for text in (r"$2^{n+1}$", r"$\frac{a+b}{c}$", r"$\sqrt{a+b}$")]
print(made)
assert made == ["2^n+1", "a+b/c", "√(a+b)"], made
PYTHON
