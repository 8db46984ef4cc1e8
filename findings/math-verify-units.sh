#!/bin/sh
# Math-Verify 0.9.0 (PyPI math-verify), which compares answers in LaTeX: units are dropped before two answers are compared, and capitals are small letters where
# no equation is. Expected: other units, other letters, another answer.
# Seen: 5 km is right for 5 m, 5 kg for 5 s, A for a, pi R^2 for pi r^2, 100% for 100.
# Exits 0 while that is so.
set -eu
here=$(mktemp -d)
trap 'rm -rf "$here"' EXIT
python3 -m venv "$here/venv"
"$here/venv/bin/pip" install --quiet --disable-pip-version-check math-verify==0.9.0 latex2sympy2_extended==1.11.0 antlr4-python3-runtime==4.13.2
cd "$here"
"$here/venv/bin/python" -W ignore - <<'PYTHON'
from math_verify import parse, verify


def is_right(key, answer):
    return verify(parse(f"${key}$"), parse(f"${answer}$"))


pairs = [(r"5\text{ m}", r"5\text{ km}"), (r"5\,\text{s}", r"5\,\text{kg}"), ("a", "A"), (r"\pi r^2", r"\pi R^2"), ("100", r"100\%")]
seen = [is_right(*pair) for pair in pairs]
print(seen)
assert seen == [True] * 5
PYTHON
