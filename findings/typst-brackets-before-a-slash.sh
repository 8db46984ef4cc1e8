#!/bin/sh
# Typst 0.15.2 (PyPI typst): in a formula the brackets before a slash belong to the name before them, so f(x)/2 is all of f(x) over 2; after a number, a power or an index they
# don't, and alone they are over the line, where brackets aren't printed. Expected: the product or the logarithm over 4, or the brackets kept.
# A sum has another value in print: twice 3 over 4 is the mixed number two and three quarters, and a third of the logarithm of 8 that of eight thirds.
# Seen: $2(3)/4$ is 2 and 3/4, $log_2(8)/3$ log_2 of 8/3, $x^2(3)/4$ x^2 and 3/4; $x(3)/4$ and $log(8)/3$ are whole.
# Exits 0 while that is so.
set -eu
here=$(mktemp -d)
trap 'rm -rf "$here"' EXIT
python3 -m venv "$here/venv"
"$here/venv/bin/pip" install --quiet --disable-pip-version-check typst==0.15.2
cd "$here"
"$here/venv/bin/python" -W ignore - <<'PYTHON'
import json
from pathlib import Path

import typst

SUMS = ["2(3)/4", "x^2(3)/4", "log_2(8)/3", "x(3)/4", "log(8)/3"]
Path("sums.typ").write_text("".join(f"#metadata(repr(${one}$.body)) <made>\n" for one in SUMS))
made = ["".join(text.split()) for text in json.loads(typst.query("sums.typ", "<made>", field="value"))]
print(*zip(SUMS, made), sep="\n")
assert made[0] == "sequence([2],frac(num:[3],denom:[4]))"
assert all(text.startswith("sequence(attach(base:") for text in made[1:3])
assert "frac(num:[3],denom:[4])" in made[1] and "frac(num:[8],denom:[3])" in made[2]
assert all(text.startswith("frac(num:sequence(") and "lr(body:" in text for text in made[3:])
PYTHON
