#!/bin/sh
# SymPy 1.14.0, parse_latex with antlr4-python3-runtime 4.11: a number with a decimal comma loses what follows it, a mixed number is a product, and what is set
# upright is a product of its letters. Expected: 3.5, 2.5 and a name, or an error. An answer of 3.5 typed with a comma is marked as 3.
# Seen: "3,5" is 3, "2\frac{1}{2}" is 1; "\mathrm{e}" is e*mathrm, "5\,\text{m}" 5*m*text; the log of 100 is 4.6, the natural one.
# Exits 0 while that is so.
set -eu
here=$(mktemp -d)
trap 'rm -rf "$here"' EXIT
python3 -m venv "$here/venv"
"$here/venv/bin/pip" install --quiet --disable-pip-version-check sympy==1.14.0 antlr4-python3-runtime==4.11.0
cd "$here"
"$here/venv/bin/python" -W ignore - <<'PYTHON'
from sympy.parsing.latex import parse_latex

seen = [parse_latex(text).doit() for text in (r"3,5", r"2\frac{1}{2}", r"\mathrm{e}", r"5\,\text{m}")]
logarithm = round(float(parse_latex(r"\log 100").evalf()), 1)
print(seen, logarithm)
assert [str(value) for value in seen] == ["3", "1", "e*mathrm", "5*m*text"], seen
assert logarithm == 4.6
PYTHON
